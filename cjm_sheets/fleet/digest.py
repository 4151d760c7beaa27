"""Decides what a digest of a fleet tells: of which pairs, what first, and when it is due."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cjm_sheets.fleet.due import Pair
from cjm_sheets.fleet.settings import DAY
from cjm_sheets.ports.journal import Clashed, Known, News, Noted, Review
from cjm_sheets.ports.standings import Standing

DAYS = {"daily": 1, "weekly": 7}
"""How many days each kind of digest speaks of."""
KEEPS_FAILING = 2
"""So many failures in a row are more than bad luck."""
_LONG = 2 * DAY
"""Seconds without a sync after which a pair is out of step: each is read once a day."""

Ask = Callable[[Collection[str]], Mapping[str, Known]]
"""Gives what is known of some pairs."""


def period(kind: str, today: date) -> str:
    """Return the first day (ISO) of the period whose digest may be sent on a day.

    >>> period("weekly", date(2026, 11, 27)), period("never", date(2026, 11, 27))
    ('2026-11-23', '2026-11-27')
    """
    back = today.weekday() if kind == "weekly" else 0
    return (today - timedelta(days=back)).isoformat()


def period_before(kind: str, today: date) -> str:
    """Return the first day (ISO) of the period before the one of a day."""
    return period(kind, today - timedelta(days=DAYS.get(kind, 1)))


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when a digest tells, in seconds since 1970; `since` is 0 for the first one.

    `today` is the day on which it is made, and `next` the day of the next one: maps that are to be
    reviewed by then are told.
    """

    since: float
    now: float
    today: date
    next: date


@dataclass(frozen=True, slots=True)
class About:
    """What is told of one pair.

    `conflicts` are all, `clashes` the first of them with what both sides say; `came` and `came_by`
    are findings that are new, `went` counts those that are gone; `reviews` are the maps to be
    reviewed by the next digest. `behind`: for so many days it was not in step though it did not
    fail, 0 if that is not long.
    """

    pair: Pair
    standing: Standing
    news: News
    reviews: tuple[Review, ...] = ()
    clashes: tuple[Clashed, ...] = ()
    came: tuple[Noted, ...] = ()
    behind: int = 0
    today: str = ""

    @property
    def fails(self) -> bool:
        """Whether it keeps failing."""
        return self.standing.failures >= KEEPS_FAILING

    @property
    def conflicts(self) -> int:
        """How many conflicts are to settle now."""
        return self.standing.health.conflicts

    @property
    def went(self) -> int:
        """How many findings are gone."""
        return len(self.news.went)

    @property
    def late(self) -> int:
        """How many maps are to be reviewed today, or were to be before."""
        return sum(each.day <= self.today for each in self.reviews)

    @property
    def came_by(self) -> Counter[str]:
        """How many findings are new, by the first letters of their severities."""
        return Counter(mark[0] for mark in self.news.came)

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.news or self.fails or self.conflicts or self.reviews or self.behind)

    @property
    def urgency(self) -> tuple[object, ...]:
        """What to sort by: the most urgent pair comes first."""
        new = self.came_by
        return (
            not self.fails,
            -self.conflicts,
            -new["e"],
            -self.late,
            -self.behind,
            -new["w"],
            -len(self.reviews),
            -new["i"],
            -(self.news.pushed + self.news.pulled),
            self.pair.key,
        )


@dataclass(frozen=True, slots=True)
class Digest:
    """What is told: of each pair that has something, the most urgent first; `pairs` counts all."""

    span: Span
    pairs: int
    told: tuple[About, ...]

    @property
    def quiet(self) -> int:
        """How many pairs have nothing to tell."""
        return self.pairs - len(self.told)


def digest(
    pairs: Sequence[Pair],
    standings: Mapping[str, Standing],
    news: Mapping[str, News],
    ask: Ask,
    span: Span,
) -> Digest:
    """Return what is told of some pairs; details are there once `detailed` has put them in."""
    until = span.next.isoformat()
    known = {key: at for pair in pairs if (at := standings.get(key := pair.key))}
    reviewed = [key for key, at in known.items() if at.health.review and at.health.review <= until]
    reviews = {key: each.reviews for key, each in ask(reviewed).items()}
    found = []
    for pair in pairs:
        at = known.get(pair.key) or Standing(pair.key)
        due: tuple[Review, ...] = ()
        if at.health.review and at.health.review <= until:
            # An older program kept the first day alone.
            named = reviews.get(pair.key, ()) or (Review("", at.health.review),)
            due = tuple(each for each in named if each.day <= until)
        about = About(
            pair,
            at,
            news.get(pair.key, News()),
            reviews=due,
            behind=_days_behind(pair, at, span.now),
            today=span.today.isoformat(),
        )
        if not about.is_nothing:
            found.append(about)
    return Digest(span, len(pairs), tuple(sorted(found, key=lambda each: each.urgency)))


def detailed(told: Digest, ask: Ask, most: int | None = None) -> Digest:
    """Return a digest with findings and conflicts in its first pairs, in all of them for None."""
    first = told.told[:most]
    known = ask([each.pair.key for each in first])
    filled = tuple(_with_details(each, known.get(each.pair.key) or Known()) for each in first)
    return replace(told, told=(*filled, *told.told[len(first) :]))


def _with_details(about: About, known: Known) -> About:
    """Return what is told of a pair with what is known of it; what is gone since has no details."""
    new = [(mark, noted) for mark, noted in known.findings.items() if mark in about.news.came]
    came = tuple(noted for _, noted in sorted(new, key=lambda each: "ewi".find(each[0][0])))
    return replace(about, clashes=known.clashes[: about.conflicts], came=came)


def _days_behind(pair: Pair, at: Standing, now: float) -> int:
    """Return for how many days a pair that does not keep failing was not in step, 0 if few."""
    if not at.synced or at.failures >= KEEPS_FAILING:
        return 0
    since = now - at.synced
    return int(since // DAY) if since > max(_LONG, 2 * pair.entry.wish.every) else 0


@dataclass(frozen=True, slots=True)
class Totals:
    """What all pairs of a digest have together: numbers of things, and of pairs that have them."""

    pushed: int
    pulled: int
    moved: int
    errors: int
    warnings: int
    infos: int
    went: int
    conflicts: int
    clashing: int
    late: int
    soon: int
    failing: int
    behind: int


def totals(told: Digest) -> Totals:
    """Return what all pairs of a digest have together."""
    new = sum((each.came_by for each in told.told), Counter[str]())
    late = sum(each.late for each in told.told)
    return Totals(
        pushed=sum(each.news.pushed for each in told.told),
        pulled=sum(each.news.pulled for each in told.told),
        moved=sum(bool(each.news.pushed or each.news.pulled) for each in told.told),
        errors=new["e"],
        warnings=new["w"],
        infos=new["i"],
        went=sum(each.went for each in told.told),
        conflicts=sum(each.conflicts for each in told.told),
        clashing=sum(bool(each.conflicts) for each in told.told),
        late=late,
        soon=sum(len(each.reviews) for each in told.told) - late,
        failing=sum(each.fails for each in told.told),
        behind=sum(bool(each.behind) for each in told.told),
    )


def readers_of(pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
    """Return which pairs each address is told of; capitals make no other person of an address."""
    found: dict[str, list[Pair]] = {}
    for pair in pairs:
        for address in dict.fromkeys(map(str.casefold, pair.entry.wish.tell)):
            found.setdefault(address, []).append(pair)
    return found
