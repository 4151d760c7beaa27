"""Decides how the bytes of a workbook come from the disk, and what is said if they do not."""

import os
import stat
from hashlib import sha256
from pathlib import Path

from cjm_sheets.adapters.xlsx_file import limits
from cjm_sheets.errors import (
    FileNotReadableError,
    IsAFolderError,
    NoSuchFileError,
    UnsafeWorkbookError,
)


def read_bytes(path: Path) -> bytes:
    """Return the content of a file; raises an InputError that says why there is none."""
    file = str(path)
    try:
        info = path.stat()
        if stat.S_ISDIR(info.st_mode):
            raise IsAFolderError(file)
        if not stat.S_ISREG(info.st_mode):
            raise FileNotReadableError(file, os.strerror(22))
        if info.st_size > limits.FILE:
            raise UnsafeWorkbookError(file, path.name)
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise NoSuchFileError(file) from None
    except (OSError, ValueError) as refused:
        reason = refused.strerror if isinstance(refused, OSError) else None
        raise FileNotReadableError(file, reason or str(refused)) from None


def stamp(data: bytes) -> str:
    """Return what tells one content of a file from another."""
    return sha256(data).hexdigest()
