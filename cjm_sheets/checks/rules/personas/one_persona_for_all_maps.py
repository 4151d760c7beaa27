"""Decides whether several maps look at one kind of customer only."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ021",
    Severity.WARNING,
    table="Personas",
    reads=("Personas.name", "Maps.id", "Maps.based_on"),
    summary=N_("several maps, and one persona for all of them"),
    message=N_("{value} is the only persona for all maps ({count})."),
    fix=N_("Add somebody else who buys from you, best one who is only thinking about it yet."),
)
def one_persona_for_all_maps(view: View) -> Iterator[Found]:
    """CJ021: several maps, and one persona for all of them.

    Why: people who are ready to buy and people who only think about it want different things at
        the same place; who looks at one of them builds for one of them.
    Fires: one persona, and two maps that are not based on each other.
    Silent: one map; a map and the future of it; two personas; no persona at all (that is CJ020).
    """
    personas = [row for row in view.workbook.personas if row.name]
    own = [rows.row for rows in view.maps if not rows.row.based_on]
    if len(personas) == 1 and len(own) > 1:
        only = personas[0]
        yield Found("Personas", only.line, only.id, "name", facts={"count": len(own)})
