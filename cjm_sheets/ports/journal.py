"""Decides what is kept of what happened to pairs, until everybody who wants to know was told.

What happened is noted in volumes. A digest closes the volume that is open and tells a reader all
volumes that he was not told yet; what happens meanwhile goes into the next one.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding as it is told: its rule, the sentence ("" where there were too many), the place."""

    rule: str
    message: str
    place: str


@dataclass(frozen=True, slots=True)
class Clashed:
    """A conflict as it is told: the cell of the workbook, its row and column, both values."""

    place: str
    what: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Review:
    """A map, as people call it, and the day (ISO) on which it is to be reviewed."""

    map: str
    day: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the last look at a pair gave: findings by their marks, conflicts, reviews to come.

    A mark is the same as long as the finding is the same one; it begins with the first letter of
    the severity. Of conflicts there are the first ones only.
    """

    findings: Mapping[str, Noted] = field(default_factory=dict)
    clashes: tuple[Clashed, ...] = ()
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """What happened to a pair in a stretch of time: values moved, findings that came and went.

    `pushed` went to the shared copy, `pulled` to the workbook; findings are told by their marks.
    """

    pushed: int = 0
    pulled: int = 0
    came: frozenset[str] = frozenset()
    went: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Tell whether anything happened."""
        return bool(self.pushed or self.pulled or self.came or self.went)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is told: up to which volume, when (seconds since 1970, 0 for never), for which period.

    `period` is the first day (ISO) of the period whose digest he had, "" for none.
    """

    address: str
    told: int = 0
    at: float = 0
    period: str = ""


Note = Callable[[Known | None, News], tuple[Known, News]]
"""Gives what is known now and has happened, from what was known and noted in the volume so far."""


class Journal(Protocol):
    """What happened to the pairs of a fleet, and what its readers were told."""

    def note(self, key: str, day: int, to: Note) -> None:
        """Note what happened to a pair on a day (days since 1970)."""
        ...

    def close(self) -> int:
        """Close the volume that is open; return its number, which is higher each time."""
        ...

    def news(self, told: int, until: int, first_day: int = 0) -> Iterable[tuple[str, News]]:
        """Return what is noted, with the keys of pairs, of each pair in the order of time.

        It is that of the volumes above `told` up to `until`, from a day on.
        """
        ...

    def known(self, keys: Collection[str]) -> Mapping[str, Known]:
        """Return what the last look at some pairs gave."""
        ...

    def readers(self) -> Mapping[str, Reader]:
        """Return all readers by their addresses."""
        ...

    def meet(self, addresses: Iterable[str], period: str) -> None:
        """Keep readers whom nobody knew yet, as such that had the digest of a period."""
        ...

    def take(self, address: str, period: str, now: float, until: float) -> Reader | None:
        """Take a known reader for us until a moment.

        None if somebody else has him, or if he had the digest of the period, or of a later one.
        """
        ...

    def told(self, reader: Reader) -> None:
        """Keep what a reader of ours was told, and let others have him."""
        ...

    def leave(self, address: str) -> None:
        """Let others have a reader who was not told."""
        ...

    def forget(self, before_day: int, told: int) -> None:
        """Forget what happened before a day, as far as it is in volumes up to one."""
        ...
