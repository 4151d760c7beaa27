"""Decides how it is kept on one machine what happened to pairs, and who was told: in a SQLite file.

It is a file of its own beside the standings, which older programs go on sharing.
"""

import sqlite3
from collections.abc import Collection, Iterable
from pathlib import Path

from cjm_sheets.adapters.fleet_sqlite.file import SharedFile
from cjm_sheets.fleet.news import known_of, known_text, news_of, news_text
from cjm_sheets.ports.journal import Known, News, Note, Reader

_MADE = """
create table volume (number integer not null);
insert into volume values (1);
create table known (key text primary key, content text not null);
create table news (
    day integer not null, volume integer not null, key text not null, content text not null,
    primary key (day, volume, key)
) without rowid;
create index news_by_volume on news (volume);
create table reader (
    address text primary key, told integer not null, at real not null, period text not null,
    owner text not null default '', claimed_until real not null default 0
)
"""
_NEWS = (
    "select key, content from news where volume > ? and volume <= ? and day >= ?"
    " order by volume, day"
)
_TAKE = (
    "update reader set owner = ?, claimed_until = ?"
    " where address = ? and period < ? and (claimed_until <= ? or owner = '')"
)
_TOLD = (
    "update reader set told = max(told, ?), at = max(at, ?), period = max(period, ?)"
    " where address = ?"
)
_LEAVE = "update reader set owner = '', claimed_until = 0 where address = ? and owner = ?"


class SqliteJournal:
    """A journal in a file that is made when it is first used; `owner` names who takes readers."""

    def __init__(self, path: Path, owner: str) -> None:
        self._file = SharedFile(path, _MADE)
        self._owner = owner

    def note(self, key: str, day: int, to: Note) -> None:
        """Note what happened to a pair on a day (days since 1970)."""
        with self._file.open() as file:
            volume = _volume(file)
            text = _one(file, "select content from known where key = ?", key)
            place = (day, volume, key)
            asked = "select content from news where day = ? and volume = ? and key = ?"
            so_far = _one(file, asked, *place)
            known, news = to(known_of(text) if text else None, news_of(so_far))
            if (now := known_text(known)) != text:
                file.execute("insert or replace into known values (?, ?)", (key, now))
            if news != news_of(so_far):
                row = (*place, news_text(news))
                file.execute("insert or replace into news values (?, ?, ?, ?)", row)

    def close(self) -> int:
        """Close the volume that is open; return its number, which is higher each time."""
        with self._file.open() as file:
            number = _volume(file)
            file.execute("update volume set number = number + 1")
            return number

    def news(self, told: int, until: int, first_day: int = 0) -> Iterable[tuple[str, News]]:
        """Return what is noted in some volumes from a day on, in the order of time."""
        with self._file.open() as file:
            rows = file.execute(_NEWS, (told, until, first_day)).fetchall()
        return [(key, news_of(content)) for key, content in rows]

    def known(self, keys: Collection[str]) -> dict[str, Known]:
        """Return what the last look at some pairs gave."""
        asked = "select content from known where key = ?"
        with self._file.open() as file:
            found = {key: _one(file, asked, key) for key in keys}
        return {key: known_of(text) for key, text in found.items() if text}

    def readers(self) -> dict[str, Reader]:
        """Return all readers by their addresses."""
        with self._file.open() as file:
            rows = file.execute("select address, told, at, period from reader").fetchall()
        return {row[0]: Reader(*row) for row in rows}

    def meet(self, addresses: Iterable[str], period: str) -> None:
        """Keep readers whom nobody knew yet, as such that had the digest of a period."""
        with self._file.open() as file:
            asked = "insert or ignore into reader (address, told, at, period) values (?, 0, 0, ?)"
            file.executemany(asked, [(address, period) for address in addresses])

    def take(self, address: str, period: str, now: float, until: float) -> Reader | None:
        """Take a reader until a moment; None if somebody has him, or he had the digest."""
        with self._file.open() as file:
            words = (self._owner, until, address, period, now)
            if not file.execute(_TAKE, words).rowcount:
                return None
            asked = "select address, told, at, period from reader where address = ?"
            return Reader(*file.execute(asked, (address,)).fetchone())

    def told(self, reader: Reader) -> None:
        """Keep what a reader of ours was told, and let others have him."""
        with self._file.open() as file:
            file.execute(_TOLD, (reader.told, reader.at, reader.period, reader.address))
            file.execute(_LEAVE, (reader.address, self._owner))

    def leave(self, address: str) -> None:
        """Let others have a reader who was not told."""
        with self._file.open() as file:
            file.execute(_LEAVE, (address, self._owner))

    def forget(self, before_day: int, told: int) -> None:
        """Forget what happened before a day, as far as it is in volumes up to one."""
        with self._file.open() as file:
            file.execute("delete from news where day < ? and volume <= ?", (before_day, told))


def _volume(file: sqlite3.Connection) -> int:
    return int(file.execute("select number from volume").fetchone()[0])


def _one(file: sqlite3.Connection, asked: str, *words: object) -> str | None:
    row = file.execute(asked, words).fetchone()
    return str(row[0]) if row else None
