"""Digests of a fleet on which several machines work: one mail, whoever found out what it tells."""

import json
import os
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import Changes, SetCell
from tests.cli.cluster import cluster
from tests.cli.conftest import Run
from tests.cli.machines import Machine, maps
from tests.cli.service import Served
from tests.mail_server import Served as Mail
from tests.redis_server import PASSWORD, Running
from tests.sync.real import line_of, of

ANN = "ann@example.org"
READERS = "cjm-sheets:1:fleet:{machines}:journal:readers"


@pytest.fixture
def machines(run: Run, redis: Running, served: Served, mail: Mail, tmp_path: Path) -> list[Machine]:
    redis.empty()
    maps(run, tmp_path, 3)
    file = tmp_path / "fleet.toml"
    more = f'[fleet]\ntell = "{ANN}"\ndigest = "daily"\nlanguage = "de"'
    file.write_text(file.read_text().replace("[fleet]", more))
    surroundings = {
        **served.surroundings,
        **mail.surroundings(),
        "CJM_SHEETS_REDIS": redis.address,
    }
    return [Machine(tmp_path, home, surroundings) for home in ("one", "two")]


def next_day(redis: Running) -> None:
    """Let the digest that Ann had be that of a day long ago."""
    with redis.client as client:
        told, at, _ = str(client.hget(READERS, ANN) or "0 0 -").split(" ")
        client.hset(READERS, ANN, f"{told} {at} 2020-01-01")


def ended(process: Any) -> Any:
    out, err = process.communicate(timeout=200)
    assert process.returncode == 0, err
    return json.loads(out)


def pushed_by_mail(mail: Mail) -> Counter[str]:
    """Return how many values went to each shared copy, as all mails together tell."""
    found: Counter[str] = Counter()
    for taken in mail.box.taken:
        for part in taken.body("plain").split("## `")[1:]:
            values = re.search(r"^- Übertragene Werte: (\d+) in", part, re.MULTILINE)
            found[part.split("`")[0]] += int(values[1]) if values else 0
    return found


def test_two_machines_send_one_mail(machines: list[Machine], mail: Mail, redis: Running) -> None:
    pushed: Counter[str] = Counter()
    for number in (1, 2):
        next_day(redis)
        running = [each.start("fleet", "run", "--json") for each in machines]
        told = [ended(each) for each in running]
        for each in (result for one in told for result in one["results"]):
            pushed[each["workbook"]] += each["pushed"]
        assert len(mail.box.taken) <= number
        assert all(each["digests"]["refused"] == {} for each in told)
    assert mail.box.taken
    # Whoever was quick sent what was done by then; the rest is told with the next one.
    ended(machines[1].start("fleet", "digest", "--send", "--json"))
    assert pushed_by_mail(mail) == pushed
    assert len(pushed) == 3
    assert {tuple(taken.to) for taken in mail.box.taken} == {(ANN,)}
    for path in machines[0].folder.rglob("*"):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="Windows has no signals to stop with")
def test_what_workers_of_a_cluster_did_is_told(
    machines: list[Machine], mail: Mail, redis: Running, tmp_path: Path
) -> None:
    store = XlsxFile(tmp_path / "maps" / "1.xlsx")
    snapshot = store.read()
    line = line_of(of(snapshot.tables, "Maps"), "M1")
    reviewed = SetCell("Maps", line, "last_reviewed", date(2020, 1, 1))
    store.apply(Changes(cells=(reviewed,)), snapshot)
    next_day(redis)
    with cluster(machines) as dask:
        words = ("fleet", "run", "--json", "--engine", "dask", "--scheduler", dask.address)
        told = ended(machines[0].start(*words))
    assert told["synced"] == 3
    assert told["digests"]["sent"] == [ANN]
    (taken,) = mail.box.taken
    text = taken.body("plain")
    for number in range(3):
        assert f"## `maps/{number}.xlsx`" in text
    assert text.count("- Übertragene Werte: ") == 4  # each of three, and all together
    assert "CJ100 Maps!" in text
    assert "Diese Map wurde zuletzt vor" in text
