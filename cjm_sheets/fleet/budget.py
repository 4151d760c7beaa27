"""Decides the rules of a budget of requests, wherever it is kept: who pays, and how long it counts.

Google counts requests as they arrive, by the minute, and does not say when a minute begins. Here a
request takes its place from the moment it leaves until a minute after its answer came: whatever
sixty seconds Google looks at, no more have arrived in them. Who asks first goes first, of whichever
process; and where Google says that it was too much all the same, everybody holds back.
"""

from collections.abc import Callable
from dataclasses import dataclass

MINUTE = 60.1  # seconds; the clocks of two machines do not run quite alike
LOST = 200.0  # seconds after which a request whose sender died has surely arrived and is forgotten
POLL = 0.25  # seconds after which somebody who waits looks again, whatever was expected
DEAD = 5.0  # seconds after which somebody who waits and did not look again is taken for dead
LONGEST_HOLD = 64.0  # seconds
CALM = 120.0  # seconds without a refusal after which the next hold is a short one again


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
    """Where time comes from, in seconds since 1970, and how one waits; tests have their own."""

    now: Callable[[], float]
    sleep: Callable[[float], None]
