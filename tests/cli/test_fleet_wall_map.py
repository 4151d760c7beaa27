"""Where a fleet file asks for it, drawings beside workbooks keep up with each sync."""

import json
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets.adapters.colleague_gspread import GspreadColleague
from tests.cli.conftest import Run
from tests.cli.machines import Machine
from tests.cli.service import Served
from tests.cli.test_fleet import FILE, maps

WITH_MAPS = FILE.replace("[fleet]", "[fleet]\nwall_map = true")


def founded(run: Run, served: Served, folder: Path, number: int) -> list[Path]:
    """Make workbooks and sync them once; return where their drawings are."""
    made = maps(run, folder, number)
    (folder / "fleet.toml").write_text(WITH_MAPS)
    first = again(run, served)
    assert first["synced"] == number
    heard(run, served)
    return [path.with_suffix(".html") for path in made]


def again(run: Run, served: Served) -> Any:
    time.sleep(1.1)
    return run("fleet", "run", "--json", **served.surroundings).document


def heard(run: Run, served: Served) -> None:
    """Let a fleet hear of its own first pushes, which it looks at once."""
    again(run, served)
    assert again(run, served)["requests"] == {"reads": 0, "writes": 0, "drive": 1}


def colleague(run: Run, served: Served, workbook: str) -> GspreadColleague:
    told = run("fleet", "status", "--json").document["pairs"]
    copy = next(each["spreadsheet"] for each in told if each["workbook"] == workbook)
    return GspreadColleague(served.url, served.token, copy)


def shown_on_map(run: Run, served: Served) -> str:
    """Return what the tab Map of the first shared copy shows."""
    copy = run("fleet", "status", "--json").document["pairs"][0]["spreadsheet"]
    asked = urllib.request.Request(  # noqa: S310 - on loopback
        f"{served.url}/v4/spreadsheets/{copy}/values/Map",
        headers={"Authorization": f"Bearer {served.token}"},
    )
    with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310 - on loopback
        return str(json.load(answer)["values"])


def signs(paths: list[Path]) -> list[tuple[int, bytes]]:
    return [(path.stat().st_mtime_ns, path.read_bytes()) for path in paths]


def test_what_changed_is_drawn_and_nothing_else_is_written(
    run: Run, served: Served, tmp_path: Path
) -> None:
    drawings = founded(run, served, tmp_path, 3)
    before = signs(drawings)
    colleague(run, served, "maps/1.xlsx").edit("Touchpoints", "T2", "Step", "Hört sich um")
    told = again(run, served)
    assert told["requests"] == {"reads": 1, "writes": 0, "drive": 1}
    (result,) = told["results"]
    assert result["drawing"] == {"file": "maps/1.html", "drawn": True, "error": None}
    after = signs(drawings)
    assert [now == then for now, then in zip(after, before, strict=True)] == [True, False, True]
    assert "Hört sich um" in drawings[1].read_text("utf-8")
    again(run, served)
    assert signs(drawings) == after
    assert sorted(path.name for path in (tmp_path / "maps").glob(".*")) == []


def test_a_step_comes_onto_drawing_and_tab_for_the_same_requests(
    run: Run, served: Served, tmp_path: Path
) -> None:
    (drawing,) = founded(run, served, tmp_path, 1)
    ours = colleague(run, served, "maps/0.xlsx")
    ours.add_row("Touchpoints", {"Step": "Asks a neighbour", "Stage": "S1 Awareness"})
    assert "Asks a neighbour" not in shown_on_map(run, served)
    told = again(run, served)
    # The row gets its id and the tab its column with one write, as it would without a map.
    assert told["requests"] == {"reads": 1, "writes": 1, "drive": 1}
    assert "Asks a neighbour" in drawing.read_text("utf-8")
    assert "Asks a neighbour" in shown_on_map(run, served)
    assert again(run, served)["requests"] == {"reads": 0, "writes": 0, "drive": 1}


def test_drawings_speak_the_language_of_their_workbook(
    run: Run, served: Served, tmp_path: Path
) -> None:
    maps(run, tmp_path, 1)
    run("new", "maps/de.xlsx", "--starter", "vacuum", "--language", "de", "-q")
    (tmp_path / "fleet.toml").write_text(WITH_MAPS)
    again(run, served)
    for name, language in (("0", "en"), ("de", "de")):
        page = (tmp_path / "maps" / f"{name}.html").read_text("utf-8")
        assert f'<html lang="{language}">' in page


