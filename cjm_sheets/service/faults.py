"""Decides what goes wrong in a service under test: which calls meet what, and how often.

A plan is made of points and faults. ``On`` says which calls: a method and a path, from the nth on,
so many times, or by chance. The faults say what such a call meets::

    faults = Faults(seed=7)
    faults.add("POST *:batchUpdate", Cut(after=True))              # carried out, answer lost
    faults.add(On("GET *", nth=3, times=2), Busy(retry_after=1))   # the 3rd and the 4th read
    faults.add(On("* *", chance=0.1, times=None), Broken(503))     # one call in ten, for ever
    # a colleague sorts the tab between our second read and the write that follows
    faults.add(On("WRITE *", since=On("READ *", nth=2)), Edit([{"sortRange": ...}]))
    # a colleague edits between our batch and our next read
    faults.add("POST *:batchUpdate", Edit([{"updateCells": ...}], after=True))
    with RunningService(folder, faults=faults) as service:
        ...
    faults.verify()      # everything planned took place
    faults.fired         # what fired, on which call

>>> plan = Faults().add(On("GET *", nth=2), Busy(), Delay(1.5))
>>> [plan.due("GET", "/v4/spreadsheets/x") for _ in range(3)]
[[], [Busy(retry_after=1), Delay(seconds=1.5, after=False)], []]
>>> [(fired.call, fired.route) for fired in plan.fired]
[(2, 'GET /v4/spreadsheets/x'), (2, 'GET /v4/spreadsheets/x')]

The same seed and the same order of calls give the same faults. Calls with the header
``X-Faults: none`` are another user's: they are not counted and meet nothing.
"""

import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Self, TypeAlias

from cjm_sheets.service.kinds import Use, use_of
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.store_sqlite import Store

LONGEST_DELAY = 600.0


@dataclass(frozen=True, slots=True)
class Busy:
    """429, the quota is used up; with the header ``Retry-After`` unless that is None."""

    retry_after: int | None = 1


@dataclass(frozen=True, slots=True)
class Broken:
    """500 or 503 in Google's form; ``after`` means that the call was carried out all the same."""

    code: int = 500
    after: bool = False

    def __post_init__(self) -> None:
        if self.code not in {500, 503}:
            message = f"The code must be 500 or 503, not {self.code}."
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class FrontEnd:
    """502 as an HTML page, which Google's front end sends when it gets no answer itself."""

    after: bool = False


@dataclass(frozen=True, slots=True)
class Delay:
    """A wait, before the call is carried out or before it is answered."""

    seconds: float = 1.0
    after: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.seconds <= LONGEST_DELAY:
            message = f"The seconds must lie between 0 and {LONGEST_DELAY:.0f}."
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Cut:
    """The connection breaks without an answer, before the call is carried out or after it."""

    after: bool = False


@dataclass(frozen=True, slots=True)
class Truncated:
    """The call is carried out; the answer breaks off after this share of its body."""

    share: float = 0.5

    def __post_init__(self) -> None:
        if not 0 <= self.share < 1:
            message = "The share must be at least 0 and less than 1."
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Expired:
    """401: the token is not valid any more."""


@dataclass(frozen=True, slots=True)
class Forbidden:
    """403: the account may not do this; see ``read_only`` for one that may look."""


@dataclass(frozen=True, slots=True)
class Missing:
    """404: there is no such spreadsheet."""


@dataclass(frozen=True, slots=True)
class Trash:
    """Somebody puts the spreadsheet of the call into the trash, before the call or after it."""

    after: bool = False


Colleague: TypeAlias = Callable[[Store], object]


@dataclass(frozen=True, slots=True)
class Edit:
    """Another user's edit, carried out before the call or after it, before its answer is sent.

    ``edit`` is the requests of a batchUpdate, or in process a function that gets the store.
    ``file_id`` "" means the spreadsheet of the call.
    """

    edit: Sequence[Json] | Colleague
    file_id: str = ""
    after: bool = False


Fault: TypeAlias = (
    Busy
    | Broken
    | FrontEnd
    | Delay
    | Cut
    | Truncated
    | Expired
    | Forbidden
    | Missing
    | Trash
    | Edit
)


