"""Large spreadsheets, and cells that the calculator refuses: a read never fails for them."""

import random
from typing import Any

import pytest
import requests

from cjm_sheets.service import handing
from tests.service.calls import TIMEOUT, Api, Json, grid, lines


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
    headers = {"Authorization": f"Bearer {api.service.token}"}
    page = requests.get(
        f"{api.service.url}/page/{book.id}/content", headers=headers, timeout=TIMEOUT
    )
    assert page.json()["tabs"][0]["rows"][0]["cells"][:2] == [half, "4"]


def _steps(seed: int) -> list[Json]:
    """Return requests that move rows and columns of two tabs and write formulas in between."""
    dice = random.Random(seed)  # noqa: S311  a repeatable choice, no secret
    steps: list[Json] = []
    for _ in range(25):
        tab, at = dice.choice((0, 7)), dice.randrange(1, 12)
        size = dice.randrange(1, 3)
        dimension = dice.choice(("ROWS", "ROWS", "COLUMNS"))
        kind = dice.choice(("insertDimension", "insertDimension", "deleteDimension"))
        steps.append({kind: {"range": lines(tab, dimension, at, at + size)}})
        texts = [f"=C{at}+Other!$A$2:B{at + 3}", "=SUM(A2:A)", f"=$B${at}&Sheet1!1:{at}"]
        cells = [{"userEnteredValue": {"formulaValue": text}} for text in texts]
        start = {"sheetId": tab, "rowIndex": at, "columnIndex": 2}
        fields = dice.choice(("*", "userEnteredValue", "userEnteredValue,note"))
        write = {"start": start, "rows": [{"values": cells}], "fields": fields}
        steps.append({"updateCells": write})
    return steps


@pytest.mark.parametrize("seed", range(4))
def test_a_batch_moves_formulas_as_its_requests_do_one_by_one(api: Api, seed: int) -> None:
    sheets = [
        {"properties": {"sheetId": id_, "title": t}} for id_, t in ((0, "Sheet1"), (7, "Other"))
    ]
    books = [api.create(sheets=sheets) for _ in range(2)]
    for book in books:
        for title in ("Sheet1", "Other"):
            book.write(
                f"{title}!A1", [[f"=Other!B{n}", f"=A{n}:C$9", "=A2:A"] for n in range(1, 20)]
            )
        rule = {
            "condition": {
                "type": "CUSTOM_FORMULA",
                "values": [{"userEnteredValue": "=B4>Other!C5"}],
            }
        }
        book.batch({"setDataValidation": {"range": grid(0, 0, 20, 0, 2), "rule": rule}})
    books[0].batch(*_steps(seed))
    for step in _steps(seed):
        books[1].batch(step)
    mask = "sheets.data.rowData.values(userEnteredValue,dataValidation)"
    together, apart = (book.get(fields=mask) for book in books)
    assert together == apart
    assert "Other!" in str(together)


def test_many_rows_in_one_batch_take_no_time_to_speak_of(api: Api) -> None:
    book = api.create()
    book.write("A1", [[n, f"=A{n}*2+SUM(A$1:A{n})"] for n in range(1, 501)])
    steps: list[Json] = []
    for _ in range(200):
        steps.append({"insertDimension": {"range": lines(0, "ROWS", 1, 2)}})
        values = [{"userEnteredValue": {"formulaValue": "=A1+1"}}]
        start = {"sheetId": 0, "rowIndex": 1, "columnIndex": 1}
        update = {"start": start, "rows": [{"values": values}], "fields": "userEnteredValue"}
        steps.append({"updateCells": update})
    book.batch(*steps)
    assert book.formulas("B2:B3") == [["=A1+1"], ["=A1+1"]]
    assert book.formulas("B202") == [["=A202*2+SUM(A$1:A202)"]]
    assert book.formulas("B700") == [["=A700*2+SUM(A$1:A700)"]]
