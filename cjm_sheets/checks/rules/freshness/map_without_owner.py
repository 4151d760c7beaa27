"""Decides which maps nobody looks after."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ102",
    Severity.WARNING,
    table="Maps",
    reads=("Maps.owner", "Maps.title"),
    summary=N_("a map has no owner"),
    message=N_("Nobody is named who looks after this map."),
    fix=N_("Write a name under {column}: who keeps it true and brings people together."),
)
def map_without_owner(view: View) -> Iterator[Found]:
    """CJ102: a map has no owner.

    Why: what belongs to everybody is reviewed by nobody, and is out of date within a year.
    Fires: a map with a title and a blank owner.
    Silent: an owner, be it a person or a team; an archived map; a sheet without the column.
    """
    for rows in view.maps:
        row = rows.row
        if row.title and not row.owner and view.has("Maps", "owner"):
            yield Found("Maps", row.line, row.id, "owner")
