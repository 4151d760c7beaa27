"""Rows take the height and columns the width that their texts need."""

import pytest

from tests.service.calls import Api, Json, grid

WRAP = {"userEnteredFormat": {"wrapStrategy": "WRAP"}}


def rows_of(*texts: str, look: Json | None = None) -> Json:
    cells = [
        {"values": [{"userEnteredValue": {"stringValue": text}} | (look or {})]} for text in texts
    ]
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    fields = "userEnteredValue,userEnteredFormat"
    return {"updateCells": {"start": start, "rows": cells, "fields": fields}}


def fit(api: Api, *requests: Json, rows: int) -> list[int]:
    """Return the heights of rows once they are fitted."""
    book = api.create()
    area = {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": rows}
    book.batch(*requests, {"autoResizeDimensions": {"dimensions": area}})
    axis = book.sheet(includeGridData="true")["data"][0]["rowMetadata"]
    return [each["pixelSize"] for each in axis[:rows]]


def test_a_wrapped_text_makes_its_row_as_high_as_it_needs(api: Api) -> None:
    texts = ("short", "these words take two lines", "one\ntwo\nthree", "w" * 40, "")
    assert fit(api, rows_of(*texts, look=WRAP), rows=5) == [21, 38, 55, 89, 21]


def test_a_text_that_does_not_wrap_takes_the_lines_that_it_has(api: Api) -> None:
    assert fit(api, rows_of("these words take one line", "one\ntwo"), rows=2) == [21, 38]


@pytest.mark.parametrize("column", [{"pixelSize": 400}, {"hiddenByUser": True}])
def test_a_column_that_is_wide_or_hidden_asks_for_no_more(api: Api, column: Json) -> None:
    area = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    fields = ",".join(column)
    sized = {"updateDimensionProperties": {"range": area, "properties": column, "fields": fields}}
    found = fit(api, rows_of("these words take two lines", look=WRAP), sized, rows=1)
    assert found == [21]


def test_large_letters_need_high_rows(api: Api) -> None:
    look = {"userEnteredFormat": {"textFormat": {"fontSize": 20}}}
    assert fit(api, rows_of("large", look=look), rows=1) == [38]


def test_what_a_formula_shows_counts(api: Api) -> None:
    area = grid(0, 0, 1, 0, 1)
    text = {"userEnteredValue": {"formulaValue": '="one" & CHAR(10) & "two"'}}
    cells = {"repeatCell": {"range": area, "cell": text, "fields": "userEnteredValue"}}
    assert fit(api, cells, rows=1) == [38]
