"""Decides which personas no map is about."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ022",
    Severity.WARNING,
    table="Personas",
    reads=("Personas.id", "Personas.name", "Maps.personas", "Touchpoints.personas"),
    summary=N_("a persona is on no map"),
    message=N_("No map shows the way of {value}."),
    fix=N_("Name {id} in {target} on the map of this way, or make one, or take the row away."),
)
def persona_on_no_map(view: View) -> Iterator[Found]:
    """CJ022: a persona is on no map.

    Why: a persona that no map uses is a drawing in a drawer; or the map forgot somebody.
    Fires: P2, where the only map names P1.
    Silent: a persona that an archived map or a touchpoint names; a workbook where no map names
        anybody (that is CJ020); a row without a name.
    """
    book = view.workbook
    on_maps = {id_ for row in book.maps for id_ in row.personas}
    if not on_maps:
        return
    named = on_maps | {id_ for row in book.touchpoints for id_ in row.personas}
    for row in book.personas:
        if row.name and row.id and row.id not in named:
            facts = {"id": row.id, "target": view.sheet("Maps")}
            yield Found("Personas", row.line, row.id, "name", facts=facts)
