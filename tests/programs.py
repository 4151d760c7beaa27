"""Decides where the outside programs are that tests use, and what happens where one is missing.

A missing program skips a test with a sentence; with CJM_SHEETS_TEST_PROGRAMS=required it fails it,
so that a machine that should have them all cannot pass by skipping.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import NoReturn

import pytest

NODE_FOLDER = Path(__file__).parent / "node"
"""Where the readers of Node and their packages lie."""

TODAY = datetime.now(UTC).date()
"""The day that it is for the tests, and for LibreOffice, however late at night they run."""

_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def soffice() -> str:
    """Return the path of LibreOffice."""
    return _program("LibreOffice", ("soffice", "libreoffice"))


def chromium() -> str:
    """Return the path of Chromium."""
    return _program("Chromium", ("chromium", "chromium-browser", "google-chrome"))


def pdftoppm() -> str:
    """Return the path of the program that draws the pages of a PDF."""
    return _program("pdftoppm (poppler-utils)", ("pdftoppm",))


def strace() -> str:
    """Return the path of strace, which only Linux has."""
    if not sys.platform.startswith("linux"):
        pytest.skip("strace is for Linux.")
    return _program("strace", ("strace",))


def crontab() -> str:
    """Return the path of cron's program for its table, which can check one on Linux."""
    if not sys.platform.startswith("linux"):
        pytest.skip("The crontab that checks is that of Linux.")
    return _program("cron", ("crontab",))


def redis_server() -> str:
    """Return the path of the Redis server, which Windows has not."""
    if not sys.platform.startswith("linux"):
        pytest.skip("The tests start redis-server on Linux only.")
    return _program("redis-server", ("redis-server",))


def node() -> str:
    """Return the path of Node, whose packages for tests are installed too."""
    path = _program("Node.js", ("node",))
    if not (NODE_FOLDER / "node_modules").is_dir():
        _lacks(f"The packages of {NODE_FOLDER} are not installed: npm ci does it there.")
    return path


def convert(files: Sequence[Path], to: str, into: Path) -> None:
    """Let LibreOffice recalculate files and save them in another format, in a folder `into`.

    Its profile is a fresh one beside that folder, told to recalculate on loading, which it does
    not do by itself for files of other programs. It is noon of TODAY for it.
    """
    profile = into.parent / f"{into.name}-profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_RECALCULATE, "utf-8")
    command = [
        soffice(), "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}",
        "--convert-to", to, "--outdir", str(into), *map(str, files),
    ]  # fmt: skip
    clock = {**os.environ, "TZ": noon(TODAY, datetime.now(UTC))}
    subprocess.run(command, check=True, capture_output=True, timeout=1200, env=clock)


def noon(day: date, now: datetime) -> str:
    """Return the time zone in which it is noon of a day now.

    The formulas of workbooks say what is overdue today: where midnight passes between what Python
    stored and what LibreOffice shows, they would differ.

    >>> noon(date(2026, 11, 25), datetime(2026, 11, 26, 0, 20, tzinfo=UTC))
    'TEST12:20'
    """
    behind = now - datetime.combine(day, time(12), UTC)
    hours, minutes = divmod(round(abs(behind).total_seconds() / 60), 60)
    return f"TEST{'-' if behind.total_seconds() < 0 else ''}{hours}:{minutes:02}"


def _program(title: str, names: Sequence[str]) -> str:
    return next((path for name in names if (path := shutil.which(name))), None) or _lacks(
        f"{title} is not on this machine."
    )


def _lacks(sentence: str) -> NoReturn:
    """Skip the test, or fail it where nothing may be missing."""
    if os.environ.get("CJM_SHEETS_TEST_PROGRAMS") == "required":
        pytest.fail(sentence)
    pytest.skip(sentence)
