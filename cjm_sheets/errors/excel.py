"""Decides how a workbook that is open in Excel can fail us."""

from cjm_sheets.errors import BusyError, CjmError, InputError
from cjm_sheets.errors.workbook import ChangedMeanwhileError


class NoExcelError(InputError):
    """There is no Excel on this machine, or it does not answer."""


class SheetProtectedError(InputError):
    """A sheet of a workbook that is open in Excel does not take changes."""

    def __init__(self, file: str, sheet: str) -> None:
        super().__init__(file=file, sheet=sheet)


class OnlyReadByExcelError(InputError):
    """Excel has opened the workbook for reading only."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class ExcelRefusedError(InputError):
    """Excel does not do what it was asked to; reason has its own words."""

    def __init__(self, file: str, place: str, reason: str) -> None:
        super().__init__(file=file, place=place, reason=reason)


class HalfWrittenError(InputError):
    """Excel refused a change, and then refused to take back what was done; `why` it began."""

    def __init__(self, file: str, sheets: str, why: CjmError) -> None:
        super().__init__(file=file, sheets=sheets)
        self.why = why


class ChangedInExcelError(ChangedMeanwhileError):
    """Somebody typed into the open workbook between our reading and our writing."""


class ExcelBusyError(BusyError):
    """Somebody is typing into a cell, or Excel shows a window that waits for an answer."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class WorkbookClosedError(BusyError):
    """The workbook was closed while we worked on it."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)
