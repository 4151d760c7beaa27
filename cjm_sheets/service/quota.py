"""Decides which calls the quota lets through, as Google counts: by minute, project and user.

Google promises so many requests a minute and refills every minute, without saying when a minute
begins. Here every stretch of sixty seconds is a minute: who keeps to that keeps to any other.
"""

import threading
from collections import deque
from dataclasses import asdict, dataclass, field

from cjm_sheets.service.clock import Clock
from cjm_sheets.service.kinds import Api, Use, api_of, use_of
from cjm_sheets.service.refusals import Json

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Budget:
    """Requests a minute for the project and for each user; None is without limit."""

    project: int | None = None
    user: int | None = None


@dataclass(frozen=True, slots=True)
class Budgets:
    """The budgets of both interfaces, Google's by default (2026)."""

    reads: Budget = Budget(300, 60)
    writes: Budget = Budget(300, 60)
    drive: Budget = Budget(12_000, 12_000)


UNLIMITED = Budgets(Budget(), Budget(), Budget())


@dataclass(frozen=True, slots=True)
class Refusal:
    """A budget that is used up: ``reads``, ``writes`` or ``drive``, and whose it is."""

    kind: str
    limit: int
    of_user: bool
    seconds: float
    """When it will have room again."""


@dataclass(slots=True)
class Tally:
    """What was counted of one kind; the highest minutes count what was let through."""

    requests: int = 0
    refused: int = 0
    bytes_in: int = 0
    bytes_out: int = 0
    highest_minute: int = 0
    highest_minute_of_a_user: int = 0


@dataclass(slots=True)
class _Minute:
    """The moments of the requests of the last minute, the earliest first."""

    moments: deque[float] = field(default_factory=deque)

    def count(self, now: float) -> int:
        while self.moments and self.moments[0] <= now - MINUTE:
            self.moments.popleft()
        return len(self.moments)


@dataclass(slots=True)
class _Window:
    """The last minute of one kind: of the project, and of each user who was there."""

    project: _Minute = field(default_factory=_Minute)
    users: dict[str, _Minute] = field(default_factory=dict)
    swept: float = 0.0

    def sweep(self, now: float) -> None:
        """Forget users who have not asked for a minute, once a minute."""
        if now - self.swept >= MINUTE:
            self.swept = now
            self.users = {name: minute for name, minute in self.users.items() if minute.count(now)}


KINDS = ("reads", "writes", "drive")


class Quota:
    """Budgets, a clock, and what was counted. Safe to use from several threads."""

    def __init__(self, budgets: Budgets | None = None, clock: Clock | None = None) -> None:
        self.budgets = budgets or Budgets()
        self.clock = clock or Clock()
        self._lock = threading.Lock()
        self._windows = {kind: _Window() for kind in KINDS}
        self._tallies = {kind: Tally() for kind in KINDS}

    def admit(self, kind: str, user: str) -> Refusal | None:
        """Count a request; return the refusal if a budget has no room for it."""
        budget: Budget = getattr(self.budgets, kind)
        now = self.clock.now()
        with self._lock:
            window, tally = self._windows[kind], self._tallies[kind]
            window.sweep(now)
            own = window.users.setdefault(user, _Minute())
            tally.requests += 1
            limits = ((own, budget.user, True), (window.project, budget.project, False))
            for minute, limit, of_user in limits:
                if limit is not None and minute.count(now) >= limit:
                    tally.refused += 1
                    earliest = minute.moments[0] if minute.moments else now
                    return Refusal(kind, limit, of_user, earliest + MINUTE - now)
            for minute, _, _ in limits:
                minute.moments.append(now)
            tally.highest_minute = max(tally.highest_minute, window.project.count(now))
            highest = max(tally.highest_minute_of_a_user, own.count(now))
            tally.highest_minute_of_a_user = highest
            return None

    def weigh(self, kind: str, *, bytes_in: int = 0, bytes_out: int = 0) -> None:
        """Count the bytes of bodies, as they travel."""
        with self._lock:
            tally = self._tallies[kind]
            tally.bytes_in += bytes_in
            tally.bytes_out += bytes_out

    def tally(self, kind: str) -> Tally:
        """Return what was counted of ``reads``, ``writes`` or ``drive``."""
        with self._lock:
            return Tally(**asdict(self._tallies[kind]))

    def reset(self) -> None:
        """Count from nothing; the minute that runs is forgotten, too."""
        with self._lock:
            self._windows = {kind: _Window() for kind in KINDS}
            self._tallies = {kind: Tally() for kind in KINDS}


def kind_of(method: str, path: str) -> str | None:
    """Return the budget that a call is charged to; None for pages and controls."""
    match api_of(path):
        case Api.SHEETS:
            return "reads" if use_of(method, path) is Use.READ else "writes"
        case Api.DRIVE:
            return "drive"
        case Api.NONE:
            return None


def refusal_answer(refusal: Refusal) -> tuple[int, Json]:
    """Return the status and the body with which Google refuses: 429, of Drive 403."""
    if refusal.kind == "drive":
        reason = "userRateLimitExceeded" if refusal.of_user else "rateLimitExceeded"
        message = "User rate limit exceeded." if refusal.of_user else "Rate limit exceeded."
        entry = {"domain": "usageLimits", "reason": reason, "message": message}
        return 403, {"error": {"code": 403, "message": message, "errors": [entry]}}
    return 429, exhausted(refusal.kind, refusal.limit, of_user=refusal.of_user)


def exhausted(kind: str, limit: int, *, of_user: bool) -> Json:
    """Return the body of a 429 of Sheets, with the details of the budget."""
    name = "Read" if kind == "reads" else "Write"
    words = f"{name} requests per minute" + (" per user" if of_user else "")
    metadata = {
        "service": "sheets.googleapis.com",
        "consumer": "projects/0",
        "quota_metric": f"sheets.googleapis.com/{name.lower()}_requests",
        "quota_limit": f"{name}RequestsPerMinutePer" + ("User" if of_user else "Project"),
        "quota_limit_value": str(limit),
        "quota_location": "global",
    }
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": metadata,
    }
    message = (
        f"Quota exceeded for quota metric '{name} requests' and limit '{words}' of service"
        " 'sheets.googleapis.com' for consumer 'project_number:0'."
    )
    error = {"code": 429, "message": message, "status": "RESOURCE_EXHAUSTED", "details": [info]}
    return {"error": error}
