"""Decides where the page keeps what is not in spreadsheets: links and history, in SQLite."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TABLES = """
begin immediate;
create table if not exists links (
    id text primary key,
    file_id text not null,
    role text not null,
    name text not null,
    hash text not null unique,
    created text not null
);
create table if not exists history (
    number integer primary key autoincrement,
    file_id text not null,
    time text not null,
    who text not null,
    entry text not null
);
create index if not exists history_of_file on history (file_id, number);
create table if not exists done (
    key text primary key,
    file_id text not null,
    answer text not null,
    number integer not null
);
commit;
"""


class Shelf:
    """The page's own database in the data folder. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._lock = threading.RLock()
        path = folder / "page.sqlite"
        self._connection = sqlite3.connect(path, check_same_thread=False)
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = normal")
        self._connection.executescript(_TABLES)

    def close(self) -> None:
        """Close the database; the shelf is of no use after that."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the database to write to; what is written is kept if the block ends well."""
        with self._lock, self._connection:
            yield self._connection

    def rows(self, query: str, *facts: object) -> list[tuple[str, ...]]:
        """Return the rows of a query."""
        with self._lock:
            return self._connection.execute(query, facts).fetchall()
