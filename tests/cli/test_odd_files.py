"""Files too odd to store: the right error at once, from the store, apart, and from the command."""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.adapters.xlsx_file import open_file
from cjm_sheets.adapters.xlsx_file.apart import Limits, read_apart
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.errors import CjmError
from cjm_sheets.errors.workbook import (
    ChangedMeanwhileError,
    FileNotReadableError,
    IsAFolderError,
    NoSuchFileError,
    NotAWorkbookError,
    UnsafeWorkbookError,
)
from cjm_sheets.usecases.new_map import Wish, new_map
from tests.cli.conftest import Run
from tests.sync.world import Clock

SOON = 5.0  # seconds


@pytest.fixture(scope="module")
def content() -> bytes:
    return new_map(Wish(starter="vacuum"), StarterFiles(), XlsxBuilder(), Clock().now())


@pytest.fixture
def path(tmp_path: Path, content: bytes) -> Path:
    """A sample in a file of its own."""
    file = tmp_path / "map.xlsx"
    file.write_bytes(content)
    return file


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def terminal(path: Path) -> None:
    path.symlink_to("/dev/tty")


def standing_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        there = os.getcwd()  # noqa: PTH109 - the names of sockets are short: bind from beside it
        os.chdir(path.parent)
        listening.bind(path.name)
        os.chdir(there)


def folder(path: Path) -> None:
    path.mkdir()


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def nowhere(path: Path) -> None:
    path.symlink_to("gone.xlsx")


def nothing(path: Path) -> None:
    path.touch()


def hole(path: Path) -> None:
    """A file that says it has 8 TB and takes no room."""
    with path.open("wb") as file:
        file.truncate(8 << 40)


def kernel(path: Path) -> None:
    """A file of 0 bytes, as its folder says, that holds some all the same."""
    path.symlink_to("/proc/self/status")


ODD: dict[Callable[[Path], None], type[CjmError]] = {
    pipe: FileNotReadableError,
    endless: FileNotReadableError,
    terminal: FileNotReadableError,
    standing_socket: FileNotReadableError,
    folder: IsAFolderError,
    circle: FileNotReadableError,
    nowhere: NoSuchFileError,
    nothing: NotAWorkbookError,
    hole: UnsafeWorkbookError,
    kernel: ChangedMeanwhileError,
}


@pytest.mark.parametrize("make", ODD, ids=lambda make: make.__name__)
def test_an_odd_file_is_refused_at_once(
    run: Run, tmp_path: Path, make: Callable[..., None]
) -> None:
    path = tmp_path / "map.xlsx"
    make(path)
    began = time.monotonic()
    with pytest.raises(CjmError) as here:
        XlsxFile(path).read()
    assert type(here.value) is ODD[make]
    with pytest.raises(CjmError) as there:
        read_apart(str(path), allowed=Limits(memory=500 << 20, waiting=SOON))
    assert str(there.value) == str(here.value)
    ran = run("check", "map.xlsx")
    assert time.monotonic() - began < 2 * SOON
    assert_one_sentence(ran.code, ran.out, ran.err)


def assert_one_sentence(code: int, out: str, err: str) -> None:
    assert code in {3, 5}
    assert out == ""
    assert len(err.splitlines()) == 1
    assert "map.xlsx" in err


