"""Decides how the workers of a cluster come to what they need for a fleet."""

import os
import secrets
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cjm_sheets.wiring.fleet_means import FleetWish, claims_kept, means_of, threads
from cjm_sheets.wiring.fleet_state import Metered, shared_state
from cjm_sheets.wiring.service import LOCAL

if TYPE_CHECKING:
    from cjm_sheets.adapters.gsheets.transport import Endpoint
    from cjm_sheets.fleet.due import Due
    from cjm_sheets.fleet.settings import Fleet
    from cjm_sheets.usecases.keep_pair import Kept
    from cjm_sheets.usecases.run_fleet import Means
    from cjm_sheets.usecases.sync_map import Link

_CLUSTER_LEASE = 30.0
"""Seconds after which others take up a pair of a worker that died. A sync bears that another one
goes on beside it, so that one that only was away for so long does no harm."""


def on_cluster(
    means: "Means", wish: FleetWish, fleet: "Fleet", folder: Path, shared: "Metered"
) -> "Means":
    """Return means with which the workers of a Dask scheduler keep the pairs.

    Raises:
        NotInstalledError
    """
    from cjm_sheets.adapters.fleet_paths import mark
    from cjm_sheets.errors.machine import NotInstalledError

    try:
        from cjm_sheets.adapters.dask_engine import DaskEngine
    except ModuleNotFoundError as missing:
        raise NotInstalledError("cluster") from missing

    def heard(kept: "Kept") -> None:
        shared.add(kept.used)
        means.tell(kept)

    site = Site(
        folder=os.path.dirname(os.path.abspath(wish.file)),  # noqa: PTH100, PTH120 - as keys are made
        state=str(folder),
        mark="" if fleet.redis else mark(folder),
        credentials=wish.credentials,
        language=wish.language,
        fleet=replace(fleet, entries=()),
    )
    engine = DaskEngine(wish.scheduler, _CLUSTER_LEASE + 1)
    elsewhere = KeptElsewhere(site, secrets.token_hex(8))
    return replace(means, engine=engine, lease=_CLUSTER_LEASE, keep=elsewhere, tell=heard)


@dataclass(frozen=True)
class Site:
    """A fleet as workers on other machines need to know it; it holds no secret.

    `folder`: where the fleet file lies, `state` where its state is. `mark` is what stands in there,
    "" if the state is in Redis. `fleet` names no pairs: those come one by one.
    """

    folder: str
    state: str
    mark: str
    credentials: str
    language: str
    fleet: "Fleet"


@dataclass(frozen=True)
class KeptElsewhere:
    """Keeps pairs on whichever machine it is called; `run` tells one run from another."""

    site: Site
    run: str

    def __call__(self, due: "Due") -> "Kept | None":
        """Keep a pair; see usecases.run_fleet.keeper.

        Raises:
            NotSharedStateError: this machine does not see the state of the fleet.
            NoRedisNamedError, NoRedisError, NotInstalledError
        """
        with _at_desks:
            key = repr(self.site)
            if key not in _desks:
                _desks[key] = _Desk(self.site)
        folder = os.environ.get("CJM_SHEETS_FLEET_FOLDER") or self.site.folder
        path = os.path.normpath(os.path.join(folder, due.pair.key))  # noqa: PTH118 - as keys are made
        kept = _desks[key].keeper(self.run)(replace(due, pair=replace(due.pair, path=path)))
        return _desks[key].counted(kept) if kept else None


_desks: "dict[str, _Desk]" = {}
"""What a worker has built for each fleet; it is there as long as the process."""
_at_desks = threading.Lock()
_MOST_RUNS = 8


class _MeteredElsewhere(Metered):
    """The same, on a machine of which nobody knows what others keep for themselves."""

    def endpoint(self, link: "Link") -> "Endpoint":
        """Return the service that a link names, unless that is another one on each machine.

        Raises:
            LocalCopyElsewhereError
        """
        from cjm_sheets.errors.fleet import LocalCopyElsewhereError

        if link.service == LOCAL:
            raise LocalCopyElsewhereError
        return super().endpoint(link)


class _Desk:
    """What a worker of a cluster needs for a fleet, built once on its own machine."""

    def __init__(self, site: Site) -> None:
        from cjm_sheets.adapters.fleet_paths import marked
        from cjm_sheets.errors.fleet import NotSharedStateError
        from cjm_sheets.words.failures import sentence

        folder = Path(site.state)
        if site.mark and marked(folder) != site.mark:
            import platform

            raise NotSharedStateError(platform.node(), site.state)
        running = ExitStack()
        state = shared_state(site.fleet, site.folder, folder.parent.parent, folder, running)
        self._metered = _MeteredElsewhere(site.credentials, running, None, state.quota, site.fleet)
        language = site.language
        means = means_of(
            state, self._metered, threads(1), lambda at: sentence(at, language), language
        )
        self._means = replace(means, lease=_CLUSTER_LEASE)
        self._runs: dict[str, Callable[[Due], Kept | None]] = {}
        self._lock = threading.Lock()
        running.enter_context(claims_kept(self._means))

    def keeper(self, run: str) -> "Callable[[Due], Kept | None]":
        """Return what keeps the pairs of a run; it learns in its course which services tell."""
        from cjm_sheets.usecases.run_fleet import keeper

        with self._lock:
            if run not in self._runs:
                for old in [*self._runs][: 1 - _MOST_RUNS]:
                    del self._runs[old]
                self._runs[run] = keeper(self._means)
            return self._runs[run]

    def counted(self, kept: "Kept") -> "Kept":
        """Return what became of a pair, with the requests that were not told of yet."""
        return replace(kept, used=self._metered.taken())
