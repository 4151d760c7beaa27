"""Decides which sheets and columns a map cannot do without, and what a renamed one may be."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.nearest import alikeness
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.tables import naming, schema, spec
from cjm_sheets.tables.table import Placed, Table
from cjm_sheets.words.languages import LANGUAGES
from cjm_sheets.words.mark import N_

_JOURNEY = ("Maps", "Personas", "Stages", "Touchpoints", "Pains", "Evidence")

NEEDED = {
    "current": _JOURNEY,
    "future": _JOURNEY,
    "day": (*_JOURNEY, "DayMoments"),
    "blueprint": (*_JOURNEY, "Blueprint"),
    "empathy": ("Maps", "Personas", "Empathy"),
}
"""The tables of each map type."""

_MAYBE = 0.5
"""How alike (0 to 1) a header must be to a missing one to be taken for it under another name."""

_MOST = 3
"""Headers that are named at most."""

_COLUMN = N_("The column {missing} is missing.")
_RENAMED = N_("The column {missing} is missing; under another name it may be: {headers}.")
_MEND_COLUMN = N_("Add a column of this name again, and keep the headers as they are.")
_MEND_HEADER = N_("Give the header its name {missing} back.")


@rule(
    "CJ001",
    Severity.ERROR,
    table="",
    reads=("Maps.type", "*.*"),
    summary=N_("a sheet or a column that the map needs is missing"),
    message=N_("The sheet {sheet} is missing."),
    fix=N_("Bring the sheet back, or rename it back if it is there under another name."),
)
def missing_sheet_or_column(view: View) -> Iterator[Found]:
    """CJ001: a sheet or a column that the map needs is missing.

    Why: without it the map cannot be read or scored as it was meant, and nothing says so.
    Fires: a current-state map in a workbook whose sheet Pains was deleted; a header Severity that
        somebody changed to How bad.
    Silent: an empathy map without Touchpoints; a column that is optional, such as Guess; a sheet
        with nothing in it that this type of map does not need; an archived map.
    """
    needed = _needed(view)
    for table in schema.TABLES:
        if table.key in view.tables:
            if table.key in needed or view.tables[table.key].lines:
                yield from _columns(view, view.tables[table.key].table)
        elif table.key in needed:
            yield Found(table.key, value="")


def _needed(view: View) -> set[str]:
    """Return the tables that the maps need; a map without a type is one of the current state."""
    types = {row.type or "current" for row in view.workbook.maps if row.status != "archived"}
    if not view.workbook.maps and view.tables.keys() & {"Stages", "Touchpoints", "Pains"}:
        types = {"current"}
    return {"Maps"}.union(*(NEEDED.get(type_, ()) for type_ in types))


def _columns(view: View, table: Table) -> Iterator[Found]:
    """Yield the columns of a table without which it cannot be read or scored."""
    for column in table.spec.typed:
        if column.key in table.by_key or not (column.required or _scores_need(view, table, column)):
            continue
        missing = naming.column_label(view.language, table.spec, column)
        maybe = _renamed(table, column)
        yield Found(
            table.spec.key,
            line=table.header_line,
            column=column.key,
            value="; ".join(placed.label for placed in maybe),
            facts={"missing": missing, "headers": ", ".join(placed.label for placed in maybe)},
            message=_RENAMED if maybe else _COLUMN,
            fix=_MEND_HEADER if maybe else _MEND_COLUMN,
        )


def _scores_need(view: View, table: Table, column: spec.Column) -> bool:
    """Tell whether pains cannot be scored or trusted without a column that is not required."""
    place = (table.spec.key, column.key)
    return place == ("Pains", "evidence") or (
        place == ("Touchpoints", "reach") and not view.has("Pains", "reach")
    )


def _renamed(table: Table, column: spec.Column) -> list[Placed]:
    """Return the unknown headers that may stand for a missing column, the likeliest first.

    They are like its name in some language, or stand right where it should.
    """
    likely = [(_likelihood(table, column, placed), placed) for placed in table.own_columns]
    likely = [(value, placed) for value, placed in likely if value >= _MAYBE]
    likely.sort(key=lambda pair: (-pair[0], pair[1].at))
    return [placed for _, placed in likely[:_MOST]]


def _likelihood(table: Table, column: spec.Column, placed: Placed) -> float:
    """Return how likely (0 to 1) a header is another name of a missing column."""
    names = {naming.column_label(code, table.spec, column) for code in LANGUAGES}
    alike = max(alikeness(placed.label, name) for name in (*names, column.key))
    columns = table.spec.typed
    at = columns.index(column)
    before = table.by_key.get(columns[at - 1].key) if at else None
    return max(alike, _MAYBE if before and before.at + 1 == placed.at else 0.0)
