"""Decides what a person is told when Excel refuses, whichever way it says so.

Excel refuses with numbers and in its own language; what is decided here rests on the numbers, on
what the workbook says of itself, and never on a sentence.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from cjm_sheets.errors import CjmError
from cjm_sheets.errors.excel import (
    ExcelBusyError,
    ExcelRefusedError,
    OnlyReadByExcelError,
    SheetProtectedError,
    WorkbookClosedError,
)

_BUSY = {
    -2147418111,  # the call was rejected by the callee
    -2146777998,  # a cell is being edited (VBA_E_IGNORE)
    -2147417846,  # the message filter says: busy
}
_GONE = {
    -2147417848,  # the object has disconnected from its clients
    -2147023174,  # the RPC server is unavailable
    -2147023170,  # the remote procedure call failed
    -2147221080,  # no such object (424)
    -2146827864,
}
_MAC_BUSY = {-609, -1712, -128, 50}
"""What Apple events end with that nobody answered in time, or that a dialogue holds up."""

_MAC_GONE = {-600, -1728}
"""The program does not run; the object is not there."""


_PROGRAMS = {"pywintypes", "pythoncom", "appscript", "aem", "xlwings"}
"""The modules whose errors are Excel's."""


@contextmanager
def told(book: Any, name: str, sheet: str = "") -> Iterator[None]:
    """Turn what Excel raises into failures that a person can mend.

    `sheet` is the one that is being changed, "" while nothing is.
    """
    try:
        yield
    except CjmError:
        raise
    except Exception as refused:
        if not is_excels(refused):
            raise
        raise _meant(refused, book, name, sheet) from refused


def refuse_if_not_ours_to_change(book: Any, name: str) -> None:
    """Raise what stands in the way of changing the workbook at all."""
    with told(book, name):
        _ = book.name, len(book.sheets)
        with suppress(AttributeError, NotImplementedError):  # no screen where Excel is a web page
            _ = book.app.screen_updating
        if _says(book, "ReadOnly", "read_only"):
            raise OnlyReadByExcelError(name)


def refuse_if_protected(sheet: Any, name: str) -> None:
    """Raise SheetProtectedError if people may not write on a sheet."""
    if _is_protected(sheet):
        raise SheetProtectedError(name, sheet.name)


def is_excels(refused: Exception) -> bool:
    """Tell whether an exception comes from the program behind xlwings, not from a slip of ours.

    COM's errors have an `hresult`, those of Apple events an `errornumber`.
    """
    said = hasattr(refused, "hresult") or hasattr(refused, "errornumber")
    return said or type(refused).__module__.partition(".")[0] in _PROGRAMS


def is_busy(refused: BaseException, after: BaseException | None = None) -> bool:
    """Tell whether an exception says that somebody types in a cell, or that a window waits.

    `after` is the one that was being handled already, which says nothing of this one.
    """
    # xlwings has an error of this name, too.
    named = type(refused).__name__ == ExcelBusyError.__name__
    return named or bool(_numbers(refused, after) & (_BUSY | _MAC_BUSY))


def takes_no_sheets(book: Any) -> bool:
    """Tell whether the structure of a workbook is protected."""
    return _says(book, "ProtectStructure", "protect_structure")


def _numbers(refused: BaseException | None, after: BaseException | None = None) -> set[int]:
    """Return all numbers that an exception and those before it carry, as far as to one of them."""
    found: set[int] = set()
    seen: list[BaseException] = []
    while refused is not None and not any(refused is each for each in seen):
        seen += [refused] if after is None else [refused, after]
        found |= {part for part in _flat(refused.args) if type(part) is int}
        number = getattr(refused, "hresult", None) or getattr(refused, "errornumber", None)
        found |= {number} if isinstance(number, int) else set()
        refused = refused.__cause__ or refused.__context__
    return found


def _flat(parts: Any) -> Iterator[Any]:
    for part in parts:
        if isinstance(part, tuple | list):
            yield from _flat(part)
        else:
            yield part


def _meant(refused: Exception, book: Any, name: str, sheet: str) -> CjmError:
    numbers = _numbers(refused)
    if is_busy(refused):
        return ExcelBusyError(name)
    if numbers & (_GONE | _MAC_GONE) or _is_closed(book):
        return WorkbookClosedError(name)
    if sheet and _is_protected_by_title(book, sheet):
        return SheetProtectedError(name, sheet)
    return ExcelRefusedError(name, sheet or name, _said(refused))


def _said(refused: Exception) -> str:
    """Return Excel's own words, as short as they can be told."""
    words = [part for part in _flat(refused.args) if isinstance(part, str) and part.strip()]
    return max(words, key=len, default=type(refused).__name__).strip()[:200]


def _is_closed(book: Any) -> bool:
    try:
        _ = book.name
    except Exception:  # noqa: BLE001 - whatever it is, it does not answer
        return True
    return False


def _is_protected_by_title(book: Any, title: str) -> bool:
    try:
        return _is_protected(book.sheets[title])
    except Exception:  # noqa: BLE001 - as above: then it is not known to be protected
        return False


def _is_protected(sheet: Any) -> bool:
    return _says(sheet, "ProtectContents", "protect_contents")


def _says(thing: Any, name: str, mac_name: str) -> bool:
    """Return what Excel says of a thing beyond what xlwings tells; False if it does not say."""
    api = thing.api
    try:
        return bool(getattr(api, name))
    except Exception:  # noqa: BLE001 - macOS calls it otherwise
        try:
            return bool(getattr(api, mac_name).get())
        except Exception:  # noqa: BLE001 - neither
            return False
