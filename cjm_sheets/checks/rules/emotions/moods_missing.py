"""Decides which maps have too many steps without a mood."""

from collections.abc import Iterator

from cjm_sheets.checks import proof
from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_WITH_MOODS = frozenset({"", "current"})
"""Types of maps whose curve of moods is what one looks at."""


@rule(
    "CJ041",
    Severity.WARNING,
    table="Touchpoints",
    reads=("Maps.type", "Touchpoints.name", "Touchpoints.emotion"),
    summary=N_("many steps have no mood"),
    message=N_("Steps of this map without a mood: {missing} of {steps}; this is the first."),
    fix=N_("Fill in {column}, -2 to 2, at these steps, or the curve has holes in it."),
)
def moods_missing(view: View) -> Iterator[Found]:
    """CJ041: many steps have no mood.

    Why: the curve of moods is what people look at first; where it has holes it shows a calm that
        nobody knows of. Many are more than unrated_share in Settings (20 %).
    Fires: 3 of 10 steps without a mood; none of 8 steps has one.
    Silent: 2 of 10 steps without a mood; a mood that cannot be read (that is CJ011); a column that
        is missing (that is CJ001); fewer than three steps; maps of other
        types than the current state: a day has moods of its own, and a blueprint shows what is
        behind them.
    """
    if not view.has("Touchpoints", "emotion"):
        return
    for of in view.maps:
        steps = proof.steps(of)
        if of.row.type not in _WITH_MOODS or len(steps) < proof.BEGUN:
            continue
        missing = [
            row
            for row in steps
            if row.emotion is None and not view.shown("Touchpoints", "emotion", row.line).strip()
        ]
        if len(missing) > view.limit("unrated_share") * len(steps):
            facts = {"missing": len(missing), "steps": len(steps)}
            first = missing[0]
            yield Found("Touchpoints", first.line, first.id, "emotion", "", facts)
