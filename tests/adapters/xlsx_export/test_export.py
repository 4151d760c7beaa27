"""A spreadsheet of the Sheets interface becomes a workbook that Excel opens without a repair."""

import io
import re
import zipfile
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


RED, GREEN, WHITE = {"red": 1}, {"green": 1}, {"red": 1, "green": 1, "blue": 1}


def test_bands_lie_under_cells_that_have_no_ground_of_their_own() -> None:
    own = typed({"numberValue": 1}, userEnteredFormat={"backgroundColor": GREEN})
    banded = {
        "range": {"startRowIndex": 0, "endRowIndex": 6, "endColumnIndex": 2},
        "rowProperties": {
            "headerColor": GREEN, "firstBandColor": WHITE, "secondBandColor": RED,
            "footerColor": GREEN,
        },
    }  # fmt: skip
    cells = [typed({"numberValue": n}) for n in range(2)]
    found = opened(book(tab("a", *cells, own, bandedRanges=[banded])))["a"]
    fills = [
        [c.fill.fgColor.rgb[2:] if c.fill.fill_type else "" for c in row] for row in found["A1:B7"]
    ]
    green, red = "00FF00", "FF0000"
    assert [row[1] for row in fills] == [green, "", red, "", red, green, ""]
    assert [row[0] for row in fills] == [green, "", green, "", red, green, ""]
    assert [row[0].value for row in found["A1:A3"]] == [0, 1, 1]


