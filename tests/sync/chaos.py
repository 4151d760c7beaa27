"""Decides what a world is in which all goes wrong at once, and where each typed value went.

A shared copy at the service, two workbooks with their own records of the last sync, jobs that stop
before and after each request and each write, and people who come in between. Every value that is
typed is a text of its own, so that one can ask of each what became of it.
"""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any

import requests

from cjm_sheets.adapters.gsheets import record
from cjm_sheets.adapters.gsheets.reading import own_id
from cjm_sheets.adapters.gsheets.store import SharedCopy, create
from cjm_sheets.adapters.gsheets.transport import Transport
from cjm_sheets.errors import CjmError
from cjm_sheets.errors.accounts import NotSignedInError
from cjm_sheets.errors.sharing import ColleaguesAtWorkError, MassDeletionError, UnreachableError
from cjm_sheets.errors.workbook import ChangedMeanwhileError, OpenElsewhereError
from cjm_sheets.model.past import Run
from cjm_sheets.ports.store import Changes, Outcome, Snapshot
from cjm_sheets.service.faults import Faults
from cjm_sheets.service.requests.batch import run_batch
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.sync.steps import Options
from cjm_sheets.tables.codec import decode
from cjm_sheets.tables.table import Raw, Table
from cjm_sheets.usecases.sync_map import Link, Opened, Surroundings, Synced, sync_map
from tests.service.in_memory import ServiceInMemory
from tests.stores.memory import MemoryStore, Sheet
from tests.sync.world import Chance, Clock, Diary, row, touchpoints

TABLE = "Touchpoints"
ROWS = 3
STAGE = "S1"
"""The stage of all rows, the one text that tells nothing of a row."""

MET = (
    ChangedMeanwhileError,
    ColleaguesAtWorkError,
    MassDeletionError,
    NotSignedInError,
    OpenElsewhereError,
    UnreachableError,
)
"""With what a sync may end where everything goes wrong: nothing is lost, and it says so."""

Json = dict[str, Any]


class Killed(BaseException):
    """What a job meets that is killed: no part of the program may handle it."""


class Job:
    """A sync on a thread of its own that goes on only when it is told to, from gate to gate."""

    def __init__(self, world: "World", store: MemoryStore, options: Options) -> None:
        self.over = False
        self.done: Synced | None = None
        self.met: CjmError | None = None
        self.failed: BaseException | None = None
        self._world, self._options = world, options
        self._store = _Gated(store, self._gate)
        self._killed = False
        self._turn, self._back = threading.Semaphore(0), threading.Semaphore(0)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def step(self) -> None:
        """Let it go on to its next gate, or to its end."""
        if not self.over:
            self._turn.release()
            self._back.acquire()

    def finish(self) -> "Job":
        """Let it go on to its end."""
        while not self.over:
            self.step()
        self._thread.join()
        return self

    def kill(self) -> None:
        """Let it die where it is."""
        self._killed = True
        self.finish()

    def _gate(self) -> None:
        self._back.release()
        self._turn.acquire()
        if self._killed:
            raise Killed

    def _run(self) -> None:
        self._turn.acquire()
        try:
            if not self._killed:
                self.done = self._world.sync_through(self._store, self._options, self._gate)
        except Killed:
            pass
        except MET as met:
            self.met = met
        except BaseException as error:  # noqa: BLE001 - told by the machine itself
            self.failed = error
        self.over = True
        self._back.release()


class _Choices:
    """The history of a job that was told which side is right."""

    def __init__(self, world: "World") -> None:
        self._world = world

    def begin(self, run: Run) -> int:
        self._world.chose.add(run.key)
        return self._world.history.begin(run)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._world.history, name)


class _GatedTransport(Transport):
    """A way to the service with a gate before each request and one after its answer."""

    gate: Callable[[], None]

    def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> requests.Response:
        self.gate()
        answer = super().request(method, endpoint, *args, **kwargs)
        self.gate()
        return answer


