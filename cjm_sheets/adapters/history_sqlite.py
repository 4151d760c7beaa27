"""Decides how the history is kept: one SQLite file for each user, readable by that user alone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple
from datetime import datetime
from pathlib import Path
from typing import Any

from cjm_sheets.errors.machine import OwnFolderError
from cjm_sheets.model.past import Entry, Run

_FIRST = """
create table if not exists run (
    id integer primary key, began text not null, workbook text not null,
    spreadsheet text not null, finished integer not null default 0
);
create table if not exists entry (
    run integer not null references run (id), side text not null, sheet text not null,
    row text not null, field text not null, before text not null, after text not null
);
create index if not exists entry_by_row on entry (sheet, row)
"""
# Runs of the first version have neither key nor service: "" fits any. It kept what became blank as
# a blank text.
_SECOND = """
alter table run add column key text not null default '';
alter table run add column service text not null default '';
alter table run add column generation integer not null default 0;
alter table run add column who text not null default '';
alter table run add column kind text not null default 'sync';
update entry set after = 'null' where after = '""';
create index entry_by_run on entry (run);
create index run_by_spreadsheet on run (spreadsheet);
create index run_by_key on run (key)
"""
_VERSIONS = (_FIRST, _SECOND)
"""What makes each version of the file from the one before."""

_PATIENCE = 30.0  # seconds that one run waits for another one's writing
_NEW_RUN = (
    "insert into run (key, began, workbook, service, spreadsheet, generation, who, kind)"
    " values (?, ?, ?, ?, ?, ?, ?, ?)"
)
_RUN = "select id, key, began, workbook, service, spreadsheet, generation, who, kind, finished"


class SqliteHistory:
    """A diary of runs in a file that is made when it is first written to."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def be_ready(self) -> None:
        """Raise OwnFolderError if no run can be noted; the file is made if it was not there."""
        with self._open(new=True) as file:
            # The same number once more: that is written, too, and shows whether there is room.
            file.execute(f"pragma user_version = {len(_VERSIONS)}")

    def begin(self, run: Run) -> int:
        """Note what a run is about to replace; return the number of the run."""
        with self._open(new=True) as file:
            cursor = file.execute(
                _NEW_RUN,
                (
                    run.key, run.when.isoformat(), run.workbook, run.service, run.spreadsheet,
                    run.generation, run.who, run.kind,
                ),
            )  # fmt: skip
            number = cursor.lastrowid or 0
            file.executemany(
                "insert into entry values (?, ?, ?, ?, ?, ?, ?)",
                [(number, *astuple(entry)) for entry in run.entries],
            )
        return number

    def finish(self, number: int) -> None:
        """Note that a run did all it was about to do."""
        with self._open() as file:
            file.execute("update run set finished = 1 where id = ?", (number,))

    def runs(self, service: str, spreadsheet: str) -> tuple[Run, ...]:
        """Return the runs of a shared copy, oldest first."""
        return self._found("spreadsheet = ? and service in ('', ?)", spreadsheet, service)

    def find(self, name: str) -> Run | None:
        """Return the run of a number or a key, None if there is none."""
        if name.isdecimal():
            return next(iter(self._found("id = ?", int(name))), None)
        return next(iter(self._found("key = ? and key != ''", name)), None)

    def _found(self, condition: str, *facts: str | int) -> tuple[Run, ...]:
        if not self._path.exists():
            return ()
        with self._open() as file:
            asked = f"{_RUN} from run where {condition} order by id"
            rows = file.execute(asked, facts).fetchall()
            return tuple(_run(file, row) for row in rows)

    @contextmanager
    def _open(self, *, new: bool = False) -> Iterator[sqlite3.Connection]:
        """Give the file for one transaction; OwnFolderError if it cannot be used.

        `new`: it may be one that is made now, for this user alone.
        """
        try:
            if new and not self._path.exists():
                self._path.touch(mode=0o600)
            made = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)
            with closing(made) as file:
                file.execute("begin immediate")
                self._bring_up(file)
                yield file
                file.execute("commit")
        except (sqlite3.Error, OverflowError) as error:
            raise OwnFolderError(str(self._path), str(error)) from error
        except OSError as error:
            raise OwnFolderError(str(self._path), error.strerror or str(error)) from error

    def _bring_up(self, file: sqlite3.Connection) -> None:
        """Make the file what this version of the program writes."""
        (version,) = file.execute("pragma user_version").fetchone()
        if version > len(_VERSIONS):
            raise OwnFolderError(str(self._path), "a newer cjm-sheets wrote it")
        for statements in _VERSIONS[version:]:
            for statement in statements.split(";"):
                file.execute(statement)
        if version < len(_VERSIONS):
            file.execute(f"pragma user_version = {len(_VERSIONS)}")


def _run(file: sqlite3.Connection, row: tuple[Any, ...]) -> Run:
    """Return a run with its entries."""
    number, key, began, workbook, service, spreadsheet, generation, who, kind, finished = row
    entries = file.execute(
        "select side, sheet, row, field, before, after from entry where run = ? order by rowid",
        (number,),
    )
    return Run(
        key, datetime.fromisoformat(began), workbook, service, spreadsheet, generation, who, kind,
        bool(finished), tuple(Entry(*entry) for entry in entries), number,
    )  # fmt: skip
