"""Decides which step stands in which column of the Map sheet, by its id or by its rank."""

from dataclasses import dataclass

from cjm_sheets.templates.live import Live
from cjm_sheets.templates.map_lists import (
    FAR,
    FIRST_LINE,
    LOOSE,
    OWN,
    TITLE,
    Listed,
    Lists,
    as_number,
    by_id,
    count_of,
    named,
    order,
    ranked,
)
from cjm_sheets.templates.map_rows import Rows
from cjm_sheets.templates.map_shape import Spine, Tier
from cjm_sheets.templates.plan import Shown


@dataclass(frozen=True, slots=True)
class Way:
    """The ranks of stages and of steps, the stage rank of each step, how many there are of both."""

    stage_ranks: Listed | None
    of_steps: Listed
    ranks: Listed
    steps: Live
    stages: Live


def way(lists: Lists, of: Spine) -> Way:
    """Add what orders the steps of the first map by their stages, wherever they were typed."""
    rows = lists.rows
    stage_ranks = _stage_ranks(lists) if of.staged else None
    steps = [_stage_of(rows, of, stage_ranks, at) for at in range(count_of(rows, of.table))]
    of_steps = lists.add(f"{of.table} stage", steps)
    keys = [of_steps]
    if of.staged:
        orders = [_or_far(order(rows, of.table, at)) for at in range(len(steps))]
        keys.append(lists.add(f"{of.table} order", orders))
    ranks = ranked(lists, f"{of.table} rank", keys)
    there = sum(as_number(rank) < FAR for rank in of_steps.values)
    counted = lists.add("steps", [Live(f"SUMPRODUCT(--({of_steps.within}<{FAR}))", there)])
    named = sum(name != "" for name in rows.column("Stages", "name")) if of.staged else 0
    stages = lists.add(
        "stages",
        [Live('(SUMPRODUCT(--(Stages[[#All],[name]]<>""))-1)' if of.staged else "0", named)],
    )
    return Way(stage_ranks, of_steps, ranks, counted.at(0), stages.at(0))


def _or_far(of: Live) -> Live:
    return Live(f"IFERROR({of.formula},{FAR})", of.value)


def _stage_ranks(lists: Lists) -> Listed:
    rows = lists.rows
    count = count_of(rows, "Stages")
    maps = lists.add("Stages map", [named(rows, ("Stages", "map"), "Maps", at)
                                    for at in range(count)])  # fmt: skip
    orders = [_or_far(order(rows, "Stages", at)) for at in range(count)]
    ordered = lists.add("Stages order", orders)
    plain = ranked(lists, "Stages place", [ordered])
    ranks = []
    for at in range(count):
        other = as_number(maps.values[at]) > FIRST_LINE
        text = f"IF({maps.here(at)}>{FIRST_LINE},{FAR},{plain.here(at)})"
        ranks.append(Live(text, FAR if other else plain.values[at]))
    return lists.add("Stages rank", ranks)


def _stage_of(rows: Rows, of: Spine, stages: Listed | None, at: int) -> Live:
    """Return the rank of a step's stage: LOOSE without one, FAR if it is not on the map."""
    name = f"INDEX({of.table}[[#All],[{of.name}]],{OWN})"
    there = rows.value(of.table, of.name, at + 2) != ""
    rank = Live(f"{LOOSE}", LOOSE)
    if stages is not None:
        place = named(rows, (of.table, "stage"), "Stages", at)
        index = as_number(place.value) - 2
        known = stages.values[int(index)] if index >= 0 else LOOSE
        text = f"IF({place.formula}=0,{LOOSE},INDEX({stages.within},{place.formula}-1))"
        rank = Live(text, known)
    return Live(f'IFERROR(IF({name}="",{FAR},{rank.formula}),{FAR})', rank.value if there else FAR)


def places(lists: Lists, of: Spine, tier: Tier, by: Way | None) -> Listed:
    """Add the place of each column's step: by its id, or in a growing tier by its rank."""
    rows, cells = lists.rows, []
    for index, step in enumerate(tier.steps):
        if by is not None:
            cells.append(_ranked(by, tier.start + index + 1))
        elif step is None:
            cells.append(Live('""', ""))
        else:
            cells.append(by_id(rows, of.table, step))
    return lists.add("place", cells)


def _ranked(by: Way, n: int) -> Live:
    steps = [at for at, rank in enumerate(by.ranks.values) if rank == n]
    known: Shown = steps[0] + 2 if n <= as_number(by.steps.value) else ""
    here = by.steps.formula.removeprefix(f"{TITLE}!")
    return Live(f'IF({n}>{here},"",MATCH({n},{by.ranks.within},0)+1)', known)


def stage_numbers(lists: Lists, tier: Tier, by: Way, at_steps: Listed) -> Listed:
    """Add which stage each column of a growing tier belongs to, counted from 1, "" for none.

    While there is no step at all the stages are spread over the tier, to show what waits.
    """
    steps, stages = (of.formula.removeprefix(f"{TITLE}!") for of in (by.steps, by.stages))
    cells = []
    for index in range(len(tier.steps)):
        place = at_steps.here(index)
        rank = f'IF({place}="","",INDEX({by.of_steps.within},{place}-1))'
        known = at_steps.values[index]
        number = by.of_steps.values[int(known) - 2] if isinstance(known, int) else ""
        if not tier.start:
            spread = f"INT({index}*{stages}/{len(tier.steps)})+1"
            rank = f'IF({steps}>0,{rank},IF({stages}>0,{spread},""))'
            count = int(as_number(by.stages.value))
            if not by.steps.value:
                number = index * count // len(tier.steps) + 1 if count else ""
        cells.append(Live(rank, number))
    return lists.add("stage", cells)
