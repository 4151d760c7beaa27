"""Decides which personas are made up as far as anybody can see."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.gaps import is_blank
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.tables import naming
from cjm_sheets.words.mark import N_

_PROTO = ("proto", "прото")
"""What a persona that is meant as a first guess is called, as in proto-persona."""


@rule(
    "CJ025",
    Severity.WARNING,
    table="Personas",
    reads=("Personas.name", "Personas.summary", "Personas.evidence"),
    summary=N_("a persona rests on no evidence"),
    message=N_("Nothing says from whom we know {name}."),
    fix=N_("Name interviews or surveys under {column}, or call it a proto-persona until then."),
)
def persona_without_evidence(view: View) -> Iterator[Found]:
    """CJ025: a persona rests on no evidence.

    Why: a persona that was made up at a table looks just as real as one from twenty interviews, and
        everybody builds for it.
    Fires: a persona whose evidence is blank.
    Silent: one that names an interview; one that is called a proto-persona in its name or summary,
        which says that it is a guess; a row without a name.
    """
    for row in view.workbook.personas:
        words = naming.plain(f"{row.name} {row.summary}")
        if (
            row.name
            and not any(word in words for word in _PROTO)
            and is_blank(view, "Personas", "evidence", row.line)
        ):
            facts = {"name": row.name}
            yield Found("Personas", row.line, row.id, "evidence", facts=facts)
