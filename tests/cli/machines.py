"""Decides how tests have several machines at work: processes that have a home of their own each."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cli.conftest import Run
from tests.cli.service import Served

ROOT = Path(__file__).parents[2]
FILE = """\
[fleet]
every = "1s"
fail_on = "never"
quota_share = {share}
redis = "machines"

[[pair]]
workbook = "maps/*.xlsx"
shared_copy = "new"
"""


@dataclass(frozen=True)
class Machine:
    """A machine: the folder that it shares with others, its own home, and what surrounds it."""

    folder: Path
    home: str
    more: Mapping[str, str]

    @property
    def surroundings(self) -> dict[str, str]:
        return {
            **os.environ,
            **self.more,
            "CJM_SHEETS_HOME": str(self.folder / self.home),
            "CJM_SHEETS_LANGUAGE": "en",
            "PYTHONPATH": str(ROOT),
        }

    def start(self, *words: str, program: Sequence[str] = ("-m", "cjm_sheets")) -> Any:
        return subprocess.Popen(
            [sys.executable, *program, *words],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.surroundings,
            cwd=self.folder,
        )  # fmt: skip


def control(served: Served, method: str, body: Any = None, what: str = "quota") -> Any:
    """Ask or set what the service counts of requests, or which faults it has."""
    request = urllib.request.Request(  # noqa: S310 - on loopback
        f"{served.url}/control/{what}",
        None if body is None else json.dumps(body).encode(),
        {"Authorization": f"Bearer {served.token}", "Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - on loopback
        return json.load(answer)


def maps(run: Run, folder: Path, number: int, share: float = 1.0) -> None:
    """Make workbooks in the folder maps, and a fleet file for many machines."""
    (folder / "maps").mkdir()
    run("new", "maps/0.xlsx", "--starter", "vacuum", "-q")
    for each in range(1, number):
        (folder / "maps" / f"{each}.xlsx").write_bytes((folder / "maps" / "0.xlsx").read_bytes())
    (folder / "fleet.toml").write_text(FILE.format(share=share))
