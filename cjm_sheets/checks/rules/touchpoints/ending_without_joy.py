"""Decides whether the way of each persona ends in a way that is good to remember."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.gaps import is_blank
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.checks.way import steps
from cjm_sheets.model.by_map import MapRows
from cjm_sheets.model.journey import Touchpoint
from cjm_sheets.words.mark import N_

_HALF = 0.5
"""Share of touchpoints with an emotion from which on one without stands out."""

_UNRATED = N_("The way ends here, and it does not say how customers feel at the end.")
_MEND_UNRATED = N_("Ask customers how they felt at the end, and fill in {column}.")


@rule(
    "CJ060",
    Severity.INFO,
    table="Touchpoints",
    reads=("Touchpoints.emotion", "Touchpoints.personas", "Touchpoints.order", "Maps.type"),
    summary=N_("the last touchpoint is negative or has no mood"),
    message=N_("The way ends here with a bad feeling ({value}), and people remember endings."),
    fix=N_("Design the ending: a thank-you, help in the first days, or a better last step."),
)
def ending_without_joy(view: View) -> Iterator[Found]:
    """CJ060: the last touchpoint is negative or has no mood.

    Why: how something is remembered depends on its strongest moment and on its end. Each persona
        has an end of their own: the last touchpoint of the last stage that is for all or for them.
        Who takes part only in earlier stages, as many do who decide in a firm, has none.
    Fires: the last of five touchpoints has mood -1; it has none, and the others have; the last
        one of the second persona is at -2.
    Silent: an end at 0 or above; a map most of whose touchpoints have no mood; a mood that
        cannot be read (that is CJ011); fewer than three named touchpoints; day and empathy maps; a
        touchpoint without a stage, of which nobody knows where it comes; an archived map.
    """
    for each in view.maps:
        stages = {row.id for row in each.stages}
        rows = [row for row in steps(each) if row.stage in stages]
        mostly_rated = sum(row.emotion is not None for row in rows) >= _HALF * len(rows)
        for last in _ends(each, rows):
            place = ("Touchpoints", last.line, last.id, "emotion")
            blank = last.emotion is None and is_blank(view, "Touchpoints", "emotion", last.line)
            if blank and mostly_rated:
                yield Found(*place, message=_UNRATED, fix=_MEND_UNRATED)
            elif last.emotion is not None and last.emotion < 0:
                yield Found(*place)


def _ends(of: MapRows, rows: list[Touchpoint]) -> list[Touchpoint]:
    """Return the last touchpoint in the last stage of each persona of a map, in their order."""
    waiting = {persona.id for persona in of.personas} or {""}
    found: list[Touchpoint] = []
    for row in reversed(rows):
        if row.stage != rows[-1].stage or not waiting:
            break
        theirs = waiting & set(row.personas) if row.personas and waiting != {""} else waiting
        if theirs:
            found.append(row)
            waiting = waiting - theirs
    return found[::-1]
