"""Ranges of the shared copy that its owner protects from us: planned around, told, nothing lost.

The colleague of these tests owns the spreadsheet; we may write to it, but for what they lock.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from cjm_sheets.errors.sharing import RefusedError
from cjm_sheets.service.faults import Edit, Faults, On
from cjm_sheets.service.running import RunningService
from tests.sync.test_colleagues import name_of
from tests.sync.test_races import ACTION, COLUMNS, NAME, ROWS, Meeting, our_deletion, our_edit

FAULTS = Faults()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("protected"), faults=FAULTS) as running:
        yield running


@pytest.fixture
def meeting(service: RunningService) -> Iterator[Meeting]:
    yield Meeting(service)
    FAULTS.verify()
    FAULTS.clear()


def others(meeting: Meeting, *requests: dict[str, Any]) -> None:
    """Let the owner do something."""
    FAULTS.add(On("READ *"), Edit(list(requests)))
    meeting.get("spreadsheetId")


def lock(meeting: Meeting, **bounds: int) -> dict[str, Any]:
    return {
        "addProtectedRange": {"protectedRange": {"range": {"sheetId": meeting.sheet, **bounds}}}
    }


def locks(meeting: Meeting, **bounds: int) -> None:
    """Let the owner protect a part of the touchpoints."""
    others(meeting, lock(meeting, **bounds))


def left(done: Any) -> list[str]:
    return [each.what for each in done.plan.left if each.kind.startswith("locked")]


def test_a_locked_cell_is_left_out_and_the_rest_goes(meeting: Meeting) -> None:
    locks(meeting, startRowIndex=2, endRowIndex=3, startColumnIndex=NAME, endColumnIndex=NAME + 1)
    our_edit(meeting)
    meeting.workbook.sheets[0].rows[1][ACTION] = "goes"
    meeting.workbook.sheets[0].rows[0][NAME] = "goes too"
    meeting.types_into("T3", "theirs")
    assert left(meeting.sync()) == ["Touchpoints!D3"]
    again = meeting.sync()
    assert left(again) == ["Touchpoints!D3"]
    assert again.plan.writes_nothing
    assert name_of(meeting, "T2") == ("ours", "name 2")
    assert name_of(meeting, "T1") == ("goes too", "goes too")
    assert name_of(meeting, "T3") == ("theirs", "theirs")
    assert meeting.shown(2, ACTION) == "goes"


def test_it_goes_once_the_owner_lets_it(meeting: Meeting) -> None:
    locks(meeting, startRowIndex=2, endRowIndex=3)
    our_edit(meeting)
    meeting.sync()
    (item,) = [
        each["protectedRangeId"]
        for sheet in meeting.get("sheets.protectedRanges")["sheets"]
        for each in sheet.get("protectedRanges", ())
        if not each.get("warningOnly")
    ]
    others(meeting, {"deleteProtectedRange": {"protectedRangeId": item}})
    assert left(meeting.sync()) == []
    assert name_of(meeting, "T2") == ("ours", "ours")
    assert meeting.sync().plan.writes_nothing


def test_a_row_deleted_here_stays_where_some_of_it_is_locked(meeting: Meeting) -> None:
    locks(meeting, startRowIndex=2, endRowIndex=3, startColumnIndex=7, endColumnIndex=8)
    our_deletion(meeting)
    meeting.workbook.sheets[0].rows[0][NAME] = "goes"
    assert left(meeting.sync()) == ["T2"]
    again = meeting.sync()
    assert left(again) == ["T2"]
    assert again.plan.writes_nothing
    assert name_of(meeting, "T1") == ("goes", "goes")
    assert meeting.shown(2, NAME) == "name 2"


@pytest.mark.parametrize("whole", [True, False])
def test_no_row_is_put_in_where_rows_are_locked(meeting: Meeting, *, whole: bool) -> None:
    locks(meeting, **({} if whole else {"startRowIndex": 1, "endRowIndex": ROWS + 1}))
    meeting.workbook.sheets[0].rows.insert(1, ["T9", "S1", 9, "ours", *[None] * 5])
    for _ in range(2):
        done = meeting.sync()
        assert left(done) == ["T9"]
        assert done.plan.writes_nothing
    assert [line[0] for line in meeting.rows()[1 : ROWS + 1]] == ["T1", "T2", "T3"]
    assert meeting.workbook.sheets[0].rows[1][NAME] == "ours"


def test_a_row_is_put_in_below_what_is_locked(meeting: Meeting) -> None:
    locks(meeting, startRowIndex=1, endRowIndex=ROWS + 1)
    meeting.workbook.sheets[0].rows.append(["T9", "S1", 9, "ours", *[None] * 5])
    assert left(meeting.sync()) == []
    assert name_of(meeting, "T9") == ("ours", "ours")
    assert meeting.sync().plan.writes_nothing


def test_a_row_without_id_waits_where_it_cannot_get_one(meeting: Meeting) -> None:
    meeting.types(ROWS + 1, NAME, "theirs")
    locks(meeting, startRowIndex=ROWS + 1, endRowIndex=ROWS + 2)
    for _ in range(2):
        done = meeting.sync()
        assert left(done) == [f"Touchpoints!A{ROWS + 2}"]
        assert done.plan.writes_nothing
    assert "theirs" not in {line[NAME] for line in meeting.workbook.sheets[0].rows}


def test_what_the_owner_left_open_in_a_locked_sheet_goes(meeting: Meeting) -> None:
    request = lock(meeting)
    request["addProtectedRange"]["protectedRange"]["unprotectedRanges"] = [
        {"sheetId": meeting.sheet, "startColumnIndex": NAME, "endColumnIndex": NAME + 1}
    ]
    others(meeting, request)
    our_edit(meeting)
    meeting.workbook.sheets[0].rows[1][ACTION] = "stays"
    assert left(meeting.sync()) == ["Touchpoints!F3"]
    assert name_of(meeting, "T2") == ("ours", "ours")
    assert meeting.shown(2, ACTION) == "action 2"


def test_edits_of_a_locked_sheet_are_pulled(meeting: Meeting) -> None:
    meeting.types_into("T1", "theirs")
    locks(meeting)
    meeting.sync()
    assert name_of(meeting, "T1") == ("theirs", "theirs")
    assert meeting.sync().plan.writes_nothing


def test_one_that_only_warns_locks_nothing(meeting: Meeting) -> None:
    request = lock(meeting)
    request["addProtectedRange"]["protectedRange"]["warningOnly"] = True
    others(meeting, request)
    our_edit(meeting)
    assert left(meeting.sync()) == []
    assert name_of(meeting, "T2") == ("ours", "ours")


def test_it_is_locked_between_our_read_and_our_write(meeting: Meeting) -> None:
    our_edit(meeting)
    FAULTS.add(On("WRITE *"), Edit([lock(meeting, startRowIndex=2, endRowIndex=3)]))
    done = meeting.sync()
    assert left(done) == ["Touchpoints!D3"]
    assert name_of(meeting, "T2") == ("ours", "name 2")
    assert meeting.lost() == {"ours"} - {str(meeting.workbook.sheets[0].rows[1][NAME])}
    assert meeting.sync().plan.writes_nothing


def test_the_service_refuses_what_is_locked(meeting: Meeting) -> None:
    locks(meeting, startRowIndex=1, endRowIndex=3)
    insert = {"range": meeting.area("ROWS", 2)}
    start = {"sheetId": meeting.sheet, "rowIndex": 2, "columnIndex": COLUMNS - 1}
    rows = [{"values": [{"userEnteredValue": {"stringValue": "x"}}]}]
    sort = {"range": {"sheetId": meeting.sheet, "startRowIndex": 1, "endRowIndex": ROWS + 1}}
    for request in (
        {"insertDimension": insert},
        {"deleteDimension": insert},
        {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}},
        {"sortRange": sort | {"sortSpecs": [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]}},
        {"deleteSheet": {"sheetId": meeting.sheet}},
    ):
        with pytest.raises(RefusedError, match="protected"):
            meeting.batch(request)
    before = meeting.rows()
    meeting.batch({"insertDimension": {"range": meeting.area("ROWS", 1)}})
    assert meeting.rows()[2:] == before[1:]
