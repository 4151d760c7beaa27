"""Decides what the program asks of time and chance."""

from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the moment, with its time zone."""
        ...

    def today(self) -> date:
        """Return the day on which findings and scores are judged."""
        ...


class Chance(Protocol):
    """Draws numbers that nobody can foresee."""

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to limit - 1."""
        ...
