"""Decides how credentials are kept on this machine: one file, for its owner alone, never half.

What goes wrong is told without the content of the file, and without errors that quote it.
"""

import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from cjm_sheets.errors.machine import OwnFolderError

NAME = "token.json"
"""The file in our own folder in which signing in leaves what it got."""


def keep(home: Path, content: Mapping[str, Any]) -> Path:
    """Write the file, whole or not at all, readable by its owner alone; return where it is."""
    path = home / NAME
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        # A temporary file is made for its owner alone, so that nobody can read it meanwhile.
        handle, name = tempfile.mkstemp(dir=home, prefix=f".{NAME}.")
        new = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(content, file)
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        except OSError:
            new.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OwnFolderError(str(home), error.strerror or type(error).__name__) from None
    return path


def kept(path: Path) -> dict[str, Any] | None:
    """Return what a file of credentials holds, None if it is none."""
    with suppress(OSError, ValueError):
        found = json.loads(path.read_text(encoding="utf-8"))
        return found if isinstance(found, dict) else None
    return None


def delete(path: Path) -> None:
    """Delete the file; OwnFolderError if the system does not let us."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OwnFolderError(str(path), error.strerror or type(error).__name__) from None
