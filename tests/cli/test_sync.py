"""Sync between a workbook and a service that runs elsewhere, as with Google."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cjm_sheets.adapters.colleague_gspread import GspreadColleague
from tests.cli.conftest import Run
from tests.cli.service import Served, serving


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "spreadsheets") as service:
        yield service


def test_a_new_shared_copy_and_back(run: Run, served: Served, tmp_path: Path) -> None:
    run("new", "map.xlsx", "--starter", "vacuum", "-q")
    first = run("sync", "map.xlsx", "--to", "new", "--json", **served.surroundings)
    assert first.code == 0, first.err
    assert first.document["requests"]["read"] == 1  # what its formulas show
    assert first.document["requests"]["write"] == 1  # Drive makes it, which is not counted here
    spreadsheet = first.document["spreadsheet"]["id"]

    before = (tmp_path / "map.xlsx").read_bytes()
    idle = run("sync", "map.xlsx", "--json", **served.surroundings).document
    assert (idle["requests"]["read"], idle["requests"]["write"]) == (1, 0)
    assert (idle["pushed"], idle["pulled"]) == ([], [])
    assert (tmp_path / "map.xlsx").read_bytes() == before

    colleague = GspreadColleague(served.url, served.token, spreadsheet)
    colleague.edit("Pains", "N1", "Severity", 5)
    would = run("sync", "map.xlsx", "--dry-run", "--json", **served.surroundings).document
    assert (tmp_path / "map.xlsx").read_bytes() == before
    did = run("sync", "map.xlsx", "--json", **served.surroundings).document
    assert would["dry_run"]
    assert did["pulled"] == would["pulled"]
    assert [(m["row"], m["column"], m["after"]) for m in did["pulled"]] == [("N1", "severity", 5)]


def test_one_changed_cell_costs_two_small_requests(run: Run, served: Served) -> None:
    run("new", "map.xlsx", "--starter", "vacuum", "-q")
    made = run("sync", "map.xlsx", "--to", "new", "--json", **served.surroundings).document
    colleague = GspreadColleague(served.url, served.token, made["spreadsheet"]["id"])
    colleague.edit("Touchpoints", "T2", "Reach", 0.9)
    run("sync", "map.xlsx", **served.surroundings)
    colleague.edit("Touchpoints", "T2", "Reach", 0.8)
    run("sync", "map.xlsx", "--direction", "push", **served.surroundings)
    last = run("sync", "map.xlsx", "--prefer", "workbook", "--json", **served.surroundings)
    assert [m["after"] for m in last.document["pulled"]] == [0.8]
    assert last.document["requests"]["bytes_sent"] < 2_500


def test_another_workbook_joins_by_address(run: Run, served: Served, tmp_path: Path) -> None:
    run("new", "map.xlsx", "--starter", "vacuum", "-q")
    made = run("sync", "map.xlsx", "--to", "new", "--json", **served.surroundings).document
    address = made["spreadsheet"]["url"]
    run("new", "other.xlsx", "--starter", "vacuum", "-q")
    joined = run("sync", "other.xlsx", "--to", address, "--json", **served.surroundings)
    assert joined.code == 0, joined.err
    assert joined.document["conflicts"] == []
    colleague = GspreadColleague(served.url, served.token, made["spreadsheet"]["id"])
    colleague.edit("Pains", "N2", "Severity", 2)
    for name in ("map.xlsx", "other.xlsx"):
        told = run("sync", name, "--json", **served.surroundings).document
        assert [m["after"] for m in told["pulled"]] == [2]
    assert (tmp_path / "other.xlsx").exists()


def test_a_token_is_not_sent_to_whom_a_workbook_names(run: Run, served: Served) -> None:
    run("new", "map.xlsx", "--starter", "vacuum", "-q")
    made = run("sync", "map.xlsx", "--to", "new", "--json", **served.surroundings).document
    assert made["pushed"]
    elsewhere = {"CJM_SHEETS_ENDPOINT": "https://sheets.example.org", "CJM_SHEETS_TOKEN": "secret"}
    ran = run("sync", "map.xlsx", **elsewhere)
    assert ran.code == 4
    assert "secret" not in ran.out + ran.err


def test_another_map_is_not_mixed_in(run: Run, served: Served, tmp_path: Path) -> None:
    run("new", "map.xlsx", "--starter", "vacuum", "-q")
    made = run("sync", "map.xlsx", "--to", "new", "--json", **served.surroundings).document
    run("new", "trip.xlsx", "--starter", "travel", "-q")
    before = (tmp_path / "trip.xlsx").read_bytes()
    ran = run("sync", "trip.xlsx", "--to", made["spreadsheet"]["url"], **served.surroundings)
    assert ran.code == 2
    assert "another map" in ran.err
    assert (tmp_path / "trip.xlsx").read_bytes() == before


def test_no_token_is_not_signed_in(run: Run, served: Served) -> None:
    run("new", "map.xlsx", "--starter", "vacuum", "-q")
    ran = run("sync", "map.xlsx", "--to", "new", CJM_SHEETS_ENDPOINT=served.url)
    assert ran.code == 4


def test_a_running_service_is_used_by_sync_to_local(run: Run, tmp_path: Path) -> None:
    run("new", "map.xlsx", "--starter", "vacuum", "-q")
    home = tmp_path / "home"
    surroundings = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "CJM_SHEETS_HOME": str(home),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "cjm_sheets", "serve", "--port", "0", "--json"],
        stdout=subprocess.PIPE, text=True, env=surroundings,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        url = json.loads(process.stdout.readline())["url"]
        told = run("sync", "map.xlsx", "--to", "local", "--json").document
        assert told["spreadsheet"]["url"].startswith(url)
        waiting = run("sync", "map.xlsx", "--dry-run", "--json").document
        assert waiting["requests"]["read"] == 1
    finally:
        process.terminate()
        process.wait(timeout=20)
        if process.stdout is not None:
            process.stdout.close()
    again = run("sync", "map.xlsx", "--json").document
    assert (again["pushed"], again["pulled"]) == ([], [])
