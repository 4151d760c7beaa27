"""Texts as long as cells hold, and one sign longer, both ways, between a real file and the service.

A cell of Excel holds 32,767 characters, one of Google Sheets 50,000, as both count them: a sign
beyond the basic plane, such as most emoji, is two.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cjm_sheets.service.running import RunningService
from tests.sync.real import Pair, left, pair

EXCEL, SHEETS = 32_767, 50_000
SMILE = "\N{GRINNING FACE}"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("lengths")) as running:
        yield running


@pytest.fixture
def both(service: RunningService, tmp_path: Path) -> Pair:
    return pair(service, tmp_path)


@pytest.mark.parametrize(
    "text", ["x" * EXCEL, "ä" * EXCEL, SMILE * (EXCEL // 2) + "x", "\n" * 9 + "x"]
)
def test_the_longest_text_of_a_workbook_goes_and_comes(both: Pair, text: str) -> None:
    both.types("T1", "name", text)
    assert left(both.sync()) == []
    assert both.says("T1", "name") == (text, text)
    assert both.is_quiet()
    both.text("T2", "name", text)
    assert left(both.sync()) == []
    assert both.says("T2", "name") == (text, text)
    assert both.is_quiet()


@pytest.mark.parametrize(
    "text", ["x" * (EXCEL + 1), SMILE * (EXCEL // 2 + 1), "x" * SHEETS, SMILE * (SHEETS // 2)]
)
def test_a_text_of_a_colleague_too_long_for_the_workbook_stays_there(both: Pair, text: str) -> None:
    both.text("T1", "name", text)
    both.text("T2", "name", "goes")
    for _ in range(2):
        assert left(both.sync()) == [("length", "T1")]
        assert both.says("T1", "name") == ("Advert", text)
        assert both.says("T2", "name") == ("goes", "goes")
        assert both.is_quiet()
    both.text("T1", "name", "short again")
    assert left(both.sync()) == []
    assert both.says("T1", "name") == ("short again", "short again")


def test_a_new_row_with_a_text_too_long_comes_without_it(both: Pair) -> None:
    text = "x" * (EXCEL + 1)
    place = both.place("T3", "id")
    place["rowIndex"] += 1
    cells = [{"userEnteredValue": {"stringValue": each}} for each in ("T9", "S1")]
    both.ask({"updateCells": {"start": place, "rows": [{"values": cells}], "fields": "*"}})
    both.text("T9", "name", "new")
    both.text("T9", "action", text)
    assert left(both.sync()) == [("length", "T9")]
    assert both.says("T9", "name") == ("new", "new")
    assert both.says("T9", "action") == (None, text)
    assert both.is_quiet()


def test_an_edit_of_ours_meets_a_text_too_long_there_as_a_conflict(both: Pair) -> None:
    text = "x" * (EXCEL + 1)
    both.text("T1", "name", text)
    both.sync()
    both.types("T1", "name", "ours")
    done = both.sync()
    assert [clash.row for clash in done.plan.conflicts] == ["T1"]
    assert both.says("T1", "name") == ("ours", text)
    assert left(both.sync(prefer="sheet")) == [("length", "T1")]
    assert both.says("T1", "name") == ("ours", text)
    both.sync(prefer="workbook")
    assert both.says("T1", "name") == ("ours", "ours")
    assert text in {entry.before.strip('"') for entry in both.history.entries}
    assert both.is_quiet()


@pytest.mark.parametrize(("text", "fits"), [("x" * SHEETS, True), ("x" * (SHEETS + 1), False)])
def test_a_text_that_another_program_left_in_the_workbook(
    both: Pair, text: str, *, fits: bool
) -> None:
    """LibreOffice keeps longer texts than Excel does."""
    rewrite(both.path, "Advert", text)
    both.types("T2", "name", "goes")
    assert left(both.sync()) == ([] if fits else [("length", "T1")])
    assert both.says("T1", "name") == (text, text if fits else "Advert")
    assert both.says("T2", "name") == ("goes", "goes")
    assert both.is_quiet()
    assert both.says("T1", "name")[0] == text


def rewrite(path: Path, text: str, to: str) -> None:
    """Replace a text in the parts of a file, as no library of ours would."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content.replace(f">{text}<".encode(), f">{to}<".encode()))
