"""Decides which workbook files people mean by names, patterns and folders."""

import os.path
from collections.abc import Iterator, Sequence

from cjm_sheets.errors.workbook import FileNotReadableError, NoWorkbookInFolderError

_ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".ods")
_LOCKS = ("~$", ".~lock.")
"""How the names of files begin by which programs show that they have a workbook open."""


def meant(name: str) -> tuple[str, ...]:
    """Return the workbooks that a name stands for, in the order of their names.

    A folder stands for its own workbooks, not for those of folders in it. A pattern such as
    maps/*.xlsx, which some terminals leave as it is, stands for the files that fit it; one that no
    file fits is returned as it is.

    Raises:
        NoWorkbookInFolderError, FileNotReadableError
    """
    if os.path.isdir(name):  # noqa: PTH112 - pathlib would be felt in every start of the command
        return _in_folder(name)
    if os.path.exists(name) or not any(sign in name for sign in "*?["):  # noqa: PTH110 - as above
        return (name,)
    import glob  # noqa: PLC0415 - needed where a terminal does not expand patterns

    fitting = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - as above
    return tuple(path for path in fitting if not is_lock(path)) or (name,)


def without_locks(names: Sequence[str]) -> tuple[str, ...]:
    """Return names without those of lock files, which a terminal takes for workbooks."""
    return tuple(name for name in names if not is_lock(name)) or tuple(names)


def is_lock(name: str) -> bool:
    """Tell whether a name is that of a lock file.

    >>> is_lock("maps/~$map.xlsx"), is_lock("maps/map.xlsx")
    (True, False)
    """
    return os.path.basename(name).startswith(_LOCKS)  # noqa: PTH119 - as above


def _in_folder(folder: str) -> tuple[str, ...]:
    found = tuple(_workbooks(folder))
    if not found:
        raise NoWorkbookInFolderError(folder)
    return found


def _workbooks(folder: str) -> Iterator[str]:
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - as above
    except OSError as error:
        raise FileNotReadableError(folder, error.strerror or str(error)) from error
    for name in names:
        if name.lower().endswith(_ENDINGS) and not is_lock(name):
            yield os.path.join(folder, name)  # noqa: PTH118 - as above
