"""Native tables: columns named by their header cells, types, rows that grow, shifts, refusals."""

import pytest

from tests.service.calls import Api, Book, Json, RefusedCallError, grid, lines

LIST = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "Open"}]}}
ALL = "sheets(tables,data.rowData.values(dataValidation,userEnteredValue,userEnteredFormat))"


@pytest.fixture
def book(api: Api) -> Book:
    book = api.create(sheets=[{"properties": {"sheetId": 0, "title": "Sheet1"}}])
    book.write("B2:D4", [["Name", "", "Done"], ["a", 1, "maybe"], ["b", 2, ""]])
    return book


def add(book: Book, **parts: object) -> Json:
    table = {"tableId": "t", "name": "Pains", "range": grid(0, 1, 4, 1, 4)} | parts
    reply: Json = book.batch({"addTable": {"table": table}})["replies"][0]
    added: Json = reply["addTable"]["table"]
    return added


def table(book: Book) -> Json:
    found: Json = book.sheet()["tables"][0]
    return found


def names(book: Book) -> list[str]:
    return [column["columnName"] for column in table(book)["columnProperties"]]


def test_each_column_gets_an_entry_named_by_its_header_cell(book: Book) -> None:
    added = add(book, columnProperties=[{"columnIndex": 2, "columnType": "TEXT"}])
    assert added == {
        "tableId": "t",
        "name": "Pains",
        "range": {key: n for key, n in grid(0, 1, 4, 1, 4).items() if key != "sheetId"},
        "columnProperties": [
            {"columnName": "Name"},
            {"columnIndex": 1, "columnName": "Column 2"},
            {"columnIndex": 2, "columnName": "Column 1", "columnType": "TEXT"},
        ],
    }
    assert book.values("B2:D2") == [["Name", "Column 2", "Column 1"]]
    assert table(book) == added


def test_a_header_cell_names_its_column_whatever_is_written_into_it(book: Book) -> None:
    add(book)
    assert names(book) == ["Name", "Column 1", "Done"]
    book.write("B2:D2", [["Who", "=1+2", 7]])
    assert names(book) == ["Who", "Column 2", "7"]
    assert book.values("B2:D2", valueRenderOption="UNFORMATTED_VALUE") == [["Who", "Column 2", "7"]]
    book.api.call("POST", f"/v4/spreadsheets/{book.id}/values/B2:D2:clear", {})
    assert names(book) == ["Column 1", "Column 2", "Column 3"]


def test_types_work_on_the_cells_below_the_header(book: Book) -> None:
    types = ["DROPDOWN", "RATINGS_CHIP", "BOOLEAN"]
    columns = [{"columnIndex": at, "columnType": kind} for at, kind in enumerate(types)]
    columns[0] |= {"dataValidationRule": LIST}
    book.write("C3", [[""]])
    add(book, columnProperties=columns)
    assert book.values("C3:D4") == [["0", "FALSE"], ["2", "FALSE"]]
    rows = book.sheet(fields=ALL)["data"][0]["rowData"]
    assert rows[2]["values"][1]["dataValidation"]["condition"] == LIST["condition"]
    assert "dataValidation" not in rows[1]["values"][1]
    assert "dataValidation" not in rows[2]["values"][3]


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (
            {"columnProperties": [{"columnType": "DROPDOWN"}]},
            "Condition must be set for dropdown column type.",
        ),
        (
            {"columnProperties": [{"columnType": "DOUBLE", "dataValidationRule": LIST}]},
            "Cannot set condition for non-dropdown column type.",
        ),
        ({"columnProperties": [{"columnIndex": 3}]}, "Invalid column index: 3"),
        ({"columnProperties": [{}, {}]}, "given more than once"),
        ({"range": grid(0, 0, 2000, 0, 1)}, "exceeds grid limits"),
        ({"range": grid(0, 9, 12, 0, 2)}, "alternating background colors"),
        ({"range": grid(0, 6, 8, 0, 2)}, "merged cells"),
    ],
)
def test_a_table_that_cannot_be_is_refused(book: Book, parts: Json, sentence: str) -> None:
    bands = {"firstBandColor": {"red": 1}, "secondBandColor": {"blue": 1}}
    book.batch(
        {"addBanding": {"bandedRange": {"range": grid(0, 10, 12, 0, 2), "rowProperties": bands}}},
        {"mergeCells": {"range": grid(0, 6, 7, 0, 2), "mergeType": "MERGE_ALL"}},
    )
    with pytest.raises(RefusedCallError, match=sentence) as refusal:
        add(book, **parts)
    assert refusal.value.message.startswith("Invalid requests[0].addTable: ")
    assert "tables" not in book.sheet()


def test_ids_names_and_places_are_taken_once(book: Book) -> None:
    add(book)
    for parts, sentence in (
        ({"tableId": "t", "range": grid(0, 9, 11, 0, 2), "name": "x"}, "id t already exists"),
        ({"tableId": "u", "range": grid(0, 9, 11, 0, 2), "name": "PAINS"}, "already exists"),
        ({"tableId": "u", "range": grid(0, 3, 6, 0, 2), "name": "x"}, "overlap another table"),
    ):
        with pytest.raises(RefusedCallError, match=sentence):
            add(book, **parts)
    with pytest.raises(RefusedCallError, match="can't merge cells in a table"):
        book.batch({"mergeCells": {"range": grid(0, 3, 5, 1, 2), "mergeType": "MERGE_ALL"}})
    for request in (
        {"updateTable": {"table": {"tableId": "x", "name": "y"}, "fields": "name"}},
        {"deleteTable": {"tableId": "x"}},
    ):
        with pytest.raises(RefusedCallError, match="No table with id: x"):
            book.batch(request)
    plain = book.batch({"addTable": {"table": {"range": grid(0, 9, 11, 0, 2)}}})["replies"][0]
    assert plain["addTable"]["table"]["name"] == "Table1"
    assert plain["addTable"]["table"]["tableId"]


