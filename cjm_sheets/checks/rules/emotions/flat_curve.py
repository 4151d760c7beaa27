"""Decides which curves of moods are flat."""

from collections.abc import Iterator

from cjm_sheets.checks import moods, proof
from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ042",
    Severity.INFO,
    table="Maps",
    reads=("Maps.type", "Touchpoints.emotion"),
    summary=N_("the moods of a map hardly differ"),
    message=N_("All {steps} moods on this map lie between {low} and {high}."),
    fix=N_("Ask customers for the best and the worst step, and use the whole scale, -2 to 2."),
)
def flat_curve(view: View) -> Iterator[Found]:
    """CJ042: the moods of a map hardly differ.

    Why: a flat curve shows no moment to mend and none to keep; it mostly means that nobody was
        asked, or that nobody dared to say it.
    Fires: moods of 0 and 1 alone; moods that are all 0. How far they may differ is flat_range in
        Settings (1).
    Silent: moods from -1 to 1; moods of 1 and 2 alone (that is CJ038), of -2 and -1 alone (CJ039);
        fewer than three moods, or too many steps without one (CJ041); a future or an empathy map.
    """
    for of in view.maps:
        found = moods.of_today(of)
        if moods.are_enough(of, found, view) and moods.is_flat_at_zero(found, view):
            yield proof.on_map(of, steps=len(found), low=min(found), high=max(found))