def rule(kind: str, *values: str, **rest: Any) -> Json:
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    look = {"backgroundColor": WHITE, "textFormat": {"foregroundColor": RED, "bold": True}}
    area = {"startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    ranges = [area, {**area, "endRowIndex": 9, "startColumnIndex": 2, "endColumnIndex": 3}]
    return {"ranges": ranges, "booleanRule": {"condition": condition, "format": look}} | rest


@pytest.mark.parametrize(
    ("given", "kind", "formulas"),
    [
        (rule("CUSTOM_FORMULA", '=AND($A2>0,B2="x")'), "expression", ['AND($A2>0,B2="x")']),
        (rule("NUMBER_GREATER", "5"), "cellIs", ["5"]),
        (rule("NUMBER_BETWEEN", "1", "2.5"), "cellIs", ["1", "2.5"]),
        (rule("TEXT_EQ", "yes"), "cellIs", ['"yes"']),
        (rule("TEXT_CONTAINS", "ye"), "containsText", None),
        (rule("BLANK"), "containsBlanks", None),
        (rule("DATE_BEFORE", "=TODAY()"), "expression", ["AND(ISNUMBER(A2),A2<TODAY())"]),
    ],
)
def test_rules_that_colour_cells(given: Json, kind: str, formulas: list[str] | None) -> None:
    found = opened(book(tab("a", conditionalFormats=[given])))["a"].conditional_formatting
    ((ranges, (only,)),) = [(str(each.sqref), each.rules) for each in found]
    assert ranges == "A2:A1000 C2:C9"
    assert only.type == kind
    assert formulas is None or only.formula == formulas
    assert only.dxf.font.color.rgb == "FFFF0000"
    assert only.dxf.font.b
    # Paper is a colour, too, where a rule says so.
    assert only.dxf.fill.bgColor.rgb == "FFFFFFFF"


def test_scales_of_colours_and_the_order_of_rules() -> None:
    points = {
        "minpoint": {"type": "NUMBER", "value": "-2", "color": RED},
        "midpoint": {"type": "PERCENTILE", "value": "50", "color": WHITE},
        "maxpoint": {"type": "MAX", "color": GREEN},
    }
    area = {"startRowIndex": 0, "endRowIndex": 3, "endColumnIndex": 1}
    rules = [rule("NOT_A_KIND", "1"), {"ranges": [area], "gradientRule": points}, rule("NOT_BLANK")]
    found = opened(book(tab("a", conditionalFormats=rules)))["a"].conditional_formatting
    by_order = sorted((r for each in found for r in each.rules), key=lambda r: r.priority)
    assert [each.type for each in by_order] == ["colorScale", "notContainsBlanks"]
    scale = by_order[0].colorScale
    assert [c.rgb for c in scale.color] == ["FFFF0000", "FFFFFFFF", "FF00FF00"]
    assert [(c.type, c.val) for c in scale.cfvo] == [("num", -2), ("percentile", 50), ("max", 0)]


def curve(kind: str = "LINE", **rest: Any) -> Json:
    def across(line: int) -> Json:
        area = {"sheetId": 7, "startRowIndex": line, "endRowIndex": line + 1}
        return {"sourceRange": {"sources": [{**area, "startColumnIndex": 1, "endColumnIndex": 5}]}}

    basic = {
        "chartType": kind,
        "headerCount": 1,
        "domains": [{"domain": across(0)}],
        "series": [{"series": across(1), "colorStyle": {"rgbColor": RED}}],
        "axis": [
            {
                "position": "LEFT_AXIS",
                "viewWindowOptions": {"viewWindowMin": -2, "viewWindowMax": 2},
            }
        ],
        "interpolateNulls": True,
        "legendPosition": "NO_LEGEND",
    }
    anchor = {"sheetId": 7, "rowIndex": 4, "columnIndex": 2}
    place = {"overlayPosition": {"anchorCell": anchor, "widthPixels": 400, "heightPixels": 150}}
    return {"spec": {"basicChart": basic | rest, "altText": "Moods"}, "position": place}


def chart_of(source: Json) -> Any:
    (found,) = charts_of(source)
    return found


def charts_of(source: Json) -> list[Any]:
    sheet: Any = opened(source)["a_b"]
    return list(sheet._charts)  # noqa: SLF001 - openpyxl has no other way to them


@pytest.mark.parametrize("kind", ["LINE", "COLUMN", "BAR", "AREA", "SCATTER"])
def test_charts_of_usual_kinds(kind: str) -> None:
    found = chart_of(book(tab("a/b", number=7, charts=[curve(kind)])))
    (series,) = found.series
    assert series.tx.strRef.f == "'a_b'!$B$2"
    numbers = series.yVal if kind == "SCATTER" else series.val
    assert numbers.numRef.f == "'a_b'!$C$2:$E$2"
    names = series.xVal if kind == "SCATTER" else series.cat
    assert (names.strRef or names.numRef).f == "'a_b'!$C$1:$E$1"
    corner = found.anchor._from  # noqa: SLF001 - openpyxl calls it so
    assert (corner.row, corner.col) == (4, 2)
    assert found.legend is None
    assert found.display_blanks == "span"


@pytest.mark.parametrize("kind", ["LINE", "COLUMN", "BAR", "AREA", "SCATTER"])
def test_the_numbers_of_a_chart_run_from_end_to_end(kind: str) -> None:
    ends = {"viewWindowMin": -2, "viewWindowMax": 2}
    side = "BOTTOM_AXIS" if kind == "BAR" else "LEFT_AXIS"
    axis = {"position": side, "viewWindowOptions": ends, "title": "Mood"}
    source = book(tab("a", number=7, charts=[curve(kind, axis=[axis])]))
    with zipfile.ZipFile(io.BytesIO(build(source))) as file:
        chart = file.read("xl/charts/chart1.xml").decode()
    *_, numbers = re.findall(r"<c:valAx>.*?</c:valAx>", chart, re.DOTALL)
    assert '<c:max val="2"/><c:min val="-2"/>' in numbers
    assert "Mood" in numbers


def test_a_chart_of_another_kind_is_left_out() -> None:
    charts = [curve("WATERFALL"), {"spec": {"pieChart": {}}, "position": {"newSheet": True}}]
    assert charts_of(book(tab("a/b", number=7, charts=charts))) == []


def test_folded_lines_stay_folded() -> None:
    area = {"dimension": "ROWS", "startIndex": 1, "endIndex": 3}
    source = tab("a", rowGroups=[{"range": area, "depth": 1, "collapsed": True}])
    source["data"][0]["rowMetadata"] = [{"pixelSize": 21}, *[{"hiddenByUser": True}] * 2]
    found = opened(book(source))["a"].row_dimensions
    assert [(found[n].outline_level, found[n].hidden) for n in (1, 2, 3)] == [
        (0, False), (1, True), (1, True),
    ]  # fmt: skip


def test_excel_would_repair_no_rule_and_no_chart(tmp_path: Path) -> None:
    rules = [rule("CUSTOM_FORMULA", "=A2>0"), rule("TEXT_CONTAINS", 'a "b"')]
    banded = {"range": {"endRowIndex": 9}, "rowProperties": {"secondBandColor": RED}}
    charts = [curve(), curve("COLUMN")]
    source = tab("a/b", number=7, charts=charts, conditionalFormats=rules, bandedRanges=[banded])
    path = tmp_path / "a.xlsx"
    path.write_bytes(build(book(source)))
    found = OpenXmlValidator().validate(str(path))
    assert [str(error) for error in found.errors] == []
