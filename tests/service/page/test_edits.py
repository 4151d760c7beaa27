"""Edits over HTTP: each is carried out only where the cell still shows what it did."""

import re
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import openpyxl
import pytest

from tests.service.calls import Api, Book
from tests.service.page.sharing import Window, column, edit, typed

STEPS = "Touchpoints"


def test_the_content_has_tables_with_columns_offers_and_what_is_typed(owner: Window) -> None:
    content = owner.get("content").json()
    assert content["language"] == "en"
    assert [one["id"] for one in content["maps"]] == ["M1"]
    assert not any(tab["title"] in {"Calc", "_cjm"} for tab in content["tabs"])
    steps = owner.tab(STEPS)
    channel, stage = column(steps, "Channel"), column(steps, "Stage")
    assert channel["offers"][:2] == ["search engine", "website"]
    assert stage["offers"][0] == "S1 Awareness"
    assert column(steps, "ID")["fixed"]
    assert channel["hint"]
    pains = owner.tab("Pains")
    assert column(pains, "Score shown")["fixed"]
    assert column(pains, "Helper people")["hidden"]
    evidence = owner.tab("Evidence")
    row = evidence["rows"][0]
    at = evidence["columns"].index(column(evidence, "Date"))
    assert re.fullmatch(r"\d+/\d+/20\d\d", row["cells"][at])


def test_only_tabs_that_changed_are_sent_again(owner: Window) -> None:
    content = owner.get("content").json()
    marks = ",".join(tab["mark"] for tab in content["tabs"])
    again = owner.get("content", known=marks).json()
    assert all(tab.keys() == {"id", "mark"} for tab in again["tabs"])
    steps = owner.tab(STEPS)
    owner.edit(edit(steps, steps["rows"][0], "Step", "It breaks"))
    after = owner.get("content", known=marks).json()
    assert STEPS in {tab.get("table") for tab in after["tabs"]}
    assert len([tab for tab in after["tabs"] if "rows" in tab]) < len(after["tabs"])


def test_an_edit_is_carried_out_and_told(owner: Window) -> None:
    steps = owner.tab(STEPS)
    row = steps["rows"][0]
    before = typed(steps, row, "Step")
    answer = owner.edit(edit(steps, row, "Step", "It breaks"), who="Ann  Lee", key="k1")
    assert answer.status_code == 200
    assert answer.json()["results"][0]["state"] == "done"
    after = owner.tab(STEPS)
    assert typed(after, after["rows"][0], "Step") == "It breaks"
    told = owner.history()[0]
    assert (told["who"], told["kind"], told["before"], told["after"]) == (
        "Ann Lee", "cell", before, "It breaks",
    )  # fmt: skip
    assert (told["title"], told["row_id"], told["heading"]) == ("Touchpoints", row["id"], "Step")


def test_a_cell_that_changed_meanwhile_is_not_overwritten(owner: Window) -> None:
    steps = owner.tab(STEPS)
    row = steps["rows"][0]
    assert owner.edit(edit(steps, row, "Step", "Mine")).status_code == 200
    late = owner.edit(edit(steps, row, "Step", "Yours"), edit(steps, row, "Order", "7"))
    assert late.status_code == 409
    first, second = late.json()["results"]
    assert (first["state"], first["now"]) == ("conflict", "Mine")
    assert second["state"] == "done"
    after = owner.tab(STEPS)
    assert typed(after, after["rows"][0], "Step") == "Mine"
    assert typed(after, after["rows"][0], "Order") == "7"


def test_what_stands_there_already_is_no_conflict(owner: Window) -> None:
    steps = owner.tab(STEPS)
    row = steps["rows"][0]
    wish = edit(steps, row, "Order", "12")
    assert owner.edit(wish).json()["results"][0]["state"] == "done"
    assert owner.edit(wish).json()["results"][0]["state"] == "same"


