"""Decides what a service under test has beside the interfaces: faults, quota, controls."""

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.middleware import Middleware

from cjm_sheets.service.faults import Faults
from cjm_sheets.service.interference import HangUp, Interference
from cjm_sheets.service.meter import Meter
from cjm_sheets.service.quota import UNLIMITED, Quota
from cjm_sheets.service.store_sqlite import Store


@dataclass(frozen=True, slots=True)
class Trials:
    """What goes wrong and what is counted; with ``is_controlled``, other programs may set both.

    ``hang_up`` is how a fault cuts a connection; who starts a server knows.
    """

    faults: Faults | None = None
    quota: Quota | None = None
    is_controlled: bool = False
    hang_up: HangUp = lambda _scope, _gently: None


NO_TRIALS = Trials()


def controlled() -> Trials:
    """Return trials that other programs set: nothing goes wrong at first, nothing is limited."""
    return Trials(Faults(), Quota(UNLIMITED), is_controlled=True)


def middleware(trials: Trials, store: Store) -> Iterator[Middleware]:
    """Yield what stands between the door and the routes; nothing where nothing is on trial."""
    if trials.quota is not None:
        yield Middleware(Meter, quota=trials.quota)
    if trials.faults is not None:
        yield Middleware(Interference, faults=trials.faults, store=store, hang_up=trials.hang_up)
