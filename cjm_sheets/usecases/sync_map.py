"""Decides what a sync is: read both sides, plan, note it in the history, carry it out, tell.

The network is used once to read and at most once to write (twice where a shared copy is made), as
long as nobody interferes; a plan that writes nothing writes nothing anywhere.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from cjm_sheets.errors import BusyError
from cjm_sheets.errors.machine import OwnFolderError
from cjm_sheets.errors.sharing import (
    ColleaguesAtWorkError,
    NotLinkedError,
    RefusedError,
    UnreachableError,
)
from cjm_sheets.errors.workbook import ChangedMeanwhileError, DamagedBaseError
from cjm_sheets.merge.base import Base, BrokenBaseError, from_texts, salvaged, to_texts
from cjm_sheets.model.past import Entry, Kind, Run
from cjm_sheets.ports.clock import Chance, Clock
from cjm_sheets.ports.history import History
from cjm_sheets.ports.store import Changes, SharedStore, Snapshot, Store, Traffic
from cjm_sheets.sync.annotate import annotated
from cjm_sheets.sync.apply import carry_out
from cjm_sheets.sync.history import entries_of, new_key, with_record
from cjm_sheets.sync.plan import Copies, has_lost_rows, plan
from cjm_sheets.sync.renamed import Followed, with_renamed
from cjm_sheets.sync.steps import Options, Plan
from cjm_sheets.usecases.check_formulas import refuse_broken_formulas
from cjm_sheets.usecases.draw_shared import with_wall
from cjm_sheets.usecases.show_synced import shown, with_results

_TRIES = 5
GOOGLE, LOCAL = "google", "local"
"""Google's own service, and the one that runs on this machine."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a shared copy is: the service ("google", "local" or an address) and the spreadsheet.

    A spreadsheet of "" is one that is still to be made, under a `key` by which it can be found.
    """

    service: str
    spreadsheet: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A shared copy that can be read and changed, how much was said over the network, and as whom.

    An account of "" is one that nobody knows.
    """

    link: Link
    store: SharedStore
    traffic: Callable[[], Traffic]
    account: str = ""


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
    recovered: tuple[Entry, ...] = ()
    """What an earlier write had replaced unseen; it is in the history, and put back if it could."""
    without_base: bool = False
    """What the workbook remembered was damaged: both sides were put together."""
    merged: str = ""
    """The stamp of the workbook that was merged; what the sync itself wrote came after."""


@dataclass(frozen=True)
class Surroundings:
    """What a sync needs beside the workbook: a way to open or make shared copies, and a diary.

    `find` gives the shared copy that a run made under the key of a link and then died, None if
    there is none. `login` is the name under which the program runs. `sign_in` raises what `make`
    would where nobody can be asked with.
    """

    open: Callable[[Link], Opened]
    make: Callable[[Link, Snapshot], Opened]
    history: History
    clock: Clock
    chance: Chance
    login: str = ""
    find: Callable[[Link, Snapshot], Opened | None] = lambda _, __: None
    sign_in: Callable[[Link], None] = lambda _: None


def linked_to(snapshot: Snapshot) -> Base:
    """Return what the workbook remembers of its last sync.

    Raises:
        DamagedBaseError: it remembers something that is not whole.
    """
    try:
        return from_texts(snapshot.memory) or Base()
    except BrokenBaseError as broken:
        raise DamagedBaseError(snapshot.title) from broken


def _remembered(snapshot: Snapshot, *, named: bool) -> tuple[Base, bool]:
    """Return what the workbook remembers, and whether that is no more than where its copy is.

    Raises:
        DamagedBaseError: not even that can be told, and no shared copy is named.
    """
    try:
        return linked_to(snapshot), False
    except DamagedBaseError:
        left = salvaged(snapshot.memory)
        if left is None and not named:
            raise
        return left or Base(), True


def sync_map(
    workbook: Store, target: Link | None, options: Options, around: Surroundings, *, dry_run: bool
) -> Synced:
    """Bring a workbook and its shared copy in step; target None is the one it remembers.

    Where somebody changes either side between reading and writing, it begins anew.
    """
    ours = workbook.read()
    base, _ = _remembered(ours, named=target is not None)
    target = _target(base, target, workbook)
    if not target.spreadsheet and dry_run:
        return _would_make(ours, target, options, around)
    theirs: Snapshot | None = None
    if target.spreadsheet:
        opened = around.open(target)
    else:
        opened, ours, theirs = _made(workbook, ours, base, target.service, around)
    attempt = _Attempt(workbook, opened, options, around, dry_run)
    for _ in range(_TRIES - 1):
        try:
            return attempt.run(ours, theirs)
        except (ChangedMeanwhileError, ColleaguesAtWorkError):
            ours, theirs = workbook.read(), None
    return attempt.run(ours, theirs)


def _made(
    workbook: Store, ours: Snapshot, base: Base, service: str, around: Surroundings
) -> tuple[Opened, Snapshot, Snapshot | None]:
    """Return a new shared copy, the workbook, and what is known of the copy: that it is empty.

    The workbook remembers that one is being made before it is: else a run that died before it could
    remember the copy would leave one that nobody knows, and the next run would make a second one.
    """
    workbook.refuse_if_busy()
    # One that is never filled, for want of a history, would be found again and again.
    around.history.be_ready()
    begun, key = base.making
    if begun == service:
        found = around.find(Link(service, key=key), ours)
        if found is not None:
            return found, ours, None
    else:
        around.sign_in(Link(service))
        key = new_key(around.chance.below) + new_key(around.chance.below)
        begins = to_texts(replace(base, making=(service, key)))
        workbook.apply(Changes(memory=begins), ours)
        ours = workbook.read()
    return around.make(Link(service, key=key), ours), ours, _nothing(ours)


