"""Decides which maps lack what makes them the kind of map that they say they are."""

from collections.abc import Callable, Iterator
from typing import Any

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model.by_map import MapRows
from cjm_sheets.tables import naming
from cjm_sheets.tables.lists import LISTS
from cjm_sheets.words.mark import N_

_QUADRANTS = N_("{persona}: nothing is noted yet under {quadrants}.")
_OBSERVE = N_("Note in {target} what you saw and heard; an empathy map needs all four.")
_TIME = N_("Moments of this day without a time: {count}.")
_CLOCK = N_("Fill in {column} as 07:30, so that the day has an order.")
_NO_STEPS = N_("This map is a service blueprint, but {target} has nothing of what goes on behind.")
_STEPS = N_("Add a row to {target} for each touchpoint: what is seen, and who does what behind it.")
_LANE = N_("No step of this blueprint says anything under {columns}.")
_FILL = N_("Fill in {columns}, or make this a map of the current state.")


@rule(
    "CJ014",
    Severity.WARNING,
    table="Maps",
    reads=(
        "Maps.type",
        "Maps.vision",
        "Empathy.quadrant",
        "Empathy.persona",
        "Blueprint.frontstage",
        "Blueprint.backstage",
        "Blueprint.support",
        "DayMoments.time",
    ),
    summary=N_("a map lacks a part of its kind"),
    message=N_("A map of the future needs a vision, and this one has none."),
    fix=N_("Write in {column} what it will be like for customers when all is done."),
)
def map_type_without_its_parts(view: View) -> Iterator[Found]:
    """CJ014: a map lacks a part of its kind.

    Why: the kinds of map answer different questions; an empathy map without what people do, or a
        blueprint without what goes on backstage, answers none.
    Fires: an empathy map with notes of three of the four kinds about a persona; a blueprint where
        nothing is said of backstage; moments of a day without a time (said once, with their
        number); a map of the future without vision.
    Silent: a map that is only begun; a map of the current state; a blueprint of which some rows
        leave backstage blank.
    """
    for rows in view.maps:
        parts = _PARTS.get(rows.row.type)
        if parts is not None:
            yield from parts(view, rows)


def _future(_: View, rows: MapRows) -> Iterator[Found]:
    if rows.is_begun and not rows.row.vision:
        yield Found("Maps", rows.row.line, rows.row.id, "vision")


def _empathy(view: View, rows: MapRows) -> Iterator[Found]:
    """Yield the kinds of notes that are missing about each persona of which there are notes."""
    names = {row.id: row.name for row in view.workbook.personas}
    noted: dict[str, set[str]] = {}
    for note in rows.empathy:
        if note.note:
            noted.setdefault(note.persona, set()).add(note.quadrant)
    for persona, kinds in noted.items():
        missing = [key for key in LISTS["quadrant"] if key not in kinds]
        if missing and kinds & LISTS["quadrant"].keys():
            words = (naming.word(view.workbook.language, "quadrant", key) for key in missing)
            facts = {
                "persona": names.get(persona) or persona or rows.row.title or rows.row.id,
                "quadrants": ", ".join(words),
                "target": view.sheet("Empathy"),
            }
            place = ("Maps", rows.row.line, rows.row.id, "type")
            yield Found(*place, facts=facts, message=_QUADRANTS, fix=_OBSERVE)


def _day(view: View, rows: MapRows) -> Iterator[Found]:
    untimed = [row for row in rows.day_moments if not row.time]
    if untimed and view.has("DayMoments", "time"):
        first, facts = untimed[0], {"count": len(untimed)}
        place = ("DayMoments", first.line, first.id, "time")
        yield Found(*place, facts=facts, message=_TIME, fix=_CLOCK)


def _blueprint(view: View, rows: MapRows) -> Iterator[Found]:
    if not rows.touchpoints:
        return
    target = view.sheet("Blueprint")
    place = ("Maps", rows.row.line, rows.row.id, "type")
    if not rows.blueprint:
        yield Found(*place, facts={"target": target}, message=_NO_STEPS, fix=_STEPS)
        return
    lanes: tuple[str, ...] = ("frontstage", "backstage", "support")
    empty = [lane for lane in lanes if not any(_says(row, lane) for row in rows.blueprint)]
    if empty:
        columns = ", ".join(view.label("Blueprint", lane) for lane in empty)
        yield Found(*place, facts={"columns": columns}, message=_LANE, fix=_FILL)


def _says(row: Any, column: str) -> bool:  # noqa: ANN401 - a row of any table
    return bool(getattr(row, column))


_PARTS: dict[str, Callable[[View, MapRows], Iterator[Found]]] = {
    "future": _future,
    "empathy": _empathy,
    "day": _day,
    "blueprint": _blueprint,
}
