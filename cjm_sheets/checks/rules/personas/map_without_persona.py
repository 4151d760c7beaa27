"""Decides which maps do not say whose way they show."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ020",
    Severity.WARNING,
    table="Maps",
    reads=("Maps.personas", "Touchpoints.stage"),
    summary=N_("a map names no persona"),
    message=N_("This map does not say whose way it shows."),
    fix=N_("Name one or two of {target} under {column}."),
)
def map_without_persona(view: View) -> Iterator[Found]:
    """CJ020: a map names no persona.

    Why: a way of everybody is nobody's: what one person loves annoys the next, and the curve shows
        the mean of both.
    Fires: a map with touchpoints whose personas are blank, even if the workbook has only one.
    Silent: a map that is only begun; one that names a persona that does not exist (that is CJ004).
    """
    for rows in view.maps:
        line = rows.row.line
        if rows.is_begun and not view.shown("Maps", "personas", line).strip():
            facts = {"target": view.sheet("Personas")}
            yield Found("Maps", line, rows.row.id, "personas", facts=facts)
