"""Runs the command as people do: as a process, in a folder of its own, in English."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.service import Served, serving
from tests.mail_server import Served as Mail
from tests.mail_server import mail_server
from tests.redis_server import Running, running_redis


@dataclass(frozen=True)
class Ran:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    surroundings = {
        **os.environ,
        "CJM_SHEETS_HOME": str(tmp_path / "home"),
        "CJM_SHEETS_LANGUAGE": "en",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    for name in ("CJM_SHEETS_ENDPOINT", "CJM_SHEETS_TOKEN", "CJM_SHEETS_CREDENTIALS"):
        surroundings.pop(name, None)

    def running(*words: str, **more: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "cjm_sheets", *words],
            capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
            env={**surroundings, **more}, cwd=tmp_path,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    return running


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """Give a service that runs, empty, as Google would be there."""
    with serving(tmp_path / "spreadsheets") as service:
        yield service


@pytest.fixture
def mail(tmp_path: Path) -> Iterator[Mail]:
    """Give a mail server that runs."""
    with mail_server(tmp_path) as server:
        yield server


@pytest.fixture(scope="module")
def redis() -> Iterator[Running]:
    """Give a Redis server that runs; tests empty it themselves."""
    with running_redis() as server:
        yield server
