"""Decides which touchpoints do not say where customer and company meet."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.gaps import gaps
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.checks.way import steps
from cjm_sheets.tables import naming
from cjm_sheets.words.mark import N_

_WIDELY = N_("{missing} of {all} touchpoints of this map have no channel.")


@rule(
    "CJ052",
    Severity.WARNING,
    table="Touchpoints",
    reads=("Touchpoints.name", "Touchpoints.channel", "Maps.type"),
    summary=N_("a touchpoint has no channel"),
    message=N_("This touchpoint does not say through which channel it happens."),
    fix=N_("Choose one from the list in {column}; if none fits, choose {other}."),
)
def touchpoint_without_channel(view: View) -> Iterator[Found]:
    """CJ052: a touchpoint has no channel.

    Why: whether somebody is on the phone, in the store or in the app decides what can be mended,
        and only with channels does one see that a map leaves out half of the way.
    Fires: one of four touchpoints without a channel; all nine of a map, in one finding.
    Silent: a map with fewer than three named touchpoints; a channel that is not in the list (that
        is CJ010); an empathy map; a workbook without the column; an archived map.
    """
    if not view.has("Touchpoints", "channel"):
        return
    facts = {"other": naming.word(view.workbook.language, "channel", "other")}
    for each in view.maps:
        rows = steps(each, without={"empathy"})
        lacking = [row for row in rows if not row.channel]
        place = ("Touchpoints", "channel")
        yield from gaps(place, rows, lacking, _WIDELY, facts=lambda _: facts)