def _target(base: Base, target: Link | None, workbook: Store) -> Link:
    """Return where the shared copy is, or is to be made.

    Raises:
        NotLinkedError: the workbook remembers none, and none is named.
    """
    if target is None:
        if not base.is_linked and base.making[0]:
            return Link(base.making[0])
        if not base.is_linked:
            raise NotLinkedError(workbook.name)
        return Link(base.service, base.spreadsheet)
    if not target.spreadsheet and target.service == base.service == LOCAL:
        # This machine has one shared copy of a workbook; naming it again makes no second one.
        return Link(LOCAL, base.spreadsheet)
    return target


@dataclass
class _Attempt:
    """One sync after another of the same two sides, until one of them is through."""

    workbook: Store
    opened: Opened
    options: Options
    around: Surroundings
    dry_run: bool
    found: tuple[Run, ...] = ()
    """What was recovered on the way."""

    def run(self, ours: Snapshot, theirs: Snapshot | None) -> Synced:
        """Merge both sides as they are now; the shared copy is read if it is not known.

        Raises:
            ChangedMeanwhileError, ColleaguesAtWorkError: a side changed while it was written.
            BrokenFormulasError: all is written, but formulas of sheets that were made fail.
        """
        link = self.opened.link
        base, without = _remembered(ours, named=True)
        if (base.service, base.spreadsheet) != (link.service, link.spreadsheet):
            # Nor is a shared copy in the making any more, which this one may have been.
            base = Base(service=link.service, spreadsheet=link.spreadsheet, past=base.past)
        ours = with_renamed(ours, base)
        if (
            self.options.annotate
            # A conflict of before may stand in a note that has to go by now.
            or any(each.kind == "conflict" for each in base.pending)
            # A row that went may have a note or a comment over there.
            or has_lost_rows(base, ours)
        ):
            self.opened.store.mind_notes()
        if self.options.redraws and self.options.pushes:
            self.opened.store.mind_map()
        copies = Copies(base, ours, self._mended() if theirs is None else theirs)
        planned = plan(copies, self.options, self.around.chance.below)
        planned = annotated(planned, copies, self.options)
        store, today = self.opened.store, self.around.clock.today()
        planned = with_wall(planned, copies, self.options, today, store.would_redraw)
        waiting = None if self.dry_run else self._carried_out(planned, copies)
        # A map that is drawn anew by itself has the formulas of the first one, read back then.
        draws = self.options.draws and planned.to_shared.wall is not None
        makes = bool(planned.to_shared.tables) or draws
        if makes and not self.dry_run:
            # All is written by now: what cannot be read back is no reason to say that it is not.
            with suppress(UnreachableError, RefusedError):
                refuse_broken_formulas(self.opened.store, copies.shared)
        return Synced(
            planned,
            self.opened.store.name,
            link,
            self.opened.traffic(),
            self.dry_run,
            waiting,
            self.options.direction != "both",
            tuple(entry for run in self.found for entry in run.entries),
            without,
            copies.workbook.stamp,
        )

    def _carried_out(self, planned: Plan, copies: Copies) -> BusyError | None:
        """Carry a plan out, with history; return why the workbook has to wait with anything."""
        done, ours, diary = None, copies.workbook, self.around.history
        workbook = Followed(self.workbook, copies.base)
        if planned.writes_nothing:
            planned = with_record(planned, self.found, ours.memory)
            carry_out(planned, workbook, self.opened.store, copies)
        else:
            kind: Kind = "sync" if copies.base.generation else "first"
            run = self._run(kind, entries_of(planned), planned.base.generation)
            planned = with_record(planned, (*self.found, run), ours.memory)
            number = diary.begin(run)
            planned = with_results(planned, self.around.clock.today())
            done = carry_out(planned, workbook, self.opened.store, copies)
            with suppress(OwnFolderError):  # all is done; that it is not noted changes nothing
                diary.finish(number)
        return shown(planned, done, self.workbook, ours, self.around.clock)

    def _mended(self) -> Snapshot:
        """Return the shared copy, after what a write replaced unseen has been put right."""
        theirs = self.opened.store.read()
        if theirs.overwritten is None or self.dry_run:
            return theirs
        run = self._run("recovered", theirs.overwritten, theirs.generation)
        number = self.around.history.begin(run)
        self.opened.store.mend(theirs)
        self.around.history.finish(number)
        self.found = (*self.found, run)
        return self.opened.store.read()

    def _run(self, kind: Kind, entries: tuple[Entry, ...], generation: int) -> Run:
        """Return what the history says of what is about to be replaced, or was."""
        return Run(
            key=new_key(self.around.chance.below),
            when=self.around.clock.now(),
            workbook=self.workbook.name,
            service=self.opened.link.service,
            spreadsheet=self.opened.link.spreadsheet,
            generation=generation,
            who=self.opened.account or self.around.login,
            kind=kind,
            entries=entries,
        )


def _nothing(ours: Snapshot) -> Snapshot:
    """Return an empty shared copy."""
    return replace(ours, tables=(), others=(), stamp="", memory=())


def _would_make(ours: Snapshot, link: Link, options: Options, around: Surroundings) -> Synced:
    """Return what a first push would do, without making a spreadsheet."""
    copies = Copies(Base(service=link.service), ours, _nothing(ours))
    planned = plan(copies, options, around.chance.below)
    return Synced(planned, "", link, Traffic(), dry_run=True)
