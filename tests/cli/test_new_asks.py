"""On a terminal `new` asks what to make, with defaults that one can just accept."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.tables.codec import decode

pty = pytest.importorskip("pty", reason="this system has no terminals that a program can play")


def answer(folder: Path, *answers: str, language: str = "en") -> str:
    """Answer the questions of `new` as a person at a terminal, and return what was shown."""
    done = at_terminal(folder, answers, language)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def at_terminal(
    folder: Path, answers: Sequence[str], language: str = "en", *options: str
) -> subprocess.CompletedProcess[bytes]:
    """Run `new` at a terminal at which somebody types."""
    person, terminal = pty.openpty()
    try:
        os.write(person, "".join(f"{line}\n" for line in answers).encode())
        return subprocess.run(
            [sys.executable, "-m", "cjm_sheets", "new", *options],
            stdin=terminal,
            capture_output=True,
            cwd=folder,
            env={**os.environ, "CJM_SHEETS_LANGUAGE": language},
            timeout=60,
            check=False,
        )
    finally:
        os.close(person)
        os.close(terminal)


def test_enter_alone_makes_a_blank_map_of_the_way_as_it_is(tmp_path: Path) -> None:
    said = answer(tmp_path, "", "", "", "", "", language="da")
    assert "cjm-sheets new map.xlsx --type current --language da --stages buying4" in said
    snapshot = XlsxFile(tmp_path / "map.xlsx").read()
    assert snapshot.language == "da"
    stages = next(table for table in snapshot.tables if table.spec.key == "Stages")
    assert len(decode(stages).lines) == 4


def test_each_question_can_be_answered(tmp_path: Path) -> None:
    (tmp_path / "map.xlsx").write_bytes(b"here already")
    answer(tmp_path, "2", "5", "2", "")  # German, service blueprint, the sample, the next free file
    snapshot = XlsxFile(tmp_path / "map-2.xlsx").read()
    assert snapshot.language == "de"
    assert "Blueprint" in {table.spec.key for table in snapshot.tables}
    assert (tmp_path / "map.xlsx").read_bytes() == b"here already"


def test_a_useless_answer_is_asked_again(tmp_path: Path) -> None:
    said = answer(tmp_path, "9", "1", "", "", "5", "Only one", "See, Try, Buy", "own.xlsx")
    assert "own.xlsx" in said
    stages = next(
        table
        for table in XlsxFile(tmp_path / "own.xlsx").read().tables
        if table.spec.key == "Stages"
    )
    assert list(decode(stages).texts("name")) == ["See", "Try", "Buy"]


def test_a_program_that_wants_json_is_asked_nothing(tmp_path: Path) -> None:
    done = at_terminal(tmp_path, ["", "", "", "", ""], "en", "--json")
    assert done.returncode == 2
    assert done.stdout == b""
    assert list(tmp_path.iterdir()) == []


def test_without_a_terminal_nothing_is_asked(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cjm_sheets", "new"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert b"map.xlsx" in done.stderr
    assert list(tmp_path.iterdir()) == []
