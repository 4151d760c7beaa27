"""Plain values over HTTP: where they are written, what is refused, what comes back."""

from typing import Any

import pytest

from tests.service.calls import Api, Book, Json, RefusedCallError, grid


@pytest.fixture
def book(api: Api) -> Book:
    return api.create(sheets=[{"properties": {"sheetId": 0, "title": "Sheet1"}}])


def test_null_leaves_a_cell_and_an_empty_text_clears_it(book: Book) -> None:
    book.write("A1:C1", [["a", "b", "c"]])
    answer = book.write("A1:C1", [[None, "", "new"]])
    assert book.values("A1:C1") == [["a", "", "new"]]
    assert answer["updatedCells"] == 2


def test_raw_keeps_what_user_entered_reads(book: Book) -> None:
    typed = ["0012", "=1+1", "1/2/2024", "TRUE", "+49"]
    book.write("A1:E1", [typed], "RAW")
    assert book.values("A1:E1") == [typed]
    book.write("A1:E1", [typed])
    assert book.values("A1:E1", valueRenderOption="UNFORMATTED_VALUE") == [[12, 2, 45293, True, 49]]


def test_text_format_keeps_typed_text(book: Book) -> None:
    cell = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
    request = {"range": grid(0, 0, 1, 0, 1), "cell": cell, "fields": "userEnteredFormat"}
    book.batch({"repeatCell": request})
    book.write("A1", [["0012"]])
    assert book.values("A1", valueRenderOption="UNFORMATTED_VALUE") == [["0012"]]


def test_a_value_keeps_the_format_of_its_cell(book: Book) -> None:
    book.write("A1", [["50%"]])
    book.write("A1", [[0.25]])
    assert book.values("A1") == [["25%"]]
    book.batch(
        {
            "updateCells": {
                "start": {},
                "rows": [{"values": [{"userEnteredValue": {"numberValue": 0.75}}]}],
                "fields": "userEnteredValue",
            }
        }
    )
    assert book.values("A1") == [["75%"]]


@pytest.mark.parametrize(
    ("range_", "values", "sentence"),
    [
        ("A1:B2", [["a"], ["b"], ["c"]], "tried writing to row [3]"),
        ("A1:B2", [["a", "b", "c"]], "tried writing to column [C]"),
        ("A1000", [["a"], ["b"]], "exceeds grid limits"),
        ("Nowhere!A1", [["a"]], "Unable to parse range: Nowhere!A1"),
        ("A1", "text", "Invalid value at 'data.values'"),
        (
            "A1",
            [["b"], [{"a": 1}]],
            'Invalid values[1][0]: struct_value {\n  fields {\n    key: "a"\n',
        ),
    ],
)
def test_what_cannot_be_written_is_refused(
    book: Book, range_: str, values: list[list[object]], sentence: str
) -> None:
    path = f"/v4/spreadsheets/{book.id}/values/{range_}"
    with pytest.raises(RefusedCallError) as refusal:
        book.api.call("PUT", path, valueInputOption="RAW", body_unchecked={"values": values})
    assert refusal.value.code == 400
    assert sentence in refusal.value.message
    assert book.values("A1:C3") == []


def test_the_input_option_is_required(book: Book) -> None:
    path = f"/v4/spreadsheets/{book.id}/values/A1"
    with pytest.raises(RefusedCallError, match="valueInputOption"):
        book.api.call("PUT", path, {"values": [["a"]]})


def test_columns_can_be_written_and_read(book: Book) -> None:
    path = f"/v4/spreadsheets/{book.id}/values/A1:B3"
    body = {"majorDimension": "COLUMNS", "values": [["a", "b"], ["c", "d", "e"]]}
    query: Json = {"valueInputOption": "RAW", "includeValuesInResponse": "true"}
    answer = book.api.call("PUT", path, body, **query)
    assert answer["updatedData"]["values"] == [["a", "b"], ["c", "d", "e"]]
    assert book.values("A1:B3") == [["a", "c"], ["b", "d"], ["", "e"]]


