"""Cells chosen by data filters: by A1 or R1C1 text, by grid range, by developer metadata."""

from typing import Any

import pytest

from tests.service.calls import Api, Book, Json, RefusedCallError, grid, lines

LOOKUP = {"developerMetadataLookup": {"metadataKey": "k"}}


@pytest.fixture
def book(api: Api) -> Book:
    tabs = [{"properties": {"sheetId": n, "title": t}} for n, t in ((0, "A"), (2, "B"))]
    book = api.create(sheets=tabs)
    book.write("A!A1:B3", [["a", 1], ["b", 0.5], ["c", "=B1+B2"]])
    book.write("B!A1", [["other"]])
    where = [
        {"dimensionRange": lines(0, "ROWS", 1, 2)},
        {"dimensionRange": lines(2, "COLUMNS", 0, 1)},
    ]
    item = {"metadataKey": "k", "visibility": "DOCUMENT"}
    book.batch(
        *(
            {"createDeveloperMetadata": {"developerMetadata": item | {"location": place}}}
            for place in where
        )
    )
    return book


def ask(book: Book, method: str, body: Json, **query: Any) -> Json:
    path = f"/v4/spreadsheets/{book.id}{method}"
    answer: Json = book.api.call("POST", path, body, **query)
    return answer


def test_values_are_read_by_every_kind_of_filter(book: Book) -> None:
    filters = [{"a1Range": "A!A1:B1"}, {"gridRange": grid(0, 0, 1, 0, 2)}, LOOKUP]
    body = {"dataFilters": filters, "valueRenderOption": "UNFORMATTED_VALUE"}
    first, row, column = ask(book, "/values:batchGetByDataFilter", body)["valueRanges"]
    assert first["dataFilters"] == filters[:2]
    assert first["valueRange"]["values"] == [["a", 1]]
    assert row["valueRange"]["range"] == "A!A2:Z2"
    assert row["valueRange"]["values"] == [["b", 0.5]]
    assert column == {
        "dataFilters": [LOOKUP],
        "valueRange": {"range": "B!A1:A1000", "majorDimension": "ROWS", "values": [["other"]]},
    }
    nothing = {"developerMetadataLookup": {"metadataKey": "no"}}
    answer = ask(book, "/values:batchGetByDataFilter", {"dataFilters": [nothing]})
    assert answer == {"spreadsheetId": book.id}


def test_values_are_written_where_metadata_stands(book: Book) -> None:
    book.batch({"insertDimension": {"range": lines(0, "ROWS", 0, 2)}})
    data = [{"dataFilter": LOOKUP, "values": [["new"]]}]
    body = {"valueInputOption": "RAW", "data": data, "includeValuesInResponse": True}
    answer = ask(book, "/values:batchUpdateByDataFilter", body)
    assert [one["updatedRange"] for one in answer["responses"]] == ["A!A4", "B!A1"]
    assert answer["responses"][0]["dataFilter"] == LOOKUP
    assert answer["responses"][0]["updatedData"]["values"] == [["new"]]
    assert (answer["totalUpdatedCells"], answer["totalUpdatedSheets"]) == (2, 2)
    assert book.values("A!A3:B5") == [["a", "1"], ["new", "0.5"], ["c", "1.5"]]


def test_more_values_than_a_selected_range_holds_are_refused(book: Book) -> None:
    for chosen, values, sentence in (
        (LOOKUP, [["x"], ["y"]], r"tried writing to row \[3\]"),
        ({"a1Range": "A!A1"}, [["x", "y"]], r"tried writing to column \[B\]"),
    ):
        body = {"valueInputOption": "RAW", "data": [{"dataFilter": chosen, "values": values}]}
        with pytest.raises(RefusedCallError, match=sentence):
            ask(book, "/values:batchUpdateByDataFilter", body)
    assert book.values("A!A1:B1") == [["a", "1"]]
    data = [{"dataFilter": LOOKUP, "values": [["x"]]}]
    with pytest.raises(RefusedCallError, match="'valueInputOption' is required"):
        ask(book, "/values:batchUpdateByDataFilter", {"data": data})


