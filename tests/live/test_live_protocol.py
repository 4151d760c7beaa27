"""What the protocol of a sync relies on and nobody outside Google can promise."""

import threading
from typing import Any

import pytest

from cjm_sheets.errors.sharing import ColleaguesAtWorkError, RefusedError
from tests.live.conftest import Pair
from tests.live.guarded import SHEETS, GuardedTransport, a_moment, endpoint

ROUNDS = 8


def titles(pair: Pair) -> list[str]:
    """Return the titles of all sheets."""
    return [s["properties"]["title"] for s in pair.look("sheets.properties.title")["sheets"]]


def new_sheet(title: str, number: int) -> dict[str, Any]:
    return {"addSheet": {"properties": {"title": title, "sheetId": number}}}


def test_an_id_that_exists_refuses_the_whole_batch(pair: Pair) -> None:
    pair.ask(new_sheet("One", 77_001))
    before = titles(pair)
    with pytest.raises(RefusedError) as refused:
        pair.ask(new_sheet("Two", 77_002), new_sheet("Three", 77_001))
    assert refused.value.facts["status"] == 400
    assert titles(pair) == before


def test_a_sheet_that_is_gone_refuses_the_whole_batch(pair: Pair) -> None:
    before = titles(pair)
    with pytest.raises(RefusedError) as refused:
        pair.ask(new_sheet("Two", 77_002), {"deleteSheet": {"sheetId": 77_009}})
    assert refused.value.facts["status"] == 400
    assert titles(pair) == before


def test_a_filter_that_is_not_there_can_be_taken_off(pair: Pair) -> None:
    place = pair.place("Pains", "N1", "severity")
    off = {"clearBasicFilter": {"sheetId": place["sheetId"]}}
    pair.ask(off, new_sheet("Two", 77_002), off)
    assert "Two" in titles(pair)


def test_a_batch_shows_what_it_copied_before_it_wrote(pair: Pair) -> None:
    place = pair.place("Pains", "N1", "severity")
    row = {
        "sheetId": place["sheetId"], "startRowIndex": place["rowIndex"],
        "endRowIndex": place["rowIndex"] + 1, "startColumnIndex": place["columnIndex"],
        "endColumnIndex": place["columnIndex"] + 1,
    }  # fmt: skip
    to = {"sheetId": 77_003, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0,
          "endColumnIndex": 1}  # fmt: skip
    five = {"values": [{"userEnteredValue": {"numberValue": 5}}]}
    url = f"{SHEETS}/{pair.copy.spreadsheet}:batchUpdate"
    body = {
        "requests": [
            new_sheet("It's a record", 77_003),
            {"copyPaste": {"source": row, "destination": to, "pasteType": "PASTE_VALUES"}},
            {"updateCells": {"start": place, "rows": [five], "fields": "userEnteredValue"}},
        ],
        "includeSpreadsheetInResponse": True,
        "responseRanges": ["'It''s a record'", "'Pains'!1:1"],
    }
    fields = "updatedSpreadsheet(sheets(properties(sheetId),data.rowData.values.effectiveValue))"
    a_moment()
    answer = pair.transport.request("post", url, params={"fields": fields}, json=body).json()
    shown = {
        each["properties"]["sheetId"]: each["data"][0]["rowData"][0]["values"][0]
        for each in answer["updatedSpreadsheet"]["sheets"]
    }
    assert shown[77_003] == {"effectiveValue": {"numberValue": 4}}
    assert shown[place["sheetId"]]["effectiveValue"] == {"stringValue": "ID"}


def test_marks_of_columns_come_with_the_cells_and_move_with_their_column(pair: Pair) -> None:
    place = pair.place("Pains", "N1", "severity")
    at = place["columnIndex"]
    source = {
        "sheetId": place["sheetId"], "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1,
    }  # fmt: skip
    pair.ask({"moveDimension": {"source": source, "destinationIndex": 0}})
    (table,) = [each for each in pair.another().read().tables if each.spec.key == "Pains"]
    assert table.by_key["severity"].at == 1
    assert pair.sync().plan.writes_nothing


def test_of_two_programs_that_read_the_same_one_is_refused(pair: Pair) -> None:
    ours, other = pair.copy, pair.another()
    pair.edit("Pains", "N1", "severity", 1)
    other_read = other.read()
    changes = pair.sync(dry_run=True).plan.to_shared
    ours.apply(changes, ours.read())
    with pytest.raises(ColleaguesAtWorkError):
        other.apply(changes, other_read)
    assert pair.sync().plan.to_shared.is_nothing


def test_nothing_is_lost_while_a_colleague_types_and_inserts_all_the_time(pair: Pair) -> None:
    colleague = GuardedTransport(endpoint())
    place = pair.place("Touchpoints", "T1", "thought")
    typed: list[str] = []
    stop = threading.Event()

    def works() -> None:
        url = f"{SHEETS}/{pair.copy.spreadsheet}:batchUpdate"
        row = {"sheetId": place["sheetId"], "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
        number = 0
        while not stop.is_set():
            number += 1
            said = f"typed {number}"
            cell = {"values": [{"userEnteredValue": {"stringValue": said}}]}
            start = {**place, "rowIndex": 1}
            asked = [
                {"insertDimension": {"range": row, "inheritFromBefore": False}},
                {"updateCells": {"start": start, "rows": [cell], "fields": "userEnteredValue"}},
            ]
            colleague.request("post", url, json={"requests": asked})
            typed.append(said)
            a_moment()

    job = threading.Thread(target=works)
    job.start()
    try:
        for number in range(ROUNDS):
            pair.edit("Touchpoints", "T3", "thought", f"ours {number}")
            try:
                pair.sync()
            except ColleaguesAtWorkError:
                continue
    finally:
        stop.set()
        job.join()
    pair.sync(prefer="workbook")
    (there,) = [t for t in pair.another().read().tables if t.spec.key == "Touchpoints"]
    said = {str(cell) for cell in there.by_key["thought"].cells}
    kept = " ".join(entry.before for entry in pair.history.entries)
    assert [text for text in typed if text not in said and text not in kept] == []
    assert pair.value("Touchpoints", "T3", "thought") == (f"ours {ROUNDS - 1}",) * 2
