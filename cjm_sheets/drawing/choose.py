"""Decides which rows a wall map shows, in which column, and in which order."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from cjm_sheets.drawing import tidy
from cjm_sheets.drawing.belonging import Belonging, by_id
from cjm_sheets.drawing.content import Asked, Band, Column, Hung, View
from cjm_sheets.drawing.ranking import Ranked, ranked
from cjm_sheets.errors.asked import NoSuchMapError
from cjm_sheets.model import journey
from cjm_sheets.model.workbook import Workbook

NOWHERE = ""
"""Stands for the touchpoint of what hangs on none."""

R = TypeVar("R")


def view(asked: Asked) -> View:
    """Return what a wall map shows; without a map id of the first map.

    Raises NoSuchMapError if the workbook has no map of the id that was asked for.
    """
    book, belonging = asked.workbook, Belonging(asked.workbook)
    chosen = _chosen(book, asked.map_id)
    pains = [
        (position, pain)
        for position, pain in enumerate(book.pains)
        if belonging.of_touchpoint(pain.touchpoint) == chosen
    ]
    ranking = ranked(pains, asked.scores)
    bands, touchpoints = _in_order(book, belonging, chosen)
    hung = _hung(book, belonging, chosen, ranking, {t.id for t, _ in touchpoints if t and t.id})
    columns = [_column(touchpoint, loose, hung) for touchpoint, loose in touchpoints]
    if NOWHERE in hung:
        columns.append(Column(None, hung[NOWHERE], loose=True))
    mine = book.maps[chosen] if book.maps else journey.Map()
    personas = _personas(book, mine, columns)
    return View(
        language=asked.language,
        map=mine,
        personas=personas,
        bands=(*bands, *_loose_band(columns)),
        columns=tuple(columns),
        ranking=ranking,
        notes=_notes(book, mine, personas),
        evidence=_evidence(book, columns, personas),
        based_on=_titles(book, mine),
        as_of=asked.as_of,
    )


def _chosen(book: Workbook, map_id: str | None) -> int:
    if map_id is None:
        return 0
    found = [index for index, row in enumerate(book.maps) if row.id == map_id]
    if not found:
        raise NoSuchMapError(map_id)
    return found[0]


# ---- stages and touchpoints, from left to right -----------------------------------

Place = tuple[journey.Touchpoint | None, bool]
"""A touchpoint, or None for a stage without any; and whether it is not tied to a stage."""


def _by_order(row: journey.Stage | journey.Touchpoint) -> float:
    order = tidy.number(row.order)
    return math.inf if order is None else order


def _in_order(book: Workbook, belonging: Belonging, chosen: int) -> tuple[list[Band], list[Place]]:
    of_stage: dict[str, list[journey.Touchpoint]] = defaultdict(list)
    loose: list[journey.Touchpoint] = []
    for touchpoint in book.touchpoints:
        stage = belonging.stage_of(touchpoint)
        if stage is not None:
            of_stage[stage.id].append(touchpoint)
        elif chosen == 0:
            loose.append(touchpoint)
    bands: list[Band] = []
    places: list[Place] = []
    for stage in sorted((s for s in book.stages if belonging.of_stage(s) == chosen), key=_by_order):
        steps = sorted(of_stage.pop(stage.id, ()), key=_by_order)
        bands.append(Band(stage, max(len(steps), 1)))
        places += [(step, False) for step in steps] or [(None, False)]
    places += [(step, True) for step in sorted(loose, key=_by_order)]
    return bands, places


def _loose_band(columns: list[Column]) -> tuple[Band, ...]:
    count = sum(column.loose for column in columns)
    return (Band(None, count),) if count else ()


# ---- what hangs on a touchpoint ---------------------------------------------------


def _column(touchpoint: journey.Touchpoint | None, loose: bool, hung: dict[str, Hung]) -> Column:  # noqa: FBT001 - half of a Place
    """Return a column; of touchpoints with the same id the first takes all that hangs on it."""
    if touchpoint is None or not touchpoint.id:
        return Column(touchpoint, loose=loose)
    return Column(touchpoint, hung.pop(touchpoint.id, Hung()), loose)


def _hung(
    book: Workbook,
    belonging: Belonging,
    chosen: int,
    ranking: tuple[Ranked, ...],
    shown: set[str],
) -> dict[str, Hung]:
    """Return what hangs on each touchpoint that is shown, and under NOWHERE all the rest."""

    def at(touchpoint_id: str) -> str:
        return touchpoint_id if touchpoint_id in shown else NOWHERE

    def home(pain_ids: Iterable[str]) -> str:
        wanted = set(pain_ids)
        return next((at(r.pain.touchpoint) for r in ranking if r.pain.id in wanted), NOWHERE)

    def here(touchpoint_id: str) -> bool:
        return belonging.of_touchpoint(touchpoint_id) == chosen

    ideas = [o for o in book.opportunities if chosen in belonging.of_pains(tidy.ids(o.pains))]
    actions = [a for a in book.actions if chosen in belonging.of_action(a)]
    blueprint = (row for row in book.blueprint if here(row.touchpoint))
    moments = (row for row in book.day_moments if here(row.touchpoint))
    pains = _at(ranking, lambda r: at(r.pain.touchpoint))
    highs = _at((h for h in book.highs if here(h.touchpoint)), lambda h: at(h.touchpoint))
    opportunities = _at(ideas, lambda o: home(tidy.ids(o.pains)))
    at_work = _at(actions, lambda a: home(belonging.pains_of_action(a)))
    behind = _at(blueprint, lambda b: at(b.touchpoint))
    of_day = _at(moments, lambda d: at(d.touchpoint))
    resolves = {t.id: _resolved(t, belonging) for t in book.touchpoints if t.id in shown}
    found = (pains, highs, opportunities, at_work, behind, of_day, resolves)
    return {
        place: Hung(
            pains.get(place, ()),
            highs.get(place, ()),
            opportunities.get(place, ()),
            at_work.get(place, ()),
            behind.get(place, ()),
            of_day.get(place, ()),
            resolves.get(place, ()),
        )
        for place in {place for rows in found for place in rows}
    }


def _at(rows: Iterable[R], place: Callable[[R], str]) -> dict[str, tuple[R, ...]]:
    found: dict[str, list[R]] = defaultdict(list)
    for row in rows:
        found[place(row)].append(row)
    return {where: tuple(there) for where, there in found.items()}


def _resolved(touchpoint: journey.Touchpoint, belonging: Belonging) -> tuple[journey.Pain, ...]:
    known = belonging.pains
    return tuple(known[i] for i in tidy.ids(touchpoint.resolves) if i in known)


# ---- who, and from where ----------------------------------------------------------


def _personas(
    book: Workbook, mine: journey.Map, columns: list[Column]
) -> tuple[journey.Persona, ...]:
    """Return the personas that the map names, else those of its touchpoints, else everybody."""
    known = by_id(book.personas)
    of_steps = (tidy.ids(c.touchpoint.personas) for c in columns if c.touchpoint)
    for wanted in (tidy.ids(mine.personas), tuple(i for ids in of_steps for i in ids)):
        found = tuple(known[i] for i in dict.fromkeys(wanted) if i in known)
        if found:
            return found
    return book.personas if len(book.maps) <= 1 else ()


def _notes(
    book: Workbook, mine: journey.Map, personas: tuple[journey.Persona, ...]
) -> tuple[journey.EmpathyNote, ...]:
    """Return the notes of an empathy map: of its personas, and of nobody that we know."""
    if mine.type != "empathy":
        return ()
    shown, known = {p.id for p in personas}, {p.id for p in book.personas}
    return tuple(n for n in book.empathy if n.persona in shown or n.persona not in known)


def _evidence(
    book: Workbook, columns: list[Column], personas: tuple[journey.Persona, ...]
) -> tuple[journey.Evidence, ...]:
    """Return the sources that the map rests on, in the order of their sheet."""
    rows: list[journey.Persona | journey.Touchpoint | journey.Pain | journey.High] = [
        *personas,
        *(c.touchpoint for c in columns if c.touchpoint),
        *(r.pain for c in columns for r in c.hung.pains),
        *(high for c in columns for high in c.hung.highs),
    ]
    named = {i for row in rows for i in tidy.ids(row.evidence)}
    return tuple(source for i, source in by_id(book.evidence).items() if i in named)


def _titles(book: Workbook, mine: journey.Map) -> tuple[str, ...]:
    known = by_id(book.maps)
    found = (known[i] for i in tidy.ids(mine.based_on) if i in known)
    return tuple(tidy.words(row.title) or row.id for row in found)
