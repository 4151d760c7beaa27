"""Decides how measurements add up from run to run, of whichever process: in a file of their own."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cjm_sheets.adapters.fleet_sqlite.file import SharedFile
from cjm_sheets.fleet.measures import Amounts, Measured

_MADE = """
create table counted (
    part text not null, name text not null, label text not null, value real not null,
    primary key (part, name, label)
);
create table stands (
    part text not null, name text not null, label text not null, value real not null,
    primary key (part, name, label)
)
"""
_COUNT = (
    "insert into counted values (?, ?, ?, ?)"
    " on conflict (part, name, label) do update set value = value + excluded.value"
)
_STAND = "insert or replace into stands values (?, ?, ?, ?)"


class SqliteTotals:
    """The measurements of a part of a fleet: what was counted so far, and how things stand."""

    def __init__(self, path: Path, part: str) -> None:
        self._file = SharedFile(path, _MADE)
        self._part = part

    @contextmanager
    def adding(self, fresh: Measured) -> Iterator[Measured]:
        """Add what a run measured and give all that is known; nobody else adds inside the block.

        Raises:
            OwnFolderError: the file cannot be used.
        """
        with self._file.open() as file:
            for asked, values in ((_COUNT, fresh.counts), (_STAND, fresh.stand)):
                rows = [(self._part, *key, float(value)) for key, value in values.items()]
                file.executemany(asked, rows)
            yield Measured(self._all(file, "counted"), self._all(file, "stands"))

    def _all(self, file: sqlite3.Connection, table: str) -> Amounts:
        asked = f"select name, label, value from {table} where part = ?"  # noqa: S608 - our own words
        rows = file.execute(asked, (self._part,))
        return {(name, label): value for name, label, value in rows}
