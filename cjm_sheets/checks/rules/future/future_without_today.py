"""Decides which maps of the future do not say from which state they start."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ090",
    Severity.WARNING,
    table="Maps",
    reads=("Maps.type", "Maps.based_on"),
    summary=N_("a map of the future is not based on one of today"),
    message=N_("This map of the future does not say from which map of today it starts."),
    fix=N_("Name the map of the current state under {column}; make one first if there is none."),
)
def future_without_today(view: View) -> Iterator[Found]:
    """CJ090: a map of the future is not based on one of today.

    Why: a wish that takes no account of how things are says where to go, but not what to change.
    Fires: a map of the future whose based on is blank.
    Silent: one that names a map, even one that does not exist (that is CJ004); one that is only
        begun; other kinds of map.
    """
    for rows in view.maps:
        line = rows.row.line
        blank = not view.shown("Maps", "based_on", line).strip()
        if rows.row.type == "future" and rows.is_begun and blank:
            yield Found("Maps", line, rows.row.id, "based_on")
