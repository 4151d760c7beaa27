"""Decides what is kept of the pairs of a fleet from run to run, and how a pair is claimed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cjm_sheets.ports.feed import Change
from cjm_sheets.ports.files import Sign


@dataclass(frozen=True, slots=True)
class Health:
    """What the last run found in a workbook: conflicts, findings by severity, grade, next review.

    `review` is the earliest day (ISO) on which one of its maps is to be reviewed, "" for none.
    """

    generation: int = 0
    conflicts: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    grade: str = ""
    review: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a pair stood when it was last looked at; times are seconds since 1970, 0 for never.

    `agreed` is the workbook as it was in step. `news` counts what the feed told of the shared copy,
    `heard` how much of that the last sync knew. `version` is what the feed last called the shared
    copy, -1 if it never did; `own` counts our writes that it has not told of yet. `failures` counts
    those in a row, `failed` is the workbook as it was at the last of them, `said` what a person was
    told then. `waits`: the workbook could not take what the shared copy has.
    """

    key: str
    service: str = ""
    spreadsheet: str = ""
    agreed: Sign = Sign()  # noqa: RUF009 - frozen, so that sharing one is safe
    news: int = 0
    heard: int = 0
    version: int = -1
    own: int = 0
    synced: float = 0
    tried: float = 0
    failures: int = 0
    failed: Sign = Sign()  # noqa: RUF009 - the same
    said: str = ""
    waits: bool = False
    health: Health = Health()


Hear = Callable[[Standing, Change], Standing]
"""What a pair knows once the feed told of a change of its shared copy."""


class Standings(Protocol):
    """The standings of all pairs of a fleet, shared by all who work on it."""

    def all(self) -> Mapping[str, Standing]:
        """Return all standings by the keys of their pairs."""
        ...

    def claim(self, key: str, now: float, until: float) -> Standing | None:
        """Take a pair for us until a moment; None if somebody else has it."""
        ...

    def renew(self, until: float) -> None:
        """Keep all pairs that are ours until a later moment."""
        ...

    def put_back(self, standing: Standing) -> None:
        """Keep how a pair of ours stands now, and let others have it.

        What the feed told meanwhile stays. Where it is ours no more, nothing is kept: whoever has
        it knows better.
        """
        ...

    def look_again(self, key: str, agreed: Sign) -> None:
        """Keep another sign of the same content of a workbook."""
        ...

    def place(self, service: str) -> str:
        """Return the place in the feed of a service that is to be read next, "" for none."""
        ...

    def begin(self, service: str, place: str) -> None:
        """Keep a first place in the feed of a service, unless there is one."""
        ...

    def tell(self, service: str, places: tuple[str, str], told: Sequence[Change], to: Hear) -> None:
        """Pass on what the feed told between two places, unless somebody did already."""
        ...

    def lose_place(self, service: str) -> None:
        """Forget the place in a feed, which nobody can go on from; all its pairs have news."""
        ...
