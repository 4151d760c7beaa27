"""Decides which actions nobody is to do."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.gaps import gaps
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.to_do import taken_up
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_WIDELY = N_("{missing} of {all} open actions name nobody who does them.")


@rule(
    "CJ074",
    Severity.WARNING,
    table="Actions",
    reads=("Actions.action", "Actions.owner", "Actions.status"),
    summary=N_("an action has no owner"),
    message=N_("Nobody is named who does this."),
    fix=N_("Name one person or team in {column}; what is everybody's is done by nobody."),
)
def action_without_owner(view: View) -> Iterator[Found]:
    """CJ074: an action has no owner.

    Why: an action that is nobody's does not happen, and the map has changed nothing.
    Fires: one of four planned actions without an owner; an action without a status; eight of
        eight, in one finding.
    Silent: an action that is an idea, done or dropped; a row without words; a workbook without
        the column; an action of an archived map.
    """
    if view.has("Actions", "owner"):
        rows = taken_up(view)
        lacking = [row for row in rows if not row.owner]
        yield from gaps(("Actions", "owner"), rows, lacking, _WIDELY)
