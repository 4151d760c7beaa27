"""Decides which futures feel no better than today."""

from collections.abc import Iterator, Sequence
from statistics import fmean

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.futures import with_today
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model.by_map import MapRows
from cjm_sheets.words.mark import N_

_ENOUGH = 3
"""So many rated touchpoints make a mean that says something."""


@rule(
    "CJ093",
    Severity.INFO,
    table="Maps",
    reads=("Touchpoints.emotion", "Maps.based_on"),
    summary=N_("the future feels no better than today"),
    message=N_("On average the future feels like {future}, and today like {today}."),
    fix=N_("Ask what customers gain; if little, spend the money elsewhere, else rate it anew."),
)
def future_no_better(view: View) -> Iterator[Found]:
    """CJ093: the future feels no better than today.

    Why: a change that customers do not feel is one for ourselves.
    Fires: the mean emotion of the future's touchpoints is not above that of today's.
    Silent: it is above; less than three touchpoints of either are rated.
    """
    for rows, today in with_today(view):
        then, now = _moods([rows]), _moods(today)
        if min(len(then), len(now)) >= _ENOUGH and fmean(then) <= fmean(now):
            facts = {"future": f"{fmean(then):+.1f}", "today": f"{fmean(now):+.1f}"}
            yield Found("Maps", rows.row.line, rows.row.id, "based_on", facts=facts)


def _moods(maps: Sequence[MapRows]) -> list[int]:
    """Return the emotions of all rated touchpoints."""
    steps = (step for rows in maps for step in rows.touchpoints)
    return [step.emotion for step in steps if step.emotion is not None]
