"""Two programs that sync at the same moment: one wins, the other merges again, nothing is lost."""

import threading
from collections.abc import Callable, Iterator

import pytest

from cjm_sheets.adapters.gsheets.store import SharedCopy, create
from cjm_sheets.adapters.gsheets.transport import Endpoint, Transport
from cjm_sheets.service.running import RunningService
from cjm_sheets.sync.steps import Options
from cjm_sheets.tables.table import Raw, Table
from cjm_sheets.usecases.sync_map import Link, Opened, Surroundings, Synced, sync_map
from tests.stores.memory import MemoryStore, Sheet
from tests.sync.world import Chance, Clock, Diary, row, touchpoints

ROUNDS = 50
NAME = 3


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("jobs")) as running:
        yield running


class Job:
    """A program with a workbook and a way of its own to the shared copy."""

    def __init__(self, service: RunningService, spreadsheet: str, workbook: MemoryStore) -> None:
        self.workbook = workbook
        self.transport = Transport(Endpoint(service.url, service.token))
        self.copy = SharedCopy(self.transport, spreadsheet)
        self.history = Diary()
        self.chance = Chance()
        self.failed: list[BaseException] = []

    def sync(self) -> Synced:
        link = Link("local", self.copy.spreadsheet)
        opened = Opened(link, self.copy, lambda: self.transport.traffic)
        around = Surroundings(
            lambda _: opened, lambda _, __: opened, self.history, Clock(), self.chance
        )
        return sync_map(self.workbook, link, Options(), around, dry_run=False)

    def run(self, barrier: threading.Barrier) -> None:
        barrier.wait()
        try:
            self.sync()
        except BaseException as error:  # noqa: BLE001 - told by the test itself
            self.failed.append(error)


def at_once(*jobs: Job) -> None:
    barrier = threading.Barrier(len(jobs))
    threads = [threading.Thread(target=job.run, args=(barrier,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [job.failed for job in jobs] == [[] for _ in jobs]


def copied(store: MemoryStore) -> MemoryStore:
    sheets = [Sheet(s.title, [*s.header], [[*line] for line in s.rows]) for s in store.sheets]
    other = MemoryStore(*sheets, name="copy.xlsx", removes=False)
    other.memory = store.memory
    return other


def started(service: RunningService) -> tuple[MemoryStore, str]:
    workbook = MemoryStore(
        touchpoints(*(row(i, name=f"name {i}") for i in range(1, 5))), removes=False
    )
    copy = create(Transport(Endpoint(service.url, service.token)), "A map", "en")
    Job(service, copy.spreadsheet, workbook).sync()
    return workbook, copy.spreadsheet


def same_workbook(workbook: MemoryStore) -> MemoryStore:
    return workbook


@pytest.mark.parametrize("second", [copied, same_workbook])
def test_two_jobs_at_once(
    service: RunningService, second: Callable[[MemoryStore], MemoryStore]
) -> None:
    first_book, spreadsheet = started(service)
    second_book = second(first_book)
    jobs = [Job(service, spreadsheet, book) for book in (first_book, second_book)]
    again = 0
    for number in range(ROUNDS):
        for job, line in zip(jobs, (0, 1), strict=True):
            job.workbook.sheets[0].rows[line][NAME] = f"round {number} of {line}"
        before = sum(job.transport.traffic.read for job in jobs)
        at_once(*jobs)
        again += sum(job.transport.traffic.read for job in jobs) - before > len(jobs)
        for _ in range(2):
            for job in jobs:
                job.sync()
        said = [names(job.copy.read().tables) for job in jobs]
        said += [names(job.workbook.read().tables) for job in jobs]
        wanted = [f"round {number} of 0", f"round {number} of 1", "name 3", "name 4"]
        assert said == [wanted] * 4
    assert all(job.sync().plan.writes_nothing for job in jobs)
    assert again, "they never met"
    for job, line in zip(jobs, (0, 1), strict=True):
        told = [e.before for e in job.history.entries if e.row == f"T{line + 1}" and e.column]
        mine = [text for text in told if f"of {line}" in text]
        assert mine == sorted(mine, key=lambda text: int(text.split()[1])), "out of order"


def names(tables: tuple[Table, ...]) -> list[Raw]:
    (table,) = tables
    return [table.cell("name", line) for line in table.lines if table.cell("id", line)]
