"""Decides what sheets of ours are made from in a workbook that people work in.

It is the same as for a new workbook, only that each row stays in the place in which it lies.
"""

from collections.abc import Mapping
from datetime import date

from cjm_sheets.tables.codec import Decoded, Unread
from cjm_sheets.tables.settings import OFFERS
from cjm_sheets.tables.table import Raw, Table
from cjm_sheets.templates import leads, titles
from cjm_sheets.templates.calc_sheet import TYPE_NAME
from cjm_sheets.templates.content import Content, Row
from cjm_sheets.templates.facts import Facts, Health
from cjm_sheets.templates.map_types import MAP_TYPES
from cjm_sheets.templates.plan import Shown
from cjm_sheets.usecases.reading import Reading
from cjm_sheets.usecases.recalculate import shown_results
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.languages import LANGUAGES


def facts_of(
    reading: Reading,
    today: date,
    more: Mapping[str, Table] | None = None,
    health: Health | None = None,
) -> Facts:
    """Return a workbook as its sheets show it today; `more` are tables that it will have too."""
    content = _content(reading, more or {})
    results = {
        table: {key: tuple(map(shown, column)) for key, column in columns.items()}
        for table, columns in shown_results(reading, today).items()
    }
    return Facts(content, results, health)


def content_of(reading: Reading) -> Content:
    """Return what a new workbook holds that takes a map over; what cannot be read comes along."""
    return Content(
        map_type_of(reading),
        reading.snapshot.language,
        {key: tuple(_whole_rows(decoded)) for key, decoded in reading.decoded.items()},
        _settings(reading.decoded.get("Settings")),
        illustrative=_is_illustrative(reading),
    )


def _whole_rows(decoded: Decoded) -> list[Row]:
    columns = {column.key: decoded.values(column.key) for column in decoded.table.spec.typed}
    return [
        {key: values[at] for key, values in columns.items() if values[at] is not None}
        for at in range(len(decoded.lines))
    ]


def map_type_of(reading: Reading) -> str:
    """Return the kind of map that a workbook was made for, else the kind of its first map."""
    for grid in reading.snapshot.others:
        for row in grid.rows if grid.sheet == titles.CALC else ():
            if row[:1] == (TYPE_NAME,) and len(row) > 1 and row[1] in MAP_TYPES:
                return f"{row[1]}"
    decoded = reading.decoded.get("Maps")
    for kind in decoded.values("type") if decoded else ():
        if isinstance(kind, str) and kind in MAP_TYPES:
            return kind
    named = reading.decoded.keys()
    alone = {"DayMoments": "day", "Empathy": "empathy"}
    found = (kind for table, kind in alone.items() if table in named)
    return "current" if "Touchpoints" in named else next(found, "current")


def _content(reading: Reading, more: Mapping[str, Table]) -> Content:
    tables = {key: decoded.table for key, decoded in reading.decoded.items()}
    return Content(
        map_type_of(reading),
        reading.snapshot.language,
        {key: tuple(_rows(decoded)) for key, decoded in reading.decoded.items()},
        _settings(reading.decoded.get("Settings")),
        illustrative=_is_illustrative(reading),
        lying=tables | dict(more),
        made=reading.snapshot.made,
    )


def _rows(decoded: Decoded) -> list[Row]:
    """Return a row for each line; what cannot be read is missing."""
    columns = {column.key: decoded.values(column.key) for column in decoded.table.spec.typed}
    filled: dict[int, Row] = {}
    for at, line in enumerate(decoded.lines):
        row = {key: values[at] for key, values in columns.items()}
        filled[line] = {
            key: value
            for key, value in row.items()
            if value is not None and not isinstance(value, Unread)
        }
    return [filled.get(line, {}) for line in decoded.table.lines]


def _settings(decoded: Decoded | None) -> dict[str, float | str | None]:
    """Return what Settings say of everything that we offer there; None where they say nothing."""
    found: dict[str, float | str | None] = {offer.key: None for offer in OFFERS}
    if decoded is None:
        return found
    for key, value in zip(decoded.texts("key"), decoded.values("value"), strict=True):
        if found.get(key) is None and isinstance(value, int | float | str):
            found[key] = value
    return found


def _is_illustrative(reading: Reading) -> bool:
    """Tell whether a sheet of the workbook says that what it holds is a sample."""
    said = {say(language, leads.ILLUSTRATIVE) for language in LANGUAGES}
    return any(
        isinstance(cell, str) and cell in said
        for grid in reading.snapshot.others
        for row in grid.rows
        for cell in row
    )


def shown(value: Raw) -> Shown:
    """Return a value as a sheet shows it; an error shows nothing that could be reckoned with."""
    return value if isinstance(value, Shown) else ""
