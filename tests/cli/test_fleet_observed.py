"""What a fleet leaves behind for those who watch it: a log, and measurements for Prometheus."""

import http.server
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from cjm_sheets.adapters.colleague_gspread import GspreadColleague
from cjm_sheets.usecases.fleet_events import EVENTS
from tests.cli.conftest import Run
from tests.cli.machines import Machine, control
from tests.cli.service import Served, serving
from tests.cli.test_fleet import FILE, maps

COMMON = {"timestamp", "level", "event", "machine", "process", "fleet", "run"}
P = "cjm_sheets_fleet_"


def lines(text: str) -> list[dict[str, Any]]:
    """Return the lines of a log, each with just the facts that its event has."""
    found = [json.loads(line) for line in text.splitlines()]
    for each in found:
        assert set(each) - COMMON == set(EVENTS[each["event"]]), each
    return found


def log(folder: Path) -> list[dict[str, Any]]:
    return lines((folder / "run.log").read_text("utf-8"))


def measured(text: str) -> dict[str, float]:
    """Return all values, called by name and by the labels that not all of them have."""
    found = {}
    for family in text_string_to_metric_families(text):
        assert family.name.startswith(P)
        for each in family.samples:
            own = {k: v for k, v in each.labels.items() if k not in {"fleet", "shard"}}
            found[each.name.removeprefix(P) + "".join(f" {v}" for v in own.values())] = each.value
    return found


def metrics(folder: Path) -> dict[str, float]:
    return measured((folder / "fleet.prom").read_text("utf-8"))


# ---- the log -----------------------------------------------------------------------------


def test_the_log_tells_all_and_nothing_else_is_said_otherwise(
    run: Run, served: Served, tmp_path: Path
) -> None:
    made = maps(run, tmp_path, 3)
    made[1].write_bytes(b"PK\x03\x04 no workbook")
    ran = run("fleet", "run", "--log", "run.log", **served.surroundings)
    assert (ran.code, ran.err) == (3, "")
    assert "synced: 2, failed: 1" in ran.out
    told = log(tmp_path)
    assert [each["event"] for each in told[:1] + told[-1:]] == ["run_begun", "run_ended"]
    assert Counter(each["event"] for each in told[1:-1]) == {
        "pair_begun": 3, "pair_kept": 2, "pair_failed": 1,
    }  # fmt: skip
    assert len({each["run"] for each in told}) == 1
    (failed,) = (each for each in told if each["event"] == "pair_failed")
    assert (failed["level"], failed["workbook"], failed["failures"]) == ("error", "maps/1.xlsx", 1)
    assert failed["message"] in ran.out
    kept = next(each for each in told if each["event"] == "pair_kept")
    assert (kept["why"], kept["generation"], kept["pulled"]) == ("new", 1, 0)
    assert (kept["reads"], kept["writes"]) == (1, 1)
    assert kept["pushed"] > 100
    assert kept["bytes_sent"] > 100_000
    assert kept["seconds"] > 0
    ended = told[-1]
    assert (ended["due"], ended["kept"], ended["failed"], ended["left"]) == (3, 2, 1, 0)
    assert (ended["reads"], ended["writes"], ended["drive"]) == (2, 2, 3)
    assert ended["bytes_sent"] > 2 * kept["bytes_sent"] - 1000
    assert ended["exit_code"] == 3
    colleague_types(run, served)
    time.sleep(1.1)
    again = run("fleet", "run", "--log", "run.log", "--json", **served.surroundings)
    assert again.document["synced"] == 2
    fresh = log(tmp_path)[len(told) :]
    assert fresh[0]["run"] != told[0]["run"]
    assert [(each["service"], each["changes"]) for each in fresh if "changes" in each] == [
        (served.url, 2)
    ]
    pulled = [each["pulled"] for each in fresh if each["event"] == "pair_kept"]
    assert sorted(pulled) == [0, 1]


def colleague_types(run: Run, served: Served) -> None:
    told = run("fleet", "status", "--json").document
    copy = next(each for each in told["pairs"] if each["workbook"] == "maps/2.xlsx")
    colleague = GspreadColleague(served.url, served.token, copy["spreadsheet"])
    colleague.edit("Pains", "N1", "Severity", 5)


