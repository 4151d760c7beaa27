"""Decides how files beside a workbook are named while it is replaced, and which of them can go.

A run that is killed leaves them behind. One may be the only copy of what a person saved in that
very moment, so a file goes only if its name proves that it is not: it says what the run had read
and what it wrote, and the file holds one of the two; or it never had the workbook's place.
"""

import contextlib
import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_AGE = 600  # seconds after which no replacement is still going on, or one that stands still
_LONGEST = 150  # bytes of a file's name to which ours can be added, on every system
_REST = re.compile(r"([0-9a-f]{8})[0-9a-f]{4}-([0-9a-f]{12})-([0-9a-f]{12})\.(part|new|old)")


@dataclass(frozen=True)
class Names:
    """The names that one replacement uses, in the folder of the workbook.

    `part` is the new file while it is being written, `new` is it once it is complete, and what it
    replaced once they have traded places. `old` is a second name of the old file.
    """

    part: Path
    new: Path
    old: Path


def names_for(workbook: Path, since: bytes, data: bytes) -> Names:
    """Return names that tell what is replaced (`since`) by what (`data`)."""
    stem = f"{_start(workbook)}{_token()}-{_digest(since)}-{_digest(data)}"
    part, new, old = (workbook.with_name(f"{stem}.{kind}") for kind in ("part", "new", "old"))
    return Names(part, new, old)


def sweep(workbook: Path) -> None:
    """Take away what killed replacements of a workbook left, as far as nothing is lost with it."""
    for entry, kind, proofs in _left_behind(workbook):
        with contextlib.suppress(OSError):
            # Under a name that nobody else knows, it cannot change any more after the look at it.
            mine = entry.with_name(entry.name.replace(proofs[0], _token(), 1))
            entry.rename(mine)
            if (
                kind == "part"
                or _digest(mine.read_bytes()) in proofs[1:]
                or mine.samefile(workbook)  # a second name: what it holds is still there
            ):
                mine.unlink()


def _left_behind(workbook: Path) -> Iterator[tuple[Path, str, tuple[str, str, str]]]:
    """Yield what is old enough: where it is, its kind, its token and both digests."""
    start = _start(workbook)
    with contextlib.suppress(OSError):
        # Thousands of workbooks may lie there: a Path of each would take ten times as long.
        names = os.listdir(workbook.parent)  # noqa: PTH208 - see above
        for name in sorted(name for name in names if name.startswith(start)):
            found = _REST.fullmatch(name.removeprefix(start))
            if found:
                began, since, data, kind = found.groups()
                if time.time() - int(began, 16) > _AGE:
                    token = name[len(start) : len(start) + 12]
                    yield workbook.with_name(name), kind, (token, since, data)


def _start(workbook: Path) -> str:
    """Return how our names begin: hidden on most systems, and saying whose they are."""
    name = workbook.name
    short = name if len(os.fsencode(name)) <= _LONGEST else _digest(os.fsencode(name))
    return f".{short}."


def _token() -> str:
    """Return the moment, in seconds, and something that no other run has."""
    return f"{int(time.time()):08x}{secrets.token_hex(2)}"


def _digest(data: bytes) -> str:
    """Return what tells contents apart."""
    return hashlib.sha256(data).hexdigest()[:12]
