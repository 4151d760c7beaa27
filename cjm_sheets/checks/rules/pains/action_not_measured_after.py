"""Decides of which finished actions nobody looked whether they worked."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.gaps import gaps, is_blank
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.to_do import live_actions
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_WIDELY = N_("{missing} of {all} finished actions were not measured again.")


@rule(
    "CJ079",
    Severity.INFO,
    table="Actions",
    reads=("Actions.action", "Actions.status", "Actions.kpi", "Actions.after"),
    summary=N_("a finished action was not measured again"),
    message=N_("This is done, and nobody has measured again whether it worked ({kpi})."),
    fix=N_("Measure the same figure once more, and fill in {column}."),
)
def action_not_measured_after(view: View) -> Iterator[Found]:
    """CJ079: a finished action was not measured again.

    Why: only a value after shows whether the pain is gone; else the same thing is tried twice.
    Fires: an action that is done, with a measure and without a value after.
    Silent: a value of 0 after; an action without a measure, which cannot be measured again; an
        action that is not done; a value that cannot be read (that is CJ011); a workbook without
        the column; an action of an archived map.
    """
    rows = [row for row in live_actions(view) if row.status == "done" and row.kpi]
    lacking = [
        row for row in rows if row.after is None and is_blank(view, "Actions", "after", row.line)
    ]
    place = ("Actions", "after")
    yield from gaps(place, rows, lacking, _WIDELY, facts=lambda row: {"kpi": row.kpi})
