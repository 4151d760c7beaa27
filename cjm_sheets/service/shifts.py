"""Decides where rows or columns go when some are inserted, deleted or moved: indices and spans."""

from dataclasses import dataclass
from typing import Protocol

Span = tuple[int, int]


class Shift(Protocol):
    """A change of one axis of a sheet: maps old indices (zero-based) to new ones."""

    def index(self, old: int) -> int | None:
        """Return the new index of a row or column; None when it is gone."""

    def span(self, start: int, end: int) -> Span | None:
        """Return the new half-open span of an old one; None when all of it is gone."""


@dataclass(frozen=True, slots=True)
class Insertion:
    """``count`` rows or columns come in before index ``at``."""

    at: int
    count: int

    def index(self, old: int) -> int | None:
        """Return the index, pushed on when it stands at or after the place."""
        return old + self.count if old >= self.at else old

    def span(self, start: int, end: int) -> Span | None:
        """Return the span, pushed on, or stretched when the place lies inside it."""
        if self.at <= start:
            return start + self.count, end + self.count
        return (start, end + self.count) if self.at < end else (start, end)


@dataclass(frozen=True, slots=True)
class Deletion:
    """The rows or columns from ``start`` to ``end`` (excluded) go."""

    start: int
    end: int

    def index(self, old: int) -> int | None:
        """Return the index, moved up; None inside the deleted span."""
        if self.start <= old < self.end:
            return None
        return old - (self.end - self.start) if old >= self.end else old

    def span(self, start: int, end: int) -> Span | None:
        """Return what is left of the span."""
        kept_start, kept_end = self._edge(start), self._edge(end)
        return (kept_start, kept_end) if kept_start < kept_end else None

    def _edge(self, edge: int) -> int:
        if edge <= self.start:
            return edge
        return max(self.start, edge - (self.end - self.start))


@dataclass(frozen=True, slots=True)
class Move:
    """The span ``start`` to ``end`` (excluded) goes before old index ``to``."""

    start: int
    end: int
    to: int

    def index(self, old: int) -> int | None:
        """Return the new index; nothing is ever lost in a move."""
        length = self.end - self.start
        if self.start <= old < self.end:
            landing = self.to if self.to <= self.start else self.to - length
            return landing + old - self.start
        if self.end <= old < self.to:
            return old - length
        return old + length if self.to <= old < self.start else old

    def span(self, start: int, end: int) -> Span | None:
        """Return the span that follows its rows.

        A span that holds both the moved rows and their new place keeps its ends.
        """
        holds_source = start <= self.start and self.end <= end
        if holds_source and start < self.to < end and (start, end) != (self.start, self.end):
            return start, end
        first, last = self.index(start), self.index(end - 1)
        edges = sorted(edge for edge in (first, last) if edge is not None)
        return edges[0], edges[-1] + 1
