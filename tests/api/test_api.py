"""A program reads a workbook as values and as data frames."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import cjm_sheets as cjm
from cjm_sheets import wiring
from cjm_sheets.errors import UnknownTableError
from cjm_sheets.usecases.new_map import Wish

DAY = date(2026, 11, 26)


@pytest.fixture
def book(tmp_path: Path) -> cjm.Book:
    path = tmp_path / "vacuum.xlsx"
    wiring.new_workbook(str(path), Wish(starter="vacuum", language="de"))
    return cjm.open(path)


def test_a_table_says_what_the_model_says(book: cjm.Book) -> None:
    frame = book.table("Pains", DAY)
    assert list(frame.index) == [pain.id for pain in book.model.pains]
    assert list(frame["severity"]) == [pain.severity for pain in book.model.pains]
    assert list(frame["line"]) == [pain.line for pain in book.model.pains]
    assert frame["evidenced"].tolist() == pytest.approx([s.evidenced for s in book.reading.scores])


def test_every_table_becomes_a_frame(book: cjm.Book) -> None:
    for key, decoded in book.reading.decoded.items():
        assert len(book.table(key, DAY)) == len(decoded.lines)


def test_an_unknown_table_is_named(book: cjm.Book) -> None:
    with pytest.raises(UnknownTableError) as caught:
        book.table("Nothing")
    assert isinstance(caught.value, cjm.Error)


def test_the_import_alone_loads_nothing_slow() -> None:
    asked = "import sys, cjm_sheets; sys.exit(len({'pandas', 'cjm_sheets.api'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
