"""Decides at which ranks of the top the order hangs on a hair."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.to_do import SETTLED
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_NAMED = 5
"""Pains that a sentence names; more that are tied are as good as not ranked."""


@rule(
    "CJ080",
    Severity.INFO,
    table="Pains",
    reads=("Pains.evidenced", "Pains.status", "Settings.value"),
    summary=N_("the ranks of the worst pains are as good as tied"),
    message=N_("The order of {ids} turns as soon as one weight moves by a tenth."),
    fix=N_("Treat them as equally bad, or ask more people to tell them apart."),
)
def ranks_tied(view: View) -> Iterator[Found]:
    """CJ080: the ranks of the worst pains are as good as tied.

    Why: a team that fights over first and second place fights over the weights in Settings, and
        not over what customers have. Only ties that reach into the first three ranks are told, as
        what decides what is done first.
    Fires: the first and the second turn when a weight moves by 10 %; the third and the fourth do.
    Silent: the order of the first four holds; ranks 4 and 5 are tied; scores of 0; a pain that is
        solved or accepted, beside which only one is left.
    """
    pains = view.workbook.pains
    for chain in view.ties():
        rows = [pains[at] for at in chain if pains[at].status not in SETTLED]
        if len(rows) > 1:
            more = ", …" if len(rows) > _NAMED else ""
            ids = ", ".join(row.id for row in rows[:_NAMED]) + more
            yield Found("Pains", rows[0].line, rows[0].id, "pain", facts={"ids": ids})