def test_a_change_that_is_sent_twice_is_carried_out_once(owner: Window) -> None:
    steps = owner.tab(STEPS)
    body = {"sheetId": steps["id"], "key": "row-1"}
    first = owner.post("rows", body).json()
    assert owner.post("rows", body).json() == first
    ids = [row["id"] for row in owner.tab(STEPS)["rows"]]
    assert ids.count(first["rowId"]) == 1
    assert len([id_ for id_ in ids if id_]) == len([r for r in steps["rows"] if r["id"]]) + 1


def test_an_edit_follows_its_row_by_the_id(owner: Window, desk_book: Callable[[str], Book]) -> None:
    steps = owner.tab(STEPS)
    row = steps["rows"][1]
    wish = edit(steps, row, "Step", "Moved along")
    span = {"sheetId": steps["id"], "dimension": "ROWS", "startIndex": 1, "endIndex": 3}
    insert = {"insertDimension": {"range": span, "inheritFromBefore": False}}
    desk_book(owner.id).batch(insert)
    assert owner.edit(wish).json()["results"][0]["state"] == "done"
    after = owner.tab(STEPS)
    found = next(one for one in after["rows"] if one["id"] == row["id"])
    assert found["at"] == row["at"] + 2
    assert typed(after, found, "Step") == "Moved along"


def test_an_edit_of_a_row_that_is_gone_says_so(
    owner: Window, desk_book: Callable[[str], Book]
) -> None:
    steps = owner.tab(STEPS)
    row = steps["rows"][1]
    span = {"sheetId": steps["id"], "dimension": "ROWS", "startIndex": 2, "endIndex": 3}
    desk_book(owner.id).batch({"deleteDimension": {"range": span}})
    answer = owner.edit(edit(steps, row, "Step", "Too late"))
    assert answer.status_code == 409
    assert answer.json()["results"][0]["state"] == "moved"
    told = owner.history()[0]
    assert (told["kind"], told["row_id"]) == ("rows-removed", row["id"])
    assert typed(steps, row, "Step") in told["before"]


def test_a_row_without_an_id_is_known_by_the_cells_beside(owner: Window) -> None:
    settings = owner.tab("Settings")
    row = settings["rows"][2]
    beside = {str(column(settings, "Setting")["at"]): "another setting"}
    wish = edit(settings, row, "Value", "3", beside=beside)
    assert owner.edit(wish).json()["results"][0]["state"] == "moved"
    beside = {str(column(settings, "Setting")["at"]): typed(settings, row, "Setting")}
    wish = edit(settings, row, "Value", "3", beside=beside)
    assert owner.edit(wish).json()["results"][0]["state"] in {"done", "same"}


def test_a_new_row_gets_an_id_formulas_and_drop_downs(owner: Window) -> None:
    pains = owner.tab("Pains")
    body = {"sheetId": pains["id"]}
    # Beyond the rows that a shared copy has ready:
    made = [owner.post("rows", body).json() for _ in range(33)][-1]
    assert made["rowId"][0] == "N"
    after = owner.tab("Pains")
    row = next(one for one in after["rows"] if one["id"] == made["rowId"])
    step = owner.tab(STEPS)["rows"][0]["id"]
    wishes = {"At which step": step, "Severity": "5", "Had it": "9", "Out of": "10"}
    answer = owner.edit(*(edit(after, row, name, text) for name, text in wishes.items()))
    assert {result["state"] for result in answer.json()["results"]} == {"done"}
    after = owner.tab("Pains")
    row = next(one for one in after["rows"] if one["id"] == made["rowId"])
    assert typed(after, row, "How often") == "90%"


def test_typing_into_a_blank_row_gives_it_an_id(owner: Window) -> None:
    steps = owner.tab(STEPS)
    blank = next(row for row in steps["rows"] if not row["id"])
    result = owner.edit(edit(steps, blank, "Step", "New")).json()["results"][0]
    assert result["state"] == "done"
    assert result["rowId"][0] == "T"


