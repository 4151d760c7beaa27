"""Decides how decoded tables become the frozen model."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from cjm_sheets.model import journey
from cjm_sheets.model.scales import LIMITS, Settings
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.tables import schema
from cjm_sheets.tables.codec import Decoded, Unread, Value, value_of
from cjm_sheets.tables.table import Raw

_CLASSES: dict[str, tuple[str, type[Any]]] = {
    "Maps": ("maps", journey.Map),
    "Personas": ("personas", journey.Persona),
    "Stages": ("stages", journey.Stage),
    "Touchpoints": ("touchpoints", journey.Touchpoint),
    "Blueprint": ("blueprint", journey.BlueprintStep),
    "DayMoments": ("day_moments", journey.DayMoment),
    "Empathy": ("empathy", journey.EmpathyNote),
    "Pains": ("pains", journey.Pain),
    "Highs": ("highs", journey.High),
    "Opportunities": ("opportunities", journey.Opportunity),
    "Actions": ("actions", journey.Action),
    "Evidence": ("evidence", journey.Evidence),
    "Metrics": ("metrics", journey.Metric),
    "Changes": ("changes", journey.Change),
    "Steps": ("steps", journey.WorkStep),
    "Mutes": ("mutes", journey.Mute),
}

NO_NUMBER = math.nan
"""Stands for something that is there but is no number: as in a live formula, it is not missing."""


def to_model(tables: Iterable[Decoded], language: str) -> Workbook:
    """Return the model of a workbook's tables."""
    by_key = {decoded.table.spec.key: decoded for decoded in tables}
    rows = {name: _rows(by_key[key], of) for key, (name, of) in _CLASSES.items() if key in by_key}
    settings = settings_from(by_key["Settings"]) if "Settings" in by_key else Settings()
    return Workbook(**rows, settings=settings, language=language)


def row_of(table: str, cells: Mapping[str, Raw]) -> Any:  # noqa: ANN401 - the class depends on it
    """Return a row of the model from cells that lie outside its table; the others are blank.

    `cells` maps keys of columns to what stands there.
    """
    columns, (_, of) = schema.BY_KEY[table].by_key, _CLASSES[table]
    fitting = {f.name: _FITTING[f.type] for f in fields(of) if f.name != "line"}
    return of(**{key: fitting[key](value_of(cell, columns[key])) for key, cell in cells.items()})


def _rows(decoded: Decoded, of: type[Any]) -> tuple[Any, ...]:
    """Return one model value for each row of a table."""
    columns = [
        [_FITTING[f.type](value) for value in decoded.values(f.name)]
        for f in fields(of)
        if f.name != "line"
    ]
    return tuple(
        of(*values, line=line) for line, *values in zip(decoded.lines, *columns, strict=True)
    )


def _fit_text(value: Value) -> str:
    match value:
        case str():
            return value
        case Unread(shown):
            return shown
    return ""


def _fit_whole(value: Value) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _fit_number(value: Value) -> float | None:
    match value:
        case Unread():
            return NO_NUMBER
        case bool():
            return None
        case int() | float():
            return value
    return None


def _fit_ids(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _fit_date(value: Value) -> date | None:
    return value if isinstance(value, date) else None


def _fit_yes_no(value: Value) -> bool | None:
    return value if isinstance(value, bool) else None


_FITTING: dict[Any, Callable[[Value], Any]] = {
    str: _fit_text,
    int | None: _fit_whole,
    float | None: _fit_number,
    tuple[str, ...]: _fit_ids,
    date | None: _fit_date,
    bool | None: _fit_yes_no,
}


def settings_from(decoded: Decoded) -> Settings:
    """Return what a Settings table says; a setting whose row is missing or blank is None."""
    return settings_of(zip(decoded.texts("key"), decoded.values("value"), strict=True))


def settings_of(rows: Iterable[tuple[str, Value]]) -> Settings:
    """Return what rows of a key and a value say; of two rows with a key the first one counts."""
    pairs: dict[str, Value] = {}
    for key, value in rows:
        pairs.setdefault(key, value)

    def number(key: str) -> float | None:
        value = pairs.get(key)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return value if is_number else None  # type: ignore[return-value] # narrowed a line above

    return Settings(
        severity=tuple(number(f"severity_{i}") for i in range(1, 6)),
        grades=tuple((grade, number(f"grade_{grade}")) for grade in "ABCD"),
        currency=_fit_text(pairs.get("currency")),
        severities=tuple(
            (key.strip().upper(), _fit_text(value))
            for key, value in pairs.items()
            if key.strip().upper().startswith("CJ")
        ),
        limits=tuple(
            (key, limit) for key in LIMITS if (limit := number(key)) is not None and limit >= 0
        ),
        **{name: number(name) for name in _NUMBERS},
    )


_NUMBERS = tuple(f.name for f in fields(Settings) if f.type == (float | None))
