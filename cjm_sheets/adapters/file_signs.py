"""Decides what can be told of a file without reading it as a workbook: size, time, hash."""

import os
import time
from collections.abc import Callable
from hashlib import file_digest

from cjm_sheets.ports.files import Sign

_COARSE = 3_000_000_000
"""Nanoseconds in which a file system may give two changes the same time; FAT needs two seconds."""


class FileSigns:
    """The files of this machine, by their paths."""

    def __init__(self, now: Callable[[], int] = time.time_ns) -> None:
        self._now = now

    def sign(self, path: str) -> Sign:
        """Return size and time; the sign of nothing if there is no file, or none to be seen."""
        try:
            found = os.stat(path)  # noqa: PTH116 - ten thousand of them
        except OSError:
            return Sign()
        return Sign(found.st_size, found.st_mtime_ns)

    def stamped(self, path: str) -> Sign:
        """Return size, hash, and the time if no other content can have it."""
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - as above
                before = os.fstat(file.fileno())
                stamp = file_digest(file, "sha256").hexdigest()
                after = os.stat(path)  # noqa: PTH116 - as above
        except OSError:
            return Sign()
        same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
        old = abs(self._now() - before.st_mtime_ns) > _COARSE
        return Sign(before.st_size, before.st_mtime_ns if same and old else 0, stamp)
