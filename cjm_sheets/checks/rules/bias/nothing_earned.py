"""Decides which maps show only channels that the company owns or pays for."""

from collections.abc import Iterator

from cjm_sheets.checks import channels, proof
from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_FEWEST = 5
"""Steps from which on it is no accident that all are the company's own."""


@rule(
    "CJ045",
    Severity.INFO,
    table="Maps",
    reads=("Maps.type", "Touchpoints.channel", "Touchpoints.ownership"),
    summary=N_("a map shows only channels that the company owns or pays for"),
    message=N_("All {steps} steps of this map are on channels that the company owns or pays for."),
    fix=N_("Add the steps at which others speak: reviews, listings, friends, forums."),
)
def nothing_earned(view: View) -> Iterator[Found]:
    """CJ045: a map shows only channels that the company owns or pays for.

    Why: people ask friends and read reviews before they come, and tell others afterwards; there
        the company does not speak, and there much is decided.
    Fires: six steps on website, newsletter, store and paid ads.
    Silent: one review site or a word of mouth; fewer than five steps; a step of which neither the
        cell nor the channel tells whose it is; maps of a day, empathy maps and blueprints.
    """
    for of in view.maps:
        steps = proof.steps(of)
        if of.row.type not in {"", "current", "future"} or len(steps) < _FEWEST:
            continue
        found = {channels.ownership(row) for row in steps}
        if found <= {"owned", "paid"}:
            yield proof.on_map(of, steps=len(steps))
