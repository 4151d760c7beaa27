"""Decides when a request may leave, so that all who share a budget stay within it, in turn.

Google counts requests as they arrive, by the minute, and does not say when a minute begins. Here a
request takes its place from the moment it leaves until a minute after its answer came: whatever
sixty seconds Google looks at, no more have arrived in them. Who asks first goes first, of whichever
process; and where Google says that it was too much all the same, everybody holds back.
"""

import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cjm_sheets.adapters.fleet_sqlite.file import SharedFile
from cjm_sheets.ports.quota import Kind

_MINUTE = 60.1  # seconds; the clocks of two machines do not run quite alike
_LOST = 200.0  # seconds after which a request whose sender died has surely arrived and is forgotten
_POLL = 0.25  # seconds after which somebody who waits looks again, whatever was expected
_DEAD = 5.0  # seconds after which somebody who waits and did not look again is taken for dead
_LONGEST_HOLD = 64.0
_CALM = 120.0  # seconds without a refusal after which the next hold is a short one again
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


_counting = threading.Lock()
"""Threads count into the same numbers."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Requests a minute of a kind: of the project, of a user, and of one part of what is asked."""

    project: int
    user: int
    part: int


@dataclass(frozen=True, slots=True)
class Payer:
    """Who asks: the project and the account as Google counts them, and for which part of a fleet.

    A `part` is a group of pairs that has a share of its own.
    """

    project: str
    user: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Where time comes from, and how one waits; tests have a time of their own."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


class SqliteQuota:
    """A budget in a file that all processes of a machine share; `spent` and `refusals` are ours."""

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
        self._time = waiting or Waiting()
        self.spent, self.refusals = counts or (Counter(), Counter())

    @contextmanager
    def passing(self, kind: Kind) -> Iterator[None]:
        """Wait until a request may leave; it is under way inside the block."""
        number = self._wait(kind)
        with _counting:
            self.spent[kind] += 1
        try:
            yield
        finally:
            with self._file.open() as file:
                until = self._time.now() + _MINUTE
                file.execute("update spent set until = ? where id = ?", (until, number))

    def refused(self, kind: Kind, seconds: float | None) -> None:
        """Hold back all requests of a kind, for so many seconds if the service named a time."""
        with _counting:
            self.refusals[kind] += 1
        key, now = (kind, self._payer.project), self._time.now()
        with self._file.open() as file:
            asked = "select until, step from hold where kind = ? and project = ?"
            until, step = file.execute(asked, key).fetchone() or (0.0, 0)
            if until > now:
                return  # of several that left together, the first refusal spoke for all
            step = 0 if now - until > _CALM else step
            length = min(_LONGEST_HOLD, seconds if seconds is not None else 2.0**step)
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
        row = (kind, payer.project, payer.user, payer.part, now + _LOST)
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
            return min(float(held) - now, _DEAD / 2)
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
            return min(max(wait, 0.001), _DEAD / 2) if wait < _MINUTE else _POLL
        return _POLL if self._is_behind(file, kind, ticket, Counter(row[1] for row in mine)) else 0

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


def _forget(file: sqlite3.Connection, now: float) -> None:
    """Forget requests that count no more, and those who died while they waited.

    What lies further ahead than anything can was noted before somebody put the clock back.
    """
    file.execute("delete from spent where until <= ? or until > ?", (now, now + _LOST))
    file.execute("delete from waiting where seen < ? or seen > ?", (now - _DEAD, now + _DEAD))
    file.execute("delete from hold where until > ?", (now + _LONGEST_HOLD,))
