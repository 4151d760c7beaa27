"""Status, history and undo as people type them, against a service over HTTP."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
import requests

from cjm_sheets.adapters.colleague_gspread import GspreadColleague
from tests.cli.conftest import Run
from tests.cli.service import Served, serving

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "spreadsheets") as service:
        yield service


@pytest.fixture
def colleague(run: Run, served: Served) -> GspreadColleague:
    """Somebody who edits the shared copy of map.xlsx."""
    run("new", "map.xlsx", "--starter", "vacuum", "-q")
    run("sync", "map.xlsx", "--to", "new", "-q", **served.surroundings)
    return GspreadColleague(served.url, served.token, spreadsheet_of(run))


def spreadsheet_of(run: Run) -> str:
    return str(run("history", "map.xlsx", "--json").document["spreadsheet"]["id"])


def severity(path: Path) -> object:
    sheet = openpyxl.load_workbook(path)["Pains"]
    (line,) = [cell.row for cell in sheet["A"] if cell.value == "N1"]
    (at,) = [cell.column for row in sheet.iter_rows() for cell in row if cell.value == "Severity"]
    assert line is not None
    return sheet.cell(line, at).value


def test_a_value_goes_comes_back_and_is_told(
    run: Run, served: Served, colleague: GspreadColleague, tmp_path: Path
) -> None:
    colleague.edit("Pains", "N1", "Severity", 5)
    before = (tmp_path / "map.xlsx").read_bytes()
    waits = run("status", "map.xlsx", "--json", **served.surroundings)
    (one,) = waits.document["workbooks"]
    assert (waits.code, one["push"], one["pull"], one["conflicts"]) == (0, 0, 1, 0)
    assert one["spreadsheet"]["url"].startswith(served.url)
    assert (one["generation"], one["busy"], one["last"]["run"]) == (1, False, 1)
    assert (tmp_path / "map.xlsx").read_bytes() == before

    run("sync", "map.xlsx", **served.surroundings)
    told = run("history", "map.xlsx", "--row", "N1", "--column", "Severity", "--json").document
    assert [(r["run"], r["generation"], r["finished"]) for r in told["runs"]] == [
        (2, 2, True),
        (1, 1, True),
    ]
    assert told["runs"][0]["changes"] == [
        {
            "side": "workbook", "table": "Pains", "row": "N1", "column": "severity",
            "before": 4, "after": 5,
        }
    ]  # fmt: skip
    text = run("history", "map.xlsx", "--row", "N1", "--limit", "1").out
    assert "Pains N1 Severity: “4” → “5” (in the workbook)" in text

    (tmp_path / "map.xlsx").rename(tmp_path / "moved.xlsx")
    lost = run("undo", "2")
    assert (lost.code, "map.xlsx" in lost.err) == (2, True)
    would = run("undo", "2", "moved.xlsx", "--dry-run", "--json").document
    assert severity(tmp_path / "moved.xlsx") == 5
    undone = run("undo", "2", "moved.xlsx", "--json")
    assert (undone.code, undone.document["kept"]) == (0, [])
    assert undone.document["undone"] == would["undone"]
    assert severity(tmp_path / "moved.xlsx") == 4
    back = run("sync", "moved.xlsx", "--json", **served.surroundings).document
    assert [(m["row"], m["column"], m["after"]) for m in back["pushed"]] == [("N1", "severity", 4)]
    kinds = [r["kind"] for r in run("history", "moved.xlsx", "--json").document["runs"]]
    assert kinds == ["sync", "undo", "sync", "first"]


def test_a_machine_that_is_thrown_away_leaves_its_history_in_the_workbook(
    run: Run, served: Served, colleague: GspreadColleague, tmp_path: Path
) -> None:
    colleague.edit("Pains", "N1", "Severity", 5)
    run("sync", "map.xlsx", **served.surroundings)
    elsewhere = {"CJM_SHEETS_HOME": str(tmp_path / "another")}
    (told,) = run("history", "map.xlsx", "--json", **elsewhere).document["runs"]
    assert (told["run"], [c["before"] for c in told["changes"]]) == (None, [4])
    assert run("undo", told["key"], "map.xlsx", **elsewhere).code == 0
    assert severity(tmp_path / "map.xlsx") == 4
    quiet = (tmp_path / "map.xlsx").read_bytes()
    run("sync", "map.xlsx", **served.surroundings)
    run("sync", "map.xlsx", **served.surroundings)
    after = (tmp_path / "map.xlsx").read_bytes()
    assert after != quiet
    run("sync", "map.xlsx", **served.surroundings)
    assert (tmp_path / "map.xlsx").read_bytes() == after


def test_what_was_changed_since_is_left_and_ends_with_1(
    run: Run, served: Served, colleague: GspreadColleague
) -> None:
    for value in (5, 3):
        colleague.edit("Pains", "N1", "Severity", value)
        run("sync", "map.xlsx", **served.surroundings)
    ran = run("undo", "2", "map.xlsx")
    assert ran.code == 1
    assert "Pains N1 Severity: “4” → “5” – changed since; it shows “3”" in ran.out
    assert run("undo", "99", "map.xlsx").code == 2


def test_one_broken_workbook_stops_no_other_status(
    run: Run, served: Served, colleague: GspreadColleague, tmp_path: Path
) -> None:
    colleague.edit("Pains", "N1", "Severity", 5)
    (tmp_path / "broken.xlsx").write_bytes(b"PK\3\4")
    run("new", "alone.xlsx", "-q")
    ran = run("status", ".", "--json", **served.surroundings)
    assert ran.code == 3
    found = {each["workbook"]: each for each in ran.document["workbooks"]}
    assert [name.rsplit("/", 1)[-1] for name in found] == ["alone.xlsx", "broken.xlsx", "map.xlsx"]
    alone, broken, linked = found.values()
    assert (alone["linked"], alone["push"], linked["pull"]) == (False, None, 1)
    assert broken["error"]["kind"] == "TruncatedWorkbookError"
    assert "broken.xlsx" in ran.err


def note(served: Served, spreadsheet: str) -> str:
    """Return the note on the severity of the first pain in the shared copy."""
    url = f"{served.url}/v4/spreadsheets/{spreadsheet}"
    asked = {"ranges": "Pains!D2", "fields": "sheets.data.rowData.values.note"}
    headers = {"Authorization": f"Bearer {served.token}"}
    answer = requests.get(url, params=asked, headers=headers, timeout=10).json()
    (data,) = answer["sheets"][0]["data"]
    cells = [cell for line in data.get("rowData", ()) for cell in line.get("values", ())]
    return str(cells[0].get("note", "")) if cells else ""


def test_offline_asks_nobody_and_knows_what_is_left_to_settle(
    run: Run, served: Served, colleague: GspreadColleague, tmp_path: Path
) -> None:
    colleague.edit("Pains", "N1", "Severity", 5)
    run("sync", "map.xlsx", **served.surroundings)
    run("undo", "2", "map.xlsx")
    colleague.edit("Pains", "N1", "Severity", 1)
    clash = run("sync", "map.xlsx", "--annotate", "--json", **served.surroundings)
    assert (clash.code, len(clash.document["conflicts"])) == (1, 1)
    listed = openpyxl.load_workbook(tmp_path / "map.xlsx")["Conflicts"]
    assert [cell.value for cell in listed[5]][1:7] == [
        "Pains: D5", "N1 Fourteen specifications, and I still can't see which one suits me.",
        "Severity", "5", "4", "1",
    ]  # fmt: skip
    assert "In the workbook: “4”\nHere: “1”\nBefore: “5”" in note(served, spreadsheet_of(run))
    quiet = (tmp_path / "map.xlsx").read_bytes()
    assert run("sync", "map.xlsx", **served.surroundings).code == 1
    assert (tmp_path / "map.xlsx").read_bytes() == quiet
    nowhere = {"CJM_SHEETS_ENDPOINT": "http://127.0.0.1:9", "CJM_SHEETS_TOKEN": "x"}
    ran = run("status", "map.xlsx", "--offline", "--json", **nowhere)
    (one,) = ran.document["workbooks"]
    assert (ran.code, one["conflicts"], one["push"], one["pull"]) == (1, 1, None, None)
    (tmp_path / "~$map.xlsx").write_bytes(b"x")
    (busy,) = run("status", "map.xlsx", "--offline", "--json", **nowhere).document["workbooks"]
    assert busy["busy"]
    (tmp_path / "~$map.xlsx").unlink()
    settled = run("sync", "map.xlsx", "--prefer", "sheet", **served.surroundings)
    assert settled.code == 0, settled.err
    listed = openpyxl.load_workbook(tmp_path / "map.xlsx")["Conflicts"]
    assert listed["B5"].value == "Both sides agree."
    assert note(served, spreadsheet_of(run)) == ""


@pytest.mark.usefixtures("colleague")
def test_a_diary_of_the_first_version_is_still_told(run: Run, tmp_path: Path) -> None:
    spreadsheet = spreadsheet_of(run)
    path = tmp_path / "home" / "history.sqlite"
    path.unlink()
    with closing(sqlite3.connect(path)) as file, file:
        file.executescript(
            "create table run (id integer primary key, began text not null, workbook text not null,"
            " spreadsheet text not null, finished integer not null default 0);"
            "create table entry (run integer not null, side text not null, sheet text not null,"
            " row text not null, field text not null, before text not null, after text not null);"
        )
        file.execute(
            "insert into run values (3, '2026-02-01T08:00:00+00:00', 'map.xlsx', ?, 1)",
            (spreadsheet,),
        )
        file.execute(
            "insert into entry values (3, 'sheet', 'Pains', 'N1', 'severity', '\"2\"', '\"4\"')"
        )
    (told,) = run("history", "map.xlsx", "--json").document["runs"]
    assert (told["run"], told["changes"][0]["before"]) == (3, "2")
    assert run("undo", "3").code == 0
    assert severity(tmp_path / "map.xlsx") == 2