def test_values_are_cleared_by_filter(book: Book) -> None:
    answer = ask(book, "/values:batchClearByDataFilter", {"dataFilters": [LOOKUP]})
    assert answer["clearedRanges"] == ["A!A2:Z2", "B!A1:A1000"]
    assert book.values("A!A1:A3") == [["a"], [], ["c"]]
    assert book.values("B!A1") == []


def test_a_spreadsheet_is_read_by_filter(book: Book) -> None:
    body: Json = {"dataFilters": [{"a1Range": "B!A1:A2"}], "includeGridData": True}
    (tab,) = ask(book, ":getByDataFilter", body)["sheets"]
    assert tab["properties"]["title"] == "B"
    assert tab["data"][0]["rowData"][0]["values"][0]["formattedValue"] == "other"
    assert len(tab["data"][0]["rowMetadata"]) == 2
    whole = ask(book, ":getByDataFilter", {}, fields="sheets.properties.title")
    assert [one["properties"]["title"] for one in whole["sheets"]] == ["A", "B"]
    assert ask(book, ":getByDataFilter", body, fields="sheets.data.rowData.values.note") == {
        "sheets": [{"data": [{}]}]
    }


def test_filters_that_choose_nothing_or_too_much_are_refused(book: Book) -> None:
    path = f"/v4/spreadsheets/{book.id}/values:batchGetByDataFilter"
    for body, sentence in (
        ({"dataFilters": [{}]}, "must be set"),
        ({"dataFilters": [{"a1Range": "A!A1", "gridRange": {}}]}, "oneof field 'filter'"),
        ({"dataFilters": [{"a1Range": "A!A5000"}]}, "exceeds grid limits"),
        ({"dataFilters": [{"gridRange": {"sheetId": 7}}]}, "No grid with id: 7"),
        ({"dataFilter": []}, 'Unknown name "dataFilter"'),
    ):
        with pytest.raises(RefusedCallError, match=sentence):
            book.api.call("POST", path, body_unchecked=body)


def test_the_bands_of_tables_are_banded_ranges_unless_not_wanted(book: Book) -> None:
    red = {"rgbColor": {"red": 1}}
    place = grid(2, 4, 6, 0, 2)
    given = {"tableId": "t", "range": place, "rowsProperties": {"headerColorStyle": red}}
    book.batch({"addTable": {"table": given}})
    (band,) = book.sheet(1)["bandedRanges"]
    assert band["bandedRangeReference"] == "t"
    assert band["rowProperties"] == {"headerColorStyle": red, "headerColor": {"red": 1}}
    assert "bandedRanges" not in book.sheet(1, excludeTablesInBandedRanges="true")
    body = {"excludeTablesInBandedRanges": True}
    assert "bandedRanges" not in ask(book, ":getByDataFilter", body)["sheets"][1]


@pytest.mark.parametrize(
    ("text", "range_"),
    [
        ("A!R1C1:R2C2", "A!A1:B2"),
        ("R2C1", "A!A2"),
        ("A!r2c2:r1c1", "A!A1:B2"),
        ("A!R[1]C[1]", "A!B2"),
        ("A!RC[1]:R[2]C[1]", "A!B1:B3"),
    ],
)
def test_ranges_may_be_written_with_two_numbers(book: Book, text: str, range_: str) -> None:
    answer = book.api.call("GET", f"/v4/spreadsheets/{book.id}/values/{text}")
    assert answer["range"] == range_
    assert answer["values"] == book.values(range_)
    written = book.api.call(
        "PUT",
        f"/v4/spreadsheets/{book.id}/values/{text}",
        {"values": [["new"]]},
        valueInputOption="RAW",
    )
    assert written["updatedRange"] == range_.partition(":")[0]
    assert book.get(ranges=text)["sheets"][0]["properties"]["title"] == "A"


@pytest.mark.parametrize("text", ["A!R0C1", "A!R[-1]C[1]", "A!RC", "A!R1C20000", "A!R1C1:B2"])
def test_numbers_that_name_no_cell_are_refused(book: Book, text: str) -> None:
    with pytest.raises(RefusedCallError, match="Unable to parse range"):
        book.values(text)


def test_a_range_without_a_tab_lies_on_the_first_visible_one(book: Book) -> None:
    hide = {"properties": {"sheetId": 0, "hidden": True}, "fields": "hidden"}
    book.batch({"updateSheetProperties": hide})
    assert book.values("A1") == [["other"]]
