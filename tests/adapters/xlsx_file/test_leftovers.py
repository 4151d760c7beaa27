"""What a killed run leaves beside a workbook goes with a later one, unless a person saved it."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cjm_sheets.adapters.xlsx_file import leftovers, replace
from cjm_sheets.adapters.xlsx_file.exchange import exchange
from cjm_sheets.adapters.xlsx_file.replace import replace_file
from cjm_sheets.errors.workbook import ChangedMeanwhileError

READ, WRITTEN, SAVED = b"as it was read", b"as it was written", b"as somebody saved it"
LATER = 3600


@pytest.fixture
def path(tmp_path: Path) -> Path:
    workbook = tmp_path / "map.xlsx"
    workbook.write_bytes(WRITTEN)
    return workbook


def swept(path: Path, kind: str, content: bytes, age: float = LATER) -> bool:
    """Leave a file behind some time ago, replace the workbook, and tell whether it is gone."""
    with pytest.MonkeyPatch.context() as then:
        now = time.time()
        then.setattr(time, "time", lambda: now - age)
        left: Path = getattr(leftovers.names_for(path, READ, WRITTEN), kind)
    left.write_bytes(content)
    replace_file(path, b"now", path.read_bytes())
    beside = [entry for entry in path.parent.iterdir() if entry != path]
    assert [entry.read_bytes() for entry in beside] in ([], [content])
    for entry in beside:
        entry.unlink()
    return not beside


@pytest.mark.parametrize("kind", ["new", "old"])
@pytest.mark.parametrize("content", [READ, WRITTEN])
def test_what_the_run_had_read_or_written_goes(path: Path, kind: str, content: bytes) -> None:
    assert swept(path, kind, content)


@pytest.mark.parametrize("kind", ["new", "old"])
def test_what_somebody_saved_in_that_moment_stays(path: Path, kind: str) -> None:
    assert not swept(path, kind, SAVED)


def test_half_a_file_goes_since_it_never_had_the_place(path: Path) -> None:
    assert swept(path, "part", WRITTEN[:5])


@pytest.mark.parametrize("kind", ["part", "new", "old"])
def test_a_replacement_that_goes_on_beside_us_is_left_alone(path: Path, kind: str) -> None:
    assert not swept(path, kind, WRITTEN, age=60)


def test_a_second_name_of_the_workbook_goes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    with monkeypatch.context() as then:
        then.setattr(time, "time", lambda: now - LATER)
        old = leftovers.names_for(path, READ, WRITTEN).old
    path.write_bytes(SAVED)
    old.hardlink_to(path)
    leftovers.sweep(path)
    assert [*path.parent.iterdir()] == [path]
    assert path.read_bytes() == SAVED


@pytest.mark.parametrize(
    "name",
    [
        ".map.xlsx.0123abcd.new",
        "map.xlsx.0000000100ab-0123456789ab-0123456789ab.part",
        ".map.xlsx.0000000100ab-0123456789ab-0123456789ab.part.bak",
        ".other.xlsx.0000000100ab-0123456789ab-0123456789ab.part",
        ".map.xlsx.backup",
    ],
)
def test_other_files_stay(path: Path, name: str) -> None:
    path.with_name(name).write_bytes(b"mine")
    leftovers.sweep(path)
    assert path.with_name(name).read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["k" * 240 + ".xlsx", "к" * 120 + ".xlsx"])
def test_a_name_as_long_as_names_can_be(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(READ)
    replace_file(path, WRITTEN, READ)
    assert path.read_bytes() == WRITTEN
    assert swept(path, "new", READ)


def test_the_name_of_another_run_is_not_ours_twice(path: Path) -> None:
    names = {leftovers.names_for(path, READ, WRITTEN).new for _ in range(20)}
    assert len(names) == 20


def asleep_after(
    step: Callable[[Path, Path], bool], monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    """Replace a workbook in a run that stands still after a step, while another one sweeps."""

    def then(one: Path, other: Path) -> bool:
        done = step(one, other)
        now = time.time()
        with monkeypatch.context() as later:
            later.setattr(time, "time", lambda: now + LATER)
            leftovers.sweep(path)
        return done

    monkeypatch.setattr(replace, "exchange", then)
    replace_file(path, b"now", path.read_bytes())


@pytest.mark.skipif(os.name != "posix", reason="no two files trade names there")
def test_a_run_that_was_asleep_reads_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ChangedMeanwhileError):
        asleep_after(exchange, monkeypatch, path)
    assert path.read_bytes() == b"now"


@pytest.mark.skipif(os.name != "posix", reason="no two files trade names there")
def test_what_was_saved_while_a_run_was_asleep_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def saved(one: Path, other: Path) -> bool:
        path.write_bytes(SAVED)
        return exchange(one, other)

    with pytest.raises(ChangedMeanwhileError):
        asleep_after(saved, monkeypatch, path)
    assert SAVED in {entry.read_bytes() for entry in path.parent.iterdir()}
