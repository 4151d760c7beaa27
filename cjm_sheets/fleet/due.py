"""Decides which pairs are due, why, and in which order: those that changed come first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum

from cjm_sheets.fleet.settings import DAY, Entry, drawn
from cjm_sheets.ports.feed import Change
from cjm_sheets.ports.files import Sign
from cjm_sheets.ports.standings import Standing

SHORTEST_WAIT = 60
"""Seconds after a first failure, for pairs that are synced more often than that."""
LONGEST_WAIT = DAY


class Why(IntEnum):
    """Why a pair is due, the most urgent first."""

    WORKBOOK = 1
    SHARED = 2
    WAITS = 3
    NEW = 4
    FAILED = 5
    DAILY = 6


class Look(IntEnum):
    """What the sign of a workbook says: the same as agreed, another, or ask for its hash."""

    SAME = 0
    OTHER = 1
    UNSURE = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """One workbook of an entry; its key is the same on every machine, its path is for this one."""

    key: str
    path: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Due:
    """A pair that is to be synced, and why."""

    pair: Pair
    why: Why
    since: float
    """When it was last in step; who waits longest comes first."""
    tried: float = 0
    """When it was last begun, as far as is known."""


def look(agreed: Sign, seen: Sign) -> Look:
    """Compare a workbook with what was agreed, as far as size and time tell.

    >>> look(Sign(5, 7, "a"), Sign(5, 7)), look(Sign(5, 7, "a"), Sign(5, 8))
    (<Look.SAME: 0>, <Look.UNSURE: 2>)
    """
    if agreed.size != seen.size:
        return Look.OTHER
    if agreed.changed and agreed.changed == seen.changed:
        return Look.SAME
    return Look.OTHER if seen.stamp and seen.stamp != agreed.stamp else Look.UNSURE


def why(pair: Pair, standing: Standing, *, changed: bool, now: float, hears: bool) -> Why | None:
    """Return why a pair is due, None if it is not.

    `changed`: the workbook is not as it was when both sides agreed. `hears`: a feed tells of
    changes of the shared copy; without one it is looked at as often as the pair may be synced.
    """
    wish = pair.entry.wish
    if not standing.tried:
        return Why.NEW
    # A moment that is yet to come was noted before somebody put the clock back.
    if standing.tried <= now < standing.tried + wish.every:
        return None
    if changed and wish.direction != "pull":
        return Why.WORKBOOK
    news = standing.news > standing.heard or not hears or wish.shared_drive
    if news and wish.direction != "push":
        return Why.SHARED
    if standing.waits:
        return Why.WAITS
    return Why.DAILY if _is_day_over(standing, now) else None


def why_again(pair: Pair, standing: Standing, seen: Sign, now: float) -> Why | None:
    """Return why a pair that failed is due: it waited long enough, or somebody changed the file."""
    touched = (standing.failed.size, standing.failed.changed) != (seen.size, seen.changed)
    return Why.FAILED if touched or now >= standing.tried + wait(pair, standing) else None


def wait(pair: Pair, standing: Standing) -> float:
    """Return the seconds that a pair waits after its failures: twice as long after each."""
    first = max(pair.entry.wish.every, SHORTEST_WAIT)
    longest = max(first, LONGEST_WAIT)
    # So that all that failed together do not come back together.
    spread = 1 + drawn(f"{pair.key} {standing.failures}", 100) / 1000
    return spread * min(longest, first * 2.0 ** min(standing.failures - 1, 30))


def _is_day_over(standing: Standing, now: float) -> bool:
    """Tell whether the moment of a pair's day came since it was read; each pair has its own."""
    moment = drawn(standing.key, DAY)
    return (now - moment) // DAY > (standing.synced - moment) // DAY


def in_order(due: Iterable[Due]) -> list[Due]:
    """Return pairs as they are to be taken up."""
    return sorted(due, key=lambda each: (each.why, each.since, each.pair.key))


def hear(standing: Standing, change: Change) -> Standing:
    """Return what a pair knows once the feed told of a change of its shared copy.

    Our own writes are no news. They are told from others' by their number alone: time and author
    say nothing of an edit that came between our read and our write.
    """
    passed = change.version - standing.version
    if standing.version >= 0 and change.by_us and 0 <= passed <= standing.own:
        return replace(standing, version=change.version, own=standing.own - passed)
    return replace(standing, version=change.version, own=0, news=standing.news + 1)
