"""Decides which personas tell who somebody is, but not how this person lives and chooses."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_OUTER = ("age", "occupation", "household")
_INNER = ("lifestyle", "habits", "motivations", "decision_factors")


@rule(
    "CJ026",
    Severity.INFO,
    table="Personas",
    reads=(*(f"Personas.{column}" for column in (*_OUTER, *_INNER)),),
    summary=N_("a persona has age and job, but no habits and motives"),
    message=N_("Of this persona only age, job or household is known."),
    fix=N_("Add how this person lives and chooses: {columns}."),
)
def demographics_only(view: View) -> Iterator[Found]:
    """CJ026: a persona has age and job, but no habits and motives.

    Why: two people of the same age and job buy in different ways; habits, lifestyle and what
        decides for them tell the ways apart.
    Fires: age and household are filled in; lifestyle, habits, motivations and decision factors are
        all blank.
    Silent: one of these four is there; none of age, job and household is; a sheet without these
        columns.
    """
    inner = [column for column in _INNER if view.has("Personas", column)]
    for row in view.workbook.personas:
        outer = any(getattr(row, column) not in {None, ""} for column in _OUTER)
        if inner and outer and not any(getattr(row, column) for column in _INNER):
            facts = {"columns": ", ".join(view.label("Personas", column) for column in inner)}
            yield Found("Personas", row.line, row.id, inner[0], facts=facts)
