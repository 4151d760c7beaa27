"""Decides where our own files are, and remembers a service that runs on this machine."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout


@dataclass(frozen=True, slots=True)
class Service:
    """A service that runs: its address and the token that it asks for."""

    url: str
    token: str


def home() -> Path:
    """Return our own folder: CJM_SHEETS_HOME, else where the system keeps data of programs."""
    named = os.environ.get("CJM_SHEETS_HOME")
    return Path(named) if named else Path(platformdirs.user_data_path("cjm-sheets"))


def service_folder() -> Path:
    """Return the folder in which the local service keeps its spreadsheets."""
    folder = home() / "service"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def only_service(folder: Path) -> Iterator[bool]:
    """Hold the right to run a service over a folder; gives False if another one has it."""
    lock = FileLock(folder / "service.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        (folder / "service.json").unlink(missing_ok=True)
        lock.release()


def announce(folder: Path, service: Service) -> None:
    """Write down how to reach the service that runs over a folder, for this user alone."""
    path = folder / "service.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps({"url": service.url, "token": service.token}), encoding="utf-8")


def announced(folder: Path) -> Service | None:
    """Return the service that runs over a folder, None if none wrote itself down."""
    try:
        kept = json.loads((folder / "service.json").read_text(encoding="utf-8"))
        return Service(str(kept["url"]), str(kept["token"]))
    except (OSError, ValueError, KeyError):
        return None
