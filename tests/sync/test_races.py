"""A colleague at work between our reading and our writing, at every place of a small map.

The shared copy is real: a spreadsheet of the embedded service, spoken to over HTTP. Whatever the
colleague does in that moment, nothing that anybody typed is lost, and the next sync is quiet.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from cjm_sheets.adapters.gsheets.store import SharedCopy, create
from cjm_sheets.adapters.gsheets.transport import Endpoint, Transport
from cjm_sheets.errors.sharing import UnreachableError
from cjm_sheets.merge.remembered import remembered
from cjm_sheets.service.running import RunningService
from cjm_sheets.sync.steps import Options
from cjm_sheets.tables.codec import decode
from cjm_sheets.tables.table import Raw
from cjm_sheets.usecases.sync_map import Link, Opened, Surroundings, Synced, linked_to, sync_map
from tests.stores.memory import MemoryStore
from tests.sync.world import Chance, Clock, Diary, row, touchpoints

ROWS, COLUMNS = 3, 9
NAME, ACTION = 3, 5
"""0-based columns of the shared copy, as it is made."""

Edit = Callable[["Meeting"], None]


class Interrupted(Transport):
    """A way to the service on which a colleague comes in right before a batch is sent."""

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(endpoint)
        self.waiting: list[Callable[[], None]] = []
        self.before_write = True
        self.loses_answer = False

    def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> requests.Response:
        writes = endpoint.endswith(":batchUpdate")
        if writes and self.before_write and self.waiting:
            self.waiting.pop()()
        answer = super().request(method, endpoint, *args, **kwargs)
        if writes and not self.before_write and self.waiting:
            self.waiting.pop()()
        if writes and self.loses_answer:
            self.loses_answer = False
            raise UnreachableError(self.endpoint.host, "cut")
        return answer


class Meeting:
    """A workbook in memory and a shared copy at the service, in step, and a colleague."""

    def __init__(self, service: RunningService) -> None:
        self.transport = Interrupted(Endpoint(service.url, service.token))
        self.colleague = Transport(Endpoint(service.url, service.token))
        rows = [row(i, name=f"name {i}", action=f"action {i}") for i in range(1, ROWS + 1)]
        self.workbook = MemoryStore(touchpoints(*rows), name="map.xlsx", removes=False)
        self.copy = create(self.transport, "A map", "en")
        self.history = Diary()
        self.typed = {f"{what} {i}" for what in ("name", "action") for i in range(1, ROWS + 1)}
        self.replaced: set[str] = set()
        self.said = {
            (f"T{i}", key): f"{key} {i}" for key in ("name", "action") for i in range(1, ROWS + 1)
        }
        self.touched: set[str] = set()
        self.chance = Chance()
        self.made = False
        self.sync()
        properties = self.get("sheets.properties")["sheets"]
        self.sheet = next(
            s["properties"]["sheetId"]
            for s in properties
            if s["properties"]["title"] == "Touchpoints"
        )

    def sync(self, **options: Any) -> Synced:
        opened = Opened(
            Link("local", self.copy.spreadsheet), self.copy, lambda: self.transport.traffic
        )
        around = Surroundings(
            lambda _: opened, lambda _, __: opened, self.history, Clock(), self.chance
        )
        target = None if self.made else Link("local")
        self.made = True
        asked = Options(**{"allow_mass_delete": True, **options})
        return sync_map(self.workbook, target, asked, around, dry_run=False)

    # ---- the colleague ---------------------------------------------------------------

    def get(self, fields: str) -> Any:
        url = f"https://sheets.googleapis.com/v4/spreadsheets/{self.copy.spreadsheet}"
        return self.colleague.request("get", url, params={"fields": fields}).json()

    def batch(self, *asked: dict[str, Any]) -> None:
        url = f"https://sheets.googleapis.com/v4/spreadsheets/{self.copy.spreadsheet}:batchUpdate"
        self.colleague.request("post", url, json={"requests": list(asked)})

    def types(self, index: int, column: int, text: str) -> None:
        self.replaced |= {str(self.shown(index, column))}
        self.touched |= {str(self.shown(index, 0))}
        self.typed.add(text)
        start = {"sheetId": self.sheet, "rowIndex": index, "columnIndex": column}
        cell = {"userEnteredValue": {"stringValue": text}}
        rows = [{"values": [cell]}]
        self.batch({"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}})

    def types_into(self, identity: str, text: str) -> None:
        """Type into the name of a row, wherever the colleague finds both."""
        (table,) = self.copy.read().tables
        line = next(n for n in table.lines if table.cell("id", n) == identity)
        self.types(line - 1, table.by_key["name"].at - 1, text)

    def shown(self, index: int, column: int) -> Raw:
        """Return what a cell of the shared copy says."""
        rows = self.rows()
        return rows[index][column] if index < len(rows) and column < len(rows[index]) else None

    def rows(self) -> list[list[Raw]]:
        answer = self.get("sheets(properties.sheetId,data.rowData.values.formattedValue)")
        data = next(
            s["data"] for s in answer["sheets"] if s["properties"].get("sheetId") == self.sheet
        )
        return [
            [cell.get("formattedValue") for cell in line.get("values", ())]
            for line in data[0].get("rowData", ())
        ]

    def forget(self, identity: str) -> None:
        """Expect nothing of a row any more."""
        self.said = {place: text for place, text in self.said.items() if place[0] != identity}

    def area(self, dimension: str, index: int) -> dict[str, Any]:
        return {
            "sheetId": self.sheet, "dimension": dimension,
            "startIndex": index, "endIndex": index + 1,
        }  # fmt: skip

    # ---- what is asked afterwards ------------------------------------------------------

    def lost(self) -> set[str]:
        """Return what somebody typed that is on neither side, nor in the history, nor replaced."""
        there = {str(value) for line in self.rows() for value in line}
        there |= {str(v) for line in self.workbook.sheets[0].rows for v in line}
        kept = " ".join(entry.before for entry in self.history.entries)
        return {text for text in self.typed - self.replaced - there if f'"{text}"' not in kept}

    def misplaced(self) -> dict[tuple[str, str], set[Any]]:
        """Return what rows that the colleague left alone say otherwise than they should."""
        found: dict[tuple[str, str], set[Any]] = {}
        for store in (self.workbook, self.copy):
            values = self._values(store)
            for (identity, key), text in self.said.items():
                at = [i for i, each in enumerate(values["id"]) if each == identity]
                shown = {values[key][i] for i in at}
                if identity not in self.touched and shown != {text}:
                    found.setdefault((identity, key), set()).update(shown)
        return found

    def sides(self) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        """Return what both sides say, row by row, whatever the order of rows and columns."""
        ours, theirs = (self._values(store) for store in (self.workbook, self.copy))
        keys = sorted(ours.keys() & theirs.keys())
        return tuple(  # type: ignore[return-value] # two of them
            sorted(zip(*(side[key] for key in keys), strict=True), key=str)
            for side in (ours, theirs)
        )

    @staticmethod
    def _values(store: MemoryStore | SharedCopy) -> dict[str, tuple[Any, ...]]:
        (table,) = store.read().tables
        return dict(decode(table).columns)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("races")) as running:
        yield running


# ---- what the workbook brings, and what the colleague does meanwhile -------------------


def our_edit(meeting: Meeting) -> None:
    line = meeting.workbook.sheets[0].rows[1]
    meeting.replaced.add(str(line[NAME]))
    line[NAME] = meeting.said["T2", "name"] = "ours"
    meeting.typed.add("ours")


def our_row(meeting: Meeting) -> None:
    meeting.workbook.sheets[0].rows.insert(
        1, [None, "S1", 9, "ours", None, "ours too", 1, None, None]
    )
    meeting.typed |= {"ours", "ours too"}


def our_deletion(meeting: Meeting) -> None:
    line = meeting.workbook.sheets[0].rows[1]
    meeting.replaced |= {str(value) for value in line}
    meeting.workbook.sheets[0].rows[1] = [None] * COLUMNS
    meeting.forget("T2")


def our_all(meeting: Meeting) -> None:
    our_row(meeting)
    our_edit_of(meeting, 2, "ours as well")
    meeting.forget("T3")
    line = meeting.workbook.sheets[0].rows[3]
    meeting.replaced |= {str(value) for value in line}
    meeting.workbook.sheets[0].rows[3] = [None] * COLUMNS


def our_edit_of(meeting: Meeting, index: int, text: str) -> None:
    line = meeting.workbook.sheets[0].rows[index]
    meeting.replaced.add(str(line[ACTION]))
    line[ACTION] = meeting.said[str(line[0]), "action"] = text
    meeting.typed.add(text)


OURS: dict[str, Edit] = {
    "an edit": our_edit,
    "a row": our_row,
    "a deletion": our_deletion,
    "all of these": our_all,
}


@dataclass(frozen=True)
class Typing:
    index: int
    column: int

    def __call__(self, meeting: Meeting) -> None:
        meeting.types(self.index, self.column, "theirs")


@dataclass(frozen=True)
class Inserting:
    dimension: str
    index: int

    def __call__(self, meeting: Meeting) -> None:
        area = meeting.area(self.dimension, self.index)
        at_the_end = self.dimension == "COLUMNS" and self.index == COLUMNS
        meeting.batch({"insertDimension": {"range": area, "inheritFromBefore": at_the_end}})
        if self.dimension == "ROWS":
            meeting.types(self.index, NAME, "theirs")


@dataclass(frozen=True)
class Deleting:
    index: int

    def __call__(self, meeting: Meeting) -> None:
        rows = meeting.rows()
        line = rows[self.index] if self.index < len(rows) else []
        meeting.replaced |= {str(value) for value in line}
        meeting.touched |= {str(value) for value in line[:1]}
        meeting.batch({"deleteDimension": {"range": meeting.area("ROWS", self.index)}})


@dataclass(frozen=True)
class Sorting:
    column: int
    order: str

    def __call__(self, meeting: Meeting) -> None:
        area = {"sheetId": meeting.sheet, "startRowIndex": 1, "endRowIndex": ROWS + 1}
        specs = [{"dimensionIndex": self.column, "sortOrder": self.order}]
        meeting.batch({"sortRange": {"range": area, "sortSpecs": specs}})


@dataclass(frozen=True)
class Moving:
    column: int
    to: int

    def __call__(self, meeting: Meeting) -> None:
        source = meeting.area("COLUMNS", self.column)
        meeting.batch({"moveDimension": {"source": source, "destinationIndex": self.to}})


@dataclass(frozen=True)
class Filtering:
    hidden: Sequence[str]

    def __call__(self, meeting: Meeting) -> None:
        area = {"sheetId": meeting.sheet, "startRowIndex": 0, "endRowIndex": ROWS + 5}
        criteria = {"hiddenValues": list(self.hidden)}
        specs = [{"columnIndex": NAME, "filterCriteria": criteria}]
        meeting.batch({"setBasicFilter": {"filter": {"range": area, "filterSpecs": specs}}})


@dataclass(frozen=True)
class Clearing:
    def __call__(self, meeting: Meeting) -> None:
        for line in meeting.rows()[1:]:
            meeting.replaced |= {str(value) for value in line}
            meeting.touched.add(str(line[0]))
        area = {"sheetId": meeting.sheet, "startRowIndex": 1}
        meeting.batch({"updateCells": {"range": area, "fields": "userEnteredValue"}})


@dataclass(frozen=True)
class Copying:
    index: int

    def __call__(self, meeting: Meeting) -> None:
        meeting.touched.add(str(meeting.shown(self.index, 0)))
        source, to = (
            {"sheetId": meeting.sheet, "startRowIndex": i, "endRowIndex": i + 1}
            for i in (self.index, ROWS + 2)
        )
        paste = {"source": source, "destination": to, "pasteType": "PASTE_NORMAL"}
        meeting.batch({"copyPaste": paste})


THEIRS: list[Edit] = [
    *(Typing(index, column) for index in range(1, ROWS + 2) for column in (NAME, ACTION)),
    *(Inserting("ROWS", index) for index in range(1, ROWS + 2)),
    *(Inserting("COLUMNS", index) for index in (0, 1, NAME, NAME + 1, ACTION, COLUMNS)),
    *(Deleting(index) for index in range(1, ROWS + 1)),
    *(Sorting(column, "DESCENDING") for column in (0, NAME)),
    *(Moving(column, to) for column, to in ((NAME, 0), (0, 5), (ACTION, 1), (NAME, ACTION + 1))),
    Filtering(["name 2"]),
    Filtering(["name 1", "name 3"]),
    Clearing(),
    Copying(2),
]


LOST = "before a write whose answer is lost"


@pytest.mark.parametrize("moment", ["before the write", "before the check", LOST])
@pytest.mark.parametrize("theirs", THEIRS, ids=str)
@pytest.mark.parametrize("ours", OURS)
def test_a_colleague_between_reading_and_writing(
    service: RunningService, ours: str, theirs: Edit, moment: str
) -> None:
    meeting = Meeting(service)
    OURS[ours](meeting)
    meeting.transport.before_write = moment != "before the check"
    meeting.transport.loses_answer = moment == LOST
    meeting.transport.waiting.append(lambda: theirs(meeting))
    if moment == LOST:
        with pytest.raises(UnreachableError):
            meeting.sync()
    meeting.sync()
    assert not meeting.transport.waiting, "nobody wrote"
    assert meeting.lost() == set()
    assert meeting.misplaced() == {}
    meeting.sync(prefer="sheet")
    assert meeting.lost() == set()
    assert meeting.sync().plan.writes_nothing
    assert meeting.misplaced() == {}
    one, other = meeting.sides()
    assert one == other


def test_what_was_recovered_is_in_the_history_and_in_the_workbook(service: RunningService) -> None:
    meeting = Meeting(service)
    OURS["an edit"](meeting)
    meeting.transport.waiting.append(lambda: Typing(2, NAME)(meeting))
    told = meeting.sync()
    assert [entry.before for entry in told.recovered] == ['"theirs"']
    (noted,) = [run for run in meeting.history.noted if run.kind == "recovered"]
    assert noted.finished
    assert noted.entries == told.recovered
    assert noted.key in {run.key for run in remembered(linked_to(meeting.workbook.read()))}
