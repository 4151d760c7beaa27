"""Decides how a workbook file can fail: what it is, whether it is read, and written back."""

from cjm_sheets.errors import BusyError, InputError


class NoSuchFileError(InputError):
    """There is no file of this name."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class IsAFolderError(InputError):
    """A folder was given where a workbook is wanted."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class NoWorkbookInFolderError(InputError):
    """A folder was named in which no workbook lies."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder=folder)


class FileNotReadableError(InputError):
    """The system does not let us read the file."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(file=file, reason=reason)


class NotAWorkbookError(InputError):
    """The file is something else than an .xlsx workbook; kind says what.

    One of: empty, encrypted, old-excel, binary-excel, xml-excel, opendocument, other-opendocument,
    numbers, word, powerpoint, old-office, csv, text, html, xml, rtf, pdf, picture, archive,
    unknown.
    """

    def __init__(self, file: str, kind: str) -> None:
        super().__init__(file=file, kind=kind)


class TruncatedWorkbookError(InputError):
    """The file ends too early, as after a broken download or copy."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class ForeignEncodingError(InputError):
    """A part of the workbook is not written in UTF-8, so that programs disagree on what it says."""

    def __init__(self, file: str, place: str) -> None:
        super().__init__(file=file, place=place)


class DamagedWorkbookError(InputError):
    """A workbook whose inside is broken; place says where."""

    def __init__(self, file: str, place: str) -> None:
        super().__init__(file=file, place=place)


class UnsafeWorkbookError(InputError):
    """A workbook that would cost far more memory or time than any map needs."""

    def __init__(self, file: str, place: str) -> None:
        super().__init__(file=file, place=place)


class ReadingBrokeOffError(InputError):
    """The process that read a file of somebody else ended without an answer; reason says how."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(file=file, reason=reason)


class NoTablesError(InputError):
    """A workbook without a single table of a journey map."""

    def __init__(self, file: str, sheets: str) -> None:
        super().__init__(file=file, sheets=sheets)


class MissingColumnError(InputError):
    """A sheet lacks a column that a journey map cannot do without."""

    def __init__(self, sheet: str, column: str) -> None:
        super().__init__(sheet=sheet, column=column)


class DamagedBaseError(InputError):
    """The record of the last agreed state does not match its checksum."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class OnlyReadError(InputError):
    """Something was to be written into a file of a kind that is only read."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class NoRoomError(InputError):
    """Rows cannot be added to a table, because something lies below it."""

    def __init__(self, file: str, sheet: str, line: int) -> None:
        super().__init__(file=file, sheet=sheet, line=line)


class SheetInTheWayError(InputError):
    """A sheet of somebody else bears the title of one that the program writes."""

    def __init__(self, file: str, sheet: str) -> None:
        super().__init__(file=file, sheet=sheet)


class CannotWriteSafelyError(InputError):
    """The workbook is built in a way in which a cell cannot be changed without risk."""

    def __init__(self, file: str, place: str) -> None:
        super().__init__(file=file, place=place)


class TextTooLongError(InputError):
    """A text has more characters than a cell of a workbook holds."""

    def __init__(self, file: str, place: str, length: int, most: int) -> None:
        super().__init__(file=file, place=place, length=length, most=most)


class OpenElsewhereError(BusyError):
    """The workbook is open in a spreadsheet program."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class ChangedMeanwhileError(BusyError):
    """The workbook was saved by somebody between our reading and our writing."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class CannotReplaceError(BusyError):
    """The system does not let us put the new file in place of the old one."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(file=file, reason=reason)
