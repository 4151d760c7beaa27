"""Decides how tests have a Dask scheduler and its workers: real ones, processes on loopback."""

import json
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cli.machines import Machine

_DASK = ("-m", "dask")
_HERE = ("--host", "127.0.0.1", "--no-dashboard")


@dataclass(frozen=True)
class Cluster:
    """A scheduler that runs, and the workers with it."""

    address: str
    workers: Sequence[Any]


@contextmanager
def cluster(machines: Sequence[Machine], nanny: str = "--no-nanny") -> Iterator[Cluster]:
    """Give a scheduler with one worker on each machine; all end by themselves if tests die.

    With `--nanny` the workers are processes of those that are given.
    """
    folder = machines[0].folder
    told = folder / "scheduler.json"
    words = ("--port", "0", "--scheduler-file", str(told), "--idle-timeout", "300")
    started = [machines[0].start("scheduler", *_HERE, *words, program=_DASK)]
    try:
        address = _address(told)
        for number, machine in enumerate(machines):
            place = folder / f"worker-{number}"
            more = (
                "--nthreads", "1", nanny, "--death-timeout", "20",
                "--local-directory", str(place),
            )  # fmt: skip
            started.append(machine.start("worker", address, *_HERE, *more, program=_DASK))
        yield Cluster(address, started[1:])
    finally:
        # The workers first: they would look for their scheduler.
        for process in reversed(started):
            _end(process)


def _end(process: Any) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def _address(told: Path) -> str:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if told.exists() and (text := told.read_text()):
            return str(json.loads(text)["address"])
        time.sleep(0.1)
    raise TimeoutError