@dataclass(frozen=True, slots=True)
class On:
    """Which calls: those on a route, from the nth on, ``times`` of them (None: all), by chance.

    A route is a method and a pattern of the path (``*`` stands for anything). ``READ`` and
    ``WRITE`` as methods stand for all calls that read or write. With ``since``, counting begins
    with the call after the one that point names.
    """

    route: str = "* *"
    nth: int = 1
    times: int | None = 1
    chance: float = 1.0
    since: "On | None" = None

    def __post_init__(self) -> None:
        if len(self.route.split(" ")) != 2:  # noqa: PLR2004  a method and a path
            message = f"A route is a method and a path, such as 'GET *', not '{self.route}'."
            raise ValueError(message)
        if self.nth < 1 or (self.times is not None and self.times < 1):
            message = "nth and times count from 1."
            raise ValueError(message)
        if not 0 < self.chance <= 1:
            message = "The chance must be above 0 and at most 1."
            raise ValueError(message)

    def matches(self, method: str, path: str) -> bool:
        """Say whether a call is on the route."""
        wanted, pattern = self.route.split(" ")
        match wanted:
            case "READ" | "WRITE":
                is_method = use_of(method, path) is Use[wanted]
            case _:
                is_method = wanted in {"*", method}
        return is_method and fnmatchcase(path, pattern)


@dataclass(frozen=True, slots=True)
class Fired:
    """A fault that a call met; ``call`` is its number among all calls, ``error`` why it failed."""

    call: int
    route: str
    fault: Fault
    error: str = ""


class PlanError(AssertionError):
    """Something planned has not taken place, or could not."""


@dataclass(slots=True)
class _Counter:
    """How far one point has come."""

    on: On
    dice: random.Random
    seen: int = 0
    hits: int = 0
    before: "_Counter | None" = None

    def meets(self, method: str, path: str) -> bool:
        """Count a call; say whether it is one that the point names."""
        if self.before is not None and not self.before.hits:
            self.before.meets(method, path)
            return False
        if not self.on.matches(method, path):
            return False
        self.seen += 1
        is_spent = self.on.times is not None and self.hits >= self.on.times
        if self.seen < self.on.nth or is_spent or self.dice.random() >= self.on.chance:
            return False
        self.hits += 1
        return True


@dataclass(slots=True)
class Faults:
    """A plan of what goes wrong, and the log of what did. Safe to use from several threads."""

    seed: int = 0
    _rules: list[tuple[_Counter, tuple[Fault, ...]]] = field(default_factory=list)
    _fired: list[Fired] = field(default_factory=list)
    _calls: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, on: On | str, *faults: Fault) -> Self:
        """Plan faults at a point, in the order in which they are to happen; return the plan."""
        point = On(on) if isinstance(on, str) else on
        with self._lock:
            counter = self._counter(point, f"{self.seed}/{len(self._rules)}")
            self._rules.append((counter, faults))
        return self

    def read_only(self, path: str = "*") -> Self:
        """Plan that from now on nothing can be written; what reads goes on."""
        return self.add(On(f"WRITE {path}", times=None), Forbidden())

    def _counter(self, on: On, seed: str) -> _Counter:
        before = None if on.since is None else self._counter(on.since, f"{seed}/since")
        return _Counter(on, random.Random(seed), before=before)  # noqa: S311  repeatable

    def clear(self) -> None:
        """Plan nothing any more, and forget what fired."""
        with self._lock:
            self._rules.clear()
            self._fired.clear()

    def due(self, method: str, path: str) -> list[Fault]:
        """Count a call and return what it meets."""
        with self._lock:
            self._calls += 1
            met: list[Fault] = []
            for counter, faults in self._rules:
                if counter.meets(method, path):
                    met += faults
            self._fired += [Fired(self._calls, f"{method} {path}", fault) for fault in met]
            return met

    def failed(self, fault: Fault, error: str) -> None:
        """Note that a planned edit could not be carried out."""
        with self._lock:
            last = max(at for at, fired in enumerate(self._fired) if fired.fault is fault)
            fired = self._fired[last]
            self._fired[last] = Fired(fired.call, fired.route, fault, error)

    @property
    def calls(self) -> int:
        """The number of calls so far."""
        return self._calls

    @property
    def fired(self) -> tuple[Fired, ...]:
        """What fired, in order."""
        with self._lock:
            return tuple(self._fired)

    @property
    def waiting(self) -> tuple[On, ...]:
        """The points that no call has met yet."""
        with self._lock:
            return tuple(counter.on for counter, _ in self._rules if not counter.hits)

    def verify(self) -> None:
        """Raise ``PlanError`` if a point was never met or an edit could not be carried out."""
        problems = [f"{on} was never met" for on in self.waiting]
        problems += [f"{fired.route}: {fired.error}" for fired in self.fired if fired.error]
        if problems:
            raise PlanError("; ".join(problems))
