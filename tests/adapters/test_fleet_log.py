"""A log has a line for each event, and never stands in anybody's way."""

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets.adapters.fleet_log import ErrorLines, FileLines, FleetLog, Style
from cjm_sheets.errors.machine import CannotLogError
from cjm_sheets.ports.observer import Event

JSON, TEXT = Style(as_text=False, colours=False), Style(as_text=True, colours=False)


def log(lines: Any, style: Style = JSON, secrets: Callable[[], list[str]] = list) -> FleetLog:
    names = iter("abc")
    return FleetLog(lines, style, {"process": 7}, secrets, lambda: next(names))


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_each_run_has_a_name_and_each_line_says_when(tmp_path: Path) -> None:
    path = tmp_path / "run.log"
    kept = log(FileLines(str(path)))
    for name in ("run_begun", "pair_begun", "run_begun"):
        kept.note(Event(name, {"workbook": "karte-ü.xlsx"}, "warning"))
    lines = read(path)
    assert [each["run"] for each in lines] == ["a", "a", "b"]
    assert list(lines[0])[:3] == ["timestamp", "level", "event"]
    assert lines[0]["timestamp"].endswith("Z")
    assert (lines[0]["level"], lines[0]["workbook"]) == ("warning", "karte-ü.xlsx")
    assert "karte-ü" in path.read_text("utf-8")


def test_a_secret_that_an_error_quotes_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "run.log"
    kept = log(FileLines(str(path)), secrets=lambda: ["zq8-Hk_secret"])
    quoted = ValueError("GET https://mia:pw123@h/x?token=zq8-Hk_secret refused: zq8-Hk_secret")
    kept.note(Event("pair_failed", {"message": str(quoted), "deep": [{"why": quoted}]}, "error"))
    text = path.read_text("utf-8")
    assert "refused" in text
    for secret in ("zq8-Hk_secret", "pw123"):
        assert secret not in text


def test_a_file_that_was_moved_away_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "run.log"
    kept = log(FileLines(str(path)))
    kept.note(Event("one"))
    path.rename(tmp_path / "run.log.1")
    kept.note(Event("two"))
    path.unlink()
    kept.note(Event("three"))
    assert [each["event"] for each in read(tmp_path / "run.log.1")] == ["one"]
    assert [each["event"] for each in read(path)] == ["three"]


def test_a_line_that_was_torn_spoils_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "run.log"
    kept = log(FileLines(str(path)))
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data)[:9]))
    kept.note(Event("torn"))
    monkeypatch.setattr(os, "write", real)
    kept.note(Event("whole"))
    assert kept.lost == 1
    torn, whole = path.read_text("utf-8").splitlines()
    assert len(torn) == 9
    assert json.loads(whole)["event"] == "whole"


def test_what_cannot_be_written_is_counted_and_nobody_is_stopped() -> None:
    class Full:
        def write(self, line: bytes) -> None:
            del line
            raise OSError(28, "No space left on device")

    class Broken:
        def write(self, line: bytes) -> None:
            del line
            raise RuntimeError

    kept = log(Full())
    kept.note(Event("one"))
    kept.note(Event("two"))
    assert (kept.lost, kept.why) == (2, "No space left on device")
    log(Broken()).note(Event("one"))

    def unknown() -> list[str]:
        raise KeyError

    log(Full(), secrets=unknown).note(Event("one"))


def test_a_place_where_no_file_can_be_is_told(tmp_path: Path) -> None:
    for place in (tmp_path / "nowhere" / "run.log", tmp_path):
        with pytest.raises(CannotLogError):
            FileLines(str(place))


def test_text_keeps_each_event_on_a_line(tmp_path: Path) -> None:
    path = tmp_path / "run.log"
    log(FileLines(str(path)), TEXT).note(Event("pair_begun", {"workbook": "a\nb\x1b[31m.xlsx"}))
    (line,) = path.read_text("utf-8").splitlines()
    assert r"workbook=a\nb\x1b[31m.xlsx" in line


def test_threads_do_not_mix_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "run.log"
    logs = [log(FileLines(str(path))) for _ in range(3)]  # as of three processes

    def write(kept: FleetLog) -> None:
        for number in range(100):
            kept.note(Event("event", {"number": number, "long": "x" * 5000}))

    threads = [threading.Thread(target=write, args=(kept,)) for kept in logs for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read(path)) == 600


def test_the_standard_errors_are_left_open(capfd: pytest.CaptureFixture[str]) -> None:
    lines = ErrorLines()
    log(lines).note(Event("one"))
    lines.close()
    log(lines).note(Event("two"))
    told = capfd.readouterr().err.splitlines()
    assert [json.loads(line)["event"] for line in told] == ["one", "two"]
