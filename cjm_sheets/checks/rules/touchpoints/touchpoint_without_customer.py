"""Decides at which touchpoints the customer does, thinks and feels nothing."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.gaps import gaps
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.checks.way import steps
from cjm_sheets.words.mark import N_

_INNER = ("action", "thought", "feeling")
_WIDELY = N_("{missing} of {all} touchpoints of this map tell nothing of the customer but a name.")


@rule(
    "CJ061",
    Severity.WARNING,
    table="Touchpoints",
    reads=(
        "Touchpoints.name",
        "Touchpoints.action",
        "Touchpoints.thought",
        "Touchpoints.feeling",
        "Maps.type",
    ),
    summary=N_("a touchpoint says neither what customers do, think nor feel"),
    message=N_("This touchpoint says neither what customers do here, nor what they think or feel."),
    fix=N_("Fill in {column} as if you stood beside the customer; then thought and feeling."),
)
def touchpoint_without_customer(view: View) -> Iterator[Found]:
    """CJ061: a touchpoint says neither what customers do, think nor feel.

    Why: a name and a channel are a list of what the company offers; it becomes a journey by what
        customers do, think and feel there.
    Fires: one of four touchpoints with all three empty; all nine of a map, in one finding.
    Silent: one of the three is there; a map with fewer than three named touchpoints; a day in the
        life, whose moments say what is done, and an empathy map; a workbook without any of the
        columns; an archived map.
    """
    there = [column for column in _INNER if view.has("Touchpoints", column)]
    if not there:
        return
    for each in view.maps:
        rows = steps(each)
        lacking = [row for row in rows if not (row.action or row.thought or row.feeling)]
        yield from gaps(("Touchpoints", there[0]), rows, lacking, _WIDELY)
