"""What people do to rows between two syncs, on either side or both; a real file and the service."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import Changes, DropRow
from cjm_sheets.service.running import RunningService
from cjm_sheets.tables.codec import decode
from tests.sync.real import Pair, line_of, of, pair


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("rows")) as running:
        yield running


@pytest.fixture
def both(service: RunningService, tmp_path: Path) -> Pair:
    return pair(service, tmp_path)


def rows(both: Pair) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the names of touchpoints by id, on both sides."""
    said = []
    for store in (XlsxFile(both.path), both.other()):
        decoded = decode(of(store.read().tables, "Touchpoints"))
        said.append(dict(zip(decoded.texts("id"), decoded.texts("name"), strict=True)))
    return said[0], said[1]


def same(both: Pair) -> dict[str, Any]:
    """Return what both sides say, after a look that they do and that the next sync is quiet."""
    ours, theirs = rows(both)
    assert ours == theirs
    assert both.is_quiet()
    return ours


def drops(both: Pair, row: str) -> None:
    """Delete a row of the workbook."""
    read = XlsxFile(both.path).read()
    line = line_of(of(read.tables, "Touchpoints"), row)
    XlsxFile(both.path).apply(Changes(dropped=(DropRow("Touchpoints", line),)), read)


def lines(both: Pair, row: str, count: int = 1) -> dict[str, Any]:
    place = both.place(row, "id")
    return {
        "sheetId": place["sheetId"], "dimension": "ROWS",
        "startIndex": place["rowIndex"], "endIndex": place["rowIndex"] + count,
    }  # fmt: skip


def swap(both: Pair, one: str, other: str) -> None:
    """Exchange two lines of the workbook, as one who cuts and pastes does."""
    (first, _), (second, _) = both.cell(one, "id"), both.cell(other, "id")

    def exchanges(sheet: Any) -> None:
        (table,) = sheet.tables.values()
        for at in range(1, len(table.tableColumns) + 1):
            here, there = sheet.cell(first, at), sheet.cell(second, at)
            if not str(here.value).startswith("="):
                here.value, there.value = there.value, here.value

    both.by_hand(exchanges)


def test_rows_moved_and_edited_in_the_shared_copy(both: Pair) -> None:
    last = lines(both, "T3")["endIndex"]
    both.ask({"moveDimension": {"source": lines(both, "T1"), "destinationIndex": last}})
    both.text("T1", "name", "moved and edited")
    both.types("T1", "action", "edited here meanwhile")
    both.sync()
    assert same(both)["T1"] == "moved and edited"
    assert both.says("T1", "action") == ("edited here meanwhile",) * 2
    assert list(rows(both)[1]) == ["T2", "T3", "T1"]


def test_rows_moved_and_edited_in_the_workbook(both: Pair) -> None:
    swap(both, "T1", "T3")
    both.types("T1", "name", "moved and edited")
    both.text("T1", "action", "edited there meanwhile")
    both.sync()
    assert same(both)["T1"] == "moved and edited"
    assert both.says("T1", "action") == ("edited there meanwhile",) * 2
    assert list(rows(both)[0]) == ["T3", "T2", "T1"]


def test_a_row_deleted_here_and_edited_there_comes_back(both: Pair) -> None:
    drops(both, "T2")
    both.text("T2", "name", "edited")
    done = both.sync()
    assert [(each.row, each.side) for each in done.plan.restored] == [("T2", "workbook")]
    assert same(both)["T2"] == "edited"


def test_a_row_deleted_there_and_edited_here_comes_back(both: Pair) -> None:
    both.ask({"deleteDimension": {"range": lines(both, "T2")}})
    both.types("T2", "name", "edited")
    done = both.sync()
    assert [(each.row, each.side) for each in done.plan.restored] == [("T2", "sheet")]
    assert same(both)["T2"] == "edited"


def test_a_row_deleted_here_whose_id_was_cleared_there_goes_at_once(both: Pair) -> None:
    """It gets its id and goes in one batch: its place tells nothing of it afterwards."""
    drops(both, "T2")
    both.there("T2", "id", userEnteredValue={})
    before = both.transport.traffic
    now = both.sync().traffic
    assert (now.read - before.read, now.write - before.write) == (1, 1)
    assert "T2" not in same(both)


