"""Decides what the program asks of files that are only looked at, not read as workbooks."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Sign:
    """What tells one content of a file from another.

    `size` in bytes, -1 of a file that is not there. `changed`: nanoseconds since 1970, 0 if the
    time tells nothing. `stamp`: the hash, "" if nobody asked for it.
    """

    size: int = -1
    changed: int = 0
    stamp: str = ""


class Files(Protocol):
    """The files of a machine."""

    def sign(self, path: str) -> Sign:
        """Return what can be told of a file without reading it."""
        ...

    def stamped(self, path: str) -> Sign:
        """Return the same with the hash of all that is in it; its time only if that can be trusted.

        A time of the last moments cannot: another change in the same moment would have it, too.
        """
        ...
