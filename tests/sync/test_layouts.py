"""Merged cells, hidden rows and filters, in the workbook and in the shared copy.

A real file and the service: what nobody sees is synced all the same, and stays as it is shown.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets.service.running import RunningService
from tests.sync.real import Pair, left, pair


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("layouts")) as running:
        yield running


@pytest.fixture
def both(service: RunningService, tmp_path: Path) -> Pair:
    return pair(service, tmp_path)


def crossed(both: Pair) -> None:
    """Sync an edit of each side in rows that are hidden or merged, and see it arrive."""
    both.types("T2", "name", "ours")
    both.text("T3", "name", "theirs")
    both.text("T1", "action", "theirs too")
    assert left(both.sync()) == []
    assert both.says("T2", "name") == ("ours", "ours")
    assert both.says("T3", "name") == ("theirs", "theirs")
    assert both.says("T1", "action") == ("theirs too", "theirs too")
    assert both.is_quiet()


def grid(both: Pair, row: str, column: str, rows: int = 1, columns: int = 1) -> dict[str, int]:
    place = both.place(row, column)
    return {
        "sheetId": place["sheetId"],
        "startRowIndex": place["rowIndex"], "endRowIndex": place["rowIndex"] + rows,
        "startColumnIndex": place["columnIndex"], "endColumnIndex": place["columnIndex"] + columns,
    }  # fmt: skip


# ---- the shared copy ---------------------------------------------------------------------


def test_rows_hidden_in_the_shared_copy(both: Pair) -> None:
    place = both.place("T2", "name")
    rows = {
        "sheetId": place["sheetId"], "dimension": "ROWS",
        "startIndex": place["rowIndex"], "endIndex": place["rowIndex"] + 2,
    }  # fmt: skip
    both.ask({
        "updateDimensionProperties": {
            "range": rows, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"
        }
    })  # fmt: skip
    crossed(both)
    (data,) = [
        each["data"][0]["rowMetadata"]
        for each in both.look("sheets(properties.sheetId,data.rowMetadata.hiddenByUser)")["sheets"]
        if each["properties"].get("sheetId") == place["sheetId"]
    ]
    hidden = [at for at, row in enumerate(data) if row.get("hiddenByUser")]
    assert hidden == [place["rowIndex"], place["rowIndex"] + 1]


def test_rows_filtered_in_the_shared_copy(both: Pair) -> None:
    place = both.place("T2", "name")
    area = {"sheetId": place["sheetId"], "startRowIndex": 0, "endRowIndex": 10}
    criteria = {"hiddenValues": ["Shop & go", "Box <new>"]}
    specs = [{"columnIndex": place["columnIndex"], "filterCriteria": criteria}]
    both.ask({"setBasicFilter": {"filter": {"range": area, "filterSpecs": specs}}})
    crossed(both)
    (kept,) = [each["basicFilter"] for each in both.look("sheets.basicFilter")["sheets"] if each]
    assert kept["filterSpecs"][0]["filterCriteria"] == criteria
    assert kept["range"]["endRowIndex"] == area["endRowIndex"]


def test_rows_come_and_go_under_a_filter_in_the_shared_copy(both: Pair) -> None:
    place = both.place("T1", "name")
    area = {"sheetId": place["sheetId"], "startRowIndex": 0, "endRowIndex": 10}
    criteria = {"hiddenValues": ["Advert"]}
    specs = [{"columnIndex": place["columnIndex"], "filterCriteria": criteria}]
    both.ask({"setBasicFilter": {"filter": {"range": area, "filterSpecs": specs}}})
    line, at = both.cell("T2", "name")

    def empties(sheet: Any) -> None:
        (table,) = sheet.tables.values()
        for column in range(1, len(table.tableColumns) + 1):
            if not str(sheet.cell(line, column).value).startswith("="):
                sheet.cell(line, column).value = None
        sheet.cell(line + 2, at).value = "new"

    both.by_hand(empties)
    both.sync()
    names = {t.spec.key: t for t in both.other().read().tables}["Touchpoints"].by_key["name"].cells
    assert [name for name in names if name] == ["Advert", "Box <new>", "new"]
    assert both.is_quiet()


def test_cells_merged_in_the_shared_copy(both: Pair) -> None:
    both.types("T1", "action", "goes under")
    both.sync()
    merged = grid(both, "T1", "name", columns=5)
    both.ask({"mergeCells": {"range": merged, "mergeType": "MERGE_ALL"}})
    both.sync()
    assert both.says("T1", "name") == ("Advert", "Advert")
    assert both.says("T1", "action") == (None, None)
    assert '"goes under"' in {entry.before for entry in both.history.entries}
    both.types("T1", "name", "ours")
    both.types("T1", "action", "hidden there")
    both.sync()
    assert both.says("T1", "name") == ("ours", "ours")
    assert both.says("T1", "action") == ("hidden there", "hidden there")
    assert any(merged in each.get("merges", ()) for each in both.look("sheets.merges")["sheets"])
    assert both.is_quiet()


def test_rows_merged_in_the_shared_copy(both: Pair) -> None:
    merged = grid(both, "T2", "stage", rows=2)
    both.ask({"mergeCells": {"range": merged, "mergeType": "MERGE_ALL"}})
    crossed(both)
    assert both.says("T2", "stage") == ("S2", "S2")


# ---- the workbook ------------------------------------------------------------------------


def test_rows_hidden_in_the_workbook(both: Pair) -> None:
    line, _ = both.cell("T2", "name")

    def hides(sheet: Any) -> None:
        for each in (line, line + 1):
            sheet.row_dimensions[each].hidden = True

    both.by_hand(hides)
    crossed(both)
    hidden: list[bool] = []
    both.by_hand(lambda sheet: hidden.append(sheet.row_dimensions[line].hidden))
    assert hidden == [True]


def test_rows_filtered_in_the_workbook(both: Pair) -> None:
    line, at = both.cell("T2", "name")

    def filters(sheet: Any) -> None:
        (table,) = sheet.tables.values()
        table.autoFilter.add_filter_column(at - 1, ["Advert"])
        for each in (line, line + 1):
            sheet.row_dimensions[each].hidden = True

    both.by_hand(filters)
    crossed(both)
    kept: list[Any] = []
    both.by_hand(
        lambda sheet: kept.extend(next(iter(sheet.tables.values())).autoFilter.filterColumn)
    )
    assert [list(each.filters.filter) for each in kept] == [["Advert"]]


def test_cells_merged_in_the_workbook(both: Pair) -> None:
    line, at = both.cell("T1", "name")
    both.types("T1", "action", "goes under")
    both.sync()
    _, action = both.cell("T1", "action")
    both.by_hand(
        lambda sheet: sheet.merge_cells(
            start_row=line, start_column=at, end_row=line, end_column=action
        )
    )
    both.sync()
    assert both.says("T1", "name") == ("Advert", "Advert")
    assert both.says("T1", "action") == (None, None)
    assert '"goes under"' in {entry.before for entry in both.history.entries}
    both.text("T1", "name", "theirs")
    both.text("T2", "name", "comes")
    both.sync()
    assert both.says("T1", "name") == ("theirs", "theirs")
    assert both.says("T2", "name") == ("comes", "comes")
    assert both.is_quiet()