class _Gated:
    """A workbook with gates around what is done with it."""

    def __init__(self, store: MemoryStore, gate: Callable[[], None]) -> None:
        self._store, self._gate = store, gate

    @property
    def name(self) -> str:
        return self._store.name

    def read(self) -> Snapshot:
        self._gate()
        return self._store.read()

    def refuse_if_busy(self) -> None:
        self._store.refuse_if_busy()

    def apply(self, changes: Changes, since: Snapshot) -> Outcome:
        self._gate()
        done = self._store.apply(changes, since)
        self._gate()
        return done


def copied(store: MemoryStore, name: str) -> MemoryStore:
    """Return a copy of a workbook as it is now, with what it remembers."""
    sheets = [Sheet(s.title, [*s.header], [[*line] for line in s.rows]) for s in store.sheets]
    other = MemoryStore(*sheets, name=name, removes=False)
    other.memory = store.memory
    return other


class Book:
    """A workbook with the person who works in it, and that person's backups.

    While it is open the person works in what was read then; saving puts that over the file.
    """

    def __init__(self, store: MemoryStore) -> None:
        self.store = store
        self.opened: MemoryStore | None = None
        self._opened_at = 0
        self.backups = [copied(store, store.name)]

    @property
    def desk(self) -> MemoryStore:
        """What the person sees."""
        return self.opened or self.store

    @property
    def lines(self) -> list[list[Raw]]:
        return self.desk.sheets[0].rows

    def touched(self) -> None:
        """A person's change of a file is a new file."""
        self.store.writes += self.opened is None

    @property
    def is_stale(self) -> bool:
        """Whether the file changed since the person opened it, so that saving undoes that."""
        return self.opened is not None and self.store.writes != self._opened_at

    def open(self) -> None:
        if self.opened is None:
            self.opened = copied(self.store, self.store.name)
            self._opened_at = self.store.writes

    def save(self) -> None:
        if self.opened is not None:
            self.put(self.opened)
            self._opened_at = self.store.writes

    def put(self, other: MemoryStore) -> None:
        """Put another content into the file."""
        there = copied(other, other.name)
        self.store.sheets, self.store.memory = there.sheets, there.memory
        self.store.writes += 1

    def column(self, key: str) -> int:
        return self.desk.column(TABLE, key)[1]


class Homes:
    """Which texts belong to the same row, as far as people could see."""

    def __init__(self) -> None:
        self._of: dict[str, set[str]] = {}

    def join(self, texts: Sequence[str]) -> None:
        """Note that these stand in one row."""
        own = {text for text in texts if text != STAGE}
        home = own.union(*(self._of.get(text, ()) for text in own))
        self._of.update(dict.fromkeys(home, home))

    def same(self, text: str, after: str) -> bool:
        """Tell whether what replaced a text is nothing, or a text of its own row."""
        value = json.loads(after)
        return not isinstance(value, str) or value in self._of[text] or value not in self._of


