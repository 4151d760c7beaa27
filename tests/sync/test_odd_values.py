"""Values that spreadsheets like to change on the way: what looks like a number or day, and days.

A real file and the service; what a person typed as text stays text, on both sides.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets.service.running import RunningService
from cjm_sheets.tables import schema
from tests.sync.real import Pair, left, pair

LIKE_NUMBERS = [
    "0012", "12", "1,5", "1.5", "1e5", "007", "+49 30 1234", "50 %", "3/4", "3-4", "12:30",
    "2026-05-04", "4.5.2026", "May 4", "TRUE", "=1+1", "+1", "-1", "@me", "'quoted", "'0012",
]  # fmt: skip


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("values")) as running:
        yield running


@pytest.fixture(params=["en", "de"])
def both(service: RunningService, tmp_path: Path, request: pytest.FixtureRequest) -> Pair:
    return pair(service, tmp_path, request.param)


def test_text_that_looks_like_something_else_stays_text(both: Pair) -> None:
    columns = [column.key for column in schema.BY_KEY["Touchpoints"].typed if column.kind.is_text]
    assert len(columns) * 3 > len(LIKE_NUMBERS)
    rounds = (
        dict(zip(columns, LIKE_NUMBERS, strict=False)),
        dict(zip(columns, LIKE_NUMBERS[len(columns) :], strict=False)),
    )
    for texts in rounds:
        both.types_all("T1", texts)
        both.texts("T2", texts)
        both.sync()
        for column, text in texts.items():
            assert both.says("T1", column) == (text, text)
            assert both.says("T2", column) == (text, text)
            assert both.held("T1", column)["userEnteredValue"] == {"stringValue": text}
    assert both.is_quiet()


def test_an_apostrophe_that_marks_text_in_excel_is_no_part_of_it(both: Pair) -> None:
    line, at = both.cell("T1", "name")

    def marks(sheet: Any) -> None:
        cell = sheet.cell(line, at)
        cell.value, cell.data_type, cell.quotePrefix = "0012", "s", True

    both.by_hand(marks)
    both.sync()
    assert both.says("T1", "name") == ("0012", "0012")
    assert both.is_quiet()


def test_a_number_in_a_text_column_crosses_as_it_is_shown(both: Pair) -> None:
    form = {"numberFormat": {"type": "NUMBER", "pattern": "0000"}}
    both.there("T1", "name", userEnteredValue={"numberValue": 12}, userEnteredFormat=form)
    date = {"numberFormat": {"type": "DATE", "pattern": "d/m"}}
    both.there("T2", "name", userEnteredValue={"numberValue": 46_085}, userEnteredFormat=date)
    both.sync()
    assert both.says("T1", "name")[0] == "0012"
    assert both.says("T2", "name")[0] == "4/3"
    assert both.is_quiet()


@pytest.mark.parametrize("since_1904", [False, True])
@pytest.mark.parametrize("language", ["en", "de"])
def test_days_are_the_same_days_whatever_the_workbook_counts_from(
    service: RunningService, tmp_path: Path, language: str, *, since_1904: bool
) -> None:
    both = pair(service, tmp_path, language, date_1904=since_1904)
    day = dt.date(2026, 5, 4)
    assert both.says("A1", "due", "Actions") == (day, day)
    assert both.held("A1", "due", "Actions")["userEnteredValue"] == {"numberValue": 46_146}
    both.types("A1", "due", dt.date(2027, 1, 2), "Actions")
    both.there("E1", "date", "Evidence", userEnteredValue={"numberValue": 46_147})
    both.sync()
    assert both.says("A1", "due", "Actions") == (dt.date(2027, 1, 2),) * 2
    assert both.says("E1", "date", "Evidence") == (dt.date(2026, 5, 5),) * 2
    assert both.is_quiet()


def test_a_day_typed_as_text_stays_what_it_is_and_stops_nothing(both: Pair) -> None:
    both.text("A1", "due", "next week", "Actions")
    both.text("T1", "name", "goes")
    both.sync()
    ours, theirs = both.says("A1", "due", "Actions")
    assert ours == theirs
    assert both.says("T1", "name") == ("goes", "goes")
    assert both.is_quiet()


def test_decimals_of_a_german_copy_are_numbers(service: RunningService, tmp_path: Path) -> None:
    both = pair(service, tmp_path, "de")
    assert both.look("properties.locale") == {"properties": {"locale": "de_DE"}}
    place = both.place("T2", "reach")
    column, line = chr(ord("A") + place["columnIndex"]), place["rowIndex"] + 1
    title = next(
        s["properties"]["title"]
        for s in both.look("sheets.properties(sheetId,title)")["sheets"]
        if s["properties"].get("sheetId", 0) == place["sheetId"]
    )
    # A person types: in a German spreadsheet the comma is a decimal one.
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{both.copy.spreadsheet}/values/"
    asked = {"valueInputOption": "USER_ENTERED"}
    for typed, meant in (("0,25", 0.25), ("12,5 %", 0.125), ("1", 1)):
        body = {"values": [[typed]]}
        both.transport.request("put", f"{url}'{title}'!{column}{line}", params=asked, json=body)
        both.sync()
        assert both.says("T2", "reach") == (meant, meant)
    both.types("T2", "reach", 0.75)
    both.sync()
    assert both.says("T2", "reach") == (0.75, 0.75)
    assert both.held("T2", "reach")["userEnteredValue"] == {"numberValue": 0.75}
    assert left(both.sync()) == []
    assert both.is_quiet()


def test_text_with_a_comma_is_no_number_and_crosses_as_text(both: Pair) -> None:
    both.text("T2", "reach", "0,5 or so")
    both.sync()
    ours, theirs = both.says("T2", "reach")
    assert ours == theirs
    assert both.is_quiet()
