"""Decides how a file that many workers share is opened: for one transaction, made if need be."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cjm_sheets.errors.machine import OwnFolderError

_PATIENCE = 30.0  # seconds that one worker waits for another one's writing
_VERSION = 1
_turn = threading.Lock()
"""Threads take turns here: SQLite would let them look again every now and then."""


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A SQLite file; `made` are the statements that make it, readable by its owner alone."""

    path: Path
    made: str

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """Give the file for one transaction; OwnFolderError if it cannot be used."""
        try:
            if not self.path.exists():
                self.path.touch(mode=0o600)
            connection = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
            with _turn, closing(connection) as file:
                _hasten(file)
                file.execute("begin immediate")
                self._bring_up(file)
                yield file
                file.execute("commit")
        except sqlite3.Error as error:
            raise OwnFolderError(str(self.path), str(error)) from error
        except OSError as error:
            raise OwnFolderError(str(self.path), error.strerror or str(error)) from error

    def _bring_up(self, file: sqlite3.Connection) -> None:
        """Make the file what this version of the program writes."""
        (version,) = file.execute("pragma user_version").fetchone()
        if version > _VERSION:
            raise OwnFolderError(str(self.path), "a newer cjm-sheets wrote it")
        if not version:
            for statement in self.made.split(";"):
                file.execute(statement)
            file.execute(f"pragma user_version = {_VERSION}")


def _hasten(file: sqlite3.Connection) -> None:
    """Let a transaction wait for no disk; a machine that breaks down forgets the last ones."""
    (mode,) = file.execute("pragma journal_mode").fetchone()
    if mode != "wal":
        # While somebody else is in the file it stays as it is: slower, and right all the same.
        with suppress(sqlite3.OperationalError):
            file.execute("pragma journal_mode = wal")
    file.execute("pragma synchronous = normal")
