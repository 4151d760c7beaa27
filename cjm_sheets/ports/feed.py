"""Decides what the program asks of a service that tells which spreadsheets changed."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Change:
    """A spreadsheet that changed, or went: the latest change since it was asked for.

    `version` counts changes, -1 if it is not told; it may count more than one for a write.
    `by_us`: the account that asks made the latest change.
    """

    spreadsheet: str
    version: int = -1
    by_us: bool = False


class Feed(Protocol):
    """The log of changes of all files that an account can see."""

    def start(self) -> str:
        """Return the place in the log at which changes to come begin."""
        ...

    def since(self, place: str) -> tuple[tuple[Change, ...], str]:
        """Return the changes since a place, and the place at which those to come begin.

        Raises:
            RefusedError, NotAllowedError: the account may not ask, or the place is too old.
            UnreachableError: nobody answers.
        """
        ...
