"""What colleagues do to a shared copy between two syncs, one test a case, over HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets.adapters.gsheets.record import TITLE
from cjm_sheets.errors.sharing import MassDeletionError, NoSuchSpreadsheetError, NotAllowedError
from cjm_sheets.service.faults import Faults, Forbidden, Missing, On
from cjm_sheets.service.running import RunningService
from tests.sync.test_races import ACTION, COLUMNS, NAME, ROWS, Meeting, our_edit


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("colleagues")) as running:
        yield running


@pytest.fixture
def meeting(service: RunningService) -> Meeting:
    return Meeting(service)


def crossed(meeting: Meeting) -> None:
    """Sync an edit of each side; both arrive, and the next sync is quiet."""
    our_edit(meeting)
    meeting.types_into("T1", "theirs")
    meeting.sync()
    assert meeting.lost() == set()
    assert name_of(meeting, "T2") == ("ours", "ours")
    assert name_of(meeting, "T1") == ("theirs", "theirs")
    assert meeting.sync().plan.writes_nothing


def name_of(meeting: Meeting, identity: str) -> tuple[Any, Any]:
    """Return what a row is called in the workbook and in the shared copy."""
    said = []
    for store in (meeting.workbook, meeting.copy):
        (table,) = store.read().tables
        line = next(n for n in table.lines if table.cell("id", n) == identity)
        said.append(table.cell("name", line))
    return said[0], said[1]


def titles(meeting: Meeting) -> list[str]:
    return [s["properties"]["title"] for s in meeting.get("sheets.properties.title")["sheets"]]


def tab(meeting: Meeting, title: str) -> int:
    sheets = meeting.get("sheets.properties(title,sheetId)")["sheets"]
    return next(
        int(s["properties"]["sheetId"]) for s in sheets if s["properties"]["title"] == title
    )


def test_a_tab_is_renamed(meeting: Meeting) -> None:
    properties = {"sheetId": meeting.sheet, "title": "Our steps"}
    meeting.batch({"updateSheetProperties": {"properties": properties, "fields": "title"}})
    crossed(meeting)
    assert "Our steps" in titles(meeting)


def test_a_tab_is_copied(meeting: Meeting) -> None:
    copy = {"sourceSheetId": meeting.sheet, "newSheetName": "Copy of Touchpoints"}
    meeting.batch({"duplicateSheet": copy})
    crossed(meeting)
    assert "Copy of Touchpoints" in titles(meeting)


def test_a_tab_is_deleted_and_comes_back_when_that_is_wanted(meeting: Meeting) -> None:
    meeting.batch({"deleteSheet": {"sheetId": meeting.sheet}})
    with pytest.raises(MassDeletionError):
        meeting.sync(allow_mass_delete=False)
    meeting.sync()
    assert name_of(meeting, "T3") == ("name 3", "name 3")


@pytest.mark.parametrize("column", [NAME, ACTION, 0])
def test_a_column_is_renamed_in_words_that_nobody_knows(meeting: Meeting, column: int) -> None:
    start = {"sheetId": meeting.sheet, "rowIndex": 0, "columnIndex": column}
    rows = [{"values": [{"userEnteredValue": {"stringValue": "Wie wir es nennen"}}]}]
    meeting.batch({"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}})
    crossed(meeting)


@pytest.mark.parametrize("at", [0, 1, NAME + 1, COLUMNS])
def test_a_column_is_inserted_and_filled(meeting: Meeting, at: int) -> None:
    area = meeting.area("COLUMNS", at)
    meeting.batch({"insertDimension": {"range": area, "inheritFromBefore": at == COLUMNS}})
    start = {"sheetId": meeting.sheet, "rowIndex": 0, "columnIndex": at}
    rows = [
        {"values": [{"userEnteredValue": {"stringValue": f"own {n}"}}]} for n in range(ROWS + 1)
    ]
    meeting.batch({"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}})
    crossed(meeting)
    assert [line[at] for line in meeting.rows()[: ROWS + 1]] == [
        f"own {n}" for n in range(ROWS + 1)
    ]


def test_a_column_is_moved(meeting: Meeting) -> None:
    source = meeting.area("COLUMNS", NAME)
    meeting.batch({"moveDimension": {"source": source, "destinationIndex": 0}})
    crossed(meeting)


def test_a_column_is_deleted_and_nothing_is_deleted_for_it(meeting: Meeting) -> None:
    meeting.batch({"deleteDimension": {"range": meeting.area("COLUMNS", ACTION)}})
    crossed(meeting)
    assert [line[ACTION] for line in meeting.workbook.sheets[0].rows] == [
        "action 1", "action 2", "action 3",
    ]  # fmt: skip


def test_all_ids_are_cleared(meeting: Meeting) -> None:
    area = {
        "sheetId": meeting.sheet, "startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1,
    }  # fmt: skip
    meeting.batch({"updateCells": {"range": area, "fields": "userEnteredValue"}})
    meeting.sync()
    assert meeting.lost() == set()
    assert [line[0] for line in meeting.rows()[1 : ROWS + 1]] == ["T1", "T2", "T3"]
    crossed(meeting)


def test_the_column_of_ids_is_deleted(meeting: Meeting) -> None:
    meeting.batch({"deleteDimension": {"range": meeting.area("COLUMNS", 0)}})
    done = meeting.sync()
    assert [each.kind for each in done.plan.left] == ["ids"]
    assert done.plan.writes_nothing
    assert meeting.lost() == set()


def test_everything_is_cleared(meeting: Meeting) -> None:
    for _ in range(4):
        meeting.workbook.sheets[0].rows.append([None, "S1", 9, "more", *[None] * 5])
    meeting.sync()
    area = {"sheetId": meeting.sheet}
    meeting.batch({"updateCells": {"range": area, "fields": "userEnteredValue"}})
    with pytest.raises(MassDeletionError):
        meeting.sync(allow_mass_delete=False)
    assert len([line for line in meeting.workbook.sheets[0].rows if line[NAME]]) == ROWS + 4


def test_the_record_tab_is_deleted(meeting: Meeting) -> None:
    meeting.batch({"deleteSheet": {"sheetId": tab(meeting, TITLE)}})
    crossed(meeting)
    assert titles(meeting).count(TITLE) == 1


def test_the_record_tab_is_renamed(meeting: Meeting) -> None:
    properties = {"sheetId": tab(meeting, TITLE), "title": "what is this"}
    meeting.batch({"updateSheetProperties": {"properties": properties, "fields": "title"}})
    crossed(meeting)


def test_the_record_tab_is_copied_and_shown(meeting: Meeting) -> None:
    copy = {"sourceSheetId": tab(meeting, TITLE), "newSheetName": "copy of it"}
    meeting.batch({"duplicateSheet": copy})
    properties = {"sheetId": tab(meeting, TITLE), "hidden": False}
    meeting.batch({"updateSheetProperties": {"properties": properties, "fields": "hidden"}})
    crossed(meeting)


def test_the_record_tab_is_scribbled_on(meeting: Meeting) -> None:
    start = {"sheetId": tab(meeting, TITLE), "rowIndex": 0, "columnIndex": 0}
    rows = [{"values": [{"userEnteredValue": {"stringValue": "hello"}}]}]
    meeting.batch({"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}})
    crossed(meeting)


def test_rows_are_hidden_and_filtered(meeting: Meeting) -> None:
    area = {"sheetId": meeting.sheet, "startRowIndex": 0, "endRowIndex": ROWS + 5}
    criteria = {"hiddenValues": ["name 2"]}
    specs = [{"columnIndex": NAME, "filterCriteria": criteria}]
    meeting.batch({"setBasicFilter": {"filter": {"range": area, "filterSpecs": specs}}})
    hidden = {
        "range": meeting.area("ROWS", 1), "properties": {"hiddenByUser": True},
        "fields": "hiddenByUser",
    }  # fmt: skip
    meeting.batch({"updateDimensionProperties": hidden})
    our_edit(meeting)
    done = meeting.sync()
    assert done.recovered == ()
    assert name_of(meeting, "T2") == ("ours", "ours")
    (kept,) = [s["basicFilter"] for s in meeting.get("sheets.basicFilter")["sheets"] if s]
    assert kept["filterSpecs"][0]["filterCriteria"]["hiddenValues"] == ["name 2"]
    assert meeting.sync().plan.writes_nothing


def test_the_spreadsheet_is_gone_or_no_longer_shared(tmp_path: Path) -> None:
    faults = Faults()
    with RunningService(tmp_path, faults=faults) as service:
        meeting = Meeting(service)
        our_edit(meeting)
        for fault, error in (
            (Missing(), NoSuchSpreadsheetError),
            (Forbidden(), NotAllowedError),
        ):
            for point in ("READ *", "WRITE *"):
                faults.add(On(point), fault)
                with pytest.raises(error):
                    meeting.sync()
        meeting.sync()
        assert name_of(meeting, "T2") == ("ours", "ours")
        assert meeting.lost() == set()
