"""Decides which counts do not fit the number of people of whom they are said."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model.journey import Metric
from cjm_sheets.words.mark import N_

_OF_HOW_MANY = N_("It does not say out of how many people {hit} had this pain.")
_MEND_OF_HOW_MANY = N_("Fill in {column}; until then the guess beside it counts.")
_PERCENT = N_("This figure is a share or a mean, but it does not say of how many people.")
_MEND_PERCENT = N_("Fill in {column}: 2 of 5 people and 200 of 500 are not the same.")

_OF_PEOPLE = frozenset({"nps", "csat", "ces", "drop-off", "conversion", "retention"})
"""Kinds of metric that are shares or means of people."""


@rule(
    "CJ049",
    Severity.WARNING,
    table="",
    reads=(
        "Pains.hit",
        "Pains.observed",
        "Pains.guess",
        "Metrics.value",
        "Metrics.n",
        "Metrics.unit",
        "Metrics.definition",
    ),
    summary=N_("a count does not fit the number of people, or that number is missing"),
    message=N_("More people had this pain ({hit}) than were asked or watched ({observed})."),
    fix=N_("Correct {column} or {base}: the first can be at most as large as the second."),
)
def count_without_base(view: View) -> Iterator[Found]:
    """CJ049: a count does not fit the number of people, or that number is missing.

    Why: a share is worth what its number of people is worth; without it nobody can tell a habit
        from an accident.
    Fires: 12 of 10 people; 7 people of nobody knows how many, and a guess beside it; a conversion
        of 4 % without a number of people.
    Silent: 10 of 10 people; 7 people without a number and without a guess, for then there is no
        score (that is CJ070); a guess alone, which says that it is one; a response time; a number
        that cannot be read (that is CJ011).
    """
    for pain in view.workbook.pains:
        hit, observed = pain.hit, pain.observed
        if hit is None or hit <= 0:
            continue
        if observed is not None and hit > observed >= 0:
            base = view.label("Pains", "observed")
            facts = {"hit": f"{hit:g}", "observed": f"{observed:g}", "base": base}
            yield Found("Pains", pain.line, pain.id, "hit", facts=facts)
        elif pain.guess is not None and not view.shown("Pains", "observed", pain.line).strip():
            yield Found(
                "Pains",
                pain.line,
                pain.id,
                "observed",
                facts={"hit": f"{hit:g}"},
                message=_OF_HOW_MANY,
                fix=_MEND_OF_HOW_MANY,
            )
    for row in view.workbook.metrics:
        if _needs_people(row) and not view.shown("Metrics", "n", row.line).strip():
            place = ("Metrics", row.line, row.id, "n")
            yield Found(*place, message=_PERCENT, fix=_MEND_PERCENT)


def _needs_people(row: Metric) -> bool:
    """Tell whether a figure is nothing without the number of people of whom it is said."""
    return row.value is not None and (row.definition in _OF_PEOPLE or "%" in row.unit)
