"""A spreadsheet of the Sheets interface becomes a workbook that Excel opens without a repair."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from cjm_sheets.adapters.xlsx_export.book import build
from cjm_sheets.adapters.xlsx_export.titles import titles

Json = dict[str, Any]


def book(*sheets: Json, **rest: Any) -> Json:
    return {"properties": {"title": "Test"}, "sheets": list(sheets)} | rest


def tab(title: str, *cells: Json, number: int = 0, **rest: Any) -> Json:
    """Return a tab whose first column holds some cells."""
    size = {"rowCount": 1000, "columnCount": 26}
    rows = [{"values": [cell]} for cell in cells]
    properties = {"sheetId": number, "title": title, "gridProperties": size}
    return {"properties": properties, "data": [{"rowData": rows}]} | rest


def typed(value: Json, shown: Json | None = None, **rest: Any) -> Json:
    return {"userEnteredValue": value, "effectiveValue": shown or value} | rest


def opened(source: Json) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(build(source)))


def looked(look: Json) -> Any:
    """Return a cell that has a look."""
    return opened(book(tab("a", typed({"numberValue": 1}, userEnteredFormat=look))))["a"]["A1"]


def test_titles_are_those_that_excel_takes() -> None:
    given = ["History", "a/b", "a_b", "x" * 40, "x" * 40, "'", "ÄÖ", "äö"]
    found = titles(given)
    assert found == ["History~2", "a_b", "a_b~2", "x" * 31, "x" * 29 + "~2", "_", "ÄÖ", "äö~2"]


def test_formulas_and_drop_downs_follow_the_titles() -> None:
    rule = {"condition": {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "='a/b'!A1:A2"}]}}
    formula = "='a/b'!A1+History!A1+'a/B'!A2&\"'a/b'!A1\"+b!A1"
    cell = typed({"formulaValue": formula}, {"numberValue": 1}, dataValidation=rule)
    found = opened(book(tab("a/b"), tab("History", number=1), tab("b", cell, number=2)))["b"]
    assert found["A1"].value == ("='a_b'!A1+'History~2'!A1+'a_b'!A2&\"'a/b'!A1\"+b!A1")
    (offered,) = found.data_validations.dataValidation
    assert offered.formula1 == "'a_b'!A1:A2"


def test_every_kind_of_value() -> None:
    cells: tuple[Json, ...] = (
        typed({"stringValue": "=no formula"}),
        typed({"numberValue": 0.1}),
        typed({"boolValue": False}),
        typed({"formulaValue": "=A2*2"}, {"numberValue": 0.2}),
        typed({"formulaValue": "=1/0"}, {"errorValue": {"type": "DIVIDE_BY_ZERO"}}),
        typed({"stringValue": "x" * 50_000}),
        typed({"stringValue": "here"}, hyperlink="https://example.com/a"),
        typed({"stringValue": "there"}, hyperlink="#gid=1"),
        {},
        {"note": "alone"},
    )
    source = book(tab("a", *cells))
    found = opened(source)["a"]
    values = [row[0].value for row in found["A1:A5"]]
    assert values == ["=no formula", 0.1, False, "=A2*2", "=1/0"]
    assert found["A1"].data_type == "s"
    assert len(found["A6"].value) == 32_767
    assert (found["A7"].value, found["A7"].hyperlink.target) == ("here", "https://example.com/a")
    assert (found["A8"].value, found["A8"].hyperlink) == ("there", None)
    assert found["A10"].comment.text == "alone"
    shown = openpyxl.load_workbook(io.BytesIO(build(source)), data_only=True)["a"]
    assert (shown["A4"].value, shown["A5"].value) == (0.2, "#DIV/0!")


@pytest.mark.parametrize(
    ("formula", "shown", "kept"),
    [
        ("=QUERY(A1:B2)", {"stringValue": 'a"b'}, '"a""b"'),
        ('=JOIN("-",A1:A2)', {"numberValue": 2}, "2"),
        ("=arrayformula(A1:A2)", {"boolValue": True}, "TRUE"),
        ("=" + "1+" * 5000 + "1", {"numberValue": 5001}, "5001"),
    ],
)
def test_what_excel_does_not_have_keeps_its_result(formula: str, shown: Json, kept: str) -> None:
    found = opened(book(tab("a", typed({"formulaValue": formula}, shown))))["a"]["A1"].value
    assert found.startswith("=IFERROR(__xludf.DUMMYFUNCTION(")
    assert found.endswith(f",{kept})")


def test_a_name_within_a_text_is_no_function_of_google() -> None:
    formula = '="QUERY(" & A2'
    found = opened(book(tab("a", typed({"formulaValue": formula}, {"stringValue": "QUERY("}))))
    assert found["a"]["A1"].value == formula


def test_looks() -> None:
    assert looked({"numberFormat": {"type": "PERCENT"}}).number_format == "0.00%"
    assert looked({"numberFormat": {"type": "DATE", "pattern": "d.m.yy"}}).number_format == "d.m.yy"
    assert looked({"textRotation": {"angle": 45}}).alignment.textRotation == 45
    assert looked({"textRotation": {"vertical": True}}).alignment.textRotation == 255
    assert looked({"verticalAlignment": "MIDDLE"}).alignment.vertical == "center"
    font = looked({"textFormat": {"strikethrough": True, "underline": True, "fontSize": 7}}).font
    assert (font.strike, font.u, font.sz) == (True, "single", 7)
    style = {"backgroundColorStyle": {"rgbColor": {"green": 1}}}
    assert looked(style).fill.start_color.rgb == "FF00FF00"
    white = {"backgroundColor": {"red": 1, "green": 1, "blue": 1}}
    assert looked(white).fill.fill_type is None
    border = {"borders": {"left": {"style": "DOUBLE", "color": {"red": 1}}}}
    assert looked(border).border.left.style == "double"


def test_hidden_parts_stay_hidden() -> None:
    hidden = tab("h", typed({"numberValue": 1}))
    hidden["properties"] |= {"hidden": True}
    lines = [{"hiddenByUser": True, "pixelSize": 21}, {"pixelSize": 40}]
    shown = tab("s", typed({"numberValue": 1}), number=1)
    shown["data"][0] |= {"rowMetadata": lines, "columnMetadata": [{"hiddenByFilter": True}]}
    found = opened(book(hidden, shown))
    assert [sheet.sheet_state for sheet in found] == ["hidden", "visible"]
    assert found.active is found["s"]
    assert found["s"].row_dimensions[1].hidden
    assert found["s"].row_dimensions[2].height == 30
    assert found["s"].column_dimensions["A"].hidden


def test_excel_would_repair_nothing(tmp_path: Path) -> None:
    rule = {"condition": {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "=b!$A$1:$A$2"}]}}
    cells = (
        typed({"stringValue": "<&>\"'"}, note="<note>"),
        typed({"formulaValue": "=SUM(A1:A2)"}, {"numberValue": 0}, dataValidation=rule),
        typed({"stringValue": "a\nb\x07"}, userEnteredFormat={"wrapStrategy": "WRAP"}),
        typed({"stringValue": "😀 ķ"}, hyperlink="https://example.com/?a=1&b=2"),
    )
    area = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 2, "endColumnIndex": 4}
    first = tab(
        "It's", *cells, merges=[area], basicFilter={"range": area | {"startColumnIndex": 0}}
    )
    named = {"namedRangeId": "1", "name": "ours", "range": area}
    path = tmp_path / "export.xlsx"
    path.write_bytes(build(book(first, tab("b", number=1), namedRanges=[named])))
    found = OpenXmlValidator().validate(str(path))
    assert [str(error) for error in found.errors] == []
