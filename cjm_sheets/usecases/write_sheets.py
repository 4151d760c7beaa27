"""Decides how sheets of ours are written again into a workbook, from what it says today."""

from collections.abc import Collection
from datetime import datetime

from cjm_sheets.errors import NothingToDrawError
from cjm_sheets.ports.sheets import PutSheets, SheetStore
from cjm_sheets.templates import map_shape
from cjm_sheets.templates.again import MAP, ROLES, again, before
from cjm_sheets.usecases.as_content import facts_of
from cjm_sheets.usecases.map_health import health_of_reading
from cjm_sheets.usecases.reading import read_map
from cjm_sheets.usecases.recalculate import refresh_results


def draw_in_workbook(store: SheetStore, now: datetime) -> None:
    """Draw the Map sheet of a workbook anew.

    Raises:
        NothingToDrawError: a map of this kind has no way to draw.
    """
    _write(store, (MAP,), now)


def write_scores(store: SheetStore, now: datetime) -> None:
    """Let a workbook show all numbers of today: in its tables, on Start, and on its map."""
    refresh_results(store, now.date())
    _write(store, ROLES, now)


def _write(store: SheetStore, wanted: Collection[str], now: datetime) -> None:
    reading = read_map(store)
    today = now.date()
    facts = facts_of(reading, today, health=health_of_reading(reading, today))
    if tuple(wanted) == (MAP,) and not map_shape.has_map(facts.content):
        raise NothingToDrawError(store.name)
    book = again(facts, wanted, now)
    store.put_sheets(PutSheets(book, before(facts, book)), reading.snapshot)
