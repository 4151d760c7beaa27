"""Decides which maps try to show the way of too many people at once."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ023",
    Severity.INFO,
    table="Maps",
    reads=("Maps.personas", "Maps.business_model"),
    summary=N_("a map shows the way of many personas"),
    message=N_("This map is about many personas at once: {count}."),
    fix=N_(
        "Make a map for each of them, or for those who go the same way; on one at most: {most}."
    ),
)
def many_personas_on_one_map(view: View) -> Iterator[Found]:
    """CJ023: a map shows the way of many personas.

    Why: their ways part early, and the map follows none of them. The limit is personas_in_map in
        Settings.
    Fires: three personas on one map.
    Silent: two; a map of business customers, where several people decide together.
    """
    most = view.limit("personas_in_map")
    for rows in view.maps:
        count = len(set(rows.row.personas))
        if count > most and rows.row.business_model != "b2b":
            facts = {"count": count, "most": f"{most:g}"}
            yield Found("Maps", rows.row.line, rows.row.id, "personas", facts=facts)