def test_a_log_among_the_errors_is_alone_there(run: Run, served: Served, tmp_path: Path) -> None:
    maps(run, tmp_path, 2)[1].write_bytes(b"no workbook")
    ran = run("fleet", "run", "-q", "--log", "-", **served.surroundings)
    assert (ran.code, ran.out) == (3, "")
    assert [each["event"] for each in lines(ran.err)].count("pair_failed") == 1
    time.sleep(1.1)
    words = ("fleet", "run", "-q", "--log", "-", "--log-format", "text")
    text = run(*words, **served.surroundings)
    assert "run_ended" in text.err
    assert "exit_code=0" in text.err
    assert "\x1b" not in text.err


def test_names_that_stand_for_nothing_are_in_the_log(run: Run, tmp_path: Path) -> None:
    (tmp_path / "fleet.toml").write_text('[[pair]]\nworkbook = "none-*.xlsx"\n')
    ran = run("fleet", "run", "-q", "--log", "-")
    assert (ran.code, ran.out) == (3, "")
    told = lines(ran.err)
    assert [each["event"] for each in told] == ["run_begun", "workbook_not_found", "run_ended"]
    assert "none-*.xlsx" in told[1]["message"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such terminals")
def test_on_a_terminal_the_log_is_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "fleet.toml").write_text('[[pair]]\nworkbook = "none-*.xlsx"\n')
    assert run("fleet", "status").code == 0  # makes the folder of the program
    ours, theirs = os.openpty()
    try:
        subprocess.run(
            [sys.executable, "-m", "cjm_sheets", "fleet", "run", "-q", "--log", "-"],
            stderr=theirs, timeout=60, check=False, cwd=tmp_path,
            env=Machine(tmp_path, "home", {"NO_COLOR": ""}).surroundings,
        )  # fmt: skip
        text = os.read(ours, 100_000).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    assert "run_ended" in text
    assert "\x1b[" in text
    assert "{" not in text


def test_what_fails_as_a_whole_is_in_the_log_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "fleet.toml").write_text("[fleet]\nevry = 1\n")
    ran = run("fleet", "run", "--log", "run.log")
    assert ran.code == 3
    (failed,) = log_without_run(tmp_path)
    assert (failed["event"], failed["error"]) == ("run_failed", "FleetFileError")
    assert failed["message"].splitlines() == ran.err.splitlines()


def log_without_run(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "run.log").read_text("utf-8").splitlines()]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Only Linux has a disk that is full.")
def test_a_disk_that_is_full_stops_no_run(run: Run, served: Served, tmp_path: Path) -> None:
    maps(run, tmp_path, 1)
    ran = run("fleet", "run", "--log", "/dev/full", **served.surroundings)
    assert ran.code == 0
    assert "synced: 1" in ran.out
    assert ran.err.startswith("Lines of the log that could not be written: 4 (No space left")
    wrong = run("fleet", "run", "--log", "nowhere/run.log", **served.surroundings)
    assert wrong.code == 2
    assert wrong.err.startswith("The log nowhere/run.log cannot be written (No such file")
    assert len(wrong.err.splitlines()) == 1


@pytest.mark.skipif(os.name != "posix", reason="pipes of another kind")
def test_a_pipe_that_nobody_reads_stops_no_run(run: Run, served: Served, tmp_path: Path) -> None:
    maps(run, tmp_path, 2)
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "cjm_sheets", "fleet", "run", "--json", "--log", "-"],
        stdout=subprocess.PIPE, stderr=writing, text=True, timeout=120, check=False, cwd=tmp_path,
        env=Machine(tmp_path, "home", served.surroundings).surroundings,
    )  # fmt: skip
    os.close(writing)
    assert (done.returncode, json.loads(done.stdout)["synced"]) == (0, 2)


def test_refusals_for_want_of_quota_are_told_and_counted(run: Run, tmp_path: Path) -> None:
    maps(run, tmp_path, 1)
    words = ("fleet", "run", "--log", "run.log", "--metrics", "fleet.prom")
    with serving(tmp_path / "spreadsheets", "--controls") as limited:
        busy = {"on": {"route": "WRITE *", "nth": 2}, "do": [{"kind": "Busy", "retry_after": 1}]}
        control(limited, "POST", busy, "faults")
        assert run(*words, **limited.surroundings).code == 0
    (held,) = (each for each in log(tmp_path) if each["event"] == "requests_held")
    assert (held["level"], held["retry_after"]) == ("warning", 1)
    refused = {name: n for name, n in metrics(tmp_path).items() if "refused" in name}
    assert refused[f"requests_refused_total {held['kind']}"] == sum(refused.values()) == 1