def test_an_update_replaces_all_columns(book: Book) -> None:
    add(book, columnProperties=[{"columnIndex": 1, "columnType": "DOUBLE"}])
    changed = {"tableId": "t", "columnProperties": [{"columnIndex": 2, "columnName": "Ready"}]}
    book.batch({"updateTable": {"table": changed, "fields": "columnProperties"}})
    assert table(book)["columnProperties"] == [
        {"columnName": "Name"},
        {"columnIndex": 1, "columnName": "Column 1"},
        {"columnIndex": 2, "columnName": "Ready"},
    ]
    assert book.values("D2") == [["Ready"]]
    nameless = {"tableId": "t", "columnProperties": [{"columnIndex": 1, "columnType": "DATE"}]}
    with pytest.raises(RefusedCallError, match="Table header row cell must have a value"):
        book.batch({"updateTable": {"table": nameless, "fields": "columnProperties"}})


def test_a_table_is_renamed_moved_and_coloured(book: Book) -> None:
    add(book)
    wider = {"tableId": "t", "name": "Wishes", "range": grid(0, 1, 4, 1, 5)}
    book.batch({"updateTable": {"table": wider, "fields": "name,range"}})
    assert (table(book)["name"], names(book)) == (
        "Wishes",
        ["Name", "Column 1", "Done", "Column 2"],
    )
    red = {"rgbColor": {"red": 1}}
    rows = {"headerColorStyle": red, "footerColorStyle": red}
    coloured = {"tableId": "t", "rowsProperties": rows}
    book.batch({"updateTable": {"table": coloured, "fields": "rowsProperties"}})
    assert table(book)["rowsProperties"] == rows
    assert table(book)["range"]["endRowIndex"] == 5


def test_rows_are_appended_to_the_first_free_row_of_a_table(book: Book) -> None:
    add(
        book,
        range=grid(0, 1, 5, 1, 4),
        columnProperties=[{"columnIndex": 2, "columnType": "BOOLEAN"}],
    )
    book.write("B7", [["below"]])
    rows = [{"values": [{"userEnteredValue": {"stringValue": name}}]} for name in ("c", "d")]
    request = {"tableId": "t", "rows": rows, "fields": "userEnteredValue"}
    book.batch({"appendCells": request})
    assert book.values("B2:D8") == [
        ["Name", "Column 2", "Column 1"],
        ["a", "1", "FALSE"],
        ["b", "2", "FALSE"],
        ["c", "", "FALSE"],
        ["d", "", "FALSE"],
        [],
        ["below"],
    ]
    assert table(book)["range"]["endRowIndex"] == 6
    wide = {"values": [{"userEnteredValue": {"numberValue": n}} for n in range(4)]}
    with pytest.raises(RefusedCallError, match="beyond the columns"):
        book.batch({"appendCells": request | {"rows": [wide]}})


def test_a_table_grows_shrinks_and_moves_with_its_rows_and_columns(book: Book) -> None:
    add(book, columnProperties=[{"columnIndex": 2, "columnType": "TEXT"}])
    book.batch(
        {"insertDimension": {"range": lines(0, "ROWS", 0, 1)}},
        {"insertDimension": {"range": lines(0, "ROWS", 3, 5)}},
        {"insertDimension": {"range": lines(0, "ROWS", 7, 8), "inheritFromBefore": True}},
        {"insertDimension": {"range": lines(0, "COLUMNS", 2, 3)}},
    )
    assert table(book)["range"] == {k: n for k, n in grid(0, 2, 8, 1, 5).items() if k != "sheetId"}
    assert names(book) == ["Name", "Column 3", "Column 2", "Column 1"]
    assert table(book)["columnProperties"][3]["columnType"] == "TEXT"
    book.batch(
        {"deleteDimension": {"range": lines(0, "COLUMNS", 0, 3)}},
        {"moveDimension": {"source": lines(0, "COLUMNS", 1, 2), "destinationIndex": 0}},
    )
    assert names(book) == ["Column 1", "Column 2"]
    assert table(book)["columnProperties"][0]["columnType"] == "TEXT"
    book.batch({"deleteDimension": {"range": lines(0, "ROWS", 0, 20)}})
    assert "tables" not in book.sheet()


def test_a_deleted_table_takes_its_cells_and_conditional_formats(book: Book) -> None:
    add(book)
    book.write("E3", [["beside"]])
    rule = {"booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {}}}
    for ranges in ([grid(0, 2, 4, 1, 2), grid(0, 9, 10, 0, 1)], [grid(0, 2, 3, 1, 2)]):
        book.batch({"addConditionalFormatRule": {"rule": rule | {"ranges": ranges}}})
    book.batch({"deleteTable": {"tableId": "t"}})
    tab = book.sheet()
    assert "tables" not in tab
    assert book.values("A1:E5") == [[], [], ["", "", "", "", "beside"]]
    assert [len(rule["ranges"]) for rule in tab["conditionalFormats"]] == [1]


def test_a_copied_tab_has_a_table_of_its_own(book: Book) -> None:
    add(book)
    book.batch({"duplicateSheet": {"sourceSheetId": 0, "newSheetId": 5, "insertSheetIndex": 1}})
    first, second = (tab["tables"][0] for tab in book.get()["sheets"])
    assert second["range"]["sheetId"] == 5
    assert second["tableId"] != first["tableId"]
    assert second["name"] != first["name"]
    assert second["columnProperties"] == first["columnProperties"]