def test_a_row_is_deleted_only_as_it_was_seen(owner: Window) -> None:
    steps = owner.tab(STEPS)
    row = steps["rows"][3]
    body = {"sheetId": steps["id"], "row": row["at"], "rowId": "T999"}
    assert owner.post("rows/delete", body).status_code == 409
    assert owner.post("rows/delete", body | {"rowId": row["id"]}).status_code == 200
    assert row["id"] not in {one["id"] for one in owner.tab(STEPS)["rows"]}


@pytest.mark.parametrize(
    ("table", "heading", "text", "result"),
    [
        ("Touchpoints", "Order", "17", "17"),
        ("Touchpoints", "Reach", "12.5%", "12.5%"),
        ("Touchpoints", "Step", "0012", "0012"),
        ("Touchpoints", "Step", "3/4", "3/4"),
        ("Touchpoints", "Step", "1e5", "1e5"),
        ("Touchpoints", "Importance", "=1+2", "=1+2"),
        ("Evidence", "Date", "2026-03-05", "3/5/2026"),
    ],
)
def test_what_is_typed_stays_what_it_means(
    owner: Window, table: str, heading: str, text: str, result: str
) -> None:
    tab = owner.tab(table)
    answer = owner.edit(edit(tab, tab["rows"][0], heading, text))
    assert answer.json()["results"][0]["state"] in {"done", "same"}
    after = owner.tab(table)
    assert typed(after, after["rows"][0], heading) == result


def test_an_id_and_a_computed_cell_cannot_be_edited(owner: Window) -> None:
    pains = owner.tab("Pains")
    for heading in ("ID", "Score shown"):
        answer = owner.edit(edit(pains, pains["rows"][0], heading, "1"))
        assert answer.status_code == 400
        assert "fills itself in" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "body",
    [
        {}, {"edits": []}, {"edits": ["x"]}, {"edits": [{}]},
        {"edits": [{"sheetId": -1, "row": 1, "column": 1}]},
        {"edits": [{"sheetId": 1, "row": 1, "column": 1, "after": 3}]},
        {"edits": [{"sheetId": 1, "row": 1, "column": 1, "beside": [1]}]},
        {"edits": [{"sheetId": 1, "row": 1, "column": 1, "after": "x" * 50_001}]},
    ],
)  # fmt: skip
def test_another_body_gets_a_sentence(owner: Window, body: dict[str, object]) -> None:
    answer = owner.post("edits", body)
    assert answer.status_code == 400
    assert answer.json()["error"]["message"].endswith(".")


def test_many_windows_at_once_lose_nothing(owner: Window) -> None:
    steps = owner.tab(STEPS)
    rows = [row for row in steps["rows"] if row["id"]][:8]

    def write(at: int) -> int:
        row = rows[at % len(rows)]
        return owner.edit(edit(steps, row, "Goal here", f"goal {at}")).status_code

    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(write, range(16)))
    assert codes.count(200) == 8
    assert codes.count(409) == 8
    assert len([one for one in owner.history() if one["heading"] == "Goal here"]) == 8


def test_a_program_that_writes_is_in_the_history_and_on_the_page(
    owner: Window, desk_book: Callable[[str], Book]
) -> None:
    steps = owner.tab(STEPS)
    at = column(steps, "Step")["at"]
    cell = f"'Touchpoints'!{chr(65 + at)}2"
    desk_book(owner.id).write(cell, [["By a program"]])
    told = owner.history()[0]
    assert (told["who"], told["after"]) == ("", "By a program")
    after = owner.tab(STEPS)
    assert typed(after, after["rows"][0], "Step") == "By a program"


def test_the_history_of_a_large_change_is_told_in_short(
    owner: Window, desk_book: Callable[[str], Book]
) -> None:
    book = desk_book(owner.id)
    book.batch({"addSheet": {"properties": {"title": "Raw", "sheetId": 77}}})
    book.write("Raw!A1", [[f"{row}.{column}" for column in range(5)] for row in range(100)])
    first, second = owner.history()[:2]
    assert first["kind"] in {"many", "rows-added"}
    assert second["kind"] in {"sheet-added", "rows-added"}
    book.write("Raw!A1", [["x"] * 5 for _ in range(100)])
    assert (owner.history()[0]["kind"], owner.history()[0]["number"]) == ("many", 500)


