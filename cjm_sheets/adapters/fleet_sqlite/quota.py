"""Decides how the budget of requests is kept on one machine: in a file that its processes share."""

import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cjm_sheets.adapters.fleet_sqlite.file import SharedFile
from cjm_sheets.errors.machine import OwnFolderError
from cjm_sheets.fleet.budget import (
    CALM,
    DEAD,
    LONGEST_HOLD,
    LOST,
    MINUTE,
    POLL,
    Limits,
    Payer,
    Waiting,
)
from cjm_sheets.ports.quota import COUNTING, Kind

_MADE = """
create table spent (
    id integer primary key, kind text not null, project text not null, user text not null,
    part text not null, until real not null
);
create index spent_by_kind on spent (kind, project);
create table waiting (
    id integer primary key autoincrement, kind text not null, project text not null,
    user text not null, part text not null, most integer not null, seen real not null
);
create table hold (
    kind text not null, project text not null, until real not null, step integer not null,
    primary key (kind, project)
)
"""


class SqliteQuota:
    """A budget in a file that all processes of a machine share; `spent` and `refusals` are ours."""

    waits = True

    def __init__(
        self,
        path: Path,
        payer: Payer,
        limits: dict[Kind, Limits],
        waiting: Waiting | None = None,
        counts: tuple[Counter[Kind], Counter[Kind]] | None = None,
    ) -> None:
        self._file = SharedFile(path, _MADE)
        self._payer = payer
        self._limits = limits
        self._time = waiting or Waiting(time.time, time.sleep)
        self.spent, self.refusals = counts or (Counter(), Counter())

    @contextmanager
    def passing(self, kind: Kind) -> Iterator[None]:
        """Wait until a request may leave; it is under way inside the block."""
        number = self._wait(kind)
        with COUNTING:
            self.spent[kind] += 1
        try:
            yield
        finally:
            # If that cannot be noted now, the place is kept for longer than it need be. What the
            # request brought must not be lost for it.
            with suppress(OwnFolderError), self._file.open() as file:
                until = self._time.now() + MINUTE
                file.execute("update spent set until = ? where id = ?", (until, number))

    def refused(self, kind: Kind, seconds: float | None) -> None:
        """Hold back all requests of a kind, for so many seconds if the service named a time."""
        with COUNTING:
            self.refusals[kind] += 1
        key, now = (kind, self._payer.project), self._time.now()
        with self._file.open() as file:
            asked = "select until, step from hold where kind = ? and project = ?"
            until, step = file.execute(asked, key).fetchone() or (0.0, 0)
            if until > now:
                return  # of several that left together, the first refusal spoke for all
            step = 0 if now - until > CALM else step
            length = min(LONGEST_HOLD, seconds if seconds is not None else 2.0**step)
            file.execute(
                "insert or replace into hold values (?, ?, ?, ?)",
                (*key, now + length, step + 1),
            )

    def _wait(self, kind: Kind) -> int:
        """Return the number of a place that is ours, once there is one."""
        ticket = 0
        while True:
            with self._file.open() as file:
                now = self._time.now()
                _forget(file, now)
                ticket = self._ticket(file, kind, ticket, now)
                seconds = self._seconds(file, kind, ticket, now)
                if seconds <= 0:
                    file.execute("delete from waiting where id = ?", (ticket,))
                    return self._take(file, kind, now)
            self._time.sleep(seconds)

    def _take(self, file: sqlite3.Connection, kind: Kind, now: float) -> int:
        payer = self._payer
        row = (kind, payer.project, payer.user, payer.part, now + LOST)
        asked = "insert into spent (kind, project, user, part, until) values (?, ?, ?, ?, ?)"
        return file.execute(asked, row).lastrowid or 0

    def _ticket(self, file: sqlite3.Connection, kind: Kind, ticket: int, now: float) -> int:
        """Return our number in the queue: the one that we had, a new one if we had none."""
        if ticket:
            asked = "update waiting set seen = ? where id = ?"
            if file.execute(asked, (now, ticket)).rowcount:
                return ticket
        payer, most = self._payer, self._limits[kind].part
        row = (kind, payer.project, payer.user, payer.part, most, now)
        asked = (
            "insert into waiting (kind, project, user, part, most, seen) values (?, ?, ?, ?, ?, ?)"
        )
        return file.execute(asked, row).lastrowid or 0

    def _seconds(self, file: sqlite3.Connection, kind: Kind, ticket: int, now: float) -> float:
        """Return how long to wait before the next look, 0 if there is a place for us now."""
        payer, limits = self._payer, self._limits[kind]
        asked = "select until from hold where kind = ? and project = ?"
        (held,) = file.execute(asked, (kind, payer.project)).fetchone() or (0.0,)
        if held > now:
            return min(float(held) - now, DEAD / 2)
        rows = file.execute(
            "select user, part, until from spent where kind = ? and project = ? order by until",
            (kind, payer.project),
        ).fetchall()
        mine = [row for row in rows if row[0] == payer.user]
        of_part = [row for row in mine if row[1] == payer.part] if payer.part else []
        limited = ((rows, limits.project), (mine, limits.user), (of_part, limits.part))
        # With so many places taken, this one is the next to come free.
        full = [taken[len(taken) - most][2] - now for taken, most in limited if len(taken) >= most]
        if full:
            wait = max(full)
            # Requests under way free their places at a moment that nobody knows yet.
            return min(max(wait, 0.001), DEAD / 2) if wait < MINUTE else POLL
        return POLL if self._is_behind(file, kind, ticket, Counter(row[1] for row in mine)) else 0

    def _is_behind(
        self, file: sqlite3.Connection, kind: Kind, ticket: int, parts: Counter[str]
    ) -> bool:
        """Tell whether somebody came before us who could go now, too."""
        payer = self._payer
        before = file.execute(
            "select part, most from waiting where kind = ? and project = ? and user = ? and id < ?",
            (kind, payer.project, payer.user, ticket),
        )
        return any(not part or parts[part] < most for part, most in before)


class CountingQuota(SqliteQuota):
    """The same budget for the commands of a person: they count in it, and need not wait for it.

    So the fleets of this machine leave them room. What hinders the counting hinders no command.
    """

    waits = False

    def __init__(self, path: Path, payer: Payer, waiting: Waiting | None = None) -> None:
        super().__init__(path, payer, {}, waiting)

    def refused(self, kind: Kind, seconds: float | None) -> None:
        """Hold back all requests of fleets."""
        with suppress(OwnFolderError):
            super().refused(kind, seconds)

    def _wait(self, kind: Kind) -> int:
        with suppress(OwnFolderError), self._file.open() as file:
            now = self._time.now()
            _forget(file, now)
            return self._take(file, kind, now)
        return 0


def _forget(file: sqlite3.Connection, now: float) -> None:
    """Forget requests that count no more, and those who died while they waited.

    What lies further ahead than anything can was noted before somebody put the clock back.
    """
    file.execute("delete from spent where until <= ? or until > ?", (now, now + LOST))
    file.execute("delete from waiting where seen < ? or seen > ?", (now - DEAD, now + DEAD))
    file.execute("delete from hold where until > ?", (now + LONGEST_HOLD,))
