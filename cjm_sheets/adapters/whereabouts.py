"""Decides where our own files are, and remembers a service that runs on this machine."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

from cjm_sheets.errors.machine import OwnFolderError


@dataclass(frozen=True, slots=True)
class Service:
    """A service that runs: its address and the token that it asks for."""

    url: str
    token: str


def home() -> Path:
    """Return our own folder: CJM_SHEETS_HOME, else where the system keeps data of programs."""
    named = os.environ.get("CJM_SHEETS_HOME")
    return Path(named) if named else Path(platformdirs.user_data_path("cjm-sheets"))


def made_home() -> Path:
    """Return our own folder, made if it was not there; only its owner may look into it."""
    folder = home()
    make_private(folder)
    return folder


def make_private(folder: Path) -> None:
    """Make a folder that only its owner may look into, if need be; raises OwnFolderError."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise OwnFolderError(str(folder), error.strerror or str(error)) from error


def service_folder() -> Path:
    """Return the folder in which the local service keeps its spreadsheets."""
    folder = made_home() / "service"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@contextmanager
def only_service(folder: Path, patience: float = 0) -> Iterator[bool]:
    """Hold the right to run a service over a folder; gives False if another one has it.

    `patience`: seconds to wait for the right.
    """
    lock = FileLock(folder / "service.lock")
    try:
        lock.acquire(timeout=patience)
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
