"""Decides what the program asks of the place where drawings lie that it keeps up to date."""

from typing import Protocol


class Drawings(Protocol):
    """Files that only the program makes."""

    def read(self, path: str) -> bytes | None:
        """Return what a file holds, None if there is none.

        Raises:
            FileNotReadableError, IsAFolderError
        """
        ...

    def write(self, path: str, content: bytes) -> None:
        """Put a file there, whole or not at all, in place of an older one.

        Raises:
            CannotReplaceError: the folder or the disk does not take it.
        """
        ...