def test_the_library_is_loaded_for_a_log_alone(run: Run, tmp_path: Path) -> None:
    maps(run, tmp_path, 1)
    (tmp_path / "fleet.toml").write_text('[[pair]]\nworkbook = "none"\n')
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "cjm_sheets", "fleet", "run", "-q"],
        capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path,
        env=Machine(tmp_path, "home", {}).surroundings,
    ).stderr  # fmt: skip
    modules = {line.rpartition("|")[2].strip() for line in loaded.splitlines()}
    assert "cjm_sheets.usecases.run_fleet" in modules
    assert modules.isdisjoint({"structlog", "prometheus_client"})


SECRET = "zq8-Hk_51.secret"  # noqa: S105 - nobody is let in by it


class Quoting(http.server.BaseHTTPRequestHandler):
    """A service that says in its refusals what it was asked with, as some proxies do."""

    def do_GET(self) -> None:
        said = f"no entry for {self.headers['Authorization']} at https://u:pw123@x/?token={SECRET}"
        body = json.dumps({"error": {"message": said}}).encode()
        self.send_response(400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - http.server's names

    def log_message(self, *args: object) -> None:
        del args


@contextmanager
def quoting() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quoting) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_no_secret_is_in_the_log_even_if_somebody_quotes_it(run: Run, tmp_path: Path) -> None:
    maps(run, tmp_path, 1)
    with quoting() as address:
        more = {"CJM_SHEETS_ENDPOINT": address, "CJM_SHEETS_TOKEN": SECRET}
        ran = run("fleet", "run", "--log", "run.log", "--metrics", "fleet.prom", **more)
    assert ran.code == 4
    assert SECRET in ran.out  # else nothing is shown by this
    text = (tmp_path / "run.log").read_text("utf-8") + (tmp_path / "fleet.prom").read_text("utf-8")
    assert "no entry for Bearer [hidden]" in text
    assert SECRET not in text
    assert "pw123" not in text


def test_the_password_of_redis_is_in_no_log(run: Run, tmp_path: Path) -> None:
    maps(run, tmp_path, 1)
    (tmp_path / "fleet.toml").write_text(FILE.replace("[fleet]", '[fleet]\nredis = "maps"'))
    more = {"CJM_SHEETS_REDIS": "redis://:hunter2hunter2@127.0.0.1:1/0"}
    assert run("fleet", "run", "--log", "run.log", **more).code == 4
    *_, failed = log_without_run(tmp_path)
    assert (failed["event"], failed["error"]) == ("run_failed", "NoRedisError")
    assert "hunter2" not in (tmp_path / "run.log").read_text("utf-8")


# ---- measurements ------------------------------------------------------------------------


def test_counters_go_on_from_run_to_run(run: Run, served: Served, tmp_path: Path) -> None:
    made = maps(run, tmp_path, 3)
    made[1].write_bytes(b"PK\x03\x04 no workbook")
    words = ("fleet", "run", "--json", "--metrics", "fleet.prom")
    assert run(*words, **served.surroundings).code == 3
    first = metrics(tmp_path)
    assert first["runs_total"] == 1
    assert (first["pair_syncs_total kept"], first["pair_syncs_total failed"]) == (2, 1)
    assert (first["requests_total writes"], first["requests_total drive"]) == (2, 3)
    assert (first["pairs in_step"], first["pairs failed"], first["conflicts"]) == (2, 1, 0)
    assert first["sent_bytes_total"] > 1_000_000
    assert first["run_duration_seconds_count"] == 1
    assert first["pair_duration_seconds_bucket +Inf"] == 3
    assert "last_success_timestamp_seconds" not in first
    assert 0 <= first["oldest_agreed_age_seconds"] < 60
    time.sleep(1.1)
    before = time.time()
    done = run(*words, **served.surroundings)
    assert done.code == 0
    second = metrics(tmp_path)
    assert second["runs_total"] == 2
    assert second["requests_total writes"] == 2
    reads = first["requests_total reads"] + done.document["requests"]["reads"]
    assert second["requests_total reads"] == reads
    assert second["last_success_timestamp_seconds"] >= before
    assert set(second) - set(first) == {"last_success_timestamp_seconds"}
    (tmp_path / "fleet.prom").unlink()  # the numbers do not lie in the file
    time.sleep(1.1)
    run(*words, **served.surroundings)
    assert metrics(tmp_path)["runs_total"] == 3
    assert [path.name for path in tmp_path.glob(".fleet.prom*")] == []


