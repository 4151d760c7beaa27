"""Findings on the cells of an open workbook: as on a closed one, beside what people put there."""

import re
import shutil
import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cjm_sheets import macros, wiring
from cjm_sheets.adapters.live_excel.store import LiveWorkbook
from cjm_sheets.adapters.xlwings_engine.ranges import Range
from cjm_sheets.ports.sheets import SIGNED
from cjm_sheets.ports.store import Changes, SetCell
from cjm_sheets.usecases.check_map import Wanted
from cjm_sheets.usecases.new_map import Wish
from cjm_sheets.usecases.write_findings import write_findings
from tests.adapters.xlsx_file.packages import parts
from tests.stores.contract import HARD_TEXTS

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "map.xlsx"
    wiring.new_workbook(str(made), Wish(starter="vacuum"))
    return made


def spoil(book: Any) -> None:
    """Make three mistakes on Touchpoints: on B6, K5 and K6."""
    sheet = book.sheets["Touchpoints"]
    sheet.range("B6").value = "S99"
    sheet.range("K5").value = sheet.range("K6").value = "happy"


def check(store: Any) -> None:
    write_findings(store, Wanted(NOW.date()), NOW)


def coloured(path: Path) -> dict[str, set[str]]:
    """Return the cells that a finding colours, by sheet and severity."""
    found: dict[str, set[str]] = {}
    with warnings.catch_warnings(action="ignore"):
        book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for area in sheet.conditional_formatting:
            for rule in area.rules:
                said = re.match(r'"cjm-sheets (\w+)"', str(rule.formula[0] if rule.formula else ""))
                if said:
                    cells = found.setdefault(f"{sheet.title} {said[1]}", set())
                    cells |= set(str(area.sqref).split())
    return found


def test_colours_are_those_of_the_closed_file(path: Path, tmp_path: Path) -> None:
    book = wiring.open_headless(str(path))
    spoil(book)
    book.save()
    closed = tmp_path / "closed.xlsx"
    shutil.copy(path, closed)
    check(wiring.open_workbook(book))
    book.save()
    check(wiring.workbook_file(str(closed)))
    assert coloured(path) == coloured(closed)
    assert {"B6", "K5", "K6"} <= coloured(path)["Touchpoints error"]


def test_what_was_mended_loses_its_mark_whoever_made_it(path: Path) -> None:
    """Marks of the closed file go in the open workbook, and the other way round."""
    book = wiring.open_headless(str(path))
    fifth, sixth = book.sheets["Touchpoints"].range("K5:K6").value
    spoil(book)
    book.save()
    check(wiring.workbook_file(str(path)))
    again = wiring.open_headless(str(path))
    again.sheets["Touchpoints"].range("K5").value = fifth
    check(wiring.open_workbook(again))
    assert again.sheets["Touchpoints"].range("K5").note is None
    assert again.sheets["Touchpoints"].range("K6").note is not None
    again.save()
    assert "K5" not in coloured(path)["Touchpoints error"]
    again.sheets["Touchpoints"].range("K6").value = sixth
    again.save()
    note = "CJ999: of an author whom Excel names" + SIGNED
    again.sheets["Touchpoints"].range("L9").add_note(note)
    again.app.impl.user = "Mia"
    again.sheets["Touchpoints"].range("L10").add_note(note)
    again.save()
    check(wiring.workbook_file(str(path)))
    last = wiring.open_headless(str(path)).sheets["Touchpoints"]
    assert [last.range(cell).note for cell in ("K6", "L9", "L10")] == [None, None, None]
    assert last.range("B6").note is not None


def test_the_notes_of_people_stay_alone_on_their_cells(path: Path) -> None:
    book = wiring.open_headless(str(path))
    spoil(book)
    book.app.impl.user = "Mia"
    sheet = book.sheets["Touchpoints"]
    sheet.range("K5").add_note("ask Tom")
    sheet.range("C5").add_note("CJ031 is what I think of")
    for _ in range(2):
        check(wiring.open_workbook(book))
    book.save()
    sheet = wiring.open_headless(str(path)).sheets["Touchpoints"]
    assert (sheet.range("K5").note.text, sheet.range("K5").note.author) == ("ask Tom", "Mia")
    assert sheet.range("C5").note.text == "CJ031 is what I think of"
    assert "K5" in coloured(path)["Touchpoints error"]


def test_our_colours_come_before_those_that_are_there(path: Path) -> None:
    book = wiring.open_headless(str(path))
    spoil(book)
    check(wiring.open_workbook(book))
    book.save()
    for name, xml in parts(path).items():
        ranks = [int(rank) for rank in re.findall(rb'<cfRule [^>]*?priority="(\d+)"', xml)]
        assert len(set(ranks)) == len(ranks), name
        ours = re.findall(rb'priority="(\d+)"><formula>"cjm-sheets', xml)
        assert sorted(map(int, ours)) == list(range(1, len(ours) + 1)), name


@pytest.mark.parametrize("text", [text for text in HARD_TEXTS if text[:1] in "=+-@"], ids=ascii)
def test_a_text_is_no_formula_even_for_a_moment(
    path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = wiring.open_headless(str(path))
    store = LiveWorkbook(book)
    before = store.read()
    typed: list[object] = []
    write = Range._type  # noqa: SLF001 - what Excel would be given

    def watching(self: Range, place: tuple[int, int], value: Any) -> None:
        typed.append(value)
        write(self, place, value)

    monkeypatch.setattr(Range, "_type", watching)
    store.apply(Changes(cells=(SetCell("Touchpoints", 5, "why", text),)), before)
    assert typed == [f"'{text}"]


def test_a_sheet_that_is_missing_is_brought_back_with_its_live_table(path: Path) -> None:
    """Excel takes its formulas only once the table and the names are there that they lead to."""
    book = wiring.open_headless(str(path))
    formulas = [text for text in book.sheets["Pains"].range("A5:AF5").formula[0] if text[:1] == "="]
    book.sheets["Pains"].delete()
    said = macros.run("fix", book)
    assert any("CJ001" in line for line in said), book.app.impl.alerts
    table = book.sheets["Pains"].tables["Pains"]
    row = table.data_body_range.rows[0].formula[0]
    assert len([text for text in row if text[:1] == "="]) == len(formulas) > 5
    assert book.sheets["Pains"].index < book.sheets["Lists"].index
