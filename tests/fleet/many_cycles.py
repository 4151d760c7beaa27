"""Keeps a fleet in step for many cycles, one right after another, and tells what memory that takes.

    python many_cycles.py FLEET.toml CYCLES

It prints one line of JSON: how many pairs were synced, and the memory in bytes after each cycle.
"""

import json
import os
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cjm_sheets import wiring
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import Changes, SetCell
from cjm_sheets.usecases.run_fleet import Ran
from cjm_sheets.usecases.watch_fleet import watch_fleet
from tests.sync.real import of

_PAGE = os.sysconf("SC_PAGE_SIZE")


def memory() -> int:
    """Return how much of the machine's memory this process takes, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE


def main(file: str, cycles: int) -> None:
    """Run the cycles; a person types into one workbook before each."""
    stop = threading.Event()
    taken: list[int] = []
    synced: list[int] = []
    late = [0.0]

    def wait(paths: Sequence[str], _: float) -> None:
        late[0] += 2  # all pairs may be synced again
        store = XlsxFile(Path(paths[len(taken) % len(paths)]))
        read = store.read()
        table = of(read.tables, "Pains")
        cell = SetCell("Pains", table.lines[0], "pain", f"typed {len(taken)}")
        store.apply(Changes(cells=(cell,)), read)

    def told(ran: Ran, _: object) -> None:
        synced.append(len(ran.kept) - len(ran.failures))
        taken.append(memory())
        if len(taken) == cycles:
            stop.set()

    def said(error: Exception) -> str:
        return str(error)

    with wiring.fleet_work(wiring.FleetWish(file, threads=2), said, stop=stop.is_set) as work:
        now = work.means.now
        watch_fleet(work.look, replace(work.means, now=lambda: now() + late[0]), wait, told)
    print(json.dumps({"synced": synced, "memory": taken}))  # noqa: T201 - what it is for


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
