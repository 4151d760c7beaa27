"""Decides how the bytes of a workbook come from the disk, and what is said if they do not."""

import os
import stat
import time
from hashlib import sha256
from pathlib import Path

from cjm_sheets.adapters.xlsx_file import limits
from cjm_sheets.errors import InputError
from cjm_sheets.errors.workbook import (
    ChangedMeanwhileError,
    FileNotReadableError,
    IsAFolderError,
    NoSuchFileError,
    UnsafeWorkbookError,
)

_NO_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
"""A pipe that takes the file's place between two steps must not hold us up."""

_BYTES = getattr(os, "O_BINARY", 0)
_TRIES = 4
_PAUSE = 0.05  # seconds: a program that saves is mostly done after that
_CHUNK = 1 << 24
_FIRST = 64


def read_bytes(path: Path) -> bytes:
    """Return the content of a file; raises a CjmError that says why there is none.

    A file that is written to meanwhile is read again, a few times.
    """
    file = str(path)
    try:
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(_PAUSE)
            data = _read_whole(path)
            if data is not None:
                return data
    except (FileNotFoundError, NotADirectoryError):
        raise NoSuchFileError(file) from None
    except (OSError, ValueError) as refused:
        reason = refused.strerror if isinstance(refused, OSError) else None
        raise FileNotReadableError(file, reason or str(refused)) from None
    raise ChangedMeanwhileError(file)


def first_bytes(path: Path) -> bytes:
    """Return how the content of a file begins; nothing if it cannot be read, which others say."""
    try:
        _refuse_odd(path, path.stat())
        descriptor = os.open(path, os.O_RDONLY | _NO_WAITING | _BYTES)
    except (OSError, ValueError, InputError):
        return b""
    try:
        return os.read(descriptor, _FIRST)
    except OSError:
        return b""
    finally:
        os.close(descriptor)


def stamp(data: bytes) -> str:
    """Return what tells one content of a file from another."""
    return sha256(data).hexdigest()


def _read_whole(path: Path) -> bytes | None:
    """Return the content of a file; None if somebody wrote into it while we read."""
    _refuse_odd(path, path.stat())  # to open some devices does something already
    descriptor = os.open(path, os.O_RDONLY | _NO_WAITING | _BYTES)
    try:
        before = os.fstat(descriptor)
        _refuse_odd(path, before)
        data = _read_at_most(descriptor, before.st_size + 1)
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return data if same and len(data) == before.st_size else None


def _refuse_odd(path: Path, info: os.stat_result) -> None:
    """Refuse what is no file of a workbook's size."""
    if stat.S_ISDIR(info.st_mode):
        raise IsAFolderError(str(path))
    if not stat.S_ISREG(info.st_mode):
        raise FileNotReadableError(str(path), os.strerror(22))
    if info.st_size > limits.FILE:
        raise UnsafeWorkbookError(str(path), path.name)


def _read_at_most(descriptor: int, most: int) -> bytes:
    """Return what a file holds, up to so many bytes."""
    chunks: list[bytes] = []
    while most and (chunk := os.read(descriptor, min(most, _CHUNK))):
        chunks.append(chunk)
        most -= len(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)
