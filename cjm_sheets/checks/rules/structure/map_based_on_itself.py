"""Decides which maps are based on each other in a circle."""

from collections.abc import Iterator, Mapping, Sequence

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_ITSELF = N_("This map says that it is based on itself.")
_MEND_ITSELF = N_("Name another map under {column}, or leave it blank.")


@rule(
    "CJ012",
    Severity.WARNING,
    table="Maps",
    reads=("Maps.id", "Maps.based_on"),
    summary=N_("maps are based on each other in a circle"),
    message=N_("These maps are based on each other in a circle: {circle}."),
    fix=N_("Leave {column} blank on the map that shows how things are today."),
)
def map_based_on_itself(view: View) -> Iterator[Found]:
    """CJ012: maps are based on each other in a circle.

    Why: a to-be map is held against the one that it is based on; in a circle nobody can say which
        of them is how things are.
    Fires: M2 based on M1, and M1 on M2; M1 based on M1. A circle is told once, at its first map.
    Silent: M2 and M3 based on M1; M3 based on M2, and that on M1; a map that does not exist.
    """
    based_on = {row.id: row.based_on for row in reversed(view.workbook.maps) if row.id}
    lines = {row.id: row.line for row in reversed(view.workbook.maps)}
    told: set[str] = set()
    for start in based_on:
        circle = _circle(start, based_on)
        if circle and told.isdisjoint(circle):
            told |= set(circle)
            first = min(circle, key=lambda id_: lines[id_])
            at = circle.index(first)
            around = (*circle[at:], *circle[:at], first)
            yield Found(
                "Maps",
                lines[first],
                first,
                "based_on",
                facts={"circle": " → ".join(around)},
                message=_ITSELF if len(circle) == 1 else "",
                fix=_MEND_ITSELF if len(circle) == 1 else "",
            )


def _circle(start: str, based_on: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the maps on a way from one back to itself, () if there is none."""
    came_from: dict[str, str] = {}
    waiting = [start]
    while waiting:
        at = waiting.pop(0)
        for to in based_on.get(at, ()):
            if to == start:
                way = [at]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return tuple(reversed(way))
            if to in based_on and to not in came_from:
                came_from[to] = at
                waiting.append(to)
    return ()
