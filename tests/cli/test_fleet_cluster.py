"""The workers of a Dask scheduler keep a fleet in step, though some of them die."""

import json
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets.fleet.settings import DAY, drawn
from tests.cli.cluster import cluster
from tests.cli.conftest import Run
from tests.cli.machines import Machine, control, maps
from tests.cli.service import Served, serving
from tests.redis_server import Running

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no signals to stop with")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "spreadsheets", "--controls") as service:
        yield service


@pytest.fixture
def machines(redis: Running, served: Served, tmp_path: Path) -> list[Machine]:
    redis.empty()
    more = {**served.surroundings, "CJM_SHEETS_REDIS": redis.address}
    return [Machine(tmp_path, home, more) for home in ("one", "two", "three")]


def claims(redis: Running) -> dict[str, str]:
    """Return who has claimed which pair: with which ticket, however often it was renewed."""
    with redis.client as client:
        held = client.hgetall("cjm-sheets:1:fleet:{machines}:claims")
    return {str(key): str(each).split(" ", 1)[1] for key, each in held.items()}


def wait_for(is_so: Any, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.1)


def kill_in_hand(worker: Any, redis: Running) -> str:
    """Kill a worker that has a pair in hand; return the pair."""
    for _ in range(40):
        worker.send_signal(signal.SIGSTOP)
        before = claims(redis)
        time.sleep(3)
        after = claims(redis)
        stuck = [key for key in before if before[key] == after.get(key)]
        if stuck:
            worker.kill()
            return stuck[0]
        worker.send_signal(signal.SIGCONT)
        time.sleep(0.3)
    pytest.fail("the worker never had a pair in hand")


def states(machine: Machine, begun: float | None = None) -> dict[str, str]:
    """Return how the pairs stand that were ever synced; each has a shared copy of its own.

    A pair whose moment of the day came since `begun`, if given, is due for its daily reading.
    """
    out, _ = machine.start("fleet", "status", "--json").communicate(timeout=60)
    pairs = [each for each in json.loads(out)["pairs"] if each["state"] != "never"]
    assert len({each["spreadsheet"] for each in pairs}) == len(pairs)
    daily = {each["workbook"] for each in pairs if each["due"] == "daily"}
    assert all(begun is not None and came_since(begun, key) for key in daily), daily
    return {
        each["workbook"]: "in_step" if each["workbook"] in daily else each["state"]
        for each in pairs
    }


def came_since(begun: float, key: str) -> bool:
    """Tell whether the moment of the day at which a pair is read came since another moment."""
    moment = drawn(key, DAY)
    return (time.time() - moment) // DAY > (begun - moment) // DAY


def test_one_of_three_workers_is_killed_and_nothing_is_lost(
    run: Run, machines: list[Machine], redis: Running, served: Served, tmp_path: Path
) -> None:
    begun = time.time()
    maps(run, tmp_path, 40)
    every = sorted(f"maps/{number}.xlsx" for number in range(40))
    with cluster(machines) as dask:
        leader = machines[0].start(
            "fleet", "run", "--json", "--engine", "dask", "--scheduler", dask.address
        )
        wait_for(lambda: control(served, "GET")["writes"]["requests"] >= 8)
        stuck = kill_in_hand(dask.workers[1], redis)
        out, err = leader.communicate(timeout=200)
        assert leader.returncode == 0, err
        assert err == ""
        told = json.loads(out)
    done = [each["workbook"] for each in told["results"]]
    assert stuck in done
    assert sorted(done) == every
    assert told["synced"] == 40
    assert told["requests"]["writes"] >= 39  # the killed worker's last one may be missing
    assert states(machines[2], begun) == dict.fromkeys(every, "in_step")
    assert claims(redis) == {}


def test_a_signal_finishes_the_pairs_in_hand(
    run: Run, machines: list[Machine], redis: Running, tmp_path: Path
) -> None:
    begun = time.time()
    maps(run, tmp_path, 30)
    with cluster(machines[:2]) as dask:
        leader = machines[2].start("fleet", "run", "--engine", "dask", "--scheduler", dask.address)
        first = leader.stdout.readline()
        leader.send_signal(signal.SIGTERM)
        out, err = leader.communicate(timeout=60)
        assert claims(redis) == {}
    assert leader.returncode == 0
    assert "Stopping" in err
    assert "Traceback" not in err
    done = (first + out).count("to the shared copy")
    assert 1 <= done < 15
    assert f"left for the next run: {30 - done}" in out
    assert len(states(machines[0], begun)) == done


