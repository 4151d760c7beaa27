"""Decides whether the shares of the personas make a whole."""

from collections.abc import Iterator
from math import isfinite

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_ABOUT = 0.05
"""How far from 1 the sum may be; shares are estimates, and rounded."""


@rule(
    "CJ028",
    Severity.INFO,
    table="Personas",
    reads=("Personas.name", "Personas.share"),
    summary=N_("the shares of the personas do not add up to 100 %"),
    message=N_("The shares of all personas add up to {sum} %."),
    fix=N_("Correct {column}, or add who is missing, so that together they are about 100 %."),
)
def shares_do_not_add_up(view: View) -> Iterator[Found]:
    """CJ028: the shares of the personas do not add up to 100 %.

    Why: either somebody is counted twice, or a group of customers is missing that nobody looks at.
    Fires: 60 % and 60 %; 30 % and 40 %.
    Silent: 60 % and 40 %; three times 33 %; one persona; a persona without share or with one that
        is none, because then nobody knows the sum.
    """
    named = [row for row in view.workbook.personas if row.name]
    shares = [row.share for row in named if row.share is not None and isfinite(row.share)]
    if len(named) > 1 and len(shares) == len(named) and all(0 <= each <= 1 for each in shares):
        total = sum(shares)
        if abs(total - 1) > _ABOUT + 1e-9:
            facts = {"sum": round(100 * total)}
            yield Found("Personas", named[0].line, named[0].id, "share", facts=facts)