def test_no_label_grows_with_the_pairs(run: Run, tmp_path: Path) -> None:
    found = []
    for number, name in ((1, "one"), (4, "four")):
        folder = tmp_path / name
        (folder / "maps").mkdir(parents=True)
        for at in range(number):
            (folder / "maps" / f"{at}.xlsx").write_bytes(b"no workbook")
        (folder / "fleet.toml").write_text(FILE)
        run("fleet", "run", f"{name}/fleet.toml", "--metrics", f"{name}/fleet.prom")
        found.append(set(metrics(folder)))
    assert found[0] == found[1]


def test_runs_at_the_same_time_lose_no_count(run: Run, served: Served, tmp_path: Path) -> None:
    maps(run, tmp_path, 6)
    machine = Machine(tmp_path, "home", served.surroundings)
    words = ("fleet", "run", "--json", "--metrics", "fleet.prom")
    running = [machine.start(*words) for _ in range(3)]
    told = [json.loads(each.communicate(timeout=120)[0]) for each in running]
    now = metrics(tmp_path)
    assert now["runs_total"] == 3
    assert now["pair_syncs_total kept"] == sum(len(each["results"]) for each in told) == 6
    assert now["requests_total drive"] == sum(each["requests"]["drive"] for each in told)


def test_a_file_that_cannot_be_written_stops_no_run(
    run: Run, served: Served, tmp_path: Path
) -> None:
    maps(run, tmp_path, 1)
    words = ("fleet", "run", "--log", "run.log")
    ran = run(*words, "--metrics", "nowhere/x.prom", **served.surroundings)
    assert ran.code == 0
    assert "x.prom" in ran.err
    assert len(ran.err.splitlines()) == 1
    assert [each["event"] for each in log(tmp_path)][-2:] == ["metrics_not_written", "run_ended"]
    run("fleet", "run", "--metrics", "fleet.prom", **served.surroundings)
    assert metrics(tmp_path)["runs_total"] == 2


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not on this machine")
def test_prometheus_has_nothing_to_say_against_it(run: Run, served: Served, tmp_path: Path) -> None:
    maps(run, tmp_path, 1)
    run("fleet", "run", "--metrics", "fleet.prom", **served.surroundings)
    with (tmp_path / "fleet.prom").open("rb") as file:
        said = subprocess.run(
            ["promtool", "check", "metrics"],  # noqa: S607 - on the PATH
            stdin=file, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def scraped(port: int) -> dict[str, float]:
    address = f"http://127.0.0.1:{port}/metrics"
    with urllib.request.urlopen(address, timeout=20) as answer:
        return measured(answer.read().decode())


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGTERM for programs")
def test_a_watch_answers_prometheus_until_it_is_stopped(
    run: Run, served: Served, tmp_path: Path
) -> None:
    maps(run, tmp_path, 2)
    port = free_port()
    words = ("--watch", "--json", "--metrics-port", str(port), "--log", "run.log")
    process = Machine(tmp_path, "home", served.surroundings).start("fleet", "run", *words)
    try:
        assert json.loads(process.stdout.readline())["synced"] == 2
        assert scraped(port)["pair_syncs_total kept"] == 2
        process.stdout.readline()
        now = scraped(port)
        assert (now["runs_total"], now["pairs in_step"]) == (2, 2)
        time.sleep(1)
        assert scraped(port)["oldest_agreed_age_seconds"] >= now["oldest_agreed_age_seconds"] + 1
        taken = run("fleet", "run", "--watch", "--metrics-port", str(port), **served.surroundings)
        assert taken.code == 2
        assert taken.err.startswith(f"Nothing can be answered at 127.0.0.1:{port} (Address already")
    finally:
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert [each["event"] for each in log(tmp_path)].count("stop_asked") == 1
    with pytest.raises(urllib.error.URLError):
        scraped(port)


def test_a_port_is_for_a_run_that_goes_on(run: Run, tmp_path: Path) -> None:
    maps(run, tmp_path, 1)
    ran = run("fleet", "run", "--metrics-port", "0")
    assert ran.code == 2
    assert "--metrics-port goes with --watch" in ran.err


def test_where_the_package_is_missing_one_sentence_says_so(run: Run, tmp_path: Path) -> None:
    maps(run, tmp_path, 1)
    missing = tmp_path / "without" / "prometheus_client.py"
    missing.parent.mkdir()
    missing.write_text("raise ModuleNotFoundError(name=__name__)\n")
    path = os.pathsep.join((str(missing.parent), str(Path(__file__).parents[2])))
    ran = run("fleet", "run", "--metrics", "fleet.prom", PYTHONPATH=path)
    assert ran.code == 2
    assert ran.err == (
        'Packages are missing for this. They come with: pip install "cjm-sheets[metrics]".\n'
    )
