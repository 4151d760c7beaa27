"""Several machines work on one fleet: no pair twice, and no more requests than one may send."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.machines import Machine, control, maps
from tests.cli.service import Served, serving
from tests.redis_server import PASSWORD, Running


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "spreadsheets", "--controls") as service:
        yield service


@pytest.fixture
def machines(redis: Running, served: Served, tmp_path: Path) -> list[Machine]:
    redis.empty()
    more = {**served.surroundings, "CJM_SHEETS_REDIS": redis.address}
    return [Machine(tmp_path, home, more) for home in ("one", "two")]


def ended(process: Any) -> Any:
    out, err = process.communicate(timeout=400)
    assert process.returncode == 0, err
    return json.loads(out)


def test_two_machines_share_the_work(run: Run, machines: list[Machine], tmp_path: Path) -> None:
    maps(run, tmp_path, 16)
    running = [each.start("fleet", "run", "--json", "--threads", "2") for each in machines]
    told = [ended(each) for each in running]
    done = [[result["workbook"] for result in each["results"]] for each in told]
    assert sorted(done[0] + done[1]) == sorted(f"maps/{number}.xlsx" for number in range(16))
    assert all(done), "one machine did it all"
    stands = [ended(each.start("fleet", "status", "--json")) for each in machines]
    copies = [{pair["spreadsheet"] for pair in each["pairs"]} for each in stands]
    assert copies[0] == copies[1]
    assert len(copies[0]) == 16
    # What was typed where one machine works is known to the other.
    time.sleep(1.1)
    idle = ended(machines[1].start("fleet", "run", "--json"))
    assert idle["due"] <= 16  # a look at each new shared copy, once
    time.sleep(1.1)
    again = ended(machines[0].start("fleet", "run", "--json"))
    assert (again["due"], again["requests"]) == (0, {"reads": 0, "writes": 0, "drive": 1})
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes()


def is_full(served: Served) -> bool:
    """Tell whether six requests of each kind have come in one minute."""
    counted = control(served, "GET")
    return all(counted[kind]["highest_minute"] >= 6 for kind in ("reads", "writes"))


def test_two_machines_keep_one_budget(
    run: Run, machines: list[Machine], served: Served, tmp_path: Path
) -> None:
    """A tenth of what Google lets one account do: six requests a minute of each kind."""
    maps(run, tmp_path, 16, share=0.1)
    control(served, "PUT", {kind: {"project": 30, "user": 6} for kind in ("reads", "writes")})
    running = [each.start("fleet", "run", "--json", "--threads", "4") for each in machines]
    if os.environ.get("CJM_SHEETS_LONG"):
        begun = time.monotonic()
        told = [ended(each) for each in running]
        assert sum(each["synced"] for each in told) == 16
        assert all(sum(each["refused"].values()) == 0 for each in told)
        assert time.monotonic() - begun < 200  # sixteen in three minutes; little is wasted
    else:
        # A slow machine may need several minutes before one of them is full.
        end = time.monotonic() + 240
        while not is_full(served) and time.monotonic() < end:
            time.sleep(0.2)
        time.sleep(4)
        for each in running:
            each.kill()
            each.communicate()
    counted = control(served, "GET")
    for kind in ("reads", "writes"):
        assert counted[kind]["refused"] == 0
        assert counted[kind]["highest_minute"] == 6


def test_one_sentence_where_redis_cannot_be_used(
    run: Run, machines: list[Machine], tmp_path: Path
) -> None:
    maps(run, tmp_path, 1)
    for verb in ("run", "status"):
        unnamed = run("fleet", verb)
        assert unnamed.code == 2
        assert "no server is named" in unnamed.err
        down = run(
            "fleet", verb, **{**machines[0].more, "CJM_SHEETS_REDIS": "redis://:x@127.0.0.1:1"}
        )
        assert down.code == 4
        assert down.err.startswith("Redis at 127.0.0.1:1 cannot be used (")
        assert len(down.err.splitlines()) == 1
