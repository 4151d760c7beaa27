"""Decides what a run of a fleet costs at the least: requests, and the time that the quota asks."""

from collections.abc import Iterable
from dataclasses import dataclass

from cjm_sheets.fleet.due import Due, Why
from cjm_sheets.ports.quota import Kind

MINUTE = 60.0
READS_A_MINUTE, WRITES_A_MINUTE = 300, 300
"""What Google lets a project ask of Sheets in a minute (2026)."""
READS_OF_A_USER, WRITES_OF_A_USER = 60, 60
"""The same of one account."""
DRIVE_A_MINUTE = 12_000


@dataclass(frozen=True, slots=True)
class Cost:
    """Requests by what Google counts apart."""

    reads: int = 0
    writes: int = 0
    drive: int = 0

    @property
    def total(self) -> int:
        """All requests."""
        return self.reads + self.writes + self.drive

    def __add__(self, other: "Cost") -> "Cost":
        """Return the cost of both."""
        return Cost(self.reads + other.reads, self.writes + other.writes, self.drive + other.drive)

    def seconds(self, share: float = 1.0) -> float:
        """Return how long this takes at the least for one account with a share of the quota.

        The first minute's worth may leave at once.

        >>> Cost(reads=60).seconds(), Cost(reads=90, writes=61).seconds(), Cost(121).seconds(0.5)
        (0.0, 60.0, 240.0)
        """
        limits = (
            (self.reads, min(READS_A_MINUTE, READS_OF_A_USER)),
            (self.writes, min(WRITES_A_MINUTE, WRITES_OF_A_USER)),
            (self.drive, DRIVE_A_MINUTE),
        )
        return max(
            MINUTE * max(0, (number - 1) // most_of(limit, share)) for number, limit in limits
        )


def most_of(limit: int, share: float) -> int:
    """Return how many requests a minute a share of a limit is: whole ones, and at least one."""
    # A share of 0.29 of 100 is 29, whatever the binary form of the number makes of it.
    return max(1, int(limit * share + 1e-9))


def limits_of(share: float, of_part: float) -> dict[Kind, tuple[int, int, int]]:
    """Return how many requests a minute may leave of each kind: project, user, part of a fleet.

    `share` is the part of Google's quota that the fleet may use, `of_part` what its part may use of
    that.
    """
    google: dict[Kind, tuple[int, int]] = {
        "reads": (READS_A_MINUTE, READS_OF_A_USER),
        "writes": (WRITES_A_MINUTE, WRITES_OF_A_USER),
        "drive": (DRIVE_A_MINUTE, DRIVE_A_MINUTE),
    }
    return {
        kind: (most_of(project, share), most_of(user, share), most_of(user, share * of_part))
        for kind, (project, user) in google.items()
    }


PUSH, PULL = Cost(reads=1, writes=1), Cost(reads=1)
"""What a pair costs whose workbook changed, and one that is only read or pulled."""
FOUNDING = Cost(reads=1, writes=1, drive=1)
"""What a first sync costs that makes the shared copy; its formulas are read back."""


def cost(due: Iterable[Due], feeds: int) -> Cost:
    """Return what pairs that are due cost at the least, with the feeds that are asked first.

    Of a pair that failed nobody knows more than that it is read.
    """
    total = Cost(drive=feeds)
    for each in due:
        total += _of(each.why)
    return total


def _of(why: Why) -> Cost:
    match why:
        case Why.NEW:
            return FOUNDING
        case Why.WORKBOOK:
            return PUSH
        case _:
            return PULL