def test_the_download_is_a_workbook_of_ours_with_everything_in_it(owner: Window) -> None:
    steps = owner.tab(STEPS)
    owner.edit(edit(steps, steps["rows"][0], "Step", "Straight from the page"))
    answer = owner.get("download.xlsx")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it cannot keep
        book = openpyxl.load_workbook(BytesIO(answer.content))
    texts = {cell.value for row in book["Touchpoints"] for cell in row}
    assert "Straight from the page" in texts
    assert {row["id"] for row in steps["rows"] if row["id"]} <= texts
    assert book["Touchpoints"].data_validations.dataValidation
    assert "Start" in book.sheetnames


def test_a_spreadsheet_without_a_map_is_a_plain_grid(owner: Window, desk_api: Api) -> None:
    book = desk_api.create("Plain")
    book.write("A1", [["a", "=1+1"], ["b", ""]])
    window = Window(owner.service, book.id, owner.session)
    (tab,) = window.get("content").json()["tabs"]
    assert [each["heading"] for each in tab["columns"]] == ["A", "B"]
    assert tab["rows"][0]["cells"] == ["a", ["2", "=1+1"]]
    wish = edit(tab, tab["rows"][1], "B", "=A1", beside={"0": "b"})
    assert window.edit(wish).json()["results"][0]["state"] == "done"
    assert book.values("B2") == [["a"]]
    assert window.get("map.svg").text == ""
    assert window.get("health").json()["grade"] == ""
    assert window.get("download.xlsx").status_code == 501


def test_the_wall_map_and_the_health_follow_an_edit(owner: Window) -> None:
    drawn = owner.get("map.svg")
    assert drawn.headers["Content-Type"].startswith("image/svg+xml")
    before = owner.get("health", lang="de").json()
    steps = owner.tab(STEPS)
    row = steps["rows"][0]
    owner.edit(edit(steps, row, "Step", "<b>Zz</b>"), edit(steps, row, "Stage", "S99"))
    assert "&lt;b&gt;Zz" in owner.get("map.svg").text
    after = owner.get("health", lang="de").json()
    assert before["grade"] != after["grade"]
    assert "Fehler" in after["said"]
    found = next(one for one in after["findings"] if one["severity"] == "error")
    assert (found["sheet"], found["row"]) == (steps["id"], row["at"])
    assert owner.get("map.svg", map="M99").status_code == 404


def test_a_row_comes_back_with_its_id_and_all_that_was_typed(owner: Window) -> None:
    steps = owner.tab(STEPS)
    row = steps["rows"][1]
    at = {c["heading"]: c["at"] for c in steps["columns"] if not c["fixed"]}
    cells = {str(place): typed(steps, row, heading) for heading, place in at.items()}
    meant = {"sheetId": steps["id"], "row": row["at"], "rowId": row["id"]}
    wrong = cells | {str(at["Step"]): "something else"}
    assert owner.post("rows/delete", meant | {"beside": wrong}).status_code == 409
    assert owner.post("rows/delete", meant | {"beside": cells}).status_code == 200
    back = {"sheetId": steps["id"], "rowId": row["id"], "cells": cells}
    assert owner.post("rows", back).json()["rowId"] == row["id"]
    after = owner.tab(STEPS)
    (found,) = [one for one in after["rows"] if one["id"] == row["id"]]
    assert {h: typed(after, found, h) for h in at} == {h: typed(steps, row, h) for h in at}
    taken = owner.post("rows", back).json()["rowId"]
    assert taken not in {row["id"], ""}
    assert owner.post("rows", back | {"cells": {"1": 2}}).status_code == 400