def test_a_named_range_is_read_before_a_tab(book: Book) -> None:
    book.write("A1:B1", [["tab", "name"]])
    named = {"name": "Sheet_1", "range": grid(0, 0, 1, 1, 2)}
    title = {"properties": {"sheetId": 0, "title": "Sheet_1"}, "fields": "title"}
    book.batch({"addNamedRange": {"namedRange": named}}, {"updateSheetProperties": title})
    assert book.values("Sheet_1") == [["name"]]
    assert book.values("'Sheet_1'") == [["tab", "name"]]


def append(book: Book, range_: str, values: list[list[object]], **query: Any) -> Json:
    path = f"/v4/spreadsheets/{book.id}/values/{range_}:append"
    found: Json = book.api.call("POST", path, {"values": values}, valueInputOption="RAW", **query)
    return found


@pytest.mark.parametrize(
    ("range_", "table", "written"),
    [
        ("Sheet1", "Sheet1!B4:D6", "Sheet1!B7"),
        ("A2", "Sheet1!A1:C2", "Sheet1!A3"),
        ("B4", "Sheet1!B4:D6", "Sheet1!B7"),
        ("C5:D5", "Sheet1!B4:D6", "Sheet1!B7"),
        ("A3:G10", "Sheet1!B4:D6", "Sheet1!B7"),
        ("A10", None, "Sheet1!A10"),
    ],
)
def test_values_are_appended_after_the_table_google_would_choose(
    book: Book, range_: str, table: str | None, written: str
) -> None:
    book.write("A1:C2", [["x", "y", "z"], ["x", "y", "z"]])
    book.write("B4:D6", [["x", "y", "z"]] * 3)
    answer = append(book, range_, [["new"]])
    assert answer.get("tableRange") == table
    assert answer["updates"]["updatedRange"] == written


def test_an_append_can_insert_rows(book: Book) -> None:
    book.write("A1:A4", [["a"], ["b"], [""], ["below"]])
    append(book, "A1:A2", [["new"]], insertDataOption="INSERT_ROWS")
    assert book.values("A1:A6") == [["a"], ["b"], ["new"], [], ["below"]]


def test_a_batch_of_writes_is_all_or_nothing(book: Book) -> None:
    path = f"/v4/spreadsheets/{book.id}/values:batchUpdate"
    data = [{"range": "A1", "values": [["a"]]}, {"range": "Nowhere!A1", "values": [["b"]]}]
    with pytest.raises(
        RefusedCallError, match=r"^Invalid data\[1\]: Unable to parse range: Nowhere"
    ):
        book.api.call("POST", path, {"valueInputOption": "RAW", "data": data})
    assert book.values("A1") == []


def test_parameters_and_fields_that_do_not_exist_are_refused(book: Book) -> None:
    path = f"/v4/spreadsheets/{book.id}"
    with pytest.raises(RefusedCallError, match='Unknown name "range"'):
        book.get(range="A1")
    with pytest.raises(RefusedCallError, match=r"contains an invalid argument") as refusal:
        book.get(fields="sheets.data.rowdata")
    assert [violation["field"] for violation in refusal.value.violations] == ["sheets.data.rowdata"]
    with pytest.raises(RefusedCallError, match='Unknown name "request"'):
        book.api.call("POST", f"{path}:batchUpdate", body_unchecked={"request": []})
    body: Json = {"requests": [{"addSheet": {"titel": "x"}}]}
    with pytest.raises(RefusedCallError, match=r'Unknown name "titel" at .requests\[0\]'):
        book.api.call("POST", f"{path}:batchUpdate", body_unchecked=body)
    body = {"requests": [{"addSheets": {}}]}
    with pytest.raises(RefusedCallError, match='Unknown name "addSheets"'):
        book.api.call("POST", f"{path}:batchUpdate", body_unchecked=body)
    mask = {"properties": {"sheetId": 0}, "fields": "gridProperties.rowcount"}
    with pytest.raises(RefusedCallError, match=r"gridProperties\.rowcount"):
        book.batch({"updateSheetProperties": mask})
