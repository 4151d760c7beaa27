"""Decides how the cells of a table look: by kind of column, computed or typed, odd line or even."""

from dataclasses import replace
from functools import cache

from cjm_sheets.tables import spec
from cjm_sheets.templates import looks
from cjm_sheets.templates.plan import Align, Style

_MAIN = {
    ("Maps", "title"), ("Personas", "name"), ("Stages", "name"), ("Touchpoints", "name"),
    ("Blueprint", "touchpoint"), ("DayMoments", "activity"), ("Empathy", "note"), ("Pains", "pain"),
    ("Highs", "high"), ("Opportunities", "opportunity"), ("Actions", "action"),
    ("Evidence", "finding"), ("Metrics", "name"), ("Changes", "what"), ("Steps", "step"),
    ("Settings", "key"), ("Pains", "evidenced"),
}  # fmt: skip
"""The column of each table that the eye should find first."""

_SAID = {"thought", "quote", "question"}
"""Columns with the customers' own voice."""

_NUMBERS = {"pct": "0%", "date": "yyyy-mm-dd", "int": "0"}
_OTHER_NUMBERS = {
    "time": "@",  # so that 08:30 stays what was typed
    "emotion": "+0;-0;0", "mood": "+0;-0;0", "if_true": "0.0", "evidenced": "0.0", "gap": "0.0",
    "payoff": "0.0", "value_at_risk": "#,##0", "value_low": "#,##0", "value_high": "#,##0",
}  # fmt: skip
_WITH_BAR = {"if_true", "evidenced", "attainment"}
_CENTRED = {"int", "pct", "date", "yes_no", "num", "refs", "any"}


@cache
def style(table: str, column: spec.Column, *, stripe: bool) -> Style:
    """Return the style of a cell; `stripe` marks every other line."""
    look = replace(
        looks.BODY,
        number=_OTHER_NUMBERS.get(column.key, _NUMBERS.get(column.kind.name, "")),
        align="center" if column.kind.name in _CENTRED else "left",
        indent=0 if column.kind.name in _CENTRED else 1,
        fill=looks.STRIPE if stripe else "",
        bold=(table, column.key) in _MAIN,
        italic=column.key in _SAID,
    )
    if column.kind.name == "id":
        return replace(look, color=looks.QUIET, align="center", indent=0, size=9, wrap=False)
    if column.computed:
        fill = looks.COMPUTED_STRIPE if stripe else looks.COMPUTED
        look = replace(look, fill=fill, color=looks.COMPUTED_INK, indent=0)
        return replace(look, wrap=False, shrink=True, align=_aligned(column))
    return look


def _aligned(column: spec.Column) -> Align:
    """Return where a computed cell stands: beside its bar, or in the middle.

    Helpers stand left: a text in the middle of a hidden column shows at the edge of its neighbour.
    """
    if column.helper:
        return "left"
    return "right" if column.key in _WITH_BAR else "center"
