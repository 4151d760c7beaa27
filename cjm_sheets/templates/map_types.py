"""Decides which tables each kind of map shows, which it keeps hidden, and in which order.

The tables in `hidden` are there because live formulas of the shown ones read them. All others
appear when they are first used.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MapType:
    """The sheets of one kind of map: those to fill first, the other ones shown, the hidden ones."""

    first: tuple[str, ...]
    then: tuple[str, ...]
    hidden: tuple[str, ...] = ()


_FRAME = ("Personas", "Stages", "Maps", "Metrics", "Changes", "Steps", "Settings")
_DEEDS = ("Opportunities", "Actions", "Highs")

MAP_TYPES: dict[str, MapType] = {
    "current": MapType(("Touchpoints", "Pains", "Evidence"), (*_DEEDS, *_FRAME)),
    "future": MapType(("Maps", "Touchpoints", "Pains"), ("Evidence", *_DEEDS, *_FRAME)),
    "day": MapType(
        ("DayMoments", "Personas", "Evidence"), (*_DEEDS, "Pains", "Touchpoints", *_FRAME)
    ),
    "empathy": MapType(
        ("Empathy", "Personas", "Evidence"),
        ("Maps", "Opportunities", "Actions", "Steps", "Settings"),
        ("Touchpoints", "Pains", "Stages"),
    ),
    "blueprint": MapType(("Touchpoints", "Blueprint", "Pains"), ("Evidence", *_DEEDS, *_FRAME)),
}  # fmt: skip


def shown(map_type: str) -> tuple[str, ...]:
    """Return the keys of the tables that a kind of map shows, in the order of their sheets.

    >>> shown("empathy")[:3]
    ('Empathy', 'Personas', 'Evidence')
    """
    of = MAP_TYPES[map_type]
    return tuple(dict.fromkeys((*of.first, *of.then)))


def tables(map_type: str) -> tuple[str, ...]:
    """Return the keys of all tables of a kind of map, the hidden ones last."""
    return (*shown(map_type), *MAP_TYPES[map_type].hidden)
