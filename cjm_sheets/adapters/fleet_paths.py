"""Decides which workbooks a fleet file means, and what they are called on every machine."""

import os.path
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from cjm_sheets.errors import CjmError
from cjm_sheets.errors.machine import OwnFolderError
from cjm_sheets.errors.workbook import NoSuchFileError
from cjm_sheets.fleet.due import Pair
from cjm_sheets.fleet.settings import Fleet

_MARK = "mark"

Meant = Callable[[str], tuple[str, ...]]
"""Gives the workbooks that a name, pattern or folder stands for."""


def pairs_of(
    fleet: Fleet, file: str, meant: Meant, shard: int = 0
) -> tuple[tuple[Pair, ...], tuple[CjmError, ...]]:
    """Return the pairs of a fleet file, and why names in it stand for none.

    Names are those of files beside the fleet file. A workbook that several entries mean belongs to
    the first of them. `shard`: only the pairs of this one, from 1; 0 for all.
    """
    folder = os.path.dirname(os.path.abspath(file))  # noqa: PTH100, PTH120 - ten thousand names
    pairs: dict[str, Pair] = {}
    unmeant: list[CjmError] = []
    for entry in fleet.entries:
        place = os.path.join(folder, entry.workbook)  # noqa: PTH118 - the same
        try:
            found = meant(place)
            if entry.is_pattern and found == (place,) and not os.path.exists(place):  # noqa: PTH110
                raise NoSuchFileError(place)
        except CjmError as error:
            unmeant.append(error)
            continue
        for path in found:
            key = _key(path, folder)
            if not shard or fleet.shard_of(entry, key) == shard:
                pairs.setdefault(key, Pair(key, path, entry))
    return tuple(pairs.values()), tuple(unmeant)


def state_folder(home: Path, file: str) -> Path:
    """Return where the state of a fleet is kept: in our own folder, by the place of its file."""
    place = Path(file).resolve()
    return home / "fleets" / f"{place.stem}-{sha256(str(place).encode()).hexdigest()[:8]}"


def mark(folder: Path) -> str:
    """Return what stands in a folder of state and in no other one; it is written if need be.

    Raises:
        OwnFolderError: it cannot be written.
    """
    try:
        with suppress(FileExistsError), (folder / _MARK).open("x", encoding="ascii") as file:
            (folder / _MARK).chmod(0o600)
            file.write(token_hex(16))
    except OSError as error:
        raise OwnFolderError(str(folder), error.strerror or str(error)) from error
    return marked(folder)


def marked(folder: Path) -> str:
    """Return the mark of a folder of state, "" if it has none."""
    try:
        return (folder / _MARK).read_text("ascii")
    except (OSError, ValueError):
        return ""


def _key(path: str, folder: str) -> str:
    """Return a path from the folder of the fleet file on, or whole where it leads elsewhere."""
    path = os.path.normpath(path)
    inside = path.startswith(folder + os.sep)
    return (path[len(folder) + 1 :] if inside else path).replace(os.sep, "/")