class World:
    """Both sides, everybody at work, and what was typed, copied and replaced so far."""

    def __init__(self, stage: "Stage") -> None:
        stage.faults.clear()
        self.service, self.faults = stage.service, stage.faults
        self.history, self.chance = Diary(), Chance()
        self.numbers = count(1)
        self.typed: set[str] = set()
        self.homes = Homes()
        self.replaced: set[str] = set()
        self.copied: set[str] = set()
        self.chose: set[str] = set()
        self.rewound = False
        self.in_a_copy = False
        self.copies_of_tabs: set[int] = set()
        self.jobs: list[Job] = []
        rows = [row(i, name=self.token(), action=self.token()) for i in range(1, ROWS + 1)]
        for each in rows:
            self.homes.join([value for value in each.values() if isinstance(value, str)])
        self._eyes = self.service.mount(Transport(self.service.endpoint))
        self._eyes.session.headers["X-Faults"] = "none"
        self.copy, first = stage.pair(self, rows)
        self.books = [Book(first), Book(copied(first, "copy.xlsx"))]

    def pair(self, rows: Sequence[dict[str, Raw]]) -> tuple[SharedCopy, MemoryStore]:
        """Return a workbook and its new shared copy, in step."""
        first = MemoryStore(touchpoints(*rows), name="map.xlsx", removes=False)
        self.copy = create(self._eyes, "A map", "en")
        around = self.around(self.copy, self._eyes, self.history)
        sync_map(first, Link("local"), Options(), around, dry_run=False)
        # Reading lists of choices and the map, which say nothing here, would take most of the time.
        kept = {own_id(TABLE), own_id("Start")}
        others = [id_ for id_, _ in self.grids() if id_ not in kept]
        self.batch(*({"deleteSheet": {"sheetId": other}} for other in others))
        return self.copy, first

    def token(self, row: Sequence[Raw] = ()) -> str:
        """Return a new text to be typed into a row that says this."""
        text = f"word {next(self.numbers)}"
        self.typed.add(text)
        self.homes.join((text, *(value for value in row if isinstance(value, str))))
        return text

    def replace(self, values: Sequence[Raw]) -> None:
        """Note that a person saw these values and put something in their place."""
        self.replaced |= {value for value in values if isinstance(value, str)}

    def nameless(self, values: Sequence[Raw]) -> None:
        """Note that a row loses its id; edited as well, nobody can tell what row it was."""
        self.copied |= {value for value in values if isinstance(value, str)}

    def columns_move(self) -> None:
        """Note that columns move under a job at work: what it wrote may stay beside its column."""
        self.rewound |= any(not job.over for job in self.jobs)

    # ---- jobs ------------------------------------------------------------------------

    def sync(self, store: MemoryStore, **options: Any) -> Synced:
        """Run a whole sync while nobody interferes."""
        asked = Options(**{"allow_mass_delete": True, **options})
        return self.sync_through(store, asked, lambda: None)

    def sync_through(
        self, store: "MemoryStore | _Gated", options: Options, gate: Callable[[], None]
    ) -> Synced:
        transport = _GatedTransport(self.service.endpoint)
        transport.gate = gate
        self.service.mount(transport)
        copy = SharedCopy(transport, self.copy.spreadsheet)
        history = _Choices(self) if options.prefer else self.history
        around = self.around(copy, transport, history)
        return sync_map(store, None, options, around, dry_run=False)

    def around(self, copy: SharedCopy, transport: Transport, history: Any) -> Surroundings:
        """Return what a sync with the shared copy needs."""
        opened = Opened(Link("local", copy.spreadsheet), copy, lambda: transport.traffic)
        return Surroundings(lambda _: opened, lambda _, __: opened, history, Clock(), self.chance)

    def begin(self, book: Book, options: Options) -> None:
        self.jobs.append(Job(self, book.store, options))

    # ---- the shared copy ---------------------------------------------------------------

    def batch(self, *asked: Json) -> None:
        """Let a colleague change the shared copy, at once and as a whole."""
        with self.service.store.editing(self.copy.spreadsheet) as draft:
            run_batch(draft.book, list(asked))

    def table(self) -> Table | None:
        """Return the table as a colleague finds it."""
        found = (t for t in self.copy.read().tables if t.spec.key == TABLE)
        return next(found, None)

    def sheet(self, table: Table) -> int:
        return self.copy._seen.titled(table.sheet).id  # noqa: SLF001 - what was read last

    def grids(self) -> Iterator[tuple[int, list[list[Raw]]]]:
        """Yield what all tabs show, by the id of each, but for copies and records of writes."""
        url = f"https://sheets.googleapis.com/v4/spreadsheets/{self.copy.spreadsheet}"
        values = "data.rowData.values(formattedValue,userEnteredValue.formulaValue)"
        mask = f"sheets(properties(sheetId,title),{values})"
        for each in self._eyes.request("get", url, params={"fields": mask}).json()["sheets"]:
            identity = each["properties"].get("sheetId", 0)
            if identity in self.copies_of_tabs or each["properties"]["title"] == record.TITLE:
                continue
            yield (
                identity,
                [
                    [_typed(cell) for cell in line.get("values", ())]
                    for data in each.get("data", ())
                    for line in data.get("rowData", ())
                ],
            )

    # ---- what is asked afterwards ------------------------------------------------------

    def shared_words(self) -> list[str]:
        return [
            value
            for _, rows in self.grids()
            for line in rows
            for value in line
            if isinstance(value, str)
        ]

    def kept(self, text: str) -> bool:
        """Tell whether the history has a value that it may have.

        Sync itself replaces what a person typed, and nobody else has replaced, in two cases only:
        where a write had overwritten it unseen, and where people chose one of two values of a cell.
        """
        for run in self.history.noted:
            for entry in run.entries:
                if f'"{text}"' in entry.before and (
                    run.kind == "recovered"
                    or (run.key in self.chose and self.homes.same(text, entry.after))
                ):
                    return True
        return False

    def only_in(self, book: Book) -> set[str]:
        """Return what a person typed into a workbook that is nowhere else."""
        elsewhere = {*self.shared_words(), *self._records()}
        for other in self.books:
            if other is not book:
                elsewhere |= _words(other.store) | _words(other.desk)
        mine = (_words(book.store) | _words(book.desk)) & self.typed
        return {text for text in mine - elsewhere if not self.kept(text)}

    def lost(self) -> set[str]:
        """Return what is on no side, nor in the history, nor replaced by a person."""
        there = {*self.shared_words()}
        for book in self.books:
            there |= _words(book.store)
        return {text for text in self.typed - self.replaced - there if not self.kept(text)}

    def doubled(self) -> set[str]:
        """Return what stands twice in the shared copy though nobody copied it."""
        words = [text for text in self.shared_words() if text in self.typed - self.copied]
        return {text for text in words if words.count(text) > 1}

    def said(self, store: MemoryStore | SharedCopy, keys: Sequence[str]) -> list[tuple[Any, ...]]:
        """Return what the rows of a side say in these columns, whatever their order.

        A row that says nothing in any of them but its id stays on its side.
        """
        tables = (t for t in store.read().tables if t.spec.key == TABLE)
        columns = decode(next(tables)).columns
        ids = columns["id"]
        rows = zip(ids, *(columns[key] for key in keys if key != "id"), strict=True)
        return sorted((line for line in rows if any(v is not None for v in line[1:])), key=str)

    def keys(self) -> list[str]:
        """Return the columns that all sides have."""
        stores: list[MemoryStore | SharedCopy] = [self.copy, *(b.store for b in self.books)]
        there = [
            {*decode(t).columns}
            for store in stores
            for t in store.read().tables
            if t.spec.key == TABLE
        ]
        return sorted(set.intersection(*there)) if len(there) == len(stores) else []

    def _records(self) -> Iterator[str]:
        """Yield the words that the record of the last write keeps."""
        self.copy.read()
        for grid in self.copy._seen.grids.values():  # noqa: SLF001 - what was read last
            for line in grid.rows if record.read(grid) else ():
                yield from (value for value in line if isinstance(value, str))


class Stage:
    """The service for many worlds, with a shared copy that each of them finds as it was made."""

    def __init__(self, service: ServiceInMemory, faults: Faults) -> None:
        self.service, self.faults = service, faults
        self._made: tuple[SharedCopy, MemoryStore, Spreadsheet] | None = None

    def pair(self, world: World, rows: Sequence[dict[str, Raw]]) -> tuple[SharedCopy, MemoryStore]:
        """Return a workbook and its shared copy as they are at the beginning."""
        if self._made is None:
            copy, first = world.pair(rows)
            self._made = copy, first, self.service.store.book(copy.spreadsheet).copy()
        copy, first, book = self._made
        with self.service.store.editing(copy.spreadsheet) as draft:
            draft.book = book.copy()
        return copy, copied(first, first.name)


def _typed(cell: Json) -> str | None:
    """Return what a cell shows unless it only shows what stands on another sheet."""
    formula = cell.get("userEnteredValue", {}).get("formulaValue", "")
    return None if "!" in formula else cell.get("formattedValue")


def _words(store: MemoryStore) -> set[str]:
    return {v for s in store.sheets for line in s.rows for v in line if isinstance(v, str)}
