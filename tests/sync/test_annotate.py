"""Conflicts as notes in the shared copy: a person's own stays, ours goes when it is settled."""

from collections.abc import Iterator
from typing import Any

import pytest

from cjm_sheets.adapters.gsheets.store import create
from cjm_sheets.adapters.gsheets.transport import Endpoint, Transport
from cjm_sheets.service.running import RunningService
from cjm_sheets.sync.steps import Options
from cjm_sheets.usecases.sync_map import Link, Opened, Surroundings, Synced, sync_map
from cjm_sheets.words.languages import LANGUAGES
from tests.stores.memory import MemoryStore
from tests.sync.world import Chance, Clock, Diary, World, row, touchpoints

OURS = (
    "⇄ cjm-sheets\nBoth sides changed this cell since the last sync.\nIn the workbook: “Ours”\n"
    "Here: “Theirs”\nBefore: “Step 1”\nType what shall hold on either side.\n⇄"
)


@pytest.fixture
def world() -> World:
    made = World(touchpoints(*(row(i) for i in range(1, 4))))
    made.sync()
    clash(made)
    return made


def clash(world: World) -> None:
    world.edit(world.workbook, "T1", "name", "Ours")
    world.edit(world.shared, "T1", "name", "Theirs")


def notes(world: World) -> list[str]:
    return [note for note in world.shared.sheets[0].notes.values() if note]


def name_cell(world: World) -> tuple[int, int]:
    _, at = world.shared.column("Touchpoints", "name")
    return 2, at + 1


def test_no_note_unless_it_is_asked_for(world: World) -> None:
    world.sync()
    assert notes(world) == []


def test_a_conflict_gets_a_note_once_and_loses_it_when_settled(world: World) -> None:
    world.sync(annotate=True)
    assert world.shared.sheets[0].notes == {name_cell(world): OURS}
    writes = world.shared.writes
    world.sync(annotate=True)
    assert world.shared.writes == writes
    world.edit(world.shared, "T1", "name", "Ours")
    world.sync()
    assert notes(world) == []
    writes = world.shared.writes
    assert world.sync(annotate=True).plan.writes_nothing
    assert world.shared.writes == writes


def test_a_note_follows_what_both_sides_say(world: World) -> None:
    world.sync(annotate=True)
    world.edit(world.workbook, "T1", "name", "Ours again")
    world.sync(annotate=True)
    (note,) = notes(world)
    assert "In the workbook: “Ours again”\nHere: “Theirs”" in note
    assert note.count("cjm-sheets") == 1


@pytest.mark.parametrize("after", ["", "\nAnd what Jo added", "\n\nAnd what\n⇄ Jo added"])
def test_what_people_wrote_stays_above_and_below(world: World, after: str) -> None:
    place = name_cell(world)
    world.shared.sheets[0].notes[place] = "Ask Mia\nfirst"
    world.sync(annotate=True)
    assert notes(world) == [f"Ask Mia\nfirst\n\n{OURS}"]
    world.shared.sheets[0].notes[place] += after
    world.edit(world.shared, "T1", "name", "Ours")
    world.sync()
    assert notes(world) == [f"Ask Mia\nfirst{after}".strip()]


def test_a_note_that_somebody_cut_still_goes_and_no_other_does(world: World) -> None:
    place = name_cell(world)
    world.sync(annotate=True)
    own = {(3, place[1]): "cjm-sheets is nice ⇄", (4, place[1]): "⇄"}
    world.shared.sheets[0].notes |= own
    world.shared.sheets[0].notes[place] = OURS[:-20]
    world.edit(world.shared, "T1", "name", "Ours")
    world.sync()
    assert world.shared.sheets[0].notes == {place: "", **own}


def test_only_the_workbook_is_changed_where_only_that_was_asked_for(world: World) -> None:
    world.sync(annotate=True, direction="pull")
    assert notes(world) == []


def test_notes_are_in_no_dry_run_and_no_history(world: World) -> None:
    noted = len(world.history.noted)
    world.sync(annotate=True, dry_run=True)
    assert (notes(world), len(world.history.noted)) == ([], noted)


def test_long_values_are_cut_and_lines_joined(world: World) -> None:
    world.edit(world.shared, "T1", "name", "x\n⇄\n" + "y" * 2_000)
    world.sync(annotate=True)
    (note,) = notes(world)
    assert len(note) < 700
    assert "Here: “x ⇄ yyy" in note


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_is_in_the_language_of_the_map(language: str) -> None:
    made = World(touchpoints(row(1), language=language))
    made.sync()
    clash(made)
    made.sync(annotate=True)
    (note,) = notes(made)
    assert note.startswith("⇄ cjm-sheets\n")
    assert "“Ours”" in note
    assert ("Both sides" in note) == (language == "en")
    made.sync(prefer="sheet")
    assert notes(made) == []


