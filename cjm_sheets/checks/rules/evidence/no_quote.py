"""Decides which maps let no customer speak."""

from collections.abc import Iterator

from cjm_sheets.checks import proof
from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model.by_map import MapRows
from cjm_sheets.words.mark import N_


@rule(
    "CJ048",
    Severity.INFO,
    table="Maps",
    reads=(
        "Maps.type",
        "Evidence.source",
        "Evidence.quote",
        "Personas.quote",
        "Empathy.quadrant",
        "Empathy.note",
    ),
    summary=N_("a map has no quote of a customer"),
    message=N_("This map has sources, but not one sentence in a customer's own words."),
    fix=N_("Add a sentence that a customer said or wrote to {quote} in {target}, one a stage."),
)
def no_quote(view: View) -> Iterator[Found]:
    """CJ048: a map has no quote of a customer.

    Why: one sentence in a customer's words convinces a meeting that ten figures leave cold, and it
        keeps the team from putting its own words in.
    Fires: ten steps and three sources, and nowhere a quote.
    Silent: a quote of one source or one persona; an empathy map with a note on what they say; no
        source at all (that is CJ030 or CJ047); only the company's own people (CJ032); fewer than
        three steps or notes; a future map.
    """
    for of in view.maps:
        if of.row.type == "future" or not proof.is_begun(of) or _quotes(of):
            continue
        if any(map(proof.is_from_customers, proof.sources(of))):
            quote = view.label("Evidence", "quote")
            yield proof.on_map(of, quote=quote, target=proof.evidence_sheet(view))


def _quotes(of: MapRows) -> bool:
    """Tell whether a customer speaks on a map."""
    return (
        any(row.quote for row in of.evidence)
        or any(row.quote for row in of.personas)
        or any(row.note for row in of.empathy if row.quadrant == "says")
    )
