"""Decides which pains are the same one written down again."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.likeness import alike
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_NAMED = 5
"""Ids that a sentence names; the others are found by the same words."""


@rule(
    "CJ071",
    Severity.WARNING,
    table="Pains",
    reads=("Pains.pain", "Pains.touchpoint", "Pains.persona", "Pains.status"),
    summary=N_("the same pain stands on several rows"),
    message=N_("This pain stands on {times} rows ({ids}) in the same words."),
    fix=N_("Keep one row, at the touchpoint where it hurts most, or write what differs in each."),
)
def pain_twice(view: View) -> Iterator[Found]:
    """CJ071: the same pain stands on several rows.

    Why: one pain on three rows takes three places in the ranking, each with a part of the people
        who have it. The words count, in any order, but for case, signs and one letter in one
        longer word.
    Fires: Slow delivery at two touchpoints; the same sentence on four rows, in one finding on the
        second.
    Silent: the same words for different personas at one touchpoint; a pain of another map; The
        delivery is late and The delivery is not late; a pain that is solved; an archived map.
    """
    for each in view.maps:
        rows = [row for row in each.pains if row.pain and row.status != "solved"]
        for group in alike([("", row.pain) for row in rows]):
            same = [rows[at] for at in group]
            split = {row.persona for row in same}
            if len({row.touchpoint for row in same}) == 1 and len(split - {""}) == len(same):
                continue
            ids = ", ".join(row.id for row in same[:_NAMED])
            facts = {"times": len(same), "ids": ids + (", …" if len(same) > _NAMED else "")}
            yield Found("Pains", same[1].line, same[1].id, "pain", facts=facts)
