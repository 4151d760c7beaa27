"""Decides what a run of a fleet is: hear what changed, take up what is due, keep what came of it.

Each pair is claimed before it is touched and put back afterwards, whatever became of it, so that
neither another worker nor a broken pair gets in anybody's way.
"""

import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from time import monotonic

from cjm_sheets.errors import BusyError, CjmError, UnforeseenError
from cjm_sheets.errors.accounts import NotSignedInError
from cjm_sheets.errors.sharing import NotAllowedError, RefusedError, UnreachableError
from cjm_sheets.fleet.due import Due, Look, Pair, Why, hear, in_order, look, why, why_again
from cjm_sheets.ports.engine import Engine, Taken
from cjm_sheets.ports.feed import Feed
from cjm_sheets.ports.files import Files
from cjm_sheets.ports.observer import Event, Note, silent
from cjm_sheets.ports.standings import Standing, Standings
from cjm_sheets.ports.store import Snapshot, Traffic
from cjm_sheets.usecases import fleet_events as events
from cjm_sheets.usecases.keep_pair import Hands, Kept, failed, group_of, keep_pair
from cjm_sheets.usecases.note_news import Notes
from cjm_sheets.usecases.sync_map import Link, Opened, Surroundings

LEASE = 900.0
"""Seconds for which a pair is claimed; who is at work on it renews the claim long before."""
_ENOUGH = 3
"""So many pairs in a row that do not reach a service tell that no other will."""


@dataclass(frozen=True)
class Means:
    """What a run needs: hands for each pair, and what is shared with other workers."""

    hands: Hands
    standings: Standings
    engine: Engine
    feed: Callable[[str], Feed]
    now: Callable[[], float]
    say: Callable[[CjmError], str]
    stop: Callable[[], bool] = lambda: False
    tell: Callable[[Kept], None] = lambda _: None
    """Hears of each pair as soon as it is done."""
    note: Note = silent
    """Hears of all that happens, for a log."""
    remember: Notes = lambda *_: None
    """Notes for the digest what became of each pair, where it was kept."""
    lease: float = LEASE
    keep: Callable[[Due], Kept | None] | None = None
    """Keeps a pair on another machine, None where it is kept here; it can be sent there."""


@dataclass
class Ran:
    """What a run did; `deaf` are services that do not tell the account of changes."""

    pairs: int
    due: int
    kept: list[Kept] = field(default_factory=list)
    deaf: dict[str, CjmError] = field(default_factory=dict)
    down: dict[str, CjmError] = field(default_factory=dict)
    """Services that could not be asked, and why; what is theirs waits for the next run."""
    resting: dict[str, str] = field(default_factory=dict)
    """Pairs that failed before and wait for a later try, and what was said of them."""
    stopped: bool = False
    seconds: float = 0.0
    looked_at: Sequence[Pair] = ()
    """All pairs, whether they were due or not."""

    @property
    def failures(self) -> list[Kept]:
        """The pairs that could not be kept in step; one that waits for its workbook is none."""
        return [each for each in self.kept if each.error is not None and not each.waits]

    @property
    def left(self) -> int:
        """How many pairs that were due are left to the next run, or to other workers."""
        return self.due - len(self.kept)


def run_fleet(pairs: Sequence[Pair], means: Means) -> Ran:
    """Sync what is due; what fails is told in what comes back, and stops nothing else."""
    return _Run(means).run(pairs)


def keeper(means: Means) -> Callable[[Due], Kept | None]:
    """Return what keeps one pair after another in the course of a run that somebody else leads.

    It raises Taken where somebody else has the pair in hand, and returns None where it is done.
    """
    return _Run(means).keep


def find_due(
    pairs: Iterable[Pair], known: Mapping[str, Standing], means: Means, deaf: Iterable[str] = ()
) -> Iterator[Due]:
    """Yield the pairs that are due, in no order; the network is not asked."""
    now, unheard = means.now(), set(deaf)
    for pair in pairs:
        standing = known.get(pair.key) or Standing(pair.key)
        reason = _why(pair, standing, means, now, hears=standing.service not in unheard)
        if reason is not None:
            yield Due(pair, reason, standing.synced, standing.tried)