def test_a_file_without_the_right_to_read_it(path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read every file; the next test shows what is said")
    path.chmod(0)
    with pytest.raises(FileNotReadableError) as raised:
        XlsxFile(path).read()
    assert raised.value.facts["reason"] == "Permission denied"


def test_nobody_may_not_read_it(path: Path) -> None:
    """As the test before, for machines on which tests run as root."""
    if os.geteuid() != 0:
        pytest.skip("only root can become nobody; the test before shows the same")
    path.chmod(0o600)
    os.seteuid(65_534)
    try:
        with pytest.raises(FileNotReadableError) as raised:
            XlsxFile(path).read()
    finally:
        os.seteuid(0)
    assert raised.value.facts["reason"] == "Permission denied"


@contextmanager
def meanwhile(step: Callable[[], object]) -> Iterator[None]:
    """Do something over and over as fast as can be while something else runs."""
    stop = threading.Event()

    def again() -> None:
        while not stop.is_set():
            step()

    thread = threading.Thread(target=again)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def before_each_read(monkeypatch: pytest.MonkeyPatch, do: Callable[[], None]) -> None:
    """Let something happen whenever bytes are read from the disk."""
    read = os.read

    def slowly(descriptor: int, most: int) -> bytes:
        do()
        return read(descriptor, most)

    monkeypatch.setattr("os.read", slowly)


def test_a_file_that_grows_while_it_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    def grow() -> None:
        with path.open("ab") as growing:
            growing.write(b"x")

    before_each_read(monkeypatch, grow)
    with pytest.raises(ChangedMeanwhileError):
        XlsxFile(path).read()


def test_check_answers_while_the_file_grows(path: Path, run: Run) -> None:
    with path.open("ab", buffering=0) as growing, meanwhile(lambda: growing.write(b"x" * 100)):
        time.sleep(0.1)
        ran = run("check", "map.xlsx")
    assert_one_sentence(ran.code, ran.out, ran.err)


def test_a_file_that_is_cut_off_while_it_is_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before_each_read(monkeypatch, lambda: os.truncate(path, path.stat().st_size // 2))
    with pytest.raises(ChangedMeanwhileError):
        XlsxFile(path).read()


def test_a_file_that_somebody_finishes_saving(
    tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "map.xlsx"
    path.write_bytes(content[:1000])
    read, writes = os.read, [content]

    def slowly(descriptor: int, most: int) -> bytes:
        found = read(descriptor, most)
        if writes:
            path.write_bytes(writes.pop())
        return found

    monkeypatch.setattr("os.read", slowly)
    assert XlsxFile(path).read().tables


def test_a_file_that_is_replaced_all_the_time(tmp_path: Path, content: bytes) -> None:
    """By whole files in one step, as good programs save: either of them is read, never a mix."""
    other = new_map(Wish(starter="travel"), StarterFiles(), XlsxBuilder(), Clock().now())
    path, beside = tmp_path / "map.xlsx", tmp_path / "map.new"
    path.write_bytes(content)
    stamps = {open_file.stamp(content), open_file.stamp(other)}
    turn = iter(range(1 << 30))

    def replace() -> None:
        beside.write_bytes((content, other)[next(turn) % 2])
        beside.replace(path)

    with meanwhile(replace):
        for _ in range(20):
            assert XlsxFile(path).read().stamp in stamps


def test_a_pipe_that_takes_the_place_of_the_file_between_two_steps(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def swap(name: Path, flags: int) -> int:
        path.unlink()
        os.mkfifo(path)
        return opened(name, flags)

    monkeypatch.setattr("os.open", swap)
    with pytest.raises(FileNotReadableError):
        XlsxFile(path).read()


def test_check_answers_while_the_file_is_torn(path: Path, content: bytes, run: Run) -> None:
    cut = iter(range(1, 1 << 30))

    def tear() -> None:
        path.write_bytes(content[: len(content) * (next(cut) % 10) // 10])

    with meanwhile(tear):
        for _ in range(3):
            ran = run("check", "map.xlsx")
            assert_one_sentence(ran.code, ran.out, ran.err)


def test_a_name_that_no_system_takes(run: Run) -> None:
    with pytest.raises(FileNotReadableError):
        XlsxFile(Path("a\0b.xlsx")).read()
    ran = run("check", "x" * 5000 + ".xlsx")
    assert ran.code == 3
    assert len(ran.err.splitlines()) == 1


def test_a_name_that_is_no_text(tmp_path: Path, content: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/map-\xff.xlsx"))
    path.write_bytes(content)
    assert read_apart(str(path)).tables
    path.unlink()
