"""Decides what a person can ask of a fleet: the pairs, and how each of them is kept in step."""

from dataclasses import dataclass, field
from hashlib import sha256

DIRECTIONS = ("both", "push", "pull")
SEVERITIES = ("error", "warning", "info")
NEVER = "never"
DIGESTS = ("daily", "weekly", NEVER)

REMEMBERED = "remembered"
"""The shared copy that the workbook itself remembers; a pair without one fails."""
NEW = "new"
"""The remembered one, too, but it is made where there is none yet."""
LOCAL = "local"
"""A shared copy in the service on this machine."""

HOUR = 3600
DAY = 24 * HOUR
_WILD = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class FailOn:
    """Which checks fail a run: findings at least as bad as a severity, or those of some rules.

    `severity` is "" where rules are named, and ``never`` if no finding fails a run.
    """

    severity: str = "error"
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """How a pair is kept in step.

    `every`: seconds from one sync of a pair to the next at the earliest; what did not change is not
    synced, however long ago. `tell`: e-mail addresses. `quota_share`: the part of the quota of the
    fleet, above 0 and up to 1, that the pairs of an entry may use together. `wall_map`: the
    drawing beside the workbook, and the map of the shared copy, keep up with each sync.
    `shared_drive`: the shared copy lies in a shared drive, of whose changes the log of the account
    need not tell (Google keeps another for each drive).
    """

    every: int = HOUR
    direction: str = "both"
    tell: tuple[str, ...] = ()
    fail_on: FailOn = field(default_factory=FailOn)
    quota_share: float = 1.0
    wall_map: bool = False
    shared_drive: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What one [[pair]] of the file says: a workbook, or many, and where they are shared.

    `workbook`: a path, a pattern such as maps/*.xlsx, or a folder. `shared_copy`: REMEMBERED, NEW,
    LOCAL, or the address or id of a spreadsheet. `shard`: from 1, None if the name of each workbook
    decides. `line`: where the entry begins in the file.
    """

    name: str
    workbook: str
    shared_copy: str
    wish: Wish
    shard: int | None
    line: int

    @property
    def is_pattern(self) -> bool:
        """Whether it stands for all the files that fit a pattern."""
        return has_wildcard(self.workbook)


@dataclass(frozen=True, slots=True)
class Fleet:
    """All that the file asks for.

    `quota_share`: the part of Google's quota, above 0 and up to 1, that the fleet may use; the
    rest is left to others. `shards`: into how many parts the pairs are dealt. `redis`: the name
    under which several machines share the state of the fleet in Redis, "" if one machine works on
    it. `digest`: how often those whom `tell` names are told by mail; unless somebody asks for it,
    never. `language`: the one of the digest, "" for that of whoever runs the fleet.
    """

    entries: tuple[Entry, ...]
    quota_share: float = 1.0
    shards: int = 1
    redis: str = ""
    digest: str = NEVER
    language: str = ""

    def shard_of(self, entry: Entry, workbook: str) -> int:
        """Return the shard, from 1, that keeps a workbook of an entry in step.

        It is the same on every machine, and does not move when other pairs come or go.

        >>> fleet = Fleet((), shards=4)
        >>> fleet.shard_of(Entry("all", "maps/*.xlsx", "new", Wish(), None, 1), "maps/a.xlsx")
        2
        """
        return entry.shard or 1 + drawn(workbook, self.shards)


def drawn(key: str, below: int) -> int:
    """Return a number from 0 to below - 1 that depends on a text alone, evenly spread."""
    return int.from_bytes(sha256(key.encode()).digest()[:8]) % below


def has_wildcard(path: str) -> bool:
    """Tell whether a path is a pattern."""
    return not _WILD.isdisjoint(path)
