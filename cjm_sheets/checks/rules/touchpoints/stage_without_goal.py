"""Decides which stages do not say what the customer wants there."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.gaps import gaps, softly
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.checks.way import stages_with_steps
from cjm_sheets.words.mark import N_

_WIDELY = N_("{missing} of {all} stages of this map do not say what the customer wants there.")


@rule(
    "CJ056",
    Severity.WARNING,
    table="Stages",
    reads=("Stages.customer_goal", "Touchpoints.stage", "Touchpoints.name", "Maps.type"),
    summary=N_("a stage has no customer goal"),
    message=N_("This stage does not say what the customer wants to reach in it."),
    fix=N_("Write the customer's biggest goal in this stage, as the customer would put it."),
)
def stage_without_goal(view: View) -> Iterator[Found]:
    """CJ056: a stage has no customer goal.

    Why: whether a stage works can only be told by what customers want there; else it is judged by
        what the company wants. It is a note if no stage of a draft has a goal yet.
    Fires: one of three stages with touchpoints has no goal; none of four has, in one finding.
    Silent: a stage without touchpoints (that is CJ005); a map with fewer than three named
        touchpoints; day and empathy maps; a workbook without the column; an archived map.
    """
    if not view.has("Stages", "customer_goal"):
        return
    for each in view.maps:
        rows = [row for row, _ in stages_with_steps(each)]
        lacking = [row for row in rows if not row.customer_goal]
        found = gaps(("Stages", "customer_goal"), rows, lacking, _WIDELY)
        yield from softly(each.row, found)
