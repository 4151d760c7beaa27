"""Decides whether severities of pains tell them apart."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_ENOUGH = 4
"""Pains from which on a share of them says something."""

_WORST = 5


@rule(
    "CJ082",
    Severity.INFO,
    table="Pains",
    reads=("Pains.pain", "Pains.severity"),
    summary=N_("most pains have the highest severity"),
    message=N_("{worst} of {rated} pains of this map have severity 5, so it tells nothing apart."),
    fix=N_("Keep 5 for pains that make customers leave, and rate the others by comparison."),
)
def most_pains_worst(view: View) -> Iterator[Found]:
    """CJ082: most pains have the highest severity.

    Why: where everything is at its worst, severity no longer ranks anything, and what is left is
        how many people were counted. How large a share is too large stands in Settings
        (worst_share).
    Fires: three of four pains with severity 5, on the first of them.
    Silent: two of four; fewer than four pains with a severity; an archived map.
    """
    for each in view.maps:
        rated = [row for row in each.pains if row.pain and row.severity is not None]
        worst = [row for row in rated if row.severity == _WORST]
        if len(rated) >= _ENOUGH and len(worst) > view.limit("worst_share") * len(rated):
            first = worst[0]
            facts = {"worst": len(worst), "rated": len(rated)}
            yield Found("Pains", first.line, first.id, "severity", facts=facts)
