"""Decides how the history is kept: one SQLite file for each user, readable by that user alone."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from cjm_sheets.errors import OwnFolderError
from cjm_sheets.ports.history import Entry

_TABLES = """
create table if not exists run (
    id integer primary key, began text not null, workbook text not null,
    spreadsheet text not null, finished integer not null default 0
);
create table if not exists entry (
    run integer not null references run (id), side text not null, sheet text not null,
    row text not null, field text not null, before text not null, after text not null
);
create index if not exists entry_by_row on entry (sheet, row);
"""
_PATIENCE = 30.0  # seconds that one run waits for another one's writing


class SqliteHistory:
    """A diary of runs in a file that is made when it is first written to."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def begin(
        self, when: datetime, workbook: str, spreadsheet: str, entries: Sequence[Entry]
    ) -> int:
        """Note what a run is about to replace; return the number of the run."""
        if not self._path.exists():
            self._path.touch(mode=0o600)
        with self._open() as file:
            file.executescript(_TABLES)
            cursor = file.execute(
                "insert into run (began, workbook, spreadsheet) values (?, ?, ?)",
                (when.isoformat(), workbook, spreadsheet),
            )
            run = cursor.lastrowid or 0
            file.executemany(
                "insert into entry values (?, ?, ?, ?, ?, ?, ?)",
                [(run, e.side, e.table, e.row, e.column, e.before, e.after) for e in entries],
            )
        return run

    def finish(self, run: int) -> None:
        """Note that a run did all it was about to do."""
        with self._open() as file:
            file.execute("update run set finished = 1 where id = ?", (run,))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Give the file for one transaction; OwnFolderError if it cannot be used."""
        try:
            with closing(sqlite3.connect(self._path, timeout=_PATIENCE)) as file, file:
                yield file
        except sqlite3.Error as error:
            raise OwnFolderError(str(self._path), str(error)) from error
