"""Decides how a file of ours comes to be: whole or not at all, and never over another one."""

import os
import tempfile
from pathlib import Path

from cjm_sheets.errors.asked import FileExistsAlreadyError
from cjm_sheets.errors.workbook import CannotReplaceError


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet.

    Raises:
        FileExistsAlreadyError: there is one of this name; it stays as it is.
        CannotReplaceError: the folder or the disk does not take it.
    """
    try:
        with path.open("xb") as file:
            try:
                file.write(content)
                file.flush()
            except OSError:
                path.unlink(missing_ok=True)
                raise
    except FileExistsError as there:
        raise FileExistsAlreadyError(str(path)) from there
    except OSError as error:
        raise CannotReplaceError(str(path), error.strerror or str(error)) from error


def write_over(path: Path, content: bytes) -> None:
    """Write a file that only we make, such as a drawing; an older one is replaced in one step.

    Raises:
        CannotReplaceError: the folder or the disk does not take it; an older file is as it was.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CannotReplaceError(str(path), error.strerror or str(error)) from error
