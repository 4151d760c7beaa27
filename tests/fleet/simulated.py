"""Decides what a simulated fleet is: workbook files, the service with its quota, people at work.

Time is virtual: nobody waits, and the service counts minutes by the same clock as the budget. All
the rest is real: files, the program's stores, the whole of the service, called in place.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from cjm_sheets.adapters.drawing_files import DrawingFiles
from cjm_sheets.adapters.file_signs import FileSigns
from cjm_sheets.adapters.fleet_sqlite.quota import SqliteQuota
from cjm_sheets.adapters.fleet_sqlite.standings import SqliteStandings
from cjm_sheets.adapters.gsheets.feed import DriveFeed
from cjm_sheets.adapters.gsheets.store import SharedCopy, create, find
from cjm_sheets.adapters.gsheets.transport import Transport
from cjm_sheets.adapters.new_file import write_over
from cjm_sheets.adapters.thread_engine import ThreadEngine
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.fleet.budget import Limits, Payer, Waiting
from cjm_sheets.fleet.cost import Cost, limits_of
from cjm_sheets.fleet.due import Pair, Why, hear
from cjm_sheets.fleet.settings import NEVER, Entry, FailOn, Wish
from cjm_sheets.merge.base import to_texts
from cjm_sheets.ports.quota import KINDS, Kind
from cjm_sheets.ports.store import Changes, SetCell, Snapshot
from cjm_sheets.service.faults import Broken, Busy, Cut, Faults, Fired
from cjm_sheets.service.kinds import Use, use_of
from cjm_sheets.service.quota import UNLIMITED, Budget, Budgets, Quota
from cjm_sheets.service.requests.batch import run_batch
from cjm_sheets.service.store_sqlite import Draft
from cjm_sheets.tables.codec import Value, decode
from cjm_sheets.usecases.keep_pair import Hands
from cjm_sheets.usecases.run_fleet import Means, Ran, run_fleet
from cjm_sheets.usecases.sync_map import Link, Opened, Surroundings, linked_to
from cjm_sheets.words.failures import sentence
from tests.adapters.xlsx_file.sample import Sample
from tests.fleet.virtual import VirtualTime
from tests.service.in_memory import ServiceInMemory
from tests.sync.real import line_of, of
from tests.sync.world import Chance, Clock, Diary

TABLE = "Touchpoints"
ROW = "T1"
MINE, THEIRS = "action", "name"
"""The row, and the columns that people edit in the workbook, and colleagues in the shared copy."""
EVERY = 60

Job = TypeVar("Job")
Result = TypeVar("Result")


class VirtualEngine(ThreadEngine):
    """Threads in virtual time."""

    def __init__(self, threads: int, time: VirtualTime) -> None:
        super().__init__(threads)
        self._time = time

    def run(
        self, jobs: Iterable[Job], work: Callable[[Job], Result], stop: Callable[[], bool]
    ) -> Iterator[Result]:
        def counted(job: Job) -> Result:
            with self._time.working():
                return work(job)

        return super().run(jobs, counted, stop)


class ByTime:
    """The clock of the service, as it stands in virtual time."""

    def __init__(self, time: VirtualTime) -> None:
        self.now = time.now


@dataclass(frozen=True)
class Cycle:
    """What a run cost, what it must have cost, and how long it took in virtual seconds."""

    ran: Ran
    cost: Cost
    fewest: Cost
    refused: int
    seconds: float


class Fleet:
    """Many pairs of workbook files and shared copies, and all that happens to them."""

    def __init__(self, folder: Path, pairs: int, *, seed: int = 1, share: float = 1.0) -> None:
        """Make a fleet that may use a share of the quota; Google's own is as small then."""
        self.folder, self.faults, self.time = folder, Faults(seed=seed), VirtualTime()
        self._limits = limits_of(share, 1.0)
        budgets = {kind: Budget(*each[:2]) for kind, each in self._limits.items()}
        self.google = Quota(Budgets(**budgets), ByTime(self.time))  # type: ignore[arg-type]
        self.service = ServiceInMemory(folder / "service", self.faults, self.google)
        self.draws = random.Random(seed)  # noqa: S311 - a test wants the same draws again
        self.history = Diary()
        template = Sample(folder / "template.xlsx").tables().save()
        wish = Wish(EVERY, "both", (), FailOn(NEVER))
        entry = Entry("maps", "maps/*.xlsx", "new", wish, None, 1)
        self.pairs: list[Pair] = []
        (folder / "maps").mkdir()
        for number in range(pairs):
            path = folder / "maps" / f"{number}.xlsx"
            path.write_bytes(template.read_bytes())
            self.pairs.append(Pair(f"maps/{number}.xlsx", str(path), entry))
        self.standings = self.worker("me")
        self.spent: Counter[Kind] = Counter()
        self.typed: dict[tuple[str, str], str] = {}
        self._places: dict[str, dict[str, int]] = {}

    def worker(self, owner: str) -> SqliteStandings:
        """Return the standings as a worker of a name has them."""
        return SqliteStandings(self.folder / "fleet.sqlite", owner)

    # ---- runs ------------------------------------------------------------------------

    def transport(self) -> Transport:
        limits = {kind: Limits(*each) for kind, each in self._limits.items()}
        quota = SqliteQuota(
            self.folder / "quota.sqlite",
            Payer("p", self.service.token),
            limits,
            Waiting(self.time.now, self.time.sleep),
            (self.spent, Counter()),
        )
        return self.service.mount(Transport(self.service.endpoint, quota))

    def around(self, _: Pair) -> Surroundings:
        transport = self.transport()

        def opened(copy: SharedCopy) -> Opened:
            return Opened(Link("s", copy.spreadsheet), copy, lambda: transport.traffic)

        def found(link: Link, like: Snapshot) -> Opened | None:
            copy = find(transport, like.title, like.language, link.key)
            return opened(copy) if copy else None

        return Surroundings(
            open=lambda link: opened(SharedCopy(transport, link.spreadsheet)),
            make=lambda link, like: opened(create(transport, like.title, like.language, link.key)),
            history=self.history,
            clock=Clock(),
            chance=Chance(),
            find=found,
        )

    def means(self, standings: SqliteStandings | None = None) -> Means:
        hands = Hands(
            lambda path: XlsxFile(Path(path)),
            lambda _: Link("s"),
            self.around,
            FileSigns(),
            Clock(),
            DrawingFiles(write_over),
        )
        return Means(
            hands,
            standings or self.standings,
            VirtualEngine(4, self.time),
            lambda _: DriveFeed(self.transport()),
            self.time.now,
            lambda error: sentence(error, "en"),
        )

    def run(self, **changes: object) -> Cycle:
        """Let a minute pass and do what is due."""
        self.time.pass_to(self.time.now() + EVERY + 1)
        before, began, fired = self._counted(), self.time.now(), len(self.faults.fired)
        ran = run_fleet(self.pairs, replace(self.means(), **changes))  # type: ignore[arg-type]
        spent = Cost(*(now - then for now, then in zip(self._counted(), before, strict=True)))
        return Cycle(
            ran,
            spent,
            fewest(ran, self.faults.fired[fired:]),
            sum(self.google.tally(kind).refused for kind in KINDS),
            self.time.now() - began,
        )

    def _counted(self) -> tuple[int, ...]:
        return tuple(self.google.tally(kind).requests for kind in KINDS)

    def clone(self) -> None:
        """Give all pairs what a first sync gives: done for the first of them, copied for the rest.

        That founds ten thousand pairs in minutes; each has its own files and its own base.
        """
        first, *others = self.pairs
        run_fleet([first], self.means())
        self.time.pass_to(self.time.now() + EVERY + 1)
        run_fleet([first], self.means())  # hears what the service calls the shared copy
        known = self.standings.all()[first.key]
        book = self.service.store.book(known.spreadsheet).copy()
        record = next(each.id for each in book.sheets if each.properties["title"] == "_cjm")
        run_batch(book, [{"deleteSheet": {"sheetId": record}}])
        data, base = Path(first.path).read_bytes(), linked_to(XlsxFile(Path(first.path)).read())
        signs = FileSigns()
        for pair in others:
            file = self.service.store.new_file(pair.key)
            draft = Draft(book.copy(), file)
            draft.book.id = str(file["id"])
            self.service.store.add(draft)
            Path(pair.path).write_bytes(data)
            store = XlsxFile(Path(pair.path))
            linked = replace(base, spreadsheet=str(file["id"]))
            store.apply(Changes(memory=to_texts(linked)), store.read())
            assert self.standings.claim(pair.key, 0, 1) is not None
            version = int(self.service.store.file(file["id"])["version"])
            self.standings.put_back(
                replace(
                    known,
                    key=pair.key,
                    spreadsheet=str(file["id"]),
                    agreed=signs.stamped(pair.path),
                    version=version,
                    heard=0,
                    synced=self.time.now(),
                    tried=self.time.now(),
                )
            )
        # What the feed tells of so far is known.
        place = DriveFeed(self.transport()).start()
        self.standings.tell("s", (self.standings.place("s"), place), (), hear)

    # ---- people ----------------------------------------------------------------------

    def some(self, share: float) -> list[Pair]:
        """Return a share of all pairs, drawn by chance."""
        return self.draws.sample(self.pairs, max(1, round(share * len(self.pairs))))

    def edit(self, pair: Pair, text: str) -> None:
        """Let a person type into the workbook and save it."""
        store = XlsxFile(Path(pair.path))
        read = store.read()
        line = line_of(of(read.tables, TABLE), ROW)
        store.apply(Changes(cells=(SetCell(TABLE, line, MINE, text),)), read)
        self.typed[pair.key, MINE] = text

    def answer(self, pair: Pair, text: str) -> None:
        """Let a colleague type into the shared copy."""
        spreadsheet = self.standings.all()[pair.key].spreadsheet
        rows = [{"values": [{"userEnteredValue": {"stringValue": text}}]}]
        place = self.place(spreadsheet, ROW)
        update = {"start": place, "rows": rows, "fields": "userEnteredValue"}
        with self.service.store.editing(spreadsheet) as draft:
            run_batch(draft.book, [{"updateCells": update}])
        self.typed[pair.key, THEIRS] = text

    def place(self, spreadsheet: str, row: str) -> dict[str, int]:
        """Return where a colleague types: at the same place everywhere, which does not move."""
        if row not in self._places:
            copy = self.copy(spreadsheet)
            table = of(copy.read().tables, TABLE)
            sheet = copy._seen.titled(table.sheet).id  # noqa: SLF001 - what was read last
            line, column = line_of(table, row) - 1, table.by_key[THEIRS].at - 1
            self._places[row] = {
                "sheetId": sheet, "rowIndex": line, "columnIndex": column,
            }  # fmt: skip
        return self._places[row]

    def copy(self, spreadsheet: str) -> SharedCopy:
        """Return a shared copy as somebody else sees it, whose requests meet nothing."""
        transport = self.service.mount(Transport(self.service.endpoint))
        transport.session.headers["X-Faults"] = "none"
        transport.session.headers["X-Goog-Quota-User"] = "somebody"
        return SharedCopy(transport, spreadsheet)

    # ---- what is asked afterwards ----------------------------------------------------

    def out_of_step(self) -> list[tuple[str, str, str]]:
        """Return what people typed and is not on both sides: pair, column, where it lacks."""
        found: list[tuple[str, str, str]] = []
        for (key, column), text in self.typed.items():
            sides = zip(("workbook", "shared copy"), self.said(key, ROW, column), strict=True)
            found += [(key, column, side) for side, said in sides if said != text]
        return found

    def said(self, key: str, row: str, column: str) -> tuple[Value, Value]:
        """Return what a cell says in the workbook of a pair and in its shared copy."""
        spreadsheet = self.standings.all()[key].spreadsheet
        budgets, self.google.budgets = self.google.budgets, UNLIMITED
        sides = XlsxFile(self.folder / key).read(), self.copy(spreadsheet).read()
        self.google.budgets = budgets
        tables = (decode(of(side.tables, TABLE)) for side in sides)
        workbook, shared = (each.columns[column][each.texts("id").index(row)] for each in tables)
        return workbook, shared


@contextmanager
def founded(folder: Path, pairs: int) -> Iterator[Fleet]:
    """Give a fleet of so many pairs that are in step, with its service."""
    fleet = Fleet(folder, pairs)
    with fleet.service:
        fleet.clone()
        yield fleet


def fewest(ran: Ran, fired: Sequence[Fired] = ()) -> Cost:
    """Return what a run must have cost: to hear once, to read each pair, to write what changed.

    A request that met a fault was one as well. It had to be asked once more, if it read; where it
    wrote the pair had been read before, and is read again in a later run.
    """
    for_nothing = [each.route for each in fired if isinstance(each.fault, Broken | Busy | Cut)]
    writes = [route for route in for_nothing if use_of(*route.split(" ")) is Use.WRITE]
    total = Cost(reads=len(for_nothing) - len(writes), writes=len(writes), drive=1)
    for kept in ran.kept:
        if kept.error is not None:
            total += Cost(reads=int(any(kept.standing.spreadsheet in route for route in writes)))
            continue
        founds = kept.due.why is Why.NEW
        # The formulas of a new shared copy are read back; what it holds before is known.
        total += Cost(reads=1, writes=int(kept.pushed > 0 or founds), drive=int(founds))
    return total
