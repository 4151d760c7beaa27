"""A workbook that was read back gives the very sheets that it was made with."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.templates.calc_sheet import calc_sheet
from cjm_sheets.templates.map_sheet import map_sheets
from cjm_sheets.templates.plan import Cell, Sheet, Shown
from cjm_sheets.templates.start_sheet import start_sheet
from cjm_sheets.usecases.as_content import facts_of
from cjm_sheets.usecases.map_health import health_of_reading
from cjm_sheets.usecases.new_map import Wish, content_of, new_map, planned
from cjm_sheets.usecases.reading import read_map
from cjm_sheets.words.languages import LANGUAGES

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
WISHES = (
    *(Wish(starter="vacuum", language=language) for language in LANGUAGES),
    Wish("day", starter="travel"),
    Wish("blueprint", starter="bank"),
    Wish("empathy", starter="vacuum"),
    Wish("future", starter="vacuum"),
    Wish("blueprint", language="de"),
    Wish("day", language="lv"),
)


@pytest.mark.parametrize(
    "wish", WISHES, ids=lambda w: f"{w.starter or 'blank'}-{w.map_type}-{w.language}"
)
def test_its_sheets_are_planned_alike(wish: Wish, tmp_path: Path) -> None:
    file = tmp_path / "map.xlsx"
    file.write_bytes(new_map(wish, StarterFiles(), XlsxBuilder(), NOW))
    first = planned(content_of(wish, StarterFiles(), NOW.date()), NOW)
    by_title = {sheet.title: sheet for sheet in first.sheets}
    reading = read_map(XlsxFile(file))
    facts = facts_of(reading, NOW.date(), health=health_of_reading(reading, NOW.date()))
    again = (*map_sheets(facts), calc_sheet(facts, NOW.date()), start_sheet(facts))
    assert len(again) >= 2
    for sheet in again:
        assert _differences(by_title[sheet.title], sheet) == []


def _differences(first: Sheet, again: Sheet) -> list[tuple[Cell, Cell]]:
    assert len(first.cells) == len(again.cells)
    assert (first.merged, first.conditions) == (again.merged, again.conditions)
    pairs = zip(first.cells, again.cells, strict=True)
    return [(one, other) for one, other in pairs if not _same(one, other)]


def _same(one: Cell, other: Cell) -> bool:
    places = (one.line, one.column, one.formula, one.style, one.link)
    alike = places == (other.line, other.column, other.formula, other.style, other.link)
    return alike and _shows_the_same(one.value, other.value)


def _shows_the_same(one: Shown, other: Shown) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == pytest.approx(other, rel=1e-9, abs=1e-9)
    return (one or "") == (other or "")
