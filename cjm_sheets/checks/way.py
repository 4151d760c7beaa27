"""Decides which steps of a map the rules may judge, and from when on a map has enough of them."""

from collections.abc import Container

from cjm_sheets.model.by_map import NO_WAY, MapRows
from cjm_sheets.model.journey import Stage, Touchpoint

_BEGUN = 3
"""Named touchpoints from which on a map is a way, and no longer its first rows typed on trial."""


def steps(of: MapRows, without: Container[str] = NO_WAY) -> tuple[Touchpoint, ...]:
    """Return the touchpoints of a map that have a name, in the order of the way.

    None if there are too few to judge, or if the map has one of the types in `without`.
    """
    named = tuple(row for row in of.touchpoints if row.name)
    return named if len(named) >= _BEGUN and of.row.type not in without else ()


def stages_with_steps(of: MapRows) -> tuple[tuple[Stage, tuple[Touchpoint, ...]], ...]:
    """Return the stages of a journey that have named touchpoints, each with these."""
    found: dict[str, list[Touchpoint]] = {}
    for step in steps(of):
        found.setdefault(step.stage, []).append(step)
    return tuple((row, tuple(found[row.id])) for row in of.stages if row.id in found)
