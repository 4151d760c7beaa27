"""Decides how tests of the command reach a service that somebody started with the command."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Served:
    """A service that somebody started with the command."""

    url: str
    token: str

    @property
    def surroundings(self) -> dict[str, str]:
        return {"CJM_SHEETS_ENDPOINT": self.url, "CJM_SHEETS_TOKEN": self.token}


@contextmanager
def serving(folder: Path, *more: str) -> Iterator[Served]:
    """Give a service over a folder; it is stopped at the end, whatever happened."""
    words = ["serve", "--port", "0", "--json", "--data", str(folder), *more]
    surroundings = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(
        [sys.executable, "-m", "cjm_sheets", *words],
        stdout=subprocess.PIPE, text=True, env=surroundings,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        assert said["pid"] == process.pid
        yield Served(said["url"], said["token"])
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        if process.stdout is not None:
            process.stdout.close()
