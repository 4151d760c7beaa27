"""Decides what keeping one pair of a fleet is: sync it, check it, say how it stands now."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from time import monotonic

from cjm_sheets.checks.health import counts, grade
from cjm_sheets.errors import CjmError
from cjm_sheets.errors.sharing import NotLinkedError
from cjm_sheets.fleet.due import Due, Pair
from cjm_sheets.fleet.settings import LOCAL, NEVER, NEW, REMEMBERED, FailOn
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.ports.clock import Clock
from cjm_sheets.ports.drawings import Drawings
from cjm_sheets.ports.files import Files, Sign
from cjm_sheets.ports.journal import Known
from cjm_sheets.ports.quota import Used
from cjm_sheets.ports.sheets import PutSheets, SheetStore
from cjm_sheets.ports.standings import Health, Standing
from cjm_sheets.ports.store import Changes, Outcome, Snapshot, Traffic
from cjm_sheets.sync.steps import Options
from cjm_sheets.usecases.check_map import SEVERITIES, Checked, Wanted, check_map
from cjm_sheets.usecases.note_news import known_after, reviews
from cjm_sheets.usecases.sync_map import Link, Surroundings, Synced, sync_map
from cjm_sheets.usecases.wall_map import Wall, refresh


@dataclass(frozen=True)
class Kept:
    """What became of a pair: how it stands, and what was done; `error` if that failed or waits.

    `broken` are the rules whose findings fail the run. `used` is what another
    machine asked for and did not tell of before. `known` is what the digest is made of; it stays
    where the pair was kept.
    """

    due: Due
    standing: Standing
    pushed: int = 0
    pulled: int = 0
    traffic: Traffic = Traffic()  # noqa: RUF009 - frozen, so that sharing one is safe
    broken: tuple[str, ...] = ()
    error: CjmError | None = None
    waits: bool = False
    seconds: float = 0.0
    used: Used = Used()  # noqa: RUF009 - frozen, so that sharing one is safe
    wall: Wall | None = None
    """The drawing beside the workbook, None if none is asked for."""
    known: Known | None = None


@dataclass(frozen=True)
class Hands:
    """What keeping pairs needs: workbooks, shared copies, files, and the time.

    `language`: the one in which findings are noted, "" for that of each workbook.
    """

    workbook: Callable[[str], SheetStore]
    link: Callable[[str], Link]
    around: Callable[[Pair], Surroundings]
    files: Files
    clock: Clock
    drawings: Drawings
    language: str = ""


@dataclass
class _Followed:
    """A workbook of which it is known what it was after each of our own writes."""

    store: SheetStore
    after: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self.store.name

    def read(self) -> Snapshot:
        """Return the map as it is now."""
        return self.store.read()

    def refuse_if_busy(self) -> None:
        """Raise what the store raises."""
        self.store.refuse_if_busy()

    def apply(self, changes: Changes, since: Snapshot) -> Outcome:
        """Apply changes, and note what came of them."""
        return self._noted(since, self.store.apply(changes, since))

    def put_sheets(self, put: PutSheets, since: Snapshot) -> Outcome:
        """Write whole sheets, and note what came of them."""
        return self._noted(since, self.store.put_sheets(put, since))

    def last(self, stamp: str) -> str:
        """Return the stamp after all our writes that followed on one another from a stamp on.

        What somebody saved between two of them is none of ours: it was not merged.
        """
        seen = set()
        while stamp in self.after and stamp not in seen:
            seen.add(stamp)
            stamp = self.after[stamp]
        return stamp

    def _noted(self, since: Snapshot, outcome: Outcome) -> Outcome:
        if outcome.stamp != since.stamp:
            self.after[since.stamp] = outcome.stamp
        return outcome


def keep_pair(due: Due, standing: Standing, hands: Hands, now: float) -> Kept:
    """Sync a pair and check its workbook; raises what a sync raises, with nothing lost.

    `now`: seconds since 1970.
    """
    begun = monotonic()
    store = _Followed(hands.workbook(due.pair.path))
    synced = _synced(due.pair, store, hands)
    agreed = _agreed(due.pair.path, store.last(synced.merged), hands.files)
    language = store.read().language
    checked = check_map(store, Wanted(hands.clock.today(), hands.language or language))
    moved = (standing.service, standing.spreadsheet) != (
        synced.link.service,
        synced.link.spreadsheet,
    )
    at = replace(
        standing,
        service=synced.link.service,
        spreadsheet=synced.link.spreadsheet,
        agreed=agreed,
        heard=standing.news,
        version=-1 if moved else standing.version,
        own=0 if moved else standing.own + _own_writes(synced.traffic),
        synced=now,
        tried=now,
        failures=0,
        failed=Sign(),
        said="",
        waits=synced.waiting is not None,
        health=_health(synced, checked),
    )
    return Kept(
        due,
        at,
        len(synced.plan.pushed),
        len(synced.plan.pulled),
        synced.traffic,
        broken_rules(checked, due.pair.entry.wish.fail_on),
        synced.waiting,
        synced.waiting is not None,
        monotonic() - begun,
        wall=_wall(due.pair, checked, hands),
        known=known_after(synced, checked),
    )


def failed(due: Due, standing: Standing, error: CjmError, said: str, sign: Sign) -> Kept:
    """Return what became of a pair that could not be kept; `sign` is its workbook before that."""
    at = replace(standing, failures=standing.failures + 1, failed=sign, said=said)
    return Kept(due, at, error=error)


def target_of(pair: Pair, link: Callable[[str], Link]) -> Link | None:
    """Return the shared copy that the fleet file names; None is the one the workbook remembers."""
    named = pair.entry.shared_copy
    return None if named in {REMEMBERED, NEW} else link(named)


def group_of(pair: Pair, standing: Standing) -> str:
    """Return what fails together where a service cannot be reached: its name, as far as known."""
    if standing.service:
        return standing.service
    return LOCAL if pair.entry.shared_copy == LOCAL else ""


def _synced(pair: Pair, store: _Followed, hands: Hands) -> Synced:
    """Sync a pair; where the fleet file asks for it a shared copy is made that is not there yet."""
    around, wish = hands.around(pair), pair.entry.wish
    options = Options(direction=wish.direction, redraws=wish.wall_map)
    target = target_of(pair, hands.link)
    try:
        return sync_map(store, target, options, around, dry_run=False)
    except NotLinkedError:
        if pair.entry.shared_copy != NEW:
            raise
    return sync_map(store, hands.link(NEW), options, around, dry_run=False)


def _wall(pair: Pair, checked: Checked, hands: Hands) -> Wall | None:
    """Let the drawing beside a workbook keep up, where the fleet file asks for it."""
    if not pair.entry.wish.wall_map:
        return None
    return refresh(pair.path, checked.reading, hands.clock.today(), hands.drawings)


def _agreed(path: str, stamp: str, files: Files) -> Sign:
    """Return the sign of the workbook as both sides agreed, whatever was saved since."""
    now = files.stamped(path)
    return now if now.stamp == stamp else Sign(stamp=stamp)


def _own_writes(traffic: Traffic) -> int:
    """Return how many of our writes the feed will tell of, as far as that is certain.

    Where more was said than reading and writing once, nobody knows which of it was carried out.
    """
    return int((traffic.read, traffic.write) == (1, 1))


def _health(synced: Synced, checked: Checked) -> Health:
    number = counts(checked.findings)
    review = next_review(checked.reading.workbook)
    return Health(
        synced.plan.base.generation,
        len(synced.plan.conflicts),
        number["error"],
        number["warning"],
        number["info"],
        grade(checked.findings),
        review.isoformat() if review else "",
    )


def next_review(workbook: Workbook) -> date | None:
    """Return the first day on which a map is to be reviewed, None if no map says when it was."""
    return min((day for _, _, day in reviews(workbook)), default=None)


def broken_rules(checked: Checked, fail_on: FailOn) -> tuple[str, ...]:
    """Return the rules whose findings fail the run, in order."""
    if fail_on.rules:
        bad = {each.rule for each in checked.findings if each.rule in fail_on.rules}
    elif fail_on.severity == NEVER:
        bad = set()
    else:
        worst = SEVERITIES[: SEVERITIES.index(fail_on.severity) + 1]
        bad = {each.rule for each in checked.findings if each.severity in worst}
    return tuple(sorted(bad))