def _why(pair: Pair, standing: Standing, means: Means, now: float, *, hears: bool) -> Why | None:
    if not standing.tried:
        return Why.NEW
    if standing.failures:
        return why_again(pair, standing, means.hands.files.sign(pair.path), now)
    if standing.tried <= now < standing.tried + pair.entry.wish.every:
        return None
    changed = _has_changed(pair, standing, means.hands.files, means.standings)
    return why(pair, standing, changed=changed, now=now, hears=hears)


def _has_changed(pair: Pair, standing: Standing, files: Files, standings: Standings) -> bool:
    """Tell whether a workbook is not as it was agreed: by size and time, and by hash in doubt."""
    first = look(standing.agreed, files.sign(pair.path))
    if first is not Look.UNSURE:
        return first is Look.OTHER
    seen = files.stamped(pair.path)
    if look(standing.agreed, seen) is Look.OTHER:
        return True
    if seen.changed:
        standings.look_again(pair.key, seen)
    return False


class _Run:
    """One run: what it found out about services on the way."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._lock = threading.Lock()
        self._listened: set[str] = set()
        self._lost: Counter[str] = Counter()
        self._ran = Ran(0, 0)

    def run(self, pairs: Sequence[Pair]) -> Ran:
        """Do it all."""
        means, ran, begun = self._means, self._ran, monotonic()
        means.note(Event("run_begun", {"pairs": len(pairs)}))
        known = means.standings.all()
        ours = {pair.key for pair in pairs}
        for service in sorted({each.service for key, each in known.items() if key in ours}):
            if service:
                self._hear(service)
        known = means.standings.all()
        dues = in_order(find_due(pairs, known, means, ran.deaf))
        ran.pairs, ran.due, ran.looked_at = len(pairs), len(dues), pairs
        resting = ours - {due.pair.key for due in dues}
        ran.resting = {
            key: each.said for key, each in known.items() if each.failures and key in resting
        }
        wanted = (due for due in dues if group_of(due.pair, _of(known, due)) not in ran.down)
        for kept in means.engine.run(self._given(wanted), means.keep or self._keep, means.stop):
            if kept is not None:
                self._tell(kept)
                self._note(kept)
                ran.kept.append(kept)
                means.tell(kept)
        ran.stopped, ran.seconds = means.stop(), monotonic() - begun
        return ran

    def _given(self, wanted: Iterable[Due]) -> Iterator[Due]:
        """Pass on pairs as they are taken up, on whichever machine, and tell of each."""
        for due in wanted:
            self._means.note(events.pair_begun(due))
            yield due

    def _tell(self, kept: Kept) -> None:
        """Tell what became of a pair, and what another machine met on the way."""
        for event in events.held_elsewhere(kept.used.refused):
            self._means.note(event)
        self._means.note(events.pair_ended(kept, self._means.say))
        drawn = events.map_drawn(kept, self._means.say)
        if drawn is not None:
            self._means.note(drawn)

    # ---- what the services tell ------------------------------------------------------

    def _hear(self, service: str) -> None:
        """Pass on what a service tells of changes, all that came since the last time."""
        standings = self._means.standings
        self._listened.add(service)
        with self._minding(service):
            feed, place = self._means.feed(service), standings.place(service)
            if not place:
                self._hear_anew(service, feed)
                return
            try:
                told, after = feed.since(place)
            except RefusedError:
                self._hear_anew(service, feed)  # a place that is too old
                return
            standings.tell(service, (place, after), told, hear)
            self._means.note(events.feed_heard(service, len(told)))

    def _hear_anew(self, service: str, feed: Feed) -> None:
        """Listen from now on, and look at all pairs once: nobody knows what was not heard."""
        self._means.note(events.feed_lost(service))
        place = feed.start()
        self._means.standings.lose_place(service)
        self._means.standings.begin(service, place)

    def _listen(self, service: str) -> None:
        """Begin to listen to a service before anything of it is read for the first time."""
        with self._lock:
            if service in self._listened:
                return
            self._listened.add(service)
            with self._minding(service):
                if not self._means.standings.place(service):
                    self._means.standings.begin(service, self._means.feed(service).start())

    @contextmanager
    def _minding(self, service: str) -> Iterator[None]:
        """Mind that a service does not tell of changes, or that nobody can ask it."""
        try:
            yield
        except NotAllowedError as error:
            self._ran.deaf[service] = error
            self._means.note(
                events.not_to_be_asked("feed_not_allowed", service, error, self._means.say)
            )
        except (UnreachableError, NotSignedInError) as error:
            self._is_down(service, error)

    def _is_down(self, service: str, error: CjmError) -> None:
        """Let all that is left of a service wait for the next run."""
        if service not in self._ran.down:
            told = events.not_to_be_asked("service_unreachable", service, error, self._means.say)
            self._means.note(told)
        self._ran.down[service] = error

    def _listening(self, around: Surroundings, ways: list[Opened]) -> Surroundings:
        """Return surroundings in which no shared copy is opened that nobody listens for.

        `ways` gets the shared copies that are opened.
        """

        def opened(link: Link) -> Opened:
            self._listen(link.service)
            ways.append(around.open(link))
            return ways[-1]

        def made(link: Link, like: Snapshot) -> Opened:
            self._listen(link.service)
            ways.append(around.make(link, like))
            return ways[-1]

        def found(link: Link, like: Snapshot) -> Opened | None:
            self._listen(link.service)
            there = around.find(link, like)
            ways.extend([there] if there else [])
            return there

        return replace(around, open=opened, make=made, find=found)

    # ---- one pair --------------------------------------------------------------------

    def _keep(self, due: Due) -> Kept | None:
        """Keep a pair; None if it is left to others, or to the next run."""
        try:
            return self.keep(due)
        except Taken:
            return None

    def keep(self, due: Due) -> Kept | None:
        """Keep a pair; None if it is left to the next run. Raises Taken."""
        means, key = self._means, due.pair.key
        now = means.now()
        standing = means.standings.claim(key, now, now + means.lease)
        if standing is None:
            raise Taken
        if standing.tried != due.tried or group_of(due.pair, standing) in self._ran.down:
            means.standings.put_back(standing)
            return None
        begun, ways = monotonic(), list[Opened]()
        kept = self._kept(due, standing, now, ways)
        if not kept.seconds:  # it failed on the way
            said = ways[-1].traffic() if ways else Traffic()
            kept = replace(kept, seconds=monotonic() - begun, traffic=said)
        # What waits for its workbook is pulled, and counted, by a later run.
        means.remember(standing, kept.known, kept.pushed, 0 if kept.waits else kept.pulled)
        means.standings.put_back(kept.standing)
        return replace(kept, known=None)

    def _kept(self, due: Due, standing: Standing, now: float, ways: list[Opened]) -> Kept:
        means, hands = self._means, self._means.hands
        sign = hands.files.sign(due.pair.path)
        listening = replace(hands, around=lambda pair: self._listening(hands.around(pair), ways))
        standing = replace(standing, tried=now)
        try:
            return keep_pair(due, standing, listening, now)
        except BusyError as busy:
            # It is open in a program: no failure, and nothing that could be mended here.
            at = replace(standing, waits=True, said=means.say(busy))
            return Kept(due, at, error=busy, waits=True)
        except CjmError as error:
            return failed(due, standing, error, means.say(error), sign)
        except Exception as error:  # noqa: BLE001 - no pair may stop the others
            unforeseen = UnforeseenError(type(error).__name__, _place(error))
            return failed(due, standing, unforeseen, means.say(unforeseen), sign)

    def _note(self, kept: Kept) -> None:
        """Count pairs that do not reach their service; nobody waits for each of ten thousand."""
        group, error = group_of(kept.due.pair, kept.standing), kept.error
        if error is None or kept.waits:
            self._lost.pop(group, None)
        elif isinstance(error, NotSignedInError):
            self._is_down(group, error)
        elif isinstance(error, UnreachableError):
            self._lost[group] += 1
            if self._lost[group] >= _ENOUGH:
                self._is_down(group, error)


def _of(known: Mapping[str, Standing], due: Due) -> Standing:
    return known.get(due.pair.key) or Standing(due.pair.key)


def _place(error: Exception) -> str:
    """Return where in the program an error arose, without the path to it."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    return f"{last.name}:{last.lineno}" if last else "–"
