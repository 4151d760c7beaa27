"""Decides which agreed maps nobody else has seen."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ109",
    Severity.INFO,
    table="Maps",
    reads=("Maps.shared_with", "Maps.owner", "Maps.status"),
    summary=N_("an agreed map is shared with nobody"),
    message=N_("This map is agreed, and it is shared with no team besides its owner's."),
    fix=N_("Show it to those who meet customers, and write them down under {column}."),
)
def map_not_shared(view: View) -> Iterator[Found]:
    """CJ109: an agreed map is shared with nobody.

    Why: most pains are made between two teams, and only both together can mend them.
    Fires: an agreed map whose shared with is blank, or names the owner only.
    Silent: two teams; a map that is not agreed yet.
    """
    for rows in view.maps:
        row = rows.row
        alone = row.shared_with.strip().casefold() in {"", row.owner.strip().casefold()}
        if row.status == "agreed" and alone and view.has("Maps", "shared_with"):
            yield Found("Maps", row.line, row.id, "shared_with")
