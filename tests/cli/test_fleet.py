"""Many pairs at once, as people and schedulers run them: init, run, status, a signal to stop."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from cjm_sheets.adapters.colleague_gspread import GspreadColleague
from cjm_sheets.fleet.budget import MINUTE
from tests.cli.conftest import Run
from tests.cli.service import Served

FILE = """\
[fleet]
every = "1s"
fail_on = "never"

[[pair]]
workbook = "maps/*.xlsx"
shared_copy = "new"
"""


def maps(run: Run, folder: Path, number: int) -> list[Path]:
    """Make workbooks in the folder maps."""
    (folder / "maps").mkdir()
    run("new", "maps/0.xlsx", "--starter", "vacuum", "-q")
    first = folder / "maps" / "0.xlsx"
    made = [folder / "maps" / f"{n}.xlsx" for n in range(number)]
    for path in made[1:]:
        path.write_bytes(first.read_bytes())
    (folder / "fleet.toml").write_text(FILE)
    return made


def test_init_writes_a_file_that_works_and_never_over_another_one(run: Run, tmp_path: Path) -> None:
    maps(run, tmp_path, 1)
    (tmp_path / "fleet.toml").unlink()
    assert run("fleet", "init", "--to", "local").code == 0
    text = (tmp_path / "fleet.toml").read_text()
    again = run("fleet", "init", "--to", "new")
    assert again.code == 2
    assert "fleet.toml" in again.err
    assert (tmp_path / "fleet.toml").read_text() == text
    done = run("fleet", "run", "--json")
    assert done.code == 0, done.err
    assert done.document["requests"] == {"reads": 1, "writes": 1, "drive": 2}
    german = run("fleet", "init", "andere.toml", CJM_SHEETS_LANGUAGE="de")
    assert german.out.startswith("andere.toml ist geschrieben")
    assert "# Der Teil der Quote" in (tmp_path / "andere.toml").read_text()
    wrong = run("fleet", "init", "x.toml", "--workbook", "maps/", "--to", "k" * 30)
    assert wrong.code == 3
    assert not (tmp_path / "x.toml").exists()


def test_a_run_keeps_all_pairs_and_the_next_one_costs_one_request(
    run: Run, served: Served, tmp_path: Path
) -> None:
    maps(run, tmp_path, 3)
    first = run("fleet", "run", "--json", **served.surroundings)
    assert first.code == 0, first.err
    assert (first.document["due"], first.document["synced"]) == (3, 3)
    time.sleep(1.1)
    run("fleet", "run", **served.surroundings)  # looks at what is new once
    time.sleep(1.1)
    idle = run("fleet", "run", "--json", **served.surroundings).document
    assert (idle["due"], idle["requests"]) == (0, {"reads": 0, "writes": 0, "drive": 1})

    told = run("fleet", "status", "--json").document
    copy = next(each for each in told["pairs"] if each["workbook"] == "maps/1.xlsx")
    GspreadColleague(served.url, served.token, copy["spreadsheet"]).edit(
        "Pains", "N1", "Severity", 5
    )
    changed = run("fleet", "run", "--json", **served.surroundings).document
    assert changed["requests"] == {"reads": 1, "writes": 0, "drive": 1}
    (result,) = changed["results"]
    assert (result["workbook"], result["why"], result["pulled"]) == ("maps/1.xlsx", "shared", 1)


def test_what_is_broken_is_told_and_stops_no_other(
    run: Run, served: Served, tmp_path: Path
) -> None:
    made = maps(run, tmp_path, 3)
    made[1].write_bytes(b"PK\x03\x04 no workbook")
    more = '[[pair]]\nworkbook = "nowhere/"\n[[pair]]\nworkbook = "none-*.xlsx"\n'
    (tmp_path / "fleet.toml").write_text(FILE + more)
    ran = run("fleet", "run", **served.surroundings)
    assert ran.code == 3
    assert "synced: 2, failed: 2" in ran.out
    assert "maps/1.xlsx: " in ran.out
    assert "nowhere" in ran.out
    assert "none-*.xlsx" in ran.out
    status = run("fleet", "status")
    assert status.code == 0
    (line,) = (line for line in status.out.splitlines() if line.startswith("maps/1.xlsx  "))
    assert "failed" in line
    quiet = run("fleet", "run", "-q", **served.surroundings)
    assert (quiet.code, quiet.out) == (3, "")
    assert "none-*.xlsx" in quiet.err
    later = run("fleet", "run", "--json", **served.surroundings).document
    assert set(later["resting"]) == {"maps/1.xlsx", "nowhere"}


def test_conflicts_and_checks_set_the_exit_code(run: Run, served: Served, tmp_path: Path) -> None:
    maps(run, tmp_path, 1)
    text = FILE.replace('"never"', '["CJ035", "CJ100"]')
    (tmp_path / "fleet.toml").write_text(text)
    assert run("fleet", "run", **served.surroundings).code in {0, 1}
    (spreadsheet,) = (
        each["spreadsheet"] for each in run("fleet", "status", "--json").document["pairs"]
    )
    colleague = GspreadColleague(served.url, served.token, spreadsheet)
    colleague.edit("Maps", "M1", "Last reviewed", "2020-01-01")
    time.sleep(1.1)
    late = run("fleet", "run", "--json", **served.surroundings)
    assert late.code == 1
    assert late.document["results"][0]["failing_rules"] == ["CJ100"]
    status = run("fleet", "status", "--json").document
    assert status["overdue_reviews"] == 1
    assert status["pairs"][0]["review_is_overdue"]


def test_shards_deal_the_pairs(run: Run, served: Served, tmp_path: Path) -> None:
    maps(run, tmp_path, 6)
    (tmp_path / "fleet.toml").write_text(FILE.replace("[fleet]", "[fleet]\nshards = 2"))
    told = [run("fleet", "status", "--shard", n, "--json").document["pairs"] for n in ("1", "2")]
    parts = [{each["workbook"] for each in pairs} for pairs in told]
    assert parts[0] & parts[1] == set()
    assert len(parts[0] | parts[1]) == 6
    assert all(parts)
    none = run("fleet", "run", "--shard", "3", **served.surroundings)
    assert none.code == 2
    assert "There is no shard 3" in none.err


def test_a_wrong_file_is_told_line_by_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "fleet.toml").write_text(FILE + 'evry = "1h"\ndirection = "down"\n')
    for verb in ("run", "status"):
        wrong = run("fleet", verb)
        assert wrong.code == 3
        places = [line.split(":")[0] for line in wrong.err.splitlines()]
        assert places == ["fleet.toml, line 8", "fleet.toml, line 9"]
    assert run("fleet", "run", "none.toml").code == 3
    assert run("fleet", "status", str(tmp_path)).code == 3


def test_no_secret_is_kept(run: Run, served: Served, tmp_path: Path) -> None:
    maps(run, tmp_path, 1)
    run("fleet", "run", "-q", **served.surroundings)
    home = tmp_path / "home"
    kept = [path for path in home.rglob("*") if path.is_file()]
    assert {"quota.sqlite", "fleet.sqlite"} <= {path.name for path in kept}
    for path in kept:
        assert served.token.encode() not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0
    with sqlite3.connect(home / "quota.sqlite") as file:
        assert file.execute("select count(*) from spent").fetchone()[0] >= 1
    file.close()


def test_what_is_done_by_hand_counts_in_the_budget(
    run: Run, served: Served, tmp_path: Path
) -> None:
    [path] = maps(run, tmp_path, 1)
    run("sync", str(path), "--to", "new", **served.surroundings)
    budget = tmp_path / "home" / "quota.sqlite"
    assert not budget.exists()  # who runs no fleet needs none
    assert run("fleet", "run", **served.surroundings).code == 0

    def counted(since: float) -> dict[str, int]:
        asked = "select kind, count(*) from spent where until > ? group by kind"
        with closing(sqlite3.connect(budget)) as file:
            return dict(file.execute(asked, (since + MINUTE,)))

    begun = time.time()
    assert run("sync", str(path), **served.surroundings).code == 0
    assert counted(begun) == {"reads": 1}
    begun = time.time()
    assert run("new", "other.xlsx", "-q").code == 0
    assert run("sync", "other.xlsx", "--to", "local").code == 0
    assert counted(begun) == {}  # what is on this machine has no quota


def test_two_runs_at_the_same_time_share_the_work(run: Run, served: Served, tmp_path: Path) -> None:
    maps(run, tmp_path, 8)
    surroundings = {
        **os.environ,
        **served.surroundings,
        "CJM_SHEETS_HOME": str(tmp_path / "home"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    words = [sys.executable, "-m", "cjm_sheets", "fleet", "run", "--threads", "2", "--json"]
    runs = [
        subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=surroundings, cwd=tmp_path)
        for _ in range(2)
    ]
    told = [json.loads(each.communicate(timeout=110)[0]) for each in runs]
    assert [each.returncode for each in runs] == [0, 0]
    done = [result["workbook"] for each in told for result in each["results"]]
    assert sorted(done) == [f"maps/{number}.xlsx" for number in range(8)]
    spreadsheets = {
        each["spreadsheet"] for each in run("fleet", "status", "--json").document["pairs"]
    }
    assert len(spreadsheets) == 8


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGTERM for programs")
def test_a_watch_goes_on_until_it_is_stopped(run: Run, served: Served, tmp_path: Path) -> None:
    maps(run, tmp_path, 2)
    surroundings = {
        **os.environ,
        **served.surroundings,
        "CJM_SHEETS_HOME": str(tmp_path / "home"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "cjm_sheets", "fleet", "run", "--watch", "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surroundings, cwd=tmp_path,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        first = json.loads(process.stdout.readline())
        assert first["synced"] == 2
        assert first["requests"]["writes"] == 2
        heard = json.loads(process.stdout.readline())  # what Drive calls the new spreadsheets
        assert heard["requests"] == {"reads": 2, "writes": 0, "drive": 1}
        run("new", "maps/more.xlsx", "--starter", "vacuum", "-q")
        found = json.loads(process.stdout.readline())
        assert [each["workbook"] for each in found["results"]] == ["maps/more.xlsx"]
    finally:
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    assert process.returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGTERM for programs")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_finishes_the_pairs_in_hand(
    run: Run, served: Served, tmp_path: Path, number: signal.Signals
) -> None:
    maps(run, tmp_path, 12)
    surroundings = {
        **os.environ,
        **served.surroundings,
        "CJM_SHEETS_HOME": str(tmp_path / "home"),
        "CJM_SHEETS_LANGUAGE": "en",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "cjm_sheets", "fleet", "run", "--threads", "1"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surroundings, cwd=tmp_path,
    )  # fmt: skip
    assert process.stdout is not None
    first = process.stdout.readline()
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert "Stopping" in err
    assert "Traceback" not in err
    assert process.returncode == 0
    done = (first + out).count("to the shared copy")
    assert 1 <= done <= 3
    assert f"left for the next run: {12 - done}" in out
    pairs = run("fleet", "status", "--json").document["pairs"]
    assert sum(each["state"] == "in_step" for each in pairs) == done
    again = run("fleet", "run", "--json", **served.surroundings).document
    assert again["synced"] >= 12 - done
