"""Decides where tests keep what workers share: in SQLite files, and in Redis; both do the same."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cjm_sheets.adapters.fleet_redis.journal import RedisJournal
from cjm_sheets.adapters.fleet_redis.quota import RedisQuota
from cjm_sheets.adapters.fleet_redis.server import RedisServer
from cjm_sheets.adapters.fleet_redis.standings import RedisStandings
from cjm_sheets.adapters.fleet_sqlite.journal import SqliteJournal
from cjm_sheets.adapters.fleet_sqlite.quota import SqliteQuota
from cjm_sheets.adapters.fleet_sqlite.standings import SqliteStandings
from cjm_sheets.fleet.budget import Limits, Payer, Waiting
from cjm_sheets.ports.quota import Kind

Budgeted = SqliteQuota | RedisQuota
Counts = tuple[Counter[Kind], Counter[Kind]]


@dataclass(frozen=True)
class Shared:
    """A folder, or the address of a server; it crosses to other processes as it is."""

    place: str

    @property
    def is_redis(self) -> bool:
        return self.place.startswith("redis://")

    def quota(
        self,
        payer: Payer,
        limits: dict[Kind, Limits],
        waiting: Waiting | None = None,
        counts: Counts | None = None,
    ) -> Budgeted:
        if self.is_redis:
            return RedisQuota(_server(self.place), payer, limits, waiting, counts)
        file = Path(self.place) / "quota.sqlite"
        return SqliteQuota(file, payer, limits, waiting, counts)

    def standings(self, owner: str = "me") -> SqliteStandings | RedisStandings:
        if self.is_redis:
            return RedisStandings(_server(self.place), "maps", owner)
        return SqliteStandings(Path(self.place) / "fleet.sqlite", owner)

    def journal(self, owner: str = "me") -> SqliteJournal | RedisJournal:
        if self.is_redis:
            return RedisJournal(_server(self.place), "maps", owner)
        return SqliteJournal(Path(self.place) / "journal.sqlite", owner)


_servers: dict[str, RedisServer] = {}


def _server(place: str) -> RedisServer:
    return _servers.setdefault(place, RedisServer(place))


@contextmanager
def letting_go() -> Iterator[None]:
    """Close all connections at the end."""
    yield
    for server in _servers.values():
        server.close()
    _servers.clear()
