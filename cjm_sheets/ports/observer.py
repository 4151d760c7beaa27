"""Decides what is told of what happens while a fleet is worked on, and how it is passed on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: its name and its facts have names that stay as they are."""

    name: str
    facts: Mapping[str, object] = field(default_factory=dict)
    level: Level = "info"


Note = Callable[[Event], None]
"""Takes note of an event; it raises nothing, and may be called by several threads."""


def silent(_: Event) -> None:
    """Take note of nothing."""
