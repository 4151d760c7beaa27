"""Fifty clients at once, in processes of their own: no wrong answer, no lost or doubled write.

With CJM_SHEETS_LONG=1 they work for a minute, else for some seconds.
"""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.service.crowd import Place, crowd, served, settled

CLIENTS = 50
PROCESSES = 2
SECONDS = 60.0 if os.environ.get("CJM_SHEETS_LONG") else 5.0


def test_fifty_clients_at_once(tmp_path: Path) -> None:
    with (
        served(tmp_path / "data") as url,
        ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool,
    ):
        place = Place(url)
        file_id = place.create(CLIENTS)
        groups = [list(range(first, CLIENTS, PROCESSES)) for first in range(PROCESSES)]
        working = [pool.submit(crowd, url, file_id, group, SECONDS, CLIENTS) for group in groups]
        writers = [writer for one in working for writer in one.result()]
        settled(place, writers)
        seconds = sorted(each for writer in writers for each in writer.seconds)
    assert len(writers) == CLIENTS
    assert all(writer.count for writer in writers)
    appended = sum(sum(writer.appended.values()) for writer in writers)
    print(  # noqa: T201  the figures, for who runs it with -s
        f"\n{CLIENTS} clients, {SECONDS:.0f} s: {len(seconds)} writes, {appended} rows appended;"
        f" median {seconds[len(seconds) // 2] * 1000:.0f} ms,"
        f" 99 of 100 within {seconds[len(seconds) * 99 // 100] * 1000:.0f} ms"
    )
