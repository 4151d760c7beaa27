"""Decides which sheets of ours are written again into a workbook that is there, and their titles.

Calc and what works behind the map always come along: formulas of the other sheets read them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from cjm_sheets.tables import naming, schema
from cjm_sheets.templates import calc_sheet, titles
from cjm_sheets.templates.facts import Facts
from cjm_sheets.templates.map_sheet import map_sheets
from cjm_sheets.templates.plan import Book, Cell, Sheet
from cjm_sheets.templates.start_sheet import start_sheet

START, MAP = "Start", "Map"
ROLES = (START, MAP)
"""The sheets that can be written again."""

RANKINGS = ("Ranking", "Research")
"""The sheets with the ranking of a day."""

_FIXED = {"Calc", "CalcMap"}
"""Sheets whose titles stand in formulas; nobody sees them, so nobody renames them."""


def again(facts: Facts, wanted: Collection[str], now: datetime) -> Book:
    """Return the sheets that are `wanted`, with what works behind them, as a book of their own."""
    language = facts.content.language
    sheets = tuple(_sheets(facts, wanted, now.date()))
    titled = titles_now(facts)
    now_called = {sheet.title: titled.get(sheet.title, sheet.title) for sheet in sheets}
    sheets_now = tuple(renamed(sheet, titled) for sheet in sheets)
    return Book(
        sheets_now,
        calc_sheet.names(facts, now.date()) | titles.marks(language, now_called),
        title="",
        subject="",
        comment="",
        language=language,
        created=now,
        active=sheets_now[0].title,
    )


def promised(facts: Facts, roles: Iterable[str]) -> Facts:
    """Return the facts of a workbook that will have these sheets too, so that Start leads there."""
    content = facts.content
    new = {role: titles.of_role(content.language, role) for role in roles}
    return replace(facts, content=replace(content, made={**new, **content.made}))


def with_sheets(book: Book, facts: Facts, sheets: Iterable[Sheet]) -> Book:
    """Return a book with more sheets of ours, under their titles of now and marked as ours."""
    titled = titles_now(facts)
    planned = {sheet.title: renamed(sheet, titled) for sheet in sheets}
    now_called = {title: sheet.title for title, sheet in planned.items()}
    marks = titles.marks(facts.content.language, now_called)
    return replace(book, sheets=(*book.sheets, *planned.values()), names={**book.names, **marks})


def before(facts: Facts, book: Book) -> dict[str, str]:
    """Return in front of which sheets those of a book stand that the workbook lacks."""
    first = next((facts.content.lying[key].sheet for key in facts.content.shown), "")
    return {sheet.title: first for sheet in book.sheets if sheet.visibility == "shown"}


def _sheets(facts: Facts, wanted: Collection[str], today: date) -> Iterator[Sheet]:
    if START in wanted:
        yield start_sheet(facts)
    if MAP in wanted:
        yield from map_sheets(facts)
    yield calc_sheet.calc_sheet(facts, today)


def titles_now(facts: Facts) -> dict[str, str]:
    """Return what sheets are called by now, by what a new workbook calls them."""
    language = facts.content.language
    found = {
        naming.table_label(language, schema.BY_KEY[key]): table.sheet
        for key, table in facts.content.lying.items()
    }
    for role, title in facts.content.made.items():
        if role in titles.ROLES and role not in _FIXED:
            found[titles.of_role(language, role)] = title
    return found


def renamed(sheet: Sheet, titled: Mapping[str, str]) -> Sheet:
    """Return a sheet under its title of now, its links leading to the others' titles of now."""

    def led(cell: Cell) -> Cell:
        now = titled.get(cell.link, cell.link)
        if now == cell.link:
            return cell
        said = cell.value
        if isinstance(said, str) and said.startswith(cell.link):
            said = now + said.removeprefix(cell.link)
        return replace(cell, link=now, value=said)

    title = titled.get(sheet.title, sheet.title)
    return replace(sheet, title=title, cells=tuple(map(led, sheet.cells)))
