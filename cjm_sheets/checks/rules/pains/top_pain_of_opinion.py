"""Decides which of the pains that would be the worst rest on opinion."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.to_do import SETTLED
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_TOP = 3
"""Ranks from which a team takes what it does next."""


@rule(
    "CJ081",
    Severity.INFO,
    table="Pains",
    reads=("Pains.if_true", "Pains.grade", "Pains.status"),
    summary=N_("a pain among the first three, if true, rests on opinion"),
    message=N_(
        "If it is true, this is pain number {rank} of {scored}, but the evidence has grade D."
    ),
    fix=N_("Ask at least {people} customers before anybody builds something for it."),
)
def top_pain_of_opinion(view: View) -> Iterator[Found]:
    """CJ081: a pain among the first three, if true, rests on opinion.

    Why: what is loud in meetings is often believed and seldom counted. If it is true it belongs at
        the top; a few interviews tell, and cost less than building for nobody.
    Fires: the first of six pains if true, with a guess and no source; with two people asked.
    Silent: grade C or better; the fourth if true; three pains or fewer with a score, which are all
        among the first three; a pain that is solved or accepted; a score of 0.
    """
    scored = [score for score in view.scores if score.if_true is not None]
    if len(scored) <= _TOP:
        return
    scored.sort(key=lambda score: (-(score.if_true or 0), -(score.evidenced or 0), score.id))
    for rank, score in enumerate(scored[:_TOP], start=1):
        pain = view.workbook.pains[score.position]
        if score.if_true and score.grade == "D" and pain.status not in SETTLED:
            people = int(view.limit("few_people"))
            facts = {"rank": rank, "scored": len(scored), "people": people}
            yield Found("Pains", pain.line, pain.id, "evidence", facts=facts)
