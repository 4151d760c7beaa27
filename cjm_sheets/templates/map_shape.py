"""Decides which maps the Map sheet shows, in how many tiers, and which step stands in which column.

A workbook that has steps shows these, in the order of their stages: a tier is as wide as the page
reads well, and a longer way goes on below. A workbook without steps has empty columns that fill
themselves, the first tier in sight and a second one folded away.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cjm_sheets.tables.codec import Value
from cjm_sheets.templates.content import Content, Row

WIDE = 14
"""Columns of a tier that can still be read on A3."""

GROWING = 12
"""Columns of an empty map in sight; as many again are folded away."""

_NO_STAGE = -1


@dataclass(frozen=True, slots=True)
class Spine:
    """The table whose rows are the columns of a map, and the columns that name and rate them."""

    table: str
    name: str
    mood: str
    staged: bool


_STEPS = Spine("Touchpoints", "name", "emotion", staged=True)
_MOMENTS = Spine("DayMoments", "activity", "mood", staged=False)


def spine(map_type: str) -> Spine:
    """Return what the columns of a kind of map are."""
    return _MOMENTS if map_type == "day" else _STEPS


@dataclass(frozen=True, slots=True)
class Band:
    """Neighbouring columns of one stage; `stage` is its row in Stages from 0, None for none."""

    stage: int | None
    columns: int


@dataclass(frozen=True, slots=True)
class Tier:
    """A stretch of one map; `steps` are rows of the spine from 0, None for a stage without a step.

    A growing tier has no bands; its columns are the steps from `start` on, whichever they are.
    """

    map: int
    kind: str
    steps: tuple[int | None, ...]
    bands: tuple[Band, ...]
    start: int = 0
    growing: bool = False

    @property
    def folded(self) -> bool:
        """True if the tier is out of sight until there are so many steps."""
        return self.growing and self.start > 0


def has_map(content: Content) -> bool:
    """Tell whether a map is drawn along a way; an empathy map knows no order of events."""
    return spine(content.map_type).table in content.shown


def tiers(content: Content, *, growing: bool | None = None) -> tuple[Tier, ...]:
    """Return the tiers from top to bottom; `growing` None is for a workbook without steps."""
    of = spine(content.map_type)
    if growing is None:
        growing = not any(row.get(of.name) for row in content.rows.get(of.table, ()))
    if growing:
        return tuple(_empty(content.map_type, start) for start in (0, GROWING))
    found = []
    for at, kind in _shown_maps(content):
        columns = _in_order(content, of, at)
        found += list(_split(at, kind, columns))
    return tuple(found)


def _empty(kind: str, start: int) -> Tier:
    return Tier(0, kind, (None,) * GROWING, (), start, growing=True)


def _shown_maps(content: Content) -> list[tuple[int, str]]:
    """Return the first map, and beside a current one its future, or the other way round."""
    rows = content.rows.get("Maps", ())
    kinds = [f"{row.get('type') or content.map_type}" for row in rows] or [content.map_type]
    other = {"current": "future", "future": "current"}.get(kinds[0])
    beside = [at for at, kind in enumerate(kinds) if kind == other]
    first = _id(rows[0].get("id")) if rows else ""
    based = [at for at in beside if first and first in _ids(rows[at].get("based_on"))]
    both = [0, *(based or beside)[:1]]
    return [(at, kinds[at]) for at in sorted(both, key=lambda at: kinds[at] == "future")]


def _in_order(content: Content, of: Spine, chosen: int) -> list[tuple[int | None, int | None]]:
    """Return the columns of a map as pairs of stage row and step row, in the order of the way."""
    stages = content.rows.get("Stages", ()) if of.staged else ()
    maps = _places(content.rows.get("Maps", ()))
    places = _places(stages)
    steps: dict[int, list[int]] = {}
    for at, row in enumerate(content.rows.get(of.table, ())):
        if row.get(of.name):
            stage = places.get(_id(row.get("stage")), _NO_STAGE)
            steps.setdefault(stage, []).append(at)
    found: list[tuple[int | None, int | None]] = []
    for stage in sorted(range(len(stages)), key=lambda at: _order(stages[at])):
        mine = _sorted(content.rows.get(of.table, ()), steps.get(stage, []))
        of_map = maps.get(_id(stages[stage].get("map")), 0) == chosen
        if of_map and (mine or stages[stage].get("name")):
            found += [(stage, at) for at in mine] or [(stage, None)]
    if chosen == 0:
        rows = content.rows.get(of.table, ())
        found += [(None, at) for at in _sorted(rows, steps.get(_NO_STAGE, []))]
    return found


def _split(at: int, kind: str, columns: Sequence[tuple[int | None, int | None]]) -> Iterator[Tier]:
    """Yield the tiers of a map: as few as there can be, about as long as each other."""
    count = max(1, math.ceil(len(columns) / WIDE))
    ends = [round(len(columns) * n / count) for n in range(count + 1)]
    for n in range(count):
        start, end = ends[n], ends[n + 1]
        part = columns[start:end]
        yield Tier(at, kind, tuple(step for _, step in part), tuple(_bands(part)), start)


def _bands(columns: Sequence[tuple[int | None, int | None]]) -> Iterator[Band]:
    start = 0
    for at in range(1, len(columns) + 1):
        if at == len(columns) or columns[at][0] != columns[start][0]:
            yield Band(columns[start][0], at - start)
            start = at


def _sorted(rows: Sequence[Row], steps: list[int]) -> list[int]:
    return sorted(steps, key=lambda at: _order(rows[at]))


def _order(row: Row) -> float:
    order = row.get("order")
    return order if isinstance(order, int | float) and not isinstance(order, bool) else math.inf


def _places(rows: Sequence[Row]) -> dict[str, int]:
    """Return the row of each id, the first one where two are alike."""
    named = ((_id(row.get("id")), at) for at, row in reversed(list(enumerate(rows))))
    return {id_: at for id_, at in named if id_}


def _id(value: Value | object) -> str:
    """Return the id that a cell names: what stands before the first blank."""
    words = value.split() if isinstance(value, str) else []
    return words[0].casefold() if words else ""


def _ids(value: Value | object) -> set[str]:
    """Return the ids that a cell names."""
    if isinstance(value, str):
        return {word.casefold() for word in value.replace(";", " ").replace(",", " ").split()}
    return {f"{id_}".casefold() for id_ in value} if isinstance(value, tuple) else set()
