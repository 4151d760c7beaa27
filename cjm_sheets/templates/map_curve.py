"""Decides what the mood chart of a tier is drawn from: one line each way people go, and its marks.

It is a chart of points joined by lines, not one of categories: a step without a mood then repeats
the point before it (or the first one, where none comes before), so that it shows nothing, where a
blank cell would be drawn as a mood of 0 by one program and as a gap by another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cjm_sheets.templates.live import Live
from cjm_sheets.templates.map_lists import Listed, Lists
from cjm_sheets.templates.map_rows import Rows, text_of
from cjm_sheets.templates.map_shape import Spine
from cjm_sheets.templates.plan import Shown

OUTSIDE = -99
"""Where a point lies that is not to be seen."""

_LINES = 3
_TOKENS = 'TRIM(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(UPPER({}),CHAR(10)," "),";"," "),","," "))'
_SEPARATORS = str.maketrans("\n;,", "   ")

People = tuple[str, ...]
"""The ids of personas that go the same way; () is everybody."""


@dataclass(frozen=True, slots=True)
class Line:
    """The points of one line: where they are, and the cell with its name, "" for everybody's.

    `felt` has the mood at each step, "" where these people do not come past.
    """

    name: str
    x: Listed
    y: Listed
    felt: Listed


@dataclass(frozen=True, slots=True)
class Felt:
    """The moods of a tier, and those of the tiers of the same map above and below it."""

    before: tuple[Listed, ...]
    here: Listed
    after: tuple[Listed, ...]

    @property
    def all(self) -> tuple[Listed, ...]:
        """The moods of the whole map."""
        return (*self.before, self.here, *self.after)


@dataclass(frozen=True, slots=True)
class Curve:
    """The lines through the moods of a tier, and the points that stay in memory.

    A mark is a cell with its x and one with its y: the best, the worst and the last one.
    """

    lines: tuple[Line, ...]
    marks: tuple[tuple[Listed, Listed], ...]


def ways(rows: Rows, people: Sequence[str], steps: Sequence[int | None]) -> tuple[People, ...]:
    """Return who goes which way through these steps; ((),) if all go the same one."""
    found: dict[tuple[int, ...], list[str]] = {}
    known = [id_.upper() for id_ in people]
    for id_ in known:
        cells = (
            (at, rows.value("Touchpoints", "personas", at + 2)) for at in steps if at is not None
        )
        way = tuple(at for at, cell in cells if _goes(cell, (id_,), known))
        found.setdefault(way, []).append(id_)
    if not 1 < len(found) <= _LINES:
        return ((),)
    return tuple(tuple(ids) for ids in found.values())


def moods(lists: Lists, of: Spine, places: Listed) -> Listed:
    """Add the mood of each step of a tier."""
    cells = [Live(places.here(at), known) for at, known in enumerate(places.values)]
    return lists.add("mood", [lists.rows.mood(of.table, of.mood, cell) for cell in cells])


def curve(lists: Lists, felt: Felt, places: Listed, of: tuple[People, ...]) -> Curve:
    """Add what the chart of a tier is drawn from."""
    everybody = [id_ for people in of for id_ in people]
    lines = []
    for people in of:
        here = felt.here
        if people:
            who = (people, everybody)
            here = lists.add("felt", list(_felt(lists.rows, felt.here, places, who)))
        lines.append(_line(lists, here, _name(lists, people)))
    return Curve(tuple(lines), tuple(_marks(lists, felt)))


def _goes(cell: Shown, people: Sequence[str], known: Sequence[str]) -> bool:
    ids = set(text_of(cell).upper().translate(_SEPARATORS).split())
    return bool(ids.intersection(people)) or not ids.intersection(known)


def _felt(
    rows: Rows, moods: Listed, places: Listed, who: tuple[Sequence[str], Sequence[str]]
) -> Iterator[Live]:
    """Yield the mood of each step for some people, "" where they do not come past."""
    people, known = who
    for at in range(len(moods.values)):
        place = places.here(at)
        cell = f"INDEX(Touchpoints[[#All],[personas]],{place})"
        named = f'" "&{_TOKENS.format(cell)}&" "'
        mine, any_ = (
            ",".join(f'ISNUMBER(FIND(" {id_} ",{named}))' for id_ in ids) for ids in (people, known)
        )
        text = f'IF({place}="","",IF(OR({mine},NOT(OR({any_}))),{moods.here(at)},""))'
        value = rows.value("Touchpoints", "personas", places.values[at])
        yield Live(text, moods.values[at] if _goes(value, people, known) else "")


def _name(lists: Lists, people: People) -> str:
    """Add the names of people; return the cell, "" for everybody."""
    if not people:
        return ""
    formulas, names = [], []
    for id_ in people:
        place = lists.rows.place_of("Personas", id_)
        names.append(text_of(lists.rows.value("Personas", "name", place)))
        cell = f'INDEX(Personas[[#All],[name]],MATCH("{id_}",Personas[[#All],[id]],0))'
        formulas.append(f'IFERROR({cell}&"","{id_}")')
    joined = '&", "&'.join(formulas)
    return lists.add("name", [Live(joined, ", ".join(names))]).at(0).formula


def _line(lists: Lists, felt: Listed, name: str) -> Line:
    """Add the points of a line; each step stands for itself or for the last one before it."""
    count, known = len(felt.values), felt.values
    there = [value != "" for value in known]
    after = [next((n + 1 for n in range(at, count) if there[n]), 0) for at in range(count)]
    below = [lists.next(at + 1) for at in range(count)]
    texts = [
        f'IF({felt.here(at)}<>"",{at + 1},{below[at] if at + 1 < count else 0})'
        for at in range(count)
    ]
    nexts = lists.add("next", [Live(t, v) for t, v in zip(texts, after, strict=True)])
    before = [
        next((n + 1 for n in range(at, -1, -1) if there[n]), after[at]) for at in range(count)
    ]
    above = [nexts.here(0), *(lists.next(at) for at in range(count - 1))]
    texts = [f'IF({felt.here(at)}<>"",{at + 1},{above[at]})' for at in range(count)]
    shown = lists.add("shown", [Live(t, v) for t, v in zip(texts, before, strict=True)])
    xs = [_x(shown.here(at), before[at]) for at in range(count)]
    ys = [
        Live(
            f"IF({shown.here(at)}=0,{OUTSIDE},INDEX({felt.within},{shown.here(at)}))",
            known[before[at] - 1] if before[at] else OUTSIDE,
        )
        for at in range(count)
    ]
    return Line(name, lists.add("x", xs), lists.add("y", ys), felt)


def _x(cell: str, number: int) -> Live:
    """Return the middle of a column, counted from 1; 0 is outside."""
    return Live(f"IF({cell}=0,{OUTSIDE},{cell}-1/2)", number - 0.5 if number else OUTSIDE)


def _marks(lists: Lists, felt: Felt) -> Iterator[tuple[Listed, Listed]]:
    """Add the first best, the first worst and the last mood of the whole way, where they lie here.

    A level way has no best and no worst.
    """
    ours = felt.here
    every = ",".join(of.within for of in felt.all)
    numbers = [mood for of in felt.all for mood in _numbers(of)]
    uneven = len(set(numbers)) > 1
    for name, choose in (("MAX", max), ("MIN", min)):
        best = choose(numbers, default=0)
        earlier = any(best in _numbers(of) for of in felt.before)
        here = next((at for at, mood in enumerate(ours.values, start=1) if mood == best), 0)
        most = f"{name}({every})"
        above = "+".join(f"COUNTIF({of.within},{most})" for of in felt.before) or "0"
        first = f"IF({above}>0,0,IFERROR(MATCH({most},{ours.within},0),0))"
        text = f"IF(MAX({every})=MIN({every}),0,{first})"
        yield _mark(lists, ours, Live(text, here if uneven and not earlier else 0))
    known = [at for at, mood in enumerate(ours.values, start=1) if mood != ""]
    later = any(_numbers(of) for of in felt.after)
    below = ",".join(of.within for of in felt.after) or '""'
    last = f'SUMPRODUCT(LARGE(({ours.within}<>"")*(ROW({ours.within})-1),1))'
    end = known[-1] if known and not later else 0
    yield _mark(lists, ours, Live(f"IF(COUNT({below})>0,0,{last})", end))


def _numbers(of: Listed) -> list[float]:
    return [mood for mood in of.values if isinstance(mood, int | float)]


def _mark(lists: Lists, moods: Listed, number: Live) -> tuple[Listed, Listed]:
    at = lists.add("mark", [number])
    found = int(number.value) if isinstance(number.value, int) else 0
    x = lists.add("x", [_x(at.here(0), found)])
    mood: Shown = moods.values[found - 1] if found else OUTSIDE
    text = f"IF({at.here(0)}=0,{OUTSIDE},INDEX({moods.within},{at.here(0)}))"
    return x, lists.add("y", [Live(text, mood)])
