"""Decides how measured figures are told: with how many people, and how far off they may be."""

from collections.abc import Iterable, Sequence
from typing import Any

from cjm_sheets.scoring.columns import aligned, shortened
from cjm_sheets.scoring.metric_intervals import (
    GIVEN,
    NO_PEOPLE,
    NO_Z,
    NOT_THIS,
    OFF_SCALE,
    RECKONED,
    TOO_FEW,
    UNCLEAR,
    Measured,
)
from cjm_sheets.tables import naming, schema
from cjm_sheets.words.catalogue import count, say
from cjm_sheets.words.mark import N_

_RANGE = N_("{low} to {high}")
_HINT = N_("fewer than thirty: a hint at most")
_UNKNOWN = "?"
_WHY = {
    NO_PEOPLE: N_("no range: how many people?"),
    TOO_FEW: N_("no range: one answer is too few"),
    OFF_SCALE: N_("no range: the value is off its scale"),
    UNCLEAR: N_("no range: write %, or a scale such as 1-5, into Unit"),
    NOT_THIS: N_("no range: it takes every single answer"),
    NO_Z: N_("no range: the setting z is missing"),
}


def document(figures: Iterable[Measured]) -> list[dict[str, Any]]:
    """Return the metrics as JSON has them; `range` says where low and high come from."""
    return [
        {
            "row": each.metric.id,
            "name": each.metric.name,
            "definition": each.metric.definition,
            "stage": each.metric.stage,
            "touchpoint": each.metric.touchpoint,
            "value": each.metric.value,
            "unit": each.metric.unit,
            "n": each.metric.n,
            "low": each.low,
            "high": each.high,
            "range": each.how,
        }
        for each in figures
    ]


def lines(figures: Sequence[Measured], language: str) -> list[str]:
    """Return the block for the terminal."""
    rows = [(f"  {each.metric.id}", *cells(each, language)) for each in figures]
    heading = naming.table_label(language, schema.BY_KEY["Metrics"])
    return ["", heading, *aligned(rows, numbers=0)] if rows else []


def cells(figure: Measured, language: str) -> tuple[str, str, str]:
    """Return the name of a metric, its value, and its range with what it rests on."""
    metric = figure.metric
    kind = naming.word(language, "metric", metric.definition)
    name = shortened(metric.name) or kind
    named = name if kind.casefold() in name.casefold() else f"{name} ({kind})"
    value = f"{metric.value:g} {metric.unit}".rstrip()
    return named, value, _rests_on(figure, language)


def _rests_on(figure: Measured, language: str) -> str:
    parts = [_range(figure, language)]
    n = figure.metric.n
    if n is not None and n > 0:
        parts.append(count(language, "of {n} person", "of {n} people", n))
        if figure.is_hint and figure.how in {GIVEN, RECKONED}:
            parts.append(say(language, _HINT))
    return ", ".join(parts)


def _range(figure: Measured, language: str) -> str:
    if figure.how not in {GIVEN, RECKONED}:
        return say(language, _WHY[figure.how])
    return say(language, _RANGE, low=_end(figure.low), high=_end(figure.high))


def _end(end: float | None) -> str:
    return _UNKNOWN if end is None else f"{end:.3g}"
