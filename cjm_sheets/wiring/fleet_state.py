"""Decides where all who work on a fleet keep what they share, and the budget they ask within."""

import os
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cjm_sheets.ports.heard_quota import HeardQuota
from cjm_sheets.ports.observer import Note, silent
from cjm_sheets.ports.quota import COUNTING, KINDS, Used
from cjm_sheets.wiring.service import LOCAL
from cjm_sheets.wiring.shared_copies import QUOTA_FILE, Sharing

if TYPE_CHECKING:
    from cjm_sheets.adapters.gsheets.transport import Endpoint, Transport
    from cjm_sheets.fleet.budget import Limits, Payer
    from cjm_sheets.fleet.settings import Entry, Fleet
    from cjm_sheets.ports.journal import Journal
    from cjm_sheets.ports.quota import Kind, Quota
    from cjm_sheets.ports.standings import Standings
    from cjm_sheets.usecases.sync_map import Link

Counts = tuple["Counter[Kind]", "Counter[Kind]"]


@dataclass(frozen=True, slots=True)
class SharedState:
    """What all share who work on a fleet: standings, a journal, the budget, the time they go by."""

    standings: "Standings"
    journal: "Journal"
    now: Callable[[], float]
    quota: "Callable[[Payer, dict[Kind, Limits], Counts], Quota]"


def shared_state(
    fleet: "Fleet", file: str, home: Path, folder: Path, running: ExitStack
) -> "SharedState":
    """Return what is shared: by the processes of this machine, or by many machines over Redis.

    Raises:
        NoRedisNamedError, NoRedisError, NotInstalledError
    """
    from cjm_sheets.errors.fleet import NoRedisNamedError
    from cjm_sheets.errors.machine import NotInstalledError

    owner = secrets.token_hex(8)
    if not fleet.redis:
        from cjm_sheets.adapters.fleet_sqlite.journal import SqliteJournal
        from cjm_sheets.adapters.fleet_sqlite.quota import SqliteQuota
        from cjm_sheets.adapters.fleet_sqlite.standings import SqliteStandings

        quota_file = home / QUOTA_FILE
        return SharedState(
            SqliteStandings(folder / "fleet.sqlite", owner),
            SqliteJournal(folder / "journal.sqlite", owner),
            time.time,
            lambda payer, limits, counts: SqliteQuota(quota_file, payer, limits, counts=counts),
        )
    address = os.environ.get("CJM_SHEETS_REDIS", "")
    if not address:
        raise NoRedisNamedError(file)
    try:
        from cjm_sheets.adapters.fleet_redis.journal import RedisJournal
        from cjm_sheets.adapters.fleet_redis.quota import RedisQuota
        from cjm_sheets.adapters.fleet_redis.server import RedisServer
        from cjm_sheets.adapters.fleet_redis.standings import RedisStandings
    except ModuleNotFoundError as missing:
        raise NotInstalledError("redis") from missing
    server = RedisServer(address)
    running.callback(server.close)
    return SharedState(
        RedisStandings(server, fleet.redis, owner),
        RedisJournal(server, fleet.redis, owner),
        server.now,
        lambda payer, limits, counts: RedisQuota(server, payer, limits, counts=counts),
    )


_NO_LIMIT = 10**9


@dataclass
class Metered(Sharing):
    """Opens shared copies for many pairs at once, within the budget of whoever is asked with.

    Credentials are looked up once for each service, so that a token serves all pairs.
    """

    quota: "Callable[[Payer, dict[Kind, Limits], Counts], Quota]"
    fleet: "Fleet"
    entry: "Entry | None" = None
    spent: "Counter[Kind]" = field(default_factory=Counter)
    refused: "Counter[Kind]" = field(default_factory=Counter)
    weighed: Counter[str] = field(default_factory=Counter)
    note: Note = silent
    endpoints: "dict[str, Endpoint]" = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def part(self, entry: "Entry") -> "Metered":
        """Return the same for the pairs of an entry, which may have a share of its own."""
        return replace(self, entry=entry)

    def transport(self, link: "Link") -> "Transport":
        """Return a way on which no request leaves that the budget does not let pass."""
        from cjm_sheets.adapters.gsheets.payer import payer
        from cjm_sheets.adapters.gsheets.transport import Transport
        from cjm_sheets.fleet.budget import Payer

        endpoint = self.endpoint(link)
        part = self.entry.workbook if self.entry and self.entry.wish.quota_share < 1 else ""
        paying = Payer(*payer(endpoint), part)
        counts = (self.spent, self.refused)
        quota = self.quota(paying, self._limits(link.service), counts)
        return Transport(endpoint, HeardQuota(quota, self.note), self._weigh)

    def endpoint(self, link: "Link") -> "Endpoint":
        """Return the service that a link names, signed in once for all."""
        with self.lock:
            if link.service not in self.endpoints:
                self.endpoints[link.service] = super().endpoint(link)
            return self.endpoints[link.service]

    def secrets(self) -> set[str]:
        """Return what services were asked with so far, which nobody is to read anywhere."""
        with self.lock:
            known = list(self.endpoints.values())
        tokens = {each.token for each in known}
        return tokens | {str(getattr(each.credentials, "token", None) or "") for each in known}

    def taken(self) -> Used:
        """Return what was counted since this was asked last."""
        with COUNTING:
            used = Used(
                dict(self.spent), dict(self.refused), self.weighed["sent"], self.weighed["received"]
            )
            for counts in (self.spent, self.refused, self.weighed):
                counts.clear()
        return used

    def add(self, used: Used) -> None:
        """Count what another machine was asked for."""
        with COUNTING:
            self.spent.update(used.spent)
            self.refused.update(used.refused)
            self.weighed.update(sent=used.sent, received=used.received)

    def _weigh(self, sent: int, received: int) -> None:
        with COUNTING:
            self.weighed.update(sent=sent, received=received)

    def _limits(self, service: str) -> "dict[Kind, Limits]":
        """Return how much may be asked of a service; ours on this machine bears anything."""
        from cjm_sheets.fleet.budget import Limits
        from cjm_sheets.fleet.cost import limits_of

        if service == LOCAL:
            return dict.fromkeys(KINDS, Limits(_NO_LIMIT, _NO_LIMIT, _NO_LIMIT))
        share = self.entry.wish.quota_share if self.entry else 1.0
        return {
            kind: Limits(*limits)
            for kind, limits in limits_of(self.fleet.quota_share, share).items()
        }