@pytest.mark.parametrize("nanny", ["--nanny", "--no-nanny"])
def test_a_worker_that_is_told_to_stop_finishes_the_pair_in_hand(
    run: Run, machines: list[Machine], redis: Running, tmp_path: Path, nanny: str
) -> None:
    begun = time.time()
    maps(run, tmp_path, 8)
    with cluster(machines[:2], nanny) as dask:
        leader = machines[2].start(
            "fleet", "run", "--json", "--engine", "dask", "--scheduler", dask.address
        )
        wait_for(lambda: len(claims(redis)) == 2)
        held = set(claims(redis).values())
        dask.workers[0].send_signal(signal.SIGTERM)
        dask.workers[0].communicate(timeout=60)
        # Long before a claim would end: the worker that went gave back what it had.
        wait_for(lambda: held.isdisjoint(claims(redis).values()), 15)
        leader.communicate(timeout=100)
    assert leader.returncode == 0
    assert len(states(machines[2], begun)) == 8
    assert claims(redis) == {}


def test_workers_of_one_machine_need_no_redis(
    run: Run, machines: list[Machine], tmp_path: Path
) -> None:
    maps(run, tmp_path, 4)
    file = tmp_path / "fleet.toml"
    file.write_text(file.read_text().replace('redis = "machines"\n', ""))
    with cluster(machines[1:]) as dask:
        words = ("fleet", "run", "--json", "--engine", "dask", "--scheduler", dask.address)
        traces = ("--log", "run.log", "--metrics", "fleet.prom")
        leader = machines[0].start(*words, *traces)
        told = json.loads(leader.communicate(timeout=90)[0])
        assert (told["synced"], told["requests"]["writes"]) == (4, 4)
        # What the workers did is in the log of the leader, each thing once.
        log = [json.loads(line) for line in (tmp_path / "run.log").read_text().splitlines()]
        names = Counter(each["event"] for each in log)
        assert names == {"run_begun": 1, "pair_begun": 4, "pair_kept": 4, "run_ended": 1}
        assert {each["workbook"] for each in log if each["event"] == "pair_kept"} == {
            f"maps/{number}.xlsx" for number in range(4)
        }
        sent = sum(each["bytes_sent"] for each in log if each["event"] == "pair_kept")
        assert sent < log[-1]["bytes_sent"] < sent + 20_000  # Drive's come on top
        assert log[-1]["writes"] == 4
        assert "pair_syncs_total{" in (tmp_path / "fleet.prom").read_text()
        # On another machine the folder would be there, or not, but never the same.
        (mark,) = (tmp_path / "one").rglob("mark")
        time.sleep(1.1)
        leader = machines[0].start(*words)
        leader.communicate(timeout=90)
        assert leader.returncode == 0
        assert mark.read_text()


def test_no_worker_keeps_a_shared_copy_for_itself(
    run: Run, machines: list[Machine], tmp_path: Path
) -> None:
    maps(run, tmp_path, 2)
    file = tmp_path / "fleet.toml"
    file.write_text(file.read_text().replace('"new"', '"local"'))
    with cluster(machines[1:2]) as dask:
        words = ("fleet", "run", "--json", "--engine", "dask", "--scheduler", dask.address)
        leader = machines[0].start(*words)
        told = json.loads(leader.communicate(timeout=90)[0])
    assert leader.returncode == 2
    errors = [each["error"] for each in told["results"]]
    assert [each["kind"] for each in errors] == ["LocalCopyElsewhereError"] * 2
    assert "Run the fleet there without --engine dask" in errors[0]["message"]
    assert not (tmp_path / "two" / "service").exists()


def test_one_sentence_where_there_is_no_scheduler(
    run: Run, machines: list[Machine], tmp_path: Path
) -> None:
    maps(run, tmp_path, 1)
    words = ("fleet", "run", "--engine", "dask")
    for more in ((), ("--engine", "threads", "--scheduler", "tcp://127.0.0.1:1")):
        wrong = run(*words, *more, **machines[0].more)
        assert wrong.code == 2
        assert "go together" in wrong.err
    for address in ("tcp://127.0.0.1:1", "nonsense://"):
        none = run(*words, "--scheduler", address, **machines[0].more)
        assert none.code == 4
        assert none.err.startswith(f"The Dask scheduler at {address} cannot be used (")
        assert len(none.err.splitlines()) == 1
