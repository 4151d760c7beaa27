"""Decides which maps rest on a single type of source."""

from collections.abc import Iterator

from cjm_sheets.checks import proof
from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.tables import naming
from cjm_sheets.words.mark import N_


@rule(
    "CJ034",
    Severity.INFO,
    table="Maps",
    reads=("Maps.type", "Evidence.source", "Evidence.who"),
    summary=N_("a map rests on a single type of source"),
    message=N_("Everything that stands behind this map is of one type: {source}."),
    fix=N_("Look at the same steps through a second source, and add it to {target}."),
)
def one_type_of_source(view: View) -> Iterator[Found]:
    """CJ034: a map rests on a single type of source.

    Why: each way to ask has its blind spot; what two of them show is most likely so.
    Fires: four rows of evidence that are all interviews; a single survey.
    Silent: interviews and a survey; only the company's own people (that is CJ032); fewer than three
        steps or notes; a future map.
    """
    for of in view.maps:
        sources = proof.sources(of)
        types = {row.source for row in sources}
        if of.row.type == "future" or not proof.is_begun(of) or len(types) != 1:
            continue
        if any(map(proof.is_from_customers, sources)):
            source = naming.word(view.language, "source_type", types.pop())
            yield proof.on_map(of, source=source, target=proof.evidence_sheet(view))
