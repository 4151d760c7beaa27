"""Decides which maps are too good to be true."""

from collections.abc import Iterator

from cjm_sheets.checks import moods, proof
from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_NO_PAIN = N_("{steps} steps of this map have a mood, but not one pain is written down.")
_MEND_NO_PAIN = N_("Write into {pains} what hurts, in the customers' words, lowest mood first.")


@rule(
    "CJ038",
    Severity.WARNING,
    table="Maps",
    reads=("Maps.type", "Touchpoints.emotion", "Pains.pain"),
    summary=N_("nothing on a map goes wrong"),
    message=N_("None of the {steps} moods on this map is below 0."),
    fix=N_("Look at complaints, returns and steps at which people leave, and rate them again."),
)
def nothing_goes_wrong(view: View) -> Iterator[Found]:
    """CJ038: nothing on a map goes wrong.

    Why: no journey is all sunshine; a map without lows was mostly drawn by those who made the
        journey, and it shows nothing that could be mended.
    Fires: moods of 0, 1 and 2 alone; moods for all steps, and an empty sheet Pains.
    Silent: one mood of -1 and one pain; a curve that is flat around 0 (that is CJ042); fewer than
        three moods, or more steps without one than Settings bear (that is CJ041); a future or an
        empathy map.
    """
    for of in view.maps:
        found = moods.of_today(of)
        if not moods.are_enough(of, found, view):
            continue
        if min(found) >= 0 and not moods.is_flat_at_zero(found, view):
            yield proof.on_map(of, steps=len(found))
        elif not any(pain.pain for pain in of.pains):
            facts = {"steps": len(found), "pains": view.sheet("Pains")}
            place = ("Maps", of.row.line, of.row.id, "title")
            yield Found(*place, facts=facts, message=_NO_PAIN, fix=_MEND_NO_PAIN)
