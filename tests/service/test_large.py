"""Large spreadsheets, and cells that the calculator refuses: a read never fails for them."""

from typing import Any

import pytest

from cjm_sheets.service import handing
from tests.service.calls import Api


@pytest.fixture
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing, "MOST_EDITS", 7)


@pytest.mark.usefixtures("_small_pieces")
def test_cells_and_formulas_reach_the_calculator_in_pieces(api: Api) -> None:
    book = api.create()
    rows: list[list[Any]] = [[n, n * 2, f"=A{n}+B{n}", "=SUM(A$1:A$40)"] for n in range(1, 41)]
    book.write("A1", rows)
    shown = book.values("A1:D40", valueRenderOption="UNFORMATTED_VALUE")
    assert shown == [[n, n * 2, n * 3, 820] for n in range(1, 41)]


def test_more_edits_than_the_calculator_takes_at_once(api: Api) -> None:
    book = api.create()
    book.write("A1", [list(range(26))] * 1000)
    rest = {"sheetId": 0, "dimension": "ROWS", "length": 3200}
    book.batch(
        {"appendDimension": rest},
        {"repeatCell": {
            "range": {"sheetId": 0, "startRowIndex": 1000},
            "cell": {"userEnteredValue": {"numberValue": 1}},
            "fields": "userEnteredValue",
        }},
        {"appendDimension": {"sheetId": 0, "dimension": "COLUMNS", "length": 1}},
    )  # fmt: skip
    book.write("AA1", [["=SUM(A1:A4200)"]])
    assert book.values("AA1") == [["3200"]]


@pytest.mark.usefixtures("_small_pieces")
def test_a_text_that_the_calculator_refuses_is_an_error_to_formulas_alone(api: Api) -> None:
    book = api.create()
    half = "\ud800 half"
    formulas = ["=A1", "=LEN(A1)", "=COUNTA(A1:B1)", '=IF(A1="";1;2)', "=B1+1", f'="{half}"']
    book.write("A1", [[half, 4, *formulas]], "USER_ENTERED")
    (row,) = book.values("A1:H1")
    assert row[:2] == [half, "4"]
    assert row[2:] == ["#VALUE!", "#VALUE!", "2", "#VALUE!", "5", "#ERROR!"]
    assert api.call("GET", f"/spreadsheets/d/{book.id}").count("<tr>") == 2
