"""Decides which maps rest on nothing that customers said or did."""

from collections.abc import Iterator

from cjm_sheets.checks import proof
from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ030",
    Severity.WARNING,
    table="Maps",
    reads=("Maps.type", "Maps.based_on", "Touchpoints.name", "*.evidence", "Evidence.source"),
    summary=N_("no source stands behind a map"),
    message=N_("This map has {steps} steps, and not one source stands behind any of it."),
    fix=N_(
        "Add interviews, surveys, reviews or web figures to {target}, "
        "and name their ids in the rows that they speak for."
    ),
)
def no_evidence_at_all(view: View) -> Iterator[Found]:
    """CJ030: no source stands behind a map.

    Why: a map without customers in it shows how the company thinks that things are, and looks just
        like one that is true.
    Fires: eight steps, and a sheet Evidence that is empty, or has only rows without a source; in a
        workbook of several maps also one whose rows name none of the evidence that is there.
    Silent: one source of any kind (whether it is the company's own is CJ032); fewer than three
        steps; an empathy map (that is CJ047); a future map, which rests on that of today, and
        any other map that is based on one.
    """
    for of in view.maps:
        if proof.rests_on_itself(of) and not proof.sources(of):
            steps = len(proof.steps(of))
            yield proof.on_map(of, steps=steps, target=proof.evidence_sheet(view))
