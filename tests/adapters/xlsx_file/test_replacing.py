"""Shows that the old file is whole whatever fails, and that nobody's save is lost."""

import errno
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pytest

from cjm_sheets.adapters.xlsx_file import replace
from cjm_sheets.adapters.xlsx_file.exchange import exchange
from cjm_sheets.adapters.xlsx_file.open_file import stamp
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.errors import BusyError, CjmError
from cjm_sheets.errors.workbook import CannotReplaceError, ChangedMeanwhileError, OpenElsewhereError
from cjm_sheets.ports.store import Changes, SetCell
from tests.adapters.xlsx_file.sample import Sample

CHANGES = Changes(cells=(SetCell("Stages", 5, "name", "new"),), memory=("record",))
SAVED = b"what a colleague just saved"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "maps"
    folder.mkdir()
    return Sample(folder / "map.xlsx").tables(["Stages"]).save()


@pytest.fixture(params=["exchange", "link"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of putting the new file in place."""
    if request.param == "link":
        monkeypatch.setattr(replace, "exchange", lambda _one, _other: False)
    return str(request.param)


def refused(path: Path) -> CjmError:
    store = XlsxFile(path)
    since = store.read()
    with pytest.raises(BusyError) as raised:
        store.apply(CHANGES, since)
    return raised.value


def whole(path: Path, content: bytes) -> None:
    """Check that a file is as it was and that nothing lies beside it."""
    assert path.read_bytes() == content
    assert [entry.name for entry in path.parent.iterdir() if entry != path] == []


def full_disk(*_args: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_the_file_is_replaced_with_its_mode(path: Path, way: str) -> None:
    path.chmod(0o640)
    before, inode = path.read_bytes(), path.stat().st_ino
    store = XlsxFile(path)
    outcome = store.apply(CHANGES, store.read())
    assert path.read_bytes() != before, way
    assert path.stat().st_ino != inode
    assert path.stat().st_mode & 0o777 == 0o640
    assert outcome.stamp == stamp(path.read_bytes())
    whole(path, path.read_bytes())


def test_a_link_stays_a_link(path: Path, way: str) -> None:
    link = path.parent.parent / "link.xlsx"
    link.symlink_to(path)
    store = XlsxFile(link)
    store.apply(CHANGES, store.read())
    assert link.is_symlink(), way
    assert XlsxFile(path).read().memory == ("record",)


@pytest.mark.parametrize("name", ["~$map.xlsx", "~$p.xlsx", ".~lock.map.xlsx#"])
def test_a_lock_file_says_that_it_is_open(path: Path, name: str) -> None:
    lock = path.with_name(name)
    lock.write_bytes(b"somebody")
    before = path.read_bytes()
    assert isinstance(refused(path), OpenElsewhereError)
    lock.unlink()
    whole(path, before)


def no_new_files(opened: Callable[..., int]) -> Callable[..., int]:
    """Return what opens files on a full disk: those that are there are read as ever."""

    def opening(path: Path, flags: int, *mode: int) -> int:
        if flags & os.O_CREAT:
            full_disk()
        return opened(path, flags, *mode)

    return opening


@pytest.mark.parametrize(
    "failing", ["os.open", "os.fsync", "os.fdopen", "shutil.copymode", "settle", "swap"]
)
def test_a_failure_at_any_step_leaves_the_old_file_whole(
    path: Path, way: str, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    store = XlsxFile(path)
    since = store.read()
    with monkeypatch.context() as patched:
        target = {
            "settle": f"{replace.__name__}._settle",
            "swap": f"{replace.__name__}.exchange" if way == "exchange" else "pathlib.Path.replace",
        }.get(failing, f"{replace.__name__}.{failing}")
        patched.setattr(target, full_disk if failing != "os.open" else no_new_files(os.open))
        with pytest.raises(CannotReplaceError) as raised:
            store.apply(CHANGES, since)
    assert raised.value.facts["reason"] == os.strerror(errno.ENOSPC)
    if failing == "settle":
        assert store.read().memory == ("record",), "the new name is there, perhaps not for long"
        before = path.read_bytes()
    whole(path, before)


def test_a_disk_that_fills_while_writing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fdopen

    class Full:
        """A file into which only the first bytes go."""

        def __init__(self, number: int, mode: str) -> None:
            self.file = real(number, mode)

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_error: object) -> None:
            self.file.close()

        def write(self, data: bytes) -> None:
            self.file.write(data[:100])
            full_disk()

    before = path.read_bytes()
    monkeypatch.setattr(f"{replace.__name__}.os.fdopen", Full)
    assert isinstance(refused(path), CannotReplaceError)
    whole(path, before)


def test_a_sharing_violation_of_windows_is_a_file_open_elsewhere(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class SharingError(PermissionError):
        winerror = 32

    def deny(*_args: object) -> None:
        raise SharingError(13, "The process cannot access the file")

    before = path.read_bytes()
    monkeypatch.setattr(replace, "exchange", deny)
    assert isinstance(refused(path), OpenElsewhereError)
    whole(path, before)


def test_a_file_saved_since_the_reading_is_not_replaced(path: Path) -> None:
    store = XlsxFile(path)
    since = store.read()
    path.write_bytes(path.read_bytes() + b"")
    Sample(path, blank=7).tables(["Stages"]).save()
    saved = path.read_bytes()
    with pytest.raises(ChangedMeanwhileError):
        store.apply(CHANGES, since)
    whole(path, saved)


def in_place(path: Path) -> None:
    path.write_bytes(SAVED)


def by_renaming(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(SAVED)
    other.replace(path)


@pytest.mark.parametrize("save", [in_place, by_renaming])
def test_a_save_before_the_last_look_is_seen(
    path: Path, save: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{replace.__name__}.shutil.copymode", lambda like, _new: save(like))
    assert isinstance(refused(path), ChangedMeanwhileError)
    whole(path, SAVED)


@pytest.mark.parametrize("save", [in_place, by_renaming])
def test_a_save_between_the_last_look_and_the_exchange_is_put_back(
    path: Path, save: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Path] = []

    def late(one: Path, other: Path) -> bool:
        if not calls:
            save(other)
        calls.append(one)
        return exchange(one, other)

    monkeypatch.setattr(replace, "exchange", late)
    assert isinstance(refused(path), ChangedMeanwhileError)
    assert len(calls) == 2
    whole(path, SAVED)


def test_of_two_saves_in_the_gap_the_latest_one_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Path] = []

    def late(one: Path, other: Path) -> bool:
        if len(calls) < 2:
            other.unlink()
            other.write_bytes(SAVED + bytes([len(calls)]))
        calls.append(one)
        return exchange(one, other)

    monkeypatch.setattr(replace, "exchange", late)
    assert isinstance(refused(path), ChangedMeanwhileError)
    whole(path, SAVED + b"\1")


def test_a_save_in_place_is_put_back_where_names_cannot_be_exchanged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def late(self: Path, target: Path) -> Path:
        if self.suffix == ".new":
            target.write_bytes(SAVED)
        return real(self, target)

    monkeypatch.setattr(replace, "exchange", lambda _one, _other: False)
    monkeypatch.setattr(Path, "replace", late)
    assert isinstance(refused(path), ChangedMeanwhileError)
    whole(path, SAVED)


def test_a_save_that_cannot_be_looked_at_is_kept_beside(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.read_bytes

    def read(self: Path) -> bytes:
        if self.suffix == ".new":
            full_disk()
        return real(self)

    before = path.read_bytes()
    monkeypatch.setattr(Path, "read_bytes", read)
    assert isinstance(refused(path), CannotReplaceError)
    (kept,) = (entry for entry in path.parent.iterdir() if entry != path)
    assert real(kept) == before


def test_names_are_exchanged_here(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"1")
    other.write_bytes(b"2")
    if not exchange(one, other):
        pytest.skip("this system cannot exchange names")
    assert (one.read_bytes(), other.read_bytes()) == (b"2", b"1")
    with pytest.raises(FileNotFoundError):
        exchange(one, tmp_path / "none")


def test_a_disk_without_room_for_it_is_known_beforehand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Sample(tmp_path / "map.xlsx").tables(["Stages"]).save()
    XlsxFile(path).refuse_if_busy()
    assert [*tmp_path.iterdir()] == [path]
    there = shutil.disk_usage(tmp_path)._replace(free=path.stat().st_size - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: there)
    with pytest.raises(CannotReplaceError) as refused:
        XlsxFile(path).refuse_if_busy()
    assert refused.value.facts["reason"] == os.strerror(errno.ENOSPC)


@pytest.mark.parametrize("name", ["unlink", "fsync of the folder"])
def test_what_fails_once_the_new_file_has_its_place_is_no_failure(
    path: Path, way: str, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    del way
    store = XlsxFile(path)
    since, flush = store.read(), os.fsync

    def refuse(*_args: object, **_more: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    def of_a_folder(descriptor: int) -> None:
        (refuse if stat.S_ISDIR(os.fstat(descriptor).st_mode) else flush)(descriptor)

    with monkeypatch.context() as failing:
        if name == "unlink":
            failing.setattr(Path, "unlink", refuse)
        else:
            failing.setattr(os, "fsync", of_a_folder)
        outcome = store.apply(CHANGES, since)
    assert store.read().stamp == outcome.stamp != since.stamp
