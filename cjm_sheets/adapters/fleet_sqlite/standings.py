"""Decides how the standings of a fleet are kept: one SQLite file, which many workers may share."""

import sqlite3
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

from cjm_sheets.adapters.fleet_sqlite.file import SharedFile
from cjm_sheets.ports.feed import Change
from cjm_sheets.ports.files import Sign
from cjm_sheets.ports.standings import Health, Hear, Standing

_MADE = """
create table pair (
    key text primary key, service text not null, spreadsheet text not null,
    size integer not null, changed integer not null, stamp text not null,
    news integer not null, heard integer not null,
    version integer not null, own integer not null,
    synced real not null, tried real not null, failures integer not null,
    failed_size integer not null, failed_changed integer not null, failed_stamp text not null,
    said text not null, waits integer not null,
    generation integer not null, conflicts integer not null, errors integer not null,
    warnings integer not null, infos integer not null, grade text not null, review text not null,
    owner text not null default '', claimed_until real not null default 0
);
create index pair_by_spreadsheet on pair (service, spreadsheet);
create table feed (service text primary key, place text not null)
"""
_COLUMNS = (
    "key, service, spreadsheet, size, changed, stamp, news, heard, version, own, synced, tried,"
    " failures, failed_size, failed_changed, failed_stamp, said, waits,"
    " generation, conflicts, errors, warnings, infos, grade, review"
)
_NEW = f"insert or ignore into pair ({_COLUMNS}) values ({', '.join(['?'] * 25)})"  # noqa: S608 - our own words
_ALL = f"select {_COLUMNS} from pair"  # noqa: S608 - the same
_CLAIM = (
    "update pair set owner = ?, claimed_until = ?"
    " where key = ? and (claimed_until <= ? or owner = '')"
)
_PUT_BACK = (
    "update pair set service = ?, spreadsheet = ?, size = ?, changed = ?, stamp = ?, heard = ?,"
    " own = ?, version = ?, synced = ?, tried = ?, failures = ?, failed_size = ?,"
    " failed_changed = ?, failed_stamp = ?, said = ?, waits = ?, generation = ?, conflicts = ?,"
    " errors = ?, warnings = ?, infos = ?, grade = ?, review = ?, owner = '', claimed_until = 0"
    " where key = ? and owner = ?"
)
_HEARD = "update pair set news = ?, version = ?, own = ? where key = ?"


class SqliteStandings:
    """Standings in a file that is made when it is first used; `owner` names who claims with it."""

    def __init__(self, path: Path, owner: str) -> None:
        self._file = SharedFile(path, _MADE)
        self._owner = owner

    def all(self) -> dict[str, Standing]:
        """Return all standings by the keys of their pairs."""
        with self._file.open() as file:
            return {row[0]: _standing(row) for row in file.execute(_ALL)}

    def claim(self, key: str, now: float, until: float) -> Standing | None:
        """Take a pair for us until a moment; None if somebody else has it."""
        with self._file.open() as file:
            file.execute(_NEW, _row(Standing(key)))
            taken = file.execute(_CLAIM, (self._owner, until, key, now))
            if not taken.rowcount:
                return None
            return _standing(file.execute(f"{_ALL} where key = ?", (key,)).fetchone())

    def renew(self, until: float) -> None:
        """Keep all pairs that are ours until a later moment."""
        with self._file.open() as file:
            asked = "update pair set claimed_until = ? where owner = ?"
            file.execute(asked, (until, self._owner))

    def put_back(self, standing: Standing) -> None:
        """Keep how a pair of ours stands now, and let others have it."""
        key, service, spreadsheet, size, changed, stamp, _news, heard, *rest = _row(standing)
        version, own, *rest = rest
        with self._file.open() as file:
            before = file.execute(f"{_ALL} where key = ?", (key,)).fetchone()
            if before is None:
                return
            now = _standing(before)
            if (now.service, now.spreadsheet) == (service, spreadsheet):
                # The feed may have told of the shared copy while the pair was worked on.
                moved = now.version != standing.version
                version, own = now.version, 0 if moved else own
            file.execute(
                _PUT_BACK,
                (
                    service, spreadsheet, size, changed, stamp, heard, own, version, *rest,
                    key, self._owner,
                ),
            )  # fmt: skip

    def look_again(self, key: str, agreed: Sign) -> None:
        """Keep another sign of the same content of a workbook."""
        with self._file.open() as file:
            asked = "update pair set size = ?, changed = ? where key = ? and stamp = ?"
            file.execute(asked, (agreed.size, agreed.changed, key, agreed.stamp))

    def place(self, service: str) -> str:
        """Return the place in the feed of a service that is to be read next, "" for none."""
        with self._file.open() as file:
            return _place(file, service)

    def begin(self, service: str, place: str) -> None:
        """Keep a first place in the feed of a service, unless there is one."""
        with self._file.open() as file:
            file.execute("insert or ignore into feed values (?, ?)", (service, place))

    def tell(self, service: str, places: tuple[str, str], told: Sequence[Change], to: Hear) -> None:
        """Pass on what the feed told between two places, unless somebody did already."""
        before, after = places
        if before == after and not told:
            return
        with self._file.open() as file:
            if _place(file, service) != before:
                return
            for change in told:
                asked = f"{_ALL} where service = ? and spreadsheet = ?"
                for row in file.execute(asked, (service, change.spreadsheet)).fetchall():
                    now = to(_standing(row), change)
                    file.execute(_HEARD, (now.news, now.version, now.own, now.key))
            file.execute("update feed set place = ? where service = ?", (after, service))

    def lose_place(self, service: str) -> None:
        """Forget the place in a feed, which nobody can go on from; all its pairs have news."""
        with self._file.open() as file:
            file.execute("delete from feed where service = ?", (service,))
            asked = "update pair set news = news + 1, own = 0, version = -1 where service = ?"
            file.execute(asked, (service,))


def _place(file: sqlite3.Connection, service: str) -> str:
    row = file.execute("select place from feed where service = ?", (service,)).fetchone()
    return str(row[0]) if row else ""


def _row(of: Standing) -> tuple[Any, ...]:
    """Return a standing as it lies in the file, in the order of its columns."""
    return (
        of.key, of.service, of.spreadsheet, *astuple(of.agreed), of.news, of.heard,
        of.version, of.own, of.synced, of.tried, of.failures, *astuple(of.failed),
        of.said, of.waits, *astuple(of.health),
    )  # fmt: skip


def _standing(row: Sequence[Any]) -> Standing:
    """Return a standing from its row."""
    key, service, spreadsheet, size, changed, stamp, *rest = row
    news, heard, version, own, synced, tried, failures, *rest = rest
    failed, said, waits, health = rest[:3], rest[3], rest[4], rest[5:]
    return Standing(
        key, service, spreadsheet, Sign(size, changed, stamp), news, heard, version, own, synced,
        tried, failures, Sign(*failed), said, bool(waits), Health(*health),
    )  # fmt: skip
