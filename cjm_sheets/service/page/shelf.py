"""Decides where the page keeps what is in no spreadsheet: links, history, answers."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
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
drop table if exists done;
create table if not exists answers (
    number integer primary key autoincrement,
    file_id text not null,
    key text not null,
    version integer not null,
    answer text not null,
    unique (file_id, key)
);
commit;
"""

_VERSION = "alter table history add column version integer not null default 0"


class Shelf:
    """The page's own database in the data folder. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._lock = threading.RLock()
        path = folder / "page.sqlite"
        self._connection = sqlite3.connect(path, check_same_thread=False)
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = normal")
        self._connection.executescript(_TABLES)
        columns = self._connection.execute("pragma table_info(history)").fetchall()
        if "version" not in {column[1] for column in columns}:
            with self._connection:  # a folder from before entries knew to which change they belong
                self._connection.execute(_VERSION)

    def void(self, version_of: Callable[[str], int | None]) -> None:
        """Forget what was written ahead of changes that never came to be, such as before a kill.

        ``version_of`` tells the version of a spreadsheet, None for one that is gone.
        """
        with self.writing() as database:
            for table in ("history", "answers"):
                query = f"select file_id, max(version) from {table} group by file_id"  # noqa: S608  our own words
                for file_id, latest in database.execute(query).fetchall():
                    known = version_of(file_id)
                    if known is None or known < latest:
                        ahead = f"delete from {table} where file_id = ? and version > ?"  # noqa: S608  same
                        database.execute(ahead, (file_id, -1 if known is None else known))

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
