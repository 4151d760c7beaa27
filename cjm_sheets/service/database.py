"""Decides how changes reach the disk: whole, in order, those that wait together in one step.

A change that is acknowledged outlives a kill and a power cut (``synchronous = full``). Writing so
waits for the disk; threads that come meanwhile are therefore written by the next that gets through.
"""

import json
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from cjm_sheets.service.pieces import Changes, Layout, laid_out
from cjm_sheets.service.spreadsheet import Spreadsheet

_LOCK_SECONDS = 1.0
_VERSION = 2
_FILES = """
create table if not exists files (id text primary key, file text not null, head text not null)
"""
_PARTS = """
create table if not exists parts (
    file_id text not null, number integer not null, text text not null,
    primary key (file_id, number)
) without rowid
"""
_CHANGES = """
create table if not exists changes (
    number integer primary key autoincrement,
    file_id text not null,
    time text not null,
    removed integer not null
)
"""

Step: TypeAlias = Callable[[sqlite3.Connection], None]
"""What a change does to the database, inside a transaction that others share."""


class FolderInUseError(OSError):
    """Another running service holds the data folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"Another service is running on the data folder {folder}.")


class NewerFolderError(OSError):
    """The data folder was written by a version of the service that came after this one."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"A newer version of the service has written the data folder {folder}.")


@dataclass(slots=True)
class _Waiting:
    """A change on its way; ``then`` runs once it is on the disk, before anyone reads it there."""

    step: Step
    then: Callable[[], None]
    is_done: bool = False
    error: Exception | None = None


class Database:
    """The SQLite file of a data folder, held by this process alone. Safe to use from threads.

    Raises ``FolderInUseError`` when another process has the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._connection = _opened(folder)
        self._turn = threading.Lock()
        self._queue: list[_Waiting] = []
        self._queue_lock = threading.Lock()

    def close(self) -> None:
        """Close the file; the database is of no use after that."""
        with self._turn:
            self._connection.close()

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        with self._turn:
            return self._connection.execute(query, values).fetchall()

    def change(self, step: Step, then: Callable[[], None]) -> None:
        """Carry a change out and put it on the disk, whole or not at all; raises what it raises."""
        mine = _Waiting(step, then)
        with self._queue_lock:
            self._queue.append(mine)
        with self._turn:
            if not mine.is_done:
                with self._queue_lock:
                    together, self._queue = self._queue, []
                self._commit(together)
        if mine.error is not None:
            raise mine.error

    def _commit(self, together: list[_Waiting]) -> None:
        try:
            self._connection.execute("begin immediate")
            for one in together:
                self._carry_out(one)
            self._connection.execute("commit")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.execute("rollback")
            for one in together:
                one.error = one.error or error
        for one in together:
            one.is_done = True
            if one.error is None:
                one.then()

    def _carry_out(self, one: _Waiting) -> None:
        """Run one change of several; where it fails, the others stay."""
        self._connection.execute("savepoint one")
        try:
            one.step(self._connection)
        except Exception as error:  # noqa: BLE001  whatever it is, it is raised where it belongs
            one.error = error
            if self._connection.in_transaction:  # a full disk ends the transaction by itself
                self._connection.execute("rollback to one")
        if self._connection.in_transaction:
            self._connection.execute("release one")
        else:
            raise sqlite3.OperationalError(str(one.error))


def write_parts(connection: sqlite3.Connection, file_id: str, changes: Changes) -> None:
    """Write the parts of a spreadsheet that have changed."""
    connection.executemany(
        "delete from parts where file_id = ? and number = ?",
        [(file_id, number) for number in changes.gone],
    )
    connection.executemany(
        "insert or replace into parts (file_id, number, text) values (?, ?, ?)",
        [(file_id, number, text) for number, text in changes.written.items()],
    )


def _opened(folder: Path) -> sqlite3.Connection:
    """Return the database, locked for this process: two services would undo each other's work."""
    connection = sqlite3.connect(
        folder / "service.sqlite",
        timeout=_LOCK_SECONDS,
        check_same_thread=False,
        isolation_level=None,  # transactions are begun and ended here, by name
    )
    try:
        connection.execute("pragma locking_mode = exclusive")
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        connection.execute("begin immediate")
        _prepare(connection, folder)
        connection.execute("commit")
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise FolderInUseError(folder) from error
        raise
    except NewerFolderError:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, folder: Path) -> None:
    """Make the tables; carry over what the first version stored, a spreadsheet a row."""
    version = connection.execute("pragma user_version").fetchone()[0]
    if version > _VERSION:
        raise NewerFolderError(folder)
    columns = [row[1] for row in connection.execute("pragma table_info(files)")]
    is_old = "book" in columns
    if is_old:
        connection.execute("alter table files rename to old_files")
    for table in (_FILES, _PARTS, _CHANGES):
        connection.execute(table)
    if is_old:
        _carry_over(connection)
        connection.execute("drop table old_files")
    connection.execute(f"pragma user_version = {_VERSION}")


def _carry_over(connection: sqlite3.Connection) -> None:
    rows = connection.execute("select id, file, book from old_files order by rowid")
    for file_id, file, book in rows:
        changes = laid_out(Spreadsheet.restored(json.loads(book)), Layout())
        connection.execute(
            "insert into files (id, file, head) values (?, ?, ?)",
            (file_id, file, changes.layout.head),
        )
        write_parts(connection, file_id, changes)