def test_a_drawing_that_is_missing_comes_with_the_next_sync(
    run: Run, served: Served, tmp_path: Path
) -> None:
    (drawing,) = founded(run, served, tmp_path, 1)
    page = drawing.read_bytes()
    drawing.unlink()
    colleague(run, served, "maps/0.xlsx").edit("Evidence", "E1", "Link", "https://example.org")
    again(run, served)
    assert drawing.exists()
    drawing.write_bytes(page)  # as it was before, and ours: older ones are replaced as well
    colleague(run, served, "maps/0.xlsx").edit("Touchpoints", "T2", "Step", "Asks")
    again(run, served)
    assert "Asks" in drawing.read_text("utf-8")


def test_what_is_somebody_elses_stays_and_is_told(run: Run, served: Served, tmp_path: Path) -> None:
    drawings = founded(run, served, tmp_path, 2)
    drawings[0].write_text(drawings[0].read_text("utf-8") + "<!-- mine -->", "utf-8")
    drawings[1].unlink()
    drawings[1].mkdir()
    kept = drawings[0].read_bytes()
    for number in (0, 1):
        there = colleague(run, served, f"maps/{number}.xlsx")
        there.edit("Touchpoints", "T2", "Step", "Asks")
    time.sleep(1.1)
    ran = run("fleet", "run", **served.surroundings)
    assert ran.code == 1  # there is something to look at; the pairs are in step
    assert "synced: 2, failed: 0" in ran.out
    assert f"{drawings[0]} stays as it is: it is not a drawing of 0.xlsx" in ran.out
    assert f"{drawings[1]} is a folder" in ran.out
    assert drawings[0].read_bytes() == kept
    drawings[0].unlink()
    for number in (0, 1):
        there = colleague(run, served, f"maps/{number}.xlsx")
        there.edit("Touchpoints", "T2", "Step", "Asks again")
    time.sleep(1.1)
    quiet = run("fleet", "run", "-q", **served.surroundings)
    assert (quiet.code, quiet.out) == (1, "")
    assert str(drawings[1]) in quiet.err
    assert "Asks again" in drawings[0].read_text("utf-8")


def test_nothing_is_drawn_where_nobody_asks(run: Run, served: Served, tmp_path: Path) -> None:
    maps(run, tmp_path, 2)
    entry = '[[pair]]\nworkbook = "maps/1.xlsx"\nshared_copy = "new"\nwall_map = true\n'
    (tmp_path / "fleet.toml").write_text(FILE.replace("[[pair]]", entry + "\n[[pair]]"))
    told = again(run, served)
    assert [each["drawing"] is None for each in told["results"]].count(True) == 1
    assert [path.name for path in (tmp_path / "maps").glob("*.html")] == ["1.html"]


KILLED = """\
import os, sys
from cjm_sheets.adapters.drawing_files import DrawingFiles
DrawingFiles.write = lambda *_: os._exit(9)
from cjm_sheets.cli.main import main
main()
"""


@pytest.mark.parametrize("first", [True, False])
def test_a_run_that_is_killed_before_it_draws_is_made_good(
    run: Run, served: Served, tmp_path: Path, *, first: bool
) -> None:
    if first:
        drawing = maps(run, tmp_path, 1)[0].with_suffix(".html")
        (tmp_path / "fleet.toml").write_text(WITH_MAPS)
    else:
        (drawing,) = founded(run, served, tmp_path, 1)
        there = colleague(run, served, "maps/0.xlsx")
        there.edit("Touchpoints", "T2", "Step", "Asks a neighbour")
        time.sleep(1.1)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, "fleet", "run"],
        capture_output=True, timeout=120, check=False, cwd=tmp_path,
        env=Machine(tmp_path, "home", served.surroundings).surroundings,
    )  # fmt: skip
    assert killed.returncode == 9
    assert drawing.exists() != first
    (state,) = (tmp_path / "home" / "fleets").glob("*/fleet.sqlite")
    with sqlite3.connect(state) as file:  # a quarter of an hour passes
        assert file.execute("update pair set claimed_until = 1 where owner != ''").rowcount == 1
    file.close()
    told = again(run, served)
    assert (told["synced"], told["requests"]["writes"]) == (1, 0)
    assert told["results"][0]["drawing"]["drawn"]
    page = drawing.read_text("utf-8")
    assert first or "Asks a neighbour" in page
    assert {path.name for path in (tmp_path / "maps").iterdir()} == {"0.xlsx", "0.html"}
