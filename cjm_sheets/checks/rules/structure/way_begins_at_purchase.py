"""Decides which maps leave out how customers come to look for something."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.phases import leaves_out
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ016",
    Severity.INFO,
    table="Maps",
    reads=("Maps.type", "Stages.phase", "Stages.map", "Touchpoints.stage"),
    summary=N_("the way begins at the purchase"),
    message=N_("No stage of this map comes before the purchase."),
    fix=N_("Add how customers notice that they need something, and how they find you."),
)
def way_begins_at_purchase(view: View) -> Iterator[Found]:
    """CJ016: the way begins at the purchase.

    Why: who gives up while looking never meets the checkout; what happens before is where most
        people are lost, and the company sees least of it.
    Fires: three stages, of which none has the phase before.
    Silent: one stage with the phase before; a stage whose phase is blank; a map of less than two
        stages or without touchpoints, which is only begun; a day or an empathy map.
    """
    for rows in view.maps:
        if leaves_out(rows, "before"):
            yield Found("Maps", rows.row.line, rows.row.id, "scope_start")
