"""Decides which maps rest on numbers alone, or on words alone."""

from collections.abc import Iterator

from cjm_sheets.checks import proof
from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model.journey import Evidence
from cjm_sheets.words.mark import N_

_NUMBERS = "quantitative"
_WORDS = "qualitative"

_BY_NATURE = {
    "analytics": _NUMBERS,
    "interview": _WORDS,
    "user-test": _WORDS,
    "walk-through": _WORDS,
    "sales-staff": _WORDS,
    "service-staff": _WORDS,
}
"""What a source gives where its row does not say; others may give either."""

_ONLY_WORDS = N_("This map rests on words alone: nothing shows how many customers they hold for.")
_MEND_WORDS = N_("Add figures to {target}, such as a survey, web figures or counted tickets.")


@rule(
    "CJ033",
    Severity.WARNING,
    table="Maps",
    reads=("Maps.type", "Evidence.source", "Evidence.kind"),
    summary=N_("a map rests on numbers alone, or on words alone"),
    message=N_("This map rests on numbers alone: they show what customers do, but not why."),
    fix=N_("Add words to {target}, such as a few interviews, reviews or a user test."),
)
def only_numbers_or_only_words(view: View) -> Iterator[Found]:
    """CJ033: a map rests on numbers alone, or on words alone.

    Why: numbers say how many and words say why; with only one of them the team guesses the other.
    Fires: web figures and a survey in numbers, and nobody was talked to; interviews and a user
        test, and nothing was counted.
    Silent: an interview and web figures; a survey that does not say what it gave; a single type of
        source (that is CJ034); only the company's own people (that is CJ032); fewer than three
        steps or notes; a future map.
    """
    for of in view.maps:
        sources = proof.sources(of)
        if (
            of.row.type == "future"
            or not proof.is_begun(of)
            or len({row.source for row in sources}) == 1
            or not any(map(proof.is_from_customers, sources))
        ):
            continue
        given = {_gives(row) for row in sources}
        if given in ({_NUMBERS}, {_WORDS}):
            words = given == {_WORDS}
            yield Found(
                "Maps",
                of.row.line,
                of.row.id,
                "title",
                facts={"target": proof.evidence_sheet(view)},
                message=_ONLY_WORDS if words else "",
                fix=_MEND_WORDS if words else "",
            )


def _gives(row: Evidence) -> str:
    """Return whether a source gave numbers or words, "" if nobody can tell."""
    return row.kind or _BY_NATURE.get(row.source, "")
