"""What follows when rows and columns are inserted, deleted, moved, or cells shift or are sorted."""

import pytest

from tests.service.calls import Api, Book, Json, RefusedCallError, grid, lines


@pytest.fixture
def rows(api: Api) -> Book:
    book = api.create()
    book.write("A1:C4", [["h", "n", "f"], ["a", 3, "=B2*2"], ["b", 1, "=B3*2"], ["c", 2, "=B4*2"]])
    return book


def test_an_insertion_moves_cells_and_stretches_formulas(rows: Book) -> None:
    rows.write("E1", [["=SUM(B2:B4)"], ["=SUM($B$2:$B$4;B:B)"]])
    rows.batch({"insertDimension": {"range": lines(0, "ROWS", 2, 4)}})
    assert rows.values("A1:B6") == [["h", "n"], ["a", "3"], [], [], ["b", "1"], ["c", "2"]]
    assert rows.formulas("C2:C6") == [["=B2*2"], [], [], ["=B5*2"], ["=B6*2"]]
    assert rows.formulas("E1:E2") == [["=SUM(B2:B6)"], ["=SUM($B$2:$B$6;B:B)"]]
    assert rows.sheet()["properties"]["gridProperties"]["rowCount"] == 1002


def test_new_rows_take_over_the_formats_and_drop_downs_of_their_neighbour(rows: Book) -> None:
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    rule = {"condition": {"type": "BOOLEAN"}}
    rows.batch(
        {"repeatCell": {"range": grid(0, 1, 2, 0, 1), "cell": bold, "fields": "userEnteredFormat"}},
        {"setDataValidation": {"range": grid(0, 1, 2, 1, 2), "rule": rule}},
        {"insertDimension": {"range": lines(0, "ROWS", 2, 3), "inheritFromBefore": True}},
    )
    mask = "sheets.data.rowData.values(userEnteredFormat,dataValidation,userEnteredValue)"
    new = rows.sheet(fields=mask)["data"][0]["rowData"][2]["values"]
    assert new == [bold, {"dataValidation": rule}]


def test_a_deletion_takes_references_with_it(rows: Book) -> None:
    rows.write("E1", [["=SUM(B2:B4)"], ["=B3"], ["=B4"]])
    rows.batch({"deleteDimension": {"range": lines(0, "ROWS", 2, 3)}})
    assert rows.formulas("A1:E3") == [
        ["h", "n", "f", "", "=SUM(B2:B3)"],
        ["a", 3, "=B2*2", "", "=#REF!"],
        ["c", 2, "=B3*2"],
    ]


def test_a_moved_row_takes_its_formulas_along_and_is_followed(rows: Book) -> None:
    rows.write("E1", [["=B2"]])
    rows.batch({"moveDimension": {"source": lines(0, "ROWS", 1, 2), "destinationIndex": 4}})
    assert rows.values("A2:C4") == [["b", "1", "2"], ["c", "2", "4"], ["a", "3", "6"]]
    assert rows.formulas("C2:C4") == [["=B2*2"], ["=B3*2"], ["=B4*2"]]
    assert rows.formulas("E1") == [["=B4"]]


def test_sorting_moves_whole_cells_and_keeps_formulas_on_their_rows(rows: Book) -> None:
    rows.batch(
        {
            "updateCells": {
                "start": {"sheetId": 0, "rowIndex": 1},
                "rows": [{"values": [{"note": "about a"}]}],
                "fields": "note",
            }
        },
        {"sortRange": {"range": grid(0, 1, 4, 0, 3), "sortSpecs": [{"dimensionIndex": 2}]}},
    )
    assert rows.values("A2:C4") == [["b", "1", "2"], ["c", "2", "4"], ["a", "3", "6"]]
    assert rows.formulas("C2:C4") == [["=B2*2"], ["=B3*2"], ["=B4*2"]]
    cells = rows.sheet(fields="sheets.data.rowData.values.note")["data"][0]["rowData"]
    assert cells[3]["values"][0] == {"note": "about a"}


