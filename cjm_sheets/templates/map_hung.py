"""Decides which pains, highs, ideas and other rows hang on which step of the Map sheet."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cjm_sheets.templates.live import Live
from cjm_sheets.templates.map_lists import (
    FAR,
    OWN,
    Listed,
    Lists,
    as_number,
    count_of,
    named,
    ranked,
)
from cjm_sheets.templates.map_rows import Rows, text_of
from cjm_sheets.templates.plan import Shown

_DECIMALS = 6
"""Scores alike in so many decimals are ties."""

_PARTS = 10.0**_DECIMALS


@dataclass(frozen=True, slots=True)
class Hung:
    """Rows that hang on steps: the place of each row's step, and the order at one step."""

    table: str
    key: str
    homes: Listed
    ranks: Listed

    def most(self, places: Sequence[Shown]) -> int:
        """Return how many rows hang on the step on which most do."""
        return max((len(self.at(place)) for place in places), default=0)

    def at(self, place: Shown) -> list[int]:
        """Return the rows from 0 that hang on the step at a place, in their order."""
        found = [at for at, home in enumerate(self.homes.values) if place and home == place]
        return sorted(found, key=lambda at: as_number(self.ranks.values[at]))


def nth(lists: Lists, of: Hung, places: Listed, n: int) -> Listed:
    """Add the place of the n-th row, from 1, that hangs on each step."""
    cells = []
    for index, known in enumerate(places.values):
        here, found = places.here(index), of.at(known)
        key = f"SUMPRODUCT(LARGE(({of.homes.within}={here})*({FAR}-{of.ranks.within}),{n}))"
        row = f'IF({key}>0,MATCH({FAR}-{key},{of.ranks.within},0)+1,"")'
        value: Shown = found[n - 1] + 2 if n <= len(found) else ""
        cells.append(Live(f'IF({here}="","",{row})', value))
    return lists.add(f"{of.table} {n}", cells)


def more(lists: Lists, of: Hung, places: Listed, shown: int) -> Listed:
    """Add how many rows hang on each step beyond those that are shown."""
    cells = []
    for index, known in enumerate(places.values):
        here = places.here(index)
        count = f"SUMPRODUCT(--({of.homes.within}={here}))-{shown}"
        value = max(0, len(of.at(known)) - shown)
        cells.append(Live(f'IF({here}="",0,MAX(0,{count}))', value))
    return lists.add(f"{of.table} more", cells)


def hung(lists: Lists, table: str, key: str) -> Hung:
    """Add the rows of a table that name a touchpoint, in the order of their lines."""
    homes = lists.add(f"{table} step", list(_homes(lists.rows, table, key)))
    lines = [Live("", at + 1) for at in range(len(homes.values))]
    return Hung(table, key, homes, lists.add(f"{table} line", lines))


def _homes(rows: Rows, table: str, key: str) -> Iterator[Live]:
    """Yield the place of each row's touchpoint, 0 for a row without words."""
    for at in range(count_of(rows, table)):
        cell = f"INDEX({table}[[#All],[{key}]],{OWN})"
        step = named(rows, (table, "touchpoint"), "Touchpoints", at)
        there = rows.value(table, key, at + 2) != ""
        text = f'IFERROR(IF({cell}="",0,{step.formula}),0)'
        yield Live(text, step.value if there else 0)


def pains(lists: Lists) -> Hung:
    """Add the pains, the worst first, those without a score last."""
    rows = lists.rows
    homes = lists.add("Pains step", list(_homes(rows, "Pains", "pain")))
    lacks = [_lack(rows, at) for at in range(len(homes.values))]
    ranks = ranked(lists, "Pains rank", [lists.add("Pains lack", lacks)])
    return Hung("Pains", "pain", homes, ranks)


def _lack(rows: Rows, at: int) -> Live:
    """Return what a pain's score lacks to 100; more than that where it has none."""
    score = rows.value("Pains", "evidenced", at + 2)
    known = 100 - _rounded(score) if isinstance(score, int | float) else FAR
    cell = f"INDEX(Pains[[#All],[evidenced]],{OWN})"
    text = f"IF(ISNUMBER({cell}),100-ROUND({cell},{_DECIMALS}),{FAR})"
    return Live(f"IFERROR({text},{FAR})", known)


def _rounded(score: float) -> float:
    """Round as a spreadsheet does: halves away from zero."""
    return math.floor(score * _PARTS + 0.5) / _PARTS


def ideas(lists: Lists, of: Hung) -> Hung:
    """Add the ideas at the step of the worst pain that each of them would relieve."""
    rows = lists.rows
    known_ids = [text_of(value).upper() for value in rows.column("Pains", "id")]
    known_ids += [""] * (len(of.homes.values) - len(known_ids))
    id_cells = [
        Live(f'IFERROR(UPPER(INDEX(Pains[[#All],[id]],{OWN})&""),"")', id_) for id_ in known_ids
    ]
    ids = lists.add("Pains id", id_cells)
    homes = [_home(rows, of, ids, at) for at in range(count_of(rows, "Opportunities"))]
    listed = lists.add("Opportunities step", homes)
    lines = [Live("", at + 1) for at in range(len(homes))]
    ranks = lists.add("Opportunities line", lines)
    return Hung("Opportunities", "opportunity", listed, ranks)


def _home(rows: Rows, of: Hung, ids: Listed, at: int) -> Live:
    """Return the place of the step on which an idea hangs, 0 if it hangs on none."""
    cell = f"INDEX(Opportunities[[#All],[pains_list]],{at + 2})"
    words = f"INDEX(Opportunities[[#All],[opportunity]],{OWN})"
    found = f'ISNUMBER(FIND(" "&{ids.within}&" ",{cell}))*({ids.within}<>"")*({of.homes.within}>0)'
    best = f"SUMPRODUCT(LARGE({found}*({FAR}-{of.ranks.within}),1))"
    step = f"INDEX({of.homes.within},MATCH({FAR}-{best},{of.ranks.within},0))"
    text = f'IFERROR(IF({words}="",0,IF({best}>0,{step},0)),0)'
    if rows.value("Opportunities", "opportunity", at + 2) == "":
        return Live(text, 0)
    named = text_of(rows.value("Opportunities", "pains_list", at + 2))
    here = [
        (as_number(of.ranks.values[row]), home)
        for row, (id_, home) in enumerate(zip(ids.values, of.homes.values, strict=True))
        if id_ and home and f" {id_} " in named
    ]
    return Live(text, min(here)[1] if here else 0)
