"""Decides how a request can fail that names what is not there, or what does not fit."""

from cjm_sheets.errors import UsageError


class UnknownRuleError(UsageError):
    """No rule has this id."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule=rule)


class UnknownRowError(UsageError):
    """No pain of the workbook has this id."""

    def __init__(self, row: str, workbook: str) -> None:
        super().__init__(row=row, workbook=workbook)


class NoSuchMapError(UsageError):
    """The workbook has no map of this id."""

    def __init__(self, map_id: str) -> None:
        super().__init__(map=map_id)


class FileExistsAlreadyError(UsageError):
    """A new workbook would replace a file that is there."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class UnknownEndingError(UsageError):
    """A new workbook is named like another kind of file."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class NotAModuleNameError(UsageError):
    """A workbook with macros is named so that Python could not import the module beside it."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class UnknownPictureError(UsageError):
    """The wall map cannot be drawn in the format that the file name asks for."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class UnknownTableError(UsageError):
    """There is no table of this name."""

    def __init__(self, name: str, known: str) -> None:
        super().__init__(name=name, known=known)


class NoSuchRowError(UsageError):
    """A program names a row that the table does not have."""

    def __init__(self, sheet: str, row: str) -> None:
        super().__init__(sheet=sheet, row=row)


class NoSuchColumnError(UsageError):
    """A program names a column that the sheet does not have."""

    def __init__(self, sheet: str, column: str, known: str) -> None:
        super().__init__(sheet=sheet, column=column, known=known)


class ComputedColumnError(UsageError):
    """A program wants to write where a live formula stands."""

    def __init__(self, sheet: str, column: str) -> None:
        super().__init__(sheet=sheet, column=column)


class CannotTakeError(UsageError):
    """A program gives a value that a column cannot hold, or a reference that leads to nothing."""

    def __init__(self, sheet: str, row: str, column: str, value: str, takes: str) -> None:
        super().__init__(sheet=sheet, row=row, column=column, value=value, takes=takes)


class NothingToDrawError(UsageError):
    """A map has no order of events, so that there is no way to draw along."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class UnknownTemplateError(UsageError):
    """No template or starter of this name, type and language comes with the program."""

    def __init__(self, name: str, known: str) -> None:
        super().__init__(name=name, known=known)


class NoSuchRunError(UsageError):
    """No run has this number or key."""

    def __init__(self, run: str) -> None:
        super().__init__(run=run)


class OtherWorkbookError(UsageError):
    """A run was one of another map than the workbook's."""

    def __init__(self, run: str, other: str, workbook: str) -> None:
        super().__init__(run=run, other=other, workbook=workbook)


class UnknownMacroError(UsageError):
    """There is no macro of this name."""

    def __init__(self, name: str, known: str) -> None:
        super().__init__(name=name, known=known)


class NothingToExplainError(UsageError):
    """Neither a pain nor a finding is under the cursor."""

    def __init__(self, cell: str) -> None:
        super().__init__(cell=cell)


class NoSuchCellError(UsageError):
    """A cell was named that the workbook does not have."""

    def __init__(self, cell: str, workbook: str) -> None:
        super().__init__(cell=cell, workbook=workbook)


class NotOurDrawingError(UsageError):
    """A file that is called like the drawing of a workbook is none, or somebody changed it."""

    def __init__(self, file: str, workbook: str) -> None:
        super().__init__(file=file, workbook=workbook)