def test_sorting_puts_numbers_before_texts_and_blanks_last(api: Api) -> None:
    book = api.create()
    book.write("A1:B6", [["b", 1], [10, 2], [None, 3], ["A", 4], [9, 5], ["TRUE", 6]])
    spec = {"dimensionIndex": 0, "sortOrder": "ASCENDING"}
    book.batch({"sortRange": {"range": grid(0, 0, 6, 0, 2), "sortSpecs": [spec]}})
    assert [row[1] for row in book.values("A1:B6")] == ["5", "2", "4", "1", "6", "3"]
    spec["sortOrder"] = "DESCENDING"
    book.batch({"sortRange": {"range": grid(0, 0, 6, 0, 2), "sortSpecs": [spec]}})
    assert [row[1] for row in book.values("A1:B6")] == ["6", "1", "4", "2", "5", "3"]


def placed(book: Book) -> Json:
    """Give the tab one object of each kind, all over B2:C4."""
    place = grid(0, 1, 4, 1, 3)
    book.batch(
        {"mergeCells": {"range": grid(0, 5, 7, 1, 3), "mergeType": "MERGE_ALL"}},
        {"addNamedRange": {"namedRange": {"name": "both", "range": place}}},
        {"addProtectedRange": {"protectedRange": {"range": place, "warningOnly": True}}},
        {
            "addBanding": {
                "bandedRange": {
                    "range": place,
                    "rowProperties": {
                        "firstBandColor": {"red": 1},
                        "secondBandColor": {"green": 1},
                    },
                }
            }
        },
        {
            "addConditionalFormatRule": {
                "rule": {
                    "ranges": [place],
                    "booleanRule": {
                        "condition": {
                            "type": "CUSTOM_FORMULA",
                            "values": [{"userEnteredValue": "=$B2>3"}],
                        },
                        "format": {"textFormat": {"bold": True}},
                    },
                }
            }
        },
        {"setBasicFilter": {"filter": {"range": place}}},
        {"addDimensionGroup": {"range": lines(0, "ROWS", 1, 4)}},
        {
            "addChart": {
                "chart": {
                    "spec": {
                        "basicChart": {
                            "chartType": "LINE",
                            "series": [{"series": {"sourceRange": {"sources": [place]}}}],
                        }
                    },
                    "position": {
                        "overlayPosition": {"anchorCell": {"rowIndex": 3, "columnIndex": 5}}
                    },
                }
            }
        },
    )
    return book.get()


def rows_of(whole: Json) -> list[tuple[int, int]]:
    """Return the rows that each object now covers."""
    tab = whole["sheets"][0]
    series = tab["charts"][0]["spec"]["basicChart"]["series"][0]["series"]["sourceRange"]
    ranges = [
        whole["namedRanges"][0]["range"],
        tab["protectedRanges"][0]["range"],
        tab["bandedRanges"][0]["range"],
        tab["conditionalFormats"][0]["ranges"][0],
        tab["basicFilter"]["range"],
        series["sources"][0],
    ]
    found = [(range_["startRowIndex"], range_["endRowIndex"]) for range_ in ranges]
    group = tab["rowGroups"][0]["range"]
    return [*found, (group["startIndex"], group["endIndex"])]


def test_everything_over_the_grid_follows_an_insertion_and_a_deletion(api: Api) -> None:
    book = api.create()
    assert set(rows_of(placed(book))) == {(1, 4)}
    book.batch({"insertDimension": {"range": lines(0, "ROWS", 2, 4)}})
    whole = book.get()
    assert set(rows_of(whole)) == {(1, 6)}
    tab = whole["sheets"][0]
    assert tab["merges"] == [{k: v for k, v in grid(0, 7, 9, 1, 3).items() if k != "sheetId"}]
    anchor = tab["charts"][0]["position"]["overlayPosition"]["anchorCell"]
    assert anchor == {"rowIndex": 5, "columnIndex": 5}
    book.batch({"insertDimension": {"range": lines(0, "ROWS", 0, 1)}})
    rule = book.sheet()["conditionalFormats"][0]["booleanRule"]["condition"]
    assert rule["values"] == [{"userEnteredValue": "=$B3>3"}]
    book.batch({"deleteDimension": {"range": lines(0, "ROWS", 2, 10)}})
    gone = book.get()
    for name in ("merges", "protectedRanges", "bandedRanges", "conditionalFormats", "basicFilter"):
        assert name not in gone["sheets"][0]
    assert "namedRanges" not in gone
    assert "charts" in gone["sheets"][0]


