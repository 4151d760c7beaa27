"""Decides which maps leave out what comes after the purchase."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.phases import leaves_out
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ015",
    Severity.INFO,
    table="Maps",
    reads=("Maps.type", "Stages.phase", "Stages.map", "Touchpoints.stage"),
    summary=N_("the way ends at the purchase"),
    message=N_("No stage of this map comes after the purchase."),
    fix=N_("Add what customers meet later: first use, help, coming back, telling others."),
)
def way_ends_at_purchase(view: View) -> Iterator[Found]:
    """CJ015: the way ends at the purchase.

    Why: whether people come back and tell others is decided after they have paid, and there the
        map is empty; keeping a customer is mostly cheaper than winning one.
    Fires: three stages, of which none has the phase after.
    Silent: one stage with the phase after; a stage whose phase is blank; a map of less than two
        stages or without touchpoints, which is only begun; a day or an empathy map.
    """
    for rows in view.maps:
        if leaves_out(rows, "after"):
            yield Found("Maps", rows.row.line, rows.row.id, "scope_end")
