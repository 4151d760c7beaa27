"""Decides which of the worst pains nobody does anything about."""

import math
from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.to_do import SETTLED
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ073",
    Severity.WARNING,
    table="Pains",
    reads=(
        "Pains.evidenced",
        "Pains.status",
        "Opportunities.pains",
        "Opportunities.status",
        "Actions.pains",
        "Actions.status",
    ),
    summary=N_("one of the worst pains has neither an opportunity nor an action"),
    message=N_("This pain is number {rank} of {scored}, and no opportunity or action names it."),
    fix=N_(
        "Name {id} in an opportunity or an action that would relieve it, or set it to accepted."
    ),
)
def top_pain_without_idea(view: View) -> Iterator[Found]:
    """CJ073: one of the worst pains has neither an opportunity nor an action.

    Why: a ranking is made to decide what to mend first; where nothing follows from it, the map is
        a picture on a wall. The worst ones are the top quarter of the pains with a score, rounded
        up; of less than four pains the first.
    Fires: the first of six pains, and no opportunity names it; one that is named only by an
        opportunity that was dropped or an action that is done.
    Silent: the third of eight pains; a pain named by an opportunity, or by an action that is
        planned; a pain that is solved or accepted; a score of 0.
    """
    scored = sorted(
        (score for score in view.scores if score.evidenced is not None),
        key=lambda score: (-(score.evidenced or 0), -(score.if_true or 0), score.id),
    )
    named = _named(view)
    for rank, score in enumerate(scored[: math.ceil(len(scored) / 4)], start=1):
        pain = view.workbook.pains[score.position]
        if score.evidenced and pain.status not in SETTLED and pain.id not in named:
            facts = {"rank": rank, "scored": len(scored), "id": pain.id}
            yield Found("Pains", pain.line, pain.id, "pain", facts=facts)


def _named(view: View) -> set[str]:
    """Return the pains that an idea or an open action names."""
    book = view.workbook
    ideas = [idea.pains for idea in book.opportunities if idea.status != "dropped"]
    acts = [act.pains for act in book.actions if act.status not in {"done", "dropped"}]
    return {id_ for pains in (*ideas, *acts) for id_ in pains}