def test_ids_that_are_taken_or_unknown_are_refused(api: Api) -> None:
    book = api.create()
    placed(book)
    twice = {"addNamedRange": {"namedRange": {"name": "BOTH", "range": grid(0, 0, 1, 0, 1)}}}
    with pytest.raises(RefusedCallError, match="already exists"):
        book.batch(twice)
    for request in (
        {"deleteNamedRange": {"namedRangeId": "nosuch"}},
        {"deleteProtectedRange": {"protectedRangeId": 1}},
        {"deleteEmbeddedObject": {"objectId": 1}},
        {"deleteConditionalFormatRule": {"sheetId": 0, "index": 3}},
        {"updateCells": {"start": {"sheetId": 5}, "rows": [], "fields": "*"}},
    ):
        with pytest.raises(RefusedCallError, match=r"(?i)\bno "):
            book.batch(request)


def test_a_block_is_inserted_and_deleted_beside_others(rows: Book) -> None:
    rows.write("E1", [["=B2"], ["=A2"]])
    block = {"range": grid(0, 1, 2, 1, 2), "shiftDimension": "ROWS"}
    rows.batch({"insertRange": block})
    assert rows.formulas("A2:B5") == [["a"], ["b", 3], ["c", 1], ["", 2]]
    assert rows.formulas("E1:E2") == [["=B3"], ["=A2"]]
    rows.batch({"deleteRange": block})
    assert rows.formulas("A2:B4") == [["a", 3], ["b", 1], ["c", 2]]
    assert rows.formulas("E1") == [["=B2"]]
    rows.batch({"insertRange": {"range": grid(0, 1, 2, 0, 1), "shiftDimension": "COLUMNS"}})
    assert rows.formulas("A2:D2") == [["", "a", 3, "=C2*2"]]


def test_a_deleted_tab_leaves_ref_errors(api: Api) -> None:
    tabs = [{"properties": {"sheetId": n, "title": t}} for n, t in ((1, "A"), (2, "B 2"))]
    book = api.create(sheets=tabs)
    book.write("A!A1", [["='B 2'!C3+1"]])
    book.batch({"deleteSheet": {"sheetId": 2}})
    assert book.formulas("A!A1") == [["=#REF!+1"]]
    with pytest.raises(RefusedCallError, match="can't remove all the sheets"):
        book.batch({"deleteSheet": {"sheetId": 1}})


def test_cells_are_copied_in_all_ways(api: Api) -> None:
    book = api.create()
    book.write("A1:B2", [[1, "=A1+1"], [2, "=A2+1"]])
    look = {"userEnteredFormat": {"textFormat": {"bold": True}}, "note": "n"}
    fields = "userEnteredFormat,note"
    book.batch({"repeatCell": {"range": grid(0, 0, 1, 0, 1), "cell": look, "fields": fields}})

    def copy(kind: str, to: Json, **rest: str) -> None:
        source = grid(0, 0, 2, 0, 2)
        request = {"source": source, "destination": to, "pasteType": kind} | rest
        book.batch({"copyPaste": request})

    copy("PASTE_NORMAL", grid(0, 0, 1, 3, 4))
    assert book.formulas("D1:E2") == [[1, "=D1+1"], [2, "=D2+1"]]
    copy("PASTE_VALUES", grid(0, 4, 8, 0, 2))
    assert book.formulas("A5:B8") == [[1, 2], [2, 3], [1, 2], [2, 3]]
    copy("PASTE_FORMULA", grid(0, 0, 2, 0, 2), pasteOrientation="TRANSPOSE")
    assert book.formulas("A1:B2") == [[1, 2], ["=#REF!+1", "=A2+1"]]
    copy("PASTE_FORMAT", grid(0, 9, 10, 0, 1))
    cell = book.sheet(fields="sheets.data.rowData.values(note,userEnteredFormat)")["data"][0]
    assert cell["rowData"][0]["values"][3] == look
    assert cell["rowData"][9]["values"][0] == {"userEnteredFormat": look["userEnteredFormat"]}


