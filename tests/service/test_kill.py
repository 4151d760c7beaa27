"""The service is killed while clients write: all that was acknowledged is there, nothing is half.

With CJM_SHEETS_LONG=1 it is killed 200 times, else some.
"""

import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
import requests

from tests.service.crowd import TIMEOUT, Place, Server, Writer, settled

KILLS = 200 if os.environ.get("CJM_SHEETS_LONG") else 15
CLIENTS = 4


def work_until_it_dies(place: Place, writer: Writer) -> None:
    try:
        writer.work(place, time.monotonic() + 60, CLIENTS)
    except requests.RequestException:
        return


def check_file(folder: Path) -> None:
    """The file that the killed service left, read as its next start will."""
    with closing(sqlite3.connect(folder / "service.sqlite")) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        heads = {row[0] for row in connection.execute("select id from files")}
        owners = {row[0] for row in connection.execute("select distinct file_id from parts")}
        assert heads == owners


def check_whole(place: Place) -> None:
    """Every spreadsheet is there as a whole or not at all, acknowledged or not."""
    names: dict[str, str] = {}
    page = ""
    while not names or page:
        asked = {"pageSize": "1000", "pageToken": page} if page else {"pageSize": "1000"}
        address = f"{place.url}/drive/v3/files"
        found = place.session.get(address, params=asked, timeout=TIMEOUT).json()
        names |= {file["id"]: file["name"] for file in found["files"]}
        page = found.get("nextPageToken", "")
    for file_id in names.keys() - {place.id}:
        assert Place(place.url, file_id, place.session).ends() == [names[file_id]] * 2


@pytest.fixture
def started() -> Iterator[Callable[[Server], Server]]:
    """Give what notes each server that is started, so that none outlives the test."""
    servers: list[Server] = []

    def noted(server: Server) -> Server:
        servers.append(server)
        return server

    yield noted
    for server in servers:
        server.kill()


def test_whenever_it_is_killed_nothing_acknowledged_is_lost(
    tmp_path: Path, started: Callable[[Server], Server]
) -> None:
    dice = random.Random(2026)  # noqa: S311  when to kill
    writers = [Writer(number) for number in range(CLIENTS)]
    server = started(Server(tmp_path))
    place = Place(server.url())
    file_id = place.create(CLIENTS)
    in_the_middle = 0
    for _ in range(KILLS):
        with ThreadPoolExecutor(CLIENTS) as pool:
            running = [
                pool.submit(work_until_it_dies, Place(place.url, file_id), writer)
                for writer in writers
            ]
            time.sleep(dice.choice((dice.uniform(0.02, 0.3), dice.uniform(0.02, 1.2))))
            server.kill()
            for each in running:
                each.result()
        in_the_middle += any(writer.pending != ("", "") for writer in writers)
        check_file(tmp_path)
        if dice.random() < 0.2:  # and while it starts, too
            server = started(Server(tmp_path))
            time.sleep(dice.uniform(0.1, 0.6))
            server.kill()
            check_file(tmp_path)
        server = started(Server(tmp_path))
        place = Place(server.url(), file_id)
        settled(place, writers)
    check_whole(place)
    server.kill()
    written = sum(len(writer.seconds) for writer in writers)
    print(  # noqa: T201  the figures, for who runs it with -s
        f"\n{KILLS} kills, {in_the_middle} of them in the middle of a write;"
        f" {written} writes acknowledged, {sum(len(w.appended) for w in writers)} rows appended"
    )
    assert in_the_middle > KILLS // 4
    assert written > KILLS
