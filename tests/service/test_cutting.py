"""Cutting and pasting: the cells go, what points at them follows, what lay there is pasted over."""

import pytest

from tests.service.calls import Api, Book, Json, RefusedCallError, grid


@pytest.fixture
def book(api: Api) -> Book:
    tabs = [{"properties": {"sheetId": n, "title": t}} for n, t in ((0, "A"), (2, "B b"))]
    book = api.create(sheets=tabs)
    book.write("A!A1:B2", [[1, "=A1*2"], [2, "=SUM(A1:A2)"]])
    book.write("'B b'!A1:A3", [["=A!A1"], ["=A!B2+A!C9"], ["=SUM(A!A1:A3)"]])
    return book


def cut(book: Book, source: Json, to: Json, **rest: str) -> None:
    book.batch({"cutPaste": {"source": source, "destination": to} | rest})


def test_formulas_follow_the_cells_they_name(book: Book) -> None:
    cut(book, grid(0, 0, 2, 0, 2), {"rowIndex": 4, "columnIndex": 2})
    assert book.formulas("A!A1:D6") == [
        [],
        [],
        [],
        [],
        ["", "", 1, "=C5*2"],
        ["", "", 2, "=SUM(C5:C6)"],
    ]
    assert book.formulas("'B b'!A1:A3") == [["=A!C5"], ["=A!D6+A!C9"], ["=SUM(A!A1:A3)"]]
    assert book.values("'B b'!A1") == [["1"]]


def test_cells_go_to_another_tab(book: Book) -> None:
    book.write("A!D1", [["=B2+Z9"]])
    cut(book, grid(0, 0, 2, 1, 2), {"sheetId": 2, "rowIndex": 0, "columnIndex": 3})
    assert book.formulas("'B b'!D1:D2") == [["=A!A1*2"], ["=SUM(A!A1:A2)"]]
    assert book.formulas("A!A1:D2") == [[1, "", "", "='B b'!D2+Z9"], [2]]
    assert book.formulas("'B b'!A2") == [["='B b'!D2+A!C9"]]
    cut(book, grid(2, 0, 2, 3, 4), {"sheetId": 0, "rowIndex": 0, "columnIndex": 1})
    assert book.formulas("A!B1:D2") == [["=A1*2", "", "=A!B2+Z9"], ["=SUM(A1:A2)"]]


def test_names_protection_notes_merges_and_rules_go_along(book: Book) -> None:
    place = grid(0, 0, 2, 0, 2)
    rule = {
        "ranges": [place],
        "booleanRule": {
            "condition": {"type": "NOT_BLANK"},
            "format": {"backgroundColor": {"red": 1}},
        },
    }
    book.batch(
        {"mergeCells": {"range": grid(0, 0, 2, 0, 1), "mergeType": "MERGE_ALL"}},
        {"addNamedRange": {"namedRange": {"name": "both", "range": place}}},
        {"addProtectedRange": {"protectedRange": {"range": place, "warningOnly": True}}},
        {"addConditionalFormatRule": {"rule": rule}},
        {"setDataValidation": {"range": place, "rule": {"condition": {"type": "NOT_BLANK"}}}},
        {
            "updateCells": {
                "start": {"rowIndex": 1, "columnIndex": 1},
                "rows": [{"values": [{"note": "n"}]}],
                "fields": "note",
            }
        },
    )
    cut(book, place, {"sheetId": 2, "rowIndex": 5, "columnIndex": 0})
    whole = book.get(includeGridData="true")
    old, new = whole["sheets"]
    moved = grid(2, 5, 7, 0, 2)
    assert whole["namedRanges"][0]["range"] == moved
    assert new["protectedRanges"][0]["range"] == moved
    assert new["conditionalFormats"][0]["ranges"] == [moved]
    assert new["merges"] == [grid(2, 5, 7, 0, 1)]
    cell = new["data"][0]["rowData"][6]["values"][1]
    assert (cell["note"], cell["dataValidation"]) == ("n", {"condition": {"type": "NOT_BLANK"}})
    assert not old.keys() & {"merges", "protectedRanges", "conditionalFormats"}
    assert "rowData" not in old["data"][0]


def test_all_is_cut_whatever_is_pasted(book: Book) -> None:
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    book.batch(
        {"repeatCell": {"range": grid(0, 0, 2, 0, 2), "cell": bold, "fields": "userEnteredFormat"}}
    )
    cut(book, grid(0, 0, 2, 0, 2), {"rowIndex": 4}, pasteType="PASTE_VALUES")
    assert book.formulas("A!A1:B6")[4:] == [[1, 2], [2, 3]]
    cells = book.sheet(fields="sheets.data.rowData.values.userEnteredFormat")["data"][0]
    assert all(row == {} for row in cells.get("rowData", []))


def test_a_block_may_be_pasted_over_part_of_itself(book: Book) -> None:
    cut(book, grid(0, 0, 2, 0, 2), {"rowIndex": 1, "columnIndex": 1})
    assert book.formulas("A!A1:C3") == [[], ["", 1, "=B2*2"], ["", 2, "=SUM(B2:B3)"]]


def test_half_a_merge_and_what_leaves_the_grid_are_refused(book: Book) -> None:
    book.batch({"mergeCells": {"range": grid(0, 5, 7, 0, 2), "mergeType": "MERGE_ALL"}})
    for source, to, sentence in (
        (grid(0, 5, 6, 0, 2), {"rowIndex": 9}, "intersects a merge"),
        (grid(0, 0, 1, 0, 1), {"rowIndex": 6}, "intersects a merge"),
        (grid(0, 0, 2, 0, 2), {"rowIndex": 999}, "exceeds grid limits"),
        (grid(0, 0, 2, 0, 2), {"sheetId": 5}, "No grid with id: 5"),
    ):
        with pytest.raises(RefusedCallError, match=sentence):
            cut(book, source, to)


def test_a_table_is_not_taken_to_another_tab_in_silence(book: Book) -> None:
    book.batch({"addTable": {"table": {"range": grid(0, 10, 13, 0, 2)}}})
    with pytest.raises(RefusedCallError, match="a table to another sheet") as refusal:
        cut(book, grid(0, 10, 13, 0, 2), {"sheetId": 2})
    assert refusal.value.code == 501
    cut(book, grid(0, 10, 13, 0, 2), {"rowIndex": 20})
    assert book.sheet()["tables"][0]["range"]["startRowIndex"] == 20
