"""Decides which maps rest on the company's own people alone."""

from collections.abc import Iterator

from cjm_sheets.checks import proof
from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ032",
    Severity.WARNING,
    table="Maps",
    reads=("Maps.type", "Maps.based_on", "Evidence.source", "Evidence.who"),
    summary=N_("a map rests on what the company's own people think"),
    message=N_("Everything that stands behind this map comes from the company's own people."),
    fix=N_("Ask customers, or read what they wrote, and add that source to {target}."),
)
def only_own_opinion(view: View) -> Iterator[Found]:
    """CJ032: a map rests on what the company's own people think.

    Why: sales and service hear the loudest customers, and a walk-through shows what insiders meet;
        both are a good beginning, and neither is the customer.
    Fires: three rows of evidence: sales staff, a walk-through, and an interview with staff.
    Silent: one interview with customers among them; a source of no known kind without anybody
        named; no source at all (that is CJ030); fewer than three steps; an empathy map (that is
        CJ047); a future map, or one that is based on another.
    """
    for of in view.maps:
        sources = proof.sources(of)
        if proof.rests_on_itself(of) and sources and not any(map(proof.is_from_customers, sources)):
            yield proof.on_map(of, target=proof.evidence_sheet(view))
