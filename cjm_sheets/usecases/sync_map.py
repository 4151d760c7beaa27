"""Decides what a sync is: read both sides, plan, note it in the history, carry it out, tell.

The network is used once to read and at most once to write (twice where a shared copy is made); a
plan that writes nothing writes nothing anywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from cjm_sheets.errors import BusyError, DamagedBaseError, NotLinkedError
from cjm_sheets.merge.base import Base, BrokenBaseError, from_texts
from cjm_sheets.ports.clock import Chance, Clock
from cjm_sheets.ports.history import History
from cjm_sheets.ports.store import Snapshot, Store, Traffic
from cjm_sheets.sync.apply import carry_out
from cjm_sheets.sync.history import entries_of
from cjm_sheets.sync.plan import Copies, plan
from cjm_sheets.sync.steps import Options, Plan
from cjm_sheets.usecases.recalculate import refresh_results

LOCAL = "local"
"""The service that runs on this machine."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a shared copy is: the service ("google", "local" or an address) and the spreadsheet.

    A spreadsheet of "" is one that is still to be made.
    """

    service: str
    spreadsheet: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A shared copy that can be read and changed, and how much was said over the network."""

    link: Link
    store: Store
    traffic: Callable[[], Traffic]


@dataclass(frozen=True)
class Synced:
    """What a sync did, or would do."""

    plan: Plan
    shared_copy: str
    link: Link
    traffic: Traffic
    dry_run: bool
    waiting: BusyError | None = None
    one_way: bool = False


@dataclass(frozen=True)
class Surroundings:
    """What a sync needs beside the workbook: a way to open or make shared copies, and a diary."""

    open: Callable[[Link], Opened]
    make: Callable[[Link, Snapshot], Opened]
    history: History
    clock: Clock
    chance: Chance


def linked_to(snapshot: Snapshot) -> Base:
    """Return what the workbook remembers of its last sync.

    Raises:
        DamagedBaseError: it remembers something that is not whole.
    """
    try:
        return from_texts(snapshot.memory) or Base()
    except BrokenBaseError as broken:
        raise DamagedBaseError(snapshot.title) from broken


def sync_map(
    workbook: Store, target: Link | None, options: Options, around: Surroundings, *, dry_run: bool
) -> Synced:
    """Bring a workbook and its shared copy in step; target None is the one it remembers."""
    ours = workbook.read()
    base = linked_to(ours)
    if target is None:
        if not base.is_linked:
            raise NotLinkedError(workbook.name)
        target = Link(base.service, base.spreadsheet)
    if not target.spreadsheet and target.service == base.service == LOCAL:
        # This machine has one shared copy of a workbook; naming it again makes no second one.
        target = Link(LOCAL, base.spreadsheet)
    if not target.spreadsheet and dry_run:
        return _would_make(ours, target, options, around)
    if not target.spreadsheet:
        # A shared copy that the workbook cannot remember would be made again by the next run.
        workbook.refuse_if_busy()
    opened = around.open(target) if target.spreadsheet else around.make(target, ours)
    link = opened.link
    if (base.service, base.spreadsheet) != (link.service, link.spreadsheet):
        base = Base(service=link.service, spreadsheet=link.spreadsheet)
    # A shared copy made a moment ago is known to be empty: no need to ask.
    theirs = opened.store.read() if target.spreadsheet else _nothing(ours)
    copies = Copies(base, ours, theirs)
    planned = plan(copies, options, around.chance.below)
    done = None
    if not dry_run and not planned.writes_nothing:
        when = around.clock.now()
        run = around.history.begin(when, workbook.name, link.spreadsheet, entries_of(planned))
        done = carry_out(planned, workbook, opened.store, copies)
        around.history.finish(run)
    elif not dry_run:
        carry_out(planned, workbook, opened.store, copies)
    waiting = done.waiting if done else None
    if done and done.workbook_written:
        waiting = _refreshed(workbook, around) or waiting
    one_way = options.direction != "both"
    return Synced(planned, opened.store.name, link, opened.traffic(), dry_run, waiting, one_way)


def _refreshed(workbook: Store, around: Surroundings) -> BusyError | None:
    """Refresh what live formulas show; return why it has to wait for the next calculation."""
    try:
        refresh_results(workbook, around.clock.today())
    except BusyError as busy:
        return busy
    return None


def _nothing(ours: Snapshot) -> Snapshot:
    """Return an empty shared copy."""
    return replace(ours, tables=(), others=(), stamp="", memory=())


def _would_make(ours: Snapshot, link: Link, options: Options, around: Surroundings) -> Synced:
    """Return what a first push would do, without making a spreadsheet."""
    copies = Copies(Base(service=link.service), ours, _nothing(ours))
    planned = plan(copies, options, around.chance.below)
    return Synced(planned, "", link, Traffic(), dry_run=True)
