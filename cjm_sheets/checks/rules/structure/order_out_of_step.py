"""Decides where order numbers do not tell in which order things happen."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.order import counts_by_stage
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model.by_map import MapRows
from cjm_sheets.model.journey import Stage, Touchpoint
from cjm_sheets.words.mark import N_

_Rows = Sequence[Stage] | Sequence[Touchpoint]

_TWICE = N_("{value} is the number of {name}, too, so nobody knows which comes first.")
_BACKWARDS = N_("{value} comes before the number of {name}, which lies in an earlier stage.")


@rule(
    "CJ007",
    Severity.WARNING,
    table="Touchpoints",
    reads=("Touchpoints.order", "Touchpoints.stage", "Stages.order", "Stages.map"),
    summary=N_("order numbers are missing, double, or at odds with the stages"),
    message=N_("Here a number is missing that says when this happens; rows without one: {count}."),
    fix=N_("Number the rows in the order in which customers meet them: {command}."),
)
def order_out_of_step(view: View) -> Iterator[Found]:
    """CJ007: order numbers are missing, double, or at odds with the stages.

    Why: the map is drawn in this order, and the end of the way, which people remember best, is its
        last touchpoint. Each stage may count from 1, or the whole map may be counted through.
    Fires: two stages of a map with the number 2; two touchpoints with the number 5 in a stage, or
        on a map that is counted through; a touchpoint without number among numbered ones; on a map
        that is counted through, number 3 in the second stage and number 7 in the first.
    Silent: numbers with gaps; each stage counted from 1; the rows of a sheet in whatever order they
        lie; a map of which nothing is numbered; a number that cannot be read (that is CJ011); a day
        or an empathy map.
    """
    for rows in view.maps:
        if not rows.is_way:
            continue
        yield from _of(view, "Stages", rows.stages)
        if counts_by_stage(rows.touchpoints):
            for _, steps in groupby(rows.touchpoints, key=lambda step: step.stage):
                yield from _of(view, "Touchpoints", tuple(steps))
        else:
            yield from _of(view, "Touchpoints", rows.touchpoints)
            yield from _backwards(rows)


def _of(view: View, table: str, rows: _Rows) -> Iterator[Found]:
    """Yield what is wrong with the numbers of rows that should differ."""
    numbered = [row for row in rows if row.order is not None]
    blank = [row for row in rows if not view.shown(table, "order", row.line).strip()]
    if numbered and blank:
        yield Found(table, blank[0].line, blank[0].id, "order", facts={"count": len(blank), **_FIX})
    first: dict[int, str] = {}
    for row in numbered:
        number = row.order or 0
        if number in first:
            facts = {"name": first[number], **_FIX}
            yield Found(table, row.line, row.id, "order", message=_TWICE, facts=facts)
        first.setdefault(number, row.name or row.id)


def _backwards(rows: MapRows) -> Iterator[Found]:
    """Yield the first touchpoint that is numbered below one of an earlier stage."""
    known = {stage.id for stage in rows.stages}
    way = [step for step in rows.touchpoints if step.order is not None and step.stage in known]
    for before, step in pairwise(way):
        if (step.order or 0) < (before.order or 0):
            facts = {"name": before.name or before.id, **_FIX}
            yield Found("Touchpoints", step.line, step.id, "order", message=_BACKWARDS, facts=facts)
            return


_FIX = {"command": "cjm-sheets fix"}
