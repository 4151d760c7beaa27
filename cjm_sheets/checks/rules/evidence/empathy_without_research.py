"""Decides which empathy maps were made up."""

from collections.abc import Iterator

from cjm_sheets.checks import proof
from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_OWN = N_("Only the company's own people stand behind the {notes} notes of this empathy map.")


@rule(
    "CJ047",
    Severity.WARNING,
    table="Maps",
    reads=("Maps.type", "Empathy.note", "Empathy.evidence", "Evidence.source", "Evidence.who"),
    summary=N_("an empathy map was made without research"),
    message=N_("This empathy map has {notes} notes, and no research stands behind them."),
    fix=N_(
        "Talk to customers or watch them first; "
        "add that to {target}, and keep the notes that it supports."
    ),
)
def empathy_without_research(view: View) -> Iterator[Found]:
    """CJ047: an empathy map was made without research.

    Why: an empathy map is a record of what was observed; filled in at a desk it shows what the team
        feels, not what customers do.
    Fires: eight notes on what the customer says and thinks, and no evidence, or only that of staff.
    Silent: a note that names an interview or a user test; fewer than three notes; maps of other
        types.
    """
    for of in view.maps:
        notes = sum(1 for note in of.empathy if note.note)
        if of.row.type != "empathy" or notes < proof.BEGUN:
            continue
        sources = proof.sources(of)
        if not any(map(proof.is_from_customers, sources)):
            facts = {"notes": notes, "target": proof.evidence_sheet(view)}
            message = _OWN if sources else ""
            yield Found("Maps", of.row.line, of.row.id, "title", facts=facts, message=message)
