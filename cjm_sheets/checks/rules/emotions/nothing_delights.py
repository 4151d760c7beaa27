"""Decides which maps show nothing that customers like."""

from collections.abc import Iterator

from cjm_sheets.checks import moods, proof
from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_NO_HIGH = N_("This map has {pains} pains, but not one great moment is written down.")
_MEND_NO_HIGH = N_("Write into {highs} what delights customers, so that nobody mends it away.")


@rule(
    "CJ039",
    Severity.INFO,
    table="Maps",
    reads=("Maps.type", "Touchpoints.emotion", "Pains.pain", "Highs.high"),
    summary=N_("nothing on a map delights"),
    message=N_("None of the {steps} moods on this map is above 0."),
    fix=N_("Ask what customers like and would miss, and rate those steps again."),
)
def nothing_delights(view: View) -> Iterator[Found]:
    """CJ039: nothing on a map delights.

    Why: what already works well is why people stay; who does not see it may break it while mending
        something else.
    Fires: moods of -2, -1 and 0 alone; five pains, and an empty sheet Highs.
    Silent: one mood of 1 and one row in Highs; a curve that is flat around 0 (that is CJ042); fewer
        than three moods or pains; a future or an empathy map.
    """
    for of in view.maps:
        found = moods.of_today(of)
        pains = sum(1 for pain in of.pains if pain.pain)
        enough = moods.are_enough(of, found, view)
        if enough and max(found) <= 0 and not moods.is_flat_at_zero(found, view):
            yield proof.on_map(of, steps=len(found))
        elif (
            of.row.type in proof.SHOWS_TODAY
            and pains >= proof.BEGUN
            and not any(row.high for row in of.highs)
        ):
            facts = {"pains": pains, "highs": view.sheet("Highs")}
            place = ("Maps", of.row.line, of.row.id, "title")
            yield Found(*place, facts=facts, message=_NO_HIGH, fix=_MEND_NO_HIGH)
