"""Decides which workbooks the tests of the builder look at, and makes them."""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import cache
from random import Random

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.tables import lists, naming, settings
from cjm_sheets.tables.codec import Value
from cjm_sheets.tables.table import Raw
from cjm_sheets.templates import titles
from cjm_sheets.templates.content import HEADER_LINE, Content
from cjm_sheets.templates.map_types import MAP_TYPES
from cjm_sheets.templates.plan import Book, Cell, Sheet, Style
from cjm_sheets.usecases.new_map import Wish, content_of, new_map, planned
from cjm_sheets.words.languages import LANGUAGES
from tests.programs import TODAY
from tests.scoring.random_rows import random_rows
from tests.templates.growing import growing as grown

NOW = datetime.combine(TODAY, time(9), UTC)
"""The formulas of a workbook that was made today show what LibreOffice will show today."""


@cache
def made(wish: Wish) -> bytes:
    """Return the file of a wish."""
    return new_map(wish, StarterFiles(), XlsxBuilder(), NOW)


VACUUM = Wish(starter="vacuum")


def all_wishes() -> dict[str, Wish]:
    """Return every blank workbook and every starter in every language, by names of files."""
    blank = [Wish(kind, language) for kind in MAP_TYPES for language in LANGUAGES]
    known = [Wish(kind, code, starter=name) for name, kind, code in StarterFiles().known()]
    return {file_name(wish): wish for wish in (*blank, *known)}


def some_wishes(turn: int) -> dict[str, Wish]:
    """Return every kind of blank workbook and every starter, each in one language.

    Together they have all languages; with the next turn each one has another.
    """
    designs: dict[str, dict[str, Wish]] = {}
    for name, wish in all_wishes().items():
        designs.setdefault(name.rpartition(".")[0], {})[wish.language] = wish
    found = {}
    for at, languages in enumerate(designs.values()):
        language = LANGUAGES[(at + turn) % len(LANGUAGES)]
        wish = languages.get(language) or languages["en"]
        found[file_name(wish)] = wish
    return found


def file_name(wish: Wish) -> str:
    """Return a name without ending for the file of a wish, such as `blank.current.en`."""
    return f"{wish.starter or 'blank'}.{wish.map_type}.{wish.language}"


def chosen_wishes() -> dict[str, Wish]:
    """Return what slow tests look at: all on a machine for checks, elsewhere others every day."""
    thorough = os.environ.get("CJM_SHEETS_TEST_PROGRAMS") == "required"
    return all_wishes() if thorough else some_wishes(NOW.date().toordinal())


def random_book(seed: int, language: str, *, growing: bool = False) -> Book:
    """Return a workbook in which people typed all sorts of things, its Settings out of order.

    `growing` says that its Map sheet was made before there were steps.
    """
    rows = {
        table: tuple({key: _value(cell) for key, cell in row.items()} for row in rows)
        for table, rows in random_rows(seed, NOW.date()).items()
    }
    typed = {str(row["key"]): row["value"] for row in rows.pop("Settings")}
    values = {offer.key: _setting(typed.get(offer.key)) for offer in settings.OFFERS}
    content = Content("current", language, rows | {"Steps": _steps(seed)}, values)
    book = grown(content, NOW) if growing else planned(content, NOW)
    shuffled = tuple(_shuffled(sheet, seed) for sheet in book.sheets)
    return replace(book, sheets=shuffled)


def _steps(seed: int) -> tuple[dict[str, Value], ...]:
    """Return the steps of the work in words of all languages, some twice, some unknown."""
    pick = Random(seed)  # noqa: S311 - test data
    rows: list[dict[str, Value]] = []
    for number in range(1, 15):
        step, status = (
            pick.choice((naming.word(language, name, key), key, key.upper(), "tea", None))
            for name in ("workflow_step", "step_status")
            for key, language in [(pick.choice(list(lists.LISTS[name])), pick.choice(LANGUAGES))]
        )
        rows.append({"id": f"W{number}", "step": step, "status": status})
    return tuple(rows)


def growing_book() -> Book:
    """Return the starter with a Map sheet that was made before there were steps."""
    return grown(content_of(VACUUM, StarterFiles(), NOW.date()), NOW)


def book_with_counted_offers() -> Book:
    """Return the starter with a sheet that counts what each drop-down offers.

    Somebody has typed a value of their own below each list.
    """
    content = content_of(VACUUM, StarterFiles(), NOW.date())
    book = planned(content, NOW)
    sources = {offer.source for sheet in book.sheets for offer in sheet.validations if offer.source}
    lists_title = titles.lists_sheet(content.language)
    cells = []
    for line, source in enumerate(sorted(sources), start=1):
        kind, _, name = source.partition("OFFSET(cjm_")[2].partition(",")[0].partition("_")
        offered = len(lists.LISTS[name]) + 1 if kind == "list" else len(content.rows[name])
        formula = f"=ROWS({source.removeprefix('=')})"
        cells.append(Cell(line, 1, offered, Style(), formula))
    sheets = [_with_own_values(s) if s.title == lists_title else s for s in book.sheets]
    return replace(book, sheets=(*sheets, Sheet("Counted", tuple(cells))))


def _with_own_values(sheet: Sheet) -> Sheet:
    ends = {cell.column: cell for cell in sheet.cells}
    own = (replace(cell, line=cell.line + 1, value="our own") for cell in ends.values())
    return replace(sheet, cells=(*sheet.cells, *own))


def _value(cell: Raw) -> Value:
    assert cell is None or isinstance(cell, Value)
    return cell


def _setting(value: Value) -> float | str | None:
    assert value is None or isinstance(value, int | float | str)
    return value


def _shuffled(sheet: Sheet, seed: int) -> Sheet:
    """Return the sheet of Settings with its rows in another order, any other one as it is."""
    if sheet.table is None or sheet.table.name != "Settings":
        return sheet
    lines = list(range(HEADER_LINE + 1, sheet.table.last_line + 1))
    moved: Mapping[int, int] = dict(
        zip(lines, Random(seed).sample(lines, len(lines)), strict=True)  # noqa: S311 - test data
    )

    def at(cell: Cell) -> Cell:
        return replace(cell, line=moved.get(cell.line, cell.line))

    return replace(sheet, cells=tuple(map(at, sheet.cells)))
