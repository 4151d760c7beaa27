"""Decides which personas lack what moves them: needs, goals, motivations, frustrations."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_COLUMNS = ("needs", "goals", "motivations", "frustrations")


@rule(
    "CJ024",
    Severity.WARNING,
    table="Personas",
    reads=("Personas.name", *(f"Personas.{column}" for column in _COLUMNS)),
    summary=N_("a persona does not say what moves this person"),
    message=N_("Still missing about this persona: {columns}."),
    fix=N_("Fill in what interviews, reviews and service staff tell; a sentence each is enough."),
)
def persona_without_inner_life(view: View) -> Iterator[Found]:
    """CJ024: a persona does not say what moves this person.

    Why: what somebody needs, wants, is driven and annoyed by explains every feeling on the map;
        age and job explain none.
    Fires: a persona with a name and needs, but no goals, motivations and frustrations (said once).
    Silent: all four are there; a row without a name; columns that the sheet does not have.
    """
    for row in view.workbook.personas:
        missing = [
            column
            for column in _COLUMNS
            if view.has("Personas", column) and not getattr(row, column)
        ]
        if row.name and missing:
            facts = {"columns": ", ".join(view.label("Personas", column) for column in missing)}
            yield Found("Personas", row.line, row.id, missing[0], facts=facts)
