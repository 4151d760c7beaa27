"""Decides which touchpoints nobody at the company looks after."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.gaps import gaps, softly
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.checks.way import steps
from cjm_sheets.words.mark import N_

_WIDELY = N_("{missing} of {all} touchpoints of this map name nobody who looks after them.")


@rule(
    "CJ051",
    Severity.WARNING,
    table="Touchpoints",
    reads=("Touchpoints.name", "Touchpoints.owner", "Maps.type"),
    summary=N_("a touchpoint has no owner"),
    message=N_("Nobody is named who looks after this touchpoint."),
    fix=N_("Name a team or a person in {column}, also where others run it, as with reviews."),
)
def touchpoint_without_owner(view: View) -> Iterator[Found]:
    """CJ051: a touchpoint has no owner.

    Why: what is found at a touchpoint stays undone if it is nobody's; where several teams share
        the way, the gaps between them are where customers fall through. Many gaps are told once,
        and as a note if none of the touchpoints of a draft has one yet.
    Fires: one of four touchpoints without an owner; all nine of a map, in one finding.
    Silent: a map with fewer than three named touchpoints, which is being begun; a day in the life
        or an empathy map; a workbook without the column; an archived map.
    """
    if not view.has("Touchpoints", "owner"):
        return
    for each in view.maps:
        rows = steps(each)
        lacking = [row for row in rows if not row.owner]
        found = gaps(("Touchpoints", "owner"), rows, lacking, _WIDELY)
        yield from softly(each.row, found)
