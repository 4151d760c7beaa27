"""Decides which personas are the same person under two names."""

import difflib
from collections.abc import Iterator, Sequence
from itertools import combinations

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model.journey import Persona
from cjm_sheets.tables import naming
from cjm_sheets.words.mark import N_

_COLUMNS = (
    "summary",
    "lifestyle",
    "habits",
    "needs",
    "goals",
    "motivations",
    "frustrations",
    "decision_factors",
)
_WORDS = 12
"""Fewer words than this say too little to be compared."""

_MOST = 200
"""So many personas are compared with each other; more than that nobody can know by name."""


@rule(
    "CJ027",
    Severity.INFO,
    table="Personas",
    reads=(*(f"Personas.{column}" for column in _COLUMNS),),
    summary=N_("two personas are nearly the same"),
    message=N_("What is said of this persona is nearly the same as of {other} ({share} %)."),
    fix=N_("Make one of the two, or write down in what they differ on their way."),
)
def personas_alike(view: View) -> Iterator[Found]:
    """CJ027: two personas are nearly the same.

    Why: two personas that want the same in the same way need no two maps; often one was copied and
        only the name was changed. Words are compared in their order, without name, age and job. The
        limit is alike_share in Settings.
    Fires: nine words of ten are the same in their summaries, needs, goals and so on.
    Silent: eight of ten; less than 12 words; the same needs, but other goals and frustrations.
    """
    least = view.limit("alike_share")
    told = [
        (row, words)
        for row in view.workbook.personas[:_MOST]
        if len(words := _words(row)) >= _WORDS
    ]
    for (first, one), (second, other) in combinations(told, 2):
        share = _alike(one, other, least)
        if share > least:
            name = first.name or first.id
            facts = {"other": name, "share": int(100 * share)}
            yield Found("Personas", second.line, second.id, "name", facts=facts)


def _words(row: Persona) -> tuple[str, ...]:
    """Return the words in which a persona is described."""
    text = " ".join(getattr(row, column) for column in _COLUMNS)
    return tuple(naming.plain(text).split())


def _alike(one: Sequence[str], other: Sequence[str], least: float) -> float:
    """Return the share of words that are the same in order; 0 if it cannot be more than `least`."""
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() <= least or matcher.quick_ratio() <= least:
        return 0.0
    return matcher.ratio()