def test_conditional_formats_are_copied_with_their_cells(api: Api) -> None:
    tabs = [{"properties": {"sheetId": n, "title": t}} for n, t in ((1, "A"), (2, "B"))]
    book = api.create(sheets=tabs)
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=$A2>3"}]}
    rule = {
        "ranges": [grid(1, 1, 9, 0, 2)],
        "booleanRule": {"condition": condition, "format": {"textFormat": {"bold": True}}},
    }
    source = grid(1, 0, 3, 0, 1)
    book.batch(
        {"addConditionalFormatRule": {"rule": rule}},
        {"copyPaste": {"source": source, "destination": grid(1, 0, 3, 4, 5)}},
        {"copyPaste": {"source": source, "destination": grid(2, 5, 11, 0, 1)}},
        {
            "copyPaste": {
                "source": source,
                "destination": grid(2, 0, 3, 6, 7),
                "pasteType": "PASTE_VALUES",
            }
        },
    )
    first, second = book.get()["sheets"]
    assert first["conditionalFormats"][0]["ranges"] == [grid(1, 1, 9, 0, 2), grid(1, 1, 3, 4, 5)]
    (copied,) = second["conditionalFormats"]
    assert copied["ranges"] == [grid(2, 6, 8, 0, 1), grid(2, 9, 11, 0, 1)]
    values = copied["booleanRule"]["condition"]["values"]
    assert values == [{"userEnteredValue": "=$A7>3"}]


def test_text_is_found_and_replaced(api: Api) -> None:
    book = api.create()
    book.write("A1:A4", [["one two"], ["Two"], ['=LEN("two")'], [22]])
    reply = book.batch(
        {"findReplace": {"find": "two", "replacement": "2", "sheetId": 0, "includeFormulas": True}}
    )["replies"][0]["findReplace"]
    assert book.formulas("A1:A4") == [["one 2"], [2], ['=LEN("2")'], [22]]
    assert reply == {
        "valuesChanged": 2,
        "formulasChanged": 1,
        "rowsChanged": 3,
        "sheetsChanged": 1,
        "occurrencesChanged": 3,
    }
    pattern = {"find": r"(\w+) (\d)", "replacement": "$2-$1", "searchByRegex": True}
    book.batch({"findReplace": pattern | {"allSheets": True}})
    assert book.values("A1") == [["2-one"]]
    assert book.batch({"findReplace": {"find": "zzz", "allSheets": True}})["replies"] == [
        {"findReplace": {}}
    ]


def test_a_smaller_grid_takes_along_what_lay_outside(rows: Book) -> None:
    outside = grid(0, 10, 12, 0, 2)
    rows.write("E1", [["=SUM(A1:A20)"], ["=A15"]])
    rows.batch(
        {"mergeCells": {"range": outside, "mergeType": "MERGE_ALL"}},
        {"addNamedRange": {"namedRange": {"name": "long", "range": grid(0, 0, 20, 0, 1)}}},
        {"addProtectedRange": {"protectedRange": {"range": outside, "warningOnly": True}}},
    )
    size = {"sheetId": 0, "gridProperties": {"rowCount": 8, "columnCount": 6}}
    mask = "gridProperties(rowCount,columnCount)"
    rows.batch({"updateSheetProperties": {"properties": size, "fields": mask}})
    whole = rows.get()
    assert not whole["sheets"][0].keys() & {"merges", "protectedRanges"}
    assert whole["namedRanges"][0]["range"]["endRowIndex"] == 8
    assert rows.formulas("E1:E2") == [["=SUM(A1:A8)"], ["=#REF!"]]
    assert whole["sheets"][0]["properties"]["gridProperties"] == size["gridProperties"]
