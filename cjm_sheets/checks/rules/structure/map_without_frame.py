"""Decides which maps do not say what they are about: title, kind, goal, beginning and end."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.gaps import is_blank
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_ALWAYS = ("title", "type", "goal")
_OF_A_WAY = ("scope_start", "scope_end")


@rule(
    "CJ013",
    Severity.WARNING,
    table="Maps",
    reads=("Maps.title", "Maps.type", "Maps.goal", "Maps.scope_start", "Maps.scope_end"),
    summary=N_("a map does not say what it is about"),
    message=N_("Still missing on this map: {columns}."),
    fix=N_("Fill in where the way begins and ends, and what the company wants to reach with it."),
)
def map_without_frame(view: View) -> Iterator[Found]:
    """CJ013: a map does not say what it is about.

    Why: without a beginning, an end and a goal a map grows in all directions, and nobody can say
        when it is done or which pain matters.
    Fires: a map without goal; one that does not say where the way ends.
    Silent: a day in the life or an empathy map without beginning and end; a column that the sheet
        does not have (that is CJ001); something that cannot be read there; a map as it comes out of
        a template.
    """
    for rows in view.maps:
        if not (rows.row.title or rows.row.goal or rows.is_begun):
            continue  # as it comes out of a template
        wanted = (*_ALWAYS, *(_OF_A_WAY if rows.is_way else ()))
        line = rows.row.line
        missing = [column for column in wanted if is_blank(view, "Maps", column, line)]
        if missing:
            facts = {"columns": ", ".join(view.label("Maps", column) for column in missing)}
            yield Found("Maps", line, rows.row.id, missing[0], facts=facts)
