"""Decides whether anybody of the team has walked the way."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_LATER = ("analyse", "share", "review")


@rule(
    "CJ105",
    Severity.INFO,
    table="Maps",
    reads=("Maps.status", "Steps.step", "Steps.status", "Evidence.source"),
    summary=N_("nobody of the team walked the way"),
    message=N_("This map is agreed, and nobody of the team has gone this way as a customer."),
    fix=N_("Go this way once, and add a row to {target} with what you met and how it felt."),
)
def never_walked(view: View) -> Iterator[Found]:
    """CJ105: nobody of the team walked the way.

    Why: a map is a guess until somebody has tried it; the small obstacles show only on the way.
    Fires: an agreed map, no evidence of a walk-through, and the step walk neither done nor listed.
    Silent: a walk-through in the evidence; the step walk done or not needed, or told by CJ104
        because later steps are done; drafts; maps of the future, which nobody can walk; empathy
        maps and days.
    """
    book = view.workbook
    walked = any(row.source == "walk-through" for row in book.evidence)
    status = {row.step: row.status for row in book.steps}
    told = any(status.get(later) == "done" for later in _LATER) and "walk" in status
    if walked or told or status.get("walk") in {"done", "not-needed"}:
        return
    for rows in view.maps:
        if rows.row.status == "agreed" and rows.is_way and rows.row.type != "future":
            facts = {"target": view.sheet("Evidence")}
            yield Found("Maps", rows.row.line, rows.row.id, "status", facts=facts)