# ---- at the service -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("notes")) as running:
        yield running


class Interrupted(Transport):
    """A transport that lets something happen before the next write."""

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(endpoint)
        self.meanwhile: list[dict[str, Any]] = []

    def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Any:
        if endpoint.endswith(":batchUpdate") and self.meanwhile:
            asked = {"requests": [self.meanwhile.pop()]}
            super().request("post", endpoint, json=asked)
        return super().request(method, endpoint, *args, **kwargs)


class Shared:
    """A workbook in memory and a shared copy at the service."""

    def __init__(self, service: RunningService) -> None:
        self.transport = Interrupted(Endpoint(service.url, service.token))
        rows = [row(i) for i in range(1, 4)]
        self.workbook = MemoryStore(touchpoints(*rows), name="map.xlsx", removes=False)
        self.copy = create(self.transport, "A map", "en")
        self.link = Link("local", self.copy.spreadsheet)
        self.sync()

    def sync(self, **options: Any) -> Synced:
        opened = Opened(self.link, self.copy, lambda: self.transport.traffic)
        around = Surroundings(lambda _: opened, lambda _, __: opened, Diary(), Clock(), Chance())
        return sync_map(self.workbook, self.link, Options(**options), around, dry_run=False)

    def edits(self, text: str) -> None:
        self.workbook.sheets[0].rows[0][3] = text

    def asks(self, *requests: dict[str, Any]) -> None:
        url = f"https://sheets.googleapis.com/v4/spreadsheets/{self.copy.spreadsheet}:batchUpdate"
        self.transport.request("post", url, json={"requests": list(requests)})

    def cells(self) -> list[list[dict[str, Any]]]:
        """Return the cells of the sheet of touchpoints, header first."""
        url = f"https://sheets.googleapis.com/v4/spreadsheets/{self.copy.spreadsheet}"
        fields = "sheets(properties(sheetId,title),data.rowData.values(formattedValue,note))"
        sheets = self.transport.request("get", url, params={"fields": fields}).json()["sheets"]
        (found,) = [s for s in sheets if s["properties"]["title"] == "Touchpoints"]
        self.sheet = found["properties"]["sheetId"]
        return [line.get("values", []) for line in found["data"][0]["rowData"]]

    def types(self, index: int, cell: dict[str, Any]) -> None:
        start = {"sheetId": self.sheet, "rowIndex": index, "columnIndex": 3}
        fields = ",".join(cell)
        self.asks({"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": fields}})


@pytest.fixture
def shared(service: RunningService) -> Shared:
    made = Shared(service)
    assert made.cells()[1][3]["formattedValue"] == "Step 1"
    made.edits("Ours")
    made.types(1, {"userEnteredValue": {"stringValue": "Theirs"}, "note": "Ask Mia"})
    return made


def test_a_note_costs_no_request_of_its_own(shared: Shared) -> None:
    shared.workbook.sheets[0].rows[1][3] = "Pushed"
    before = shared.transport.traffic
    shared.sync(annotate=True)
    after = shared.transport.traffic
    assert (after.read - before.read, after.write - before.write) == (1, 1)
    cells = shared.cells()
    assert cells[1][3] == {"formattedValue": "Theirs", "note": f"Ask Mia\n\n{OURS}"}
    assert cells[2][3] == {"formattedValue": "Pushed"}
    before = shared.transport.traffic
    shared.sync(annotate=True)
    assert shared.transport.traffic.write == before.write
    shared.sync(prefer="workbook")
    assert shared.cells()[1][3] == {"formattedValue": "Ours", "note": "Ask Mia"}


def test_a_note_ends_on_its_cell_though_rows_moved_meanwhile(shared: Shared) -> None:
    area = {"sheetId": shared.sheet, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    shared.transport.meanwhile.append({"insertDimension": {"range": area}})
    shared.sync(annotate=True)
    shared.sync(annotate=True)
    cells = shared.cells()
    noted = [line[3] for line in cells[1:] if len(line) > 3 and "note" in line[3]]
    ours = [cell for cell in noted if "cjm-sheets" in cell["note"]]
    assert ours == [{"formattedValue": "Theirs", "note": f"Ask Mia\n\n{OURS}"}]
    # Where it went first, no more than a copy of what the person wrote may be left.
    assert {cell["note"] for cell in noted if cell not in ours} <= {"Ask Mia"}
