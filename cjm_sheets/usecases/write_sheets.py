"""Decides how sheets of ours are written again into a workbook, from what it says today."""

from datetime import datetime

from cjm_sheets.errors.asked import NothingToDrawError
from cjm_sheets.ports.sheets import PutSheets, SheetStore
from cjm_sheets.templates import map_shape
from cjm_sheets.templates.again import MAP, RANKINGS, ROLES, again, before, promised, with_sheets
from cjm_sheets.templates.facts import Facts
from cjm_sheets.templates.plan import Book
from cjm_sheets.templates.ranking_sheets import ranking_sheet, research_sheet
from cjm_sheets.usecases.as_content import facts_of
from cjm_sheets.usecases.map_health import health_of_reading
from cjm_sheets.usecases.ranked_pains import Rankings
from cjm_sheets.usecases.reading import Reading, read_map
from cjm_sheets.usecases.recalculate import refresh_results


def draw_in_workbook(store: SheetStore, now: datetime) -> None:
    """Draw the Map sheet of a workbook anew.

    Raises:
        NothingToDrawError: a map of this kind has no way to draw.
    """
    reading, facts = _now(store, now)
    if not map_shape.has_map(facts.content):
        raise NothingToDrawError(store.name)
    book = again(facts, (MAP,), now)
    store.put_sheets(PutSheets(book, before(facts, book)), reading.snapshot)


def write_scores(store: SheetStore, now: datetime) -> None:
    """Let a workbook show all numbers of today: tables, Start, map, ranking, what to research."""
    refresh_results(store, now.date())
    reading, facts = _now(store, now)
    ranked = "Pains" in facts.content.tables
    facts = promised(facts, RANKINGS) if ranked else facts
    book = again(facts, ROLES, now)
    book = _with_rankings(book, facts, reading, now) if ranked else book
    store.put_sheets(PutSheets(book, before(facts, book)), reading.snapshot)


def _now(store: SheetStore, now: datetime) -> tuple[Reading, Facts]:
    reading, today = read_map(store), now.date()
    return reading, facts_of(reading, today, health=health_of_reading(reading, today))


def _with_rankings(book: Book, facts: Facts, reading: Reading, now: datetime) -> Book:
    """Return the book with the ranking and what to research next."""
    language, rankings = facts.content.language, Rankings(reading)
    sheets = (
        ranking_sheet(
            language, rankings.ranked(), rankings.says(), now.date(), rankings.comparison()
        ),
        research_sheet(language, rankings.research(), now.date()),
    )
    return with_sheets(book, facts, sheets)