def test_a_row_deleted_on_both_sides_is_forgotten(both: Pair) -> None:
    both.ask({"deleteDimension": {"range": lines(both, "T2")}})
    drops(both, "T2")
    both.sync()
    assert set(same(both)) == {"T1", "T3"}


def test_rows_inserted_above_in_the_shared_copy(both: Pair) -> None:
    place = both.place("T1", "name")
    both.ask({"insertDimension": {"range": lines(both, "T1", 2), "inheritFromBefore": False}})
    fill = [{"values": [{"userEnteredValue": {"stringValue": text}}]} for text in ("new", "newer")]
    both.ask({"updateCells": {"start": place, "rows": fill, "fields": "userEnteredValue"}})
    both.types("T1", "name", "ours")
    both.sync()
    assert sorted(same(both).values()) == ["Box <new>", "Shop & go", "new", "newer", "ours"]


def test_a_row_inserted_above_in_the_workbook(both: Pair) -> None:
    line, at = both.cell("T1", "name")

    def inserts(sheet: Any) -> None:
        # What Excel does to a table: all below moves down by one.
        (table,) = sheet.tables.values()
        for row in range(line + 3, line, -1):
            for column in range(1, len(table.tableColumns) + 1):
                above = sheet.cell(row - 1, column).value
                if not str(above).startswith("="):
                    sheet.cell(row, column).value = above
        for column in range(1, len(table.tableColumns) + 1):
            if not str(sheet.cell(line, column).value).startswith("="):
                sheet.cell(line, column).value = None
        sheet.cell(line, at).value = "new"

    both.by_hand(inserts)
    both.text("T1", "action", "theirs")
    both.sync()
    assert sorted(same(both).values()) == ["Advert", "Box <new>", "Shop & go", "new"]
    assert both.says("T1", "action") == ("theirs", "theirs")


def test_a_row_copied_in_the_shared_copy_gets_an_id_of_its_own(both: Pair) -> None:
    place = both.place("T1", "id")
    source = {
        "sheetId": place["sheetId"],
        "startRowIndex": place["rowIndex"], "endRowIndex": place["rowIndex"] + 1,
    }  # fmt: skip
    to = {**source, "startRowIndex": source["endRowIndex"] + 2, "endRowIndex": 5}
    both.ask({"copyPaste": {"source": source, "destination": to, "pasteType": "PASTE_NORMAL"}})
    both.sync()
    said = same(both)
    assert sorted(said.values()) == ["Advert", "Advert", "Box <new>", "Shop & go"]
    assert said["T1"] == "Advert"


@pytest.mark.parametrize("typed", ["", "X99", "T99", "t 1"])
def test_an_id_cleared_or_edited_by_hand_in_the_shared_copy(both: Pair, typed: str) -> None:
    both.text("T2", "id", typed)
    both.types("T1", "name", "ours")
    both.sync()
    assert sorted(same(both).values()) == ["Box <new>", "Shop & go", "ours"]


@pytest.mark.parametrize("typed", ["", "X99", "T99"])
def test_an_id_cleared_or_edited_by_hand_in_the_workbook(both: Pair, typed: str) -> None:
    line, at = both.cell("T2", "id")
    both.by_hand(lambda sheet: setattr(sheet.cell(line, at), "value", typed or None))
    both.text("T1", "name", "theirs")
    both.sync()
    assert sorted(same(both).values()) == ["Box <new>", "Shop & go", "theirs"]


def test_the_same_edit_on_both_sides_is_no_conflict_and_no_write(both: Pair) -> None:
    both.types("T1", "name", "the same")
    both.text("T1", "name", "the same")
    before = both.transport.traffic.write
    done = both.sync()
    assert (done.plan.pushed, done.plan.pulled, done.plan.conflicts) == ((), (), ())
    assert both.transport.traffic.write == before
    assert same(both)["T1"] == "the same"


def test_the_same_row_typed_on_both_sides_stays_two(both: Pair) -> None:
    line, at = both.cell("T3", "name")
    both.by_hand(lambda sheet: setattr(sheet.cell(line + 1, at), "value", "ours"))
    place = both.place("T3", "name")
    place["rowIndex"] += 1
    fill = [{"values": [{"userEnteredValue": {"stringValue": "theirs"}}]}]
    both.ask({"updateCells": {"start": place, "rows": fill, "fields": "userEnteredValue"}})
    both.sync()
    assert {"ours", "theirs"} < set(same(both).values())
