"""A wait ends when a workbook is saved, after its time, or at a stop; other files do not matter."""

import threading
import time
from pathlib import Path

import pytest

from cjm_sheets.adapters import file_watch
from cjm_sheets.adapters.file_watch import FileWatch


def _later(seconds: float, do: object) -> threading.Timer:
    timer = threading.Timer(seconds, do)  # type: ignore[arg-type]
    timer.start()
    return timer


def test_a_save_ends_the_wait(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"one")
    begun = time.monotonic()
    timer = _later(1, lambda: path.write_bytes(b"two"))
    assert FileWatch(threading.Event()).wait([str(path)], 30)
    assert time.monotonic() - begun < 20
    timer.join()


def test_other_files_do_not_and_time_does(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"one")
    timer = _later(0.5, lambda: (tmp_path / "b.txt").write_text("x"))
    begun = time.monotonic()
    assert not FileWatch(threading.Event()).wait([str(path)], 2)
    assert 1.5 < time.monotonic() - begun < 10
    timer.join()


def test_a_stop_ends_the_wait_even_where_there_is_nothing_to_watch(tmp_path: Path) -> None:
    for files in ([], [str(tmp_path / "none" / "a.xlsx")], [str(tmp_path / "a.xlsx")]):
        stop = threading.Event()
        timer = _later(0.5, stop.set)
        begun = time.monotonic()
        assert not FileWatch(stop).wait(files, 30)
        assert time.monotonic() - begun < 10
        timer.join()


def test_where_the_system_cannot_watch_it_is_looked_at_size_and_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(28, "OS file watch limit reached")

    monkeypatch.setattr(file_watch, "watch", refused)
    path = tmp_path / "a.xlsx"
    for change in (lambda: path.write_bytes(b"one"), lambda: path.write_bytes(b"two"), path.unlink):
        begun = time.monotonic()
        timer = _later(0.5, change)
        assert FileWatch(threading.Event()).wait([str(path), str(tmp_path / "b.xlsx")], 30)
        assert 0.3 < time.monotonic() - begun < 10
        timer.join()
    begun = time.monotonic()
    assert not FileWatch(threading.Event()).wait([str(path)], 1)
    assert time.monotonic() - begun < 10
    stop = threading.Event()
    stop.set()
    assert not FileWatch(stop).wait([str(path)], 30)
    assert time.monotonic() - begun < 20
