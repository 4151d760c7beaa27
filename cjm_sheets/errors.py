"""Decides which failures a person can meet, and the exit code of each; words has the sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar


class CjmError(Exception):
    """A failure that a person can understand and mend; built from facts, without a sentence."""

    exit_code: ClassVar[int] = 3

    def __init__(self, **facts: object) -> None:
        super().__init__(type(self).__name__, facts)
        self.facts = facts

    def __reduce__(self) -> tuple[Any, ...]:
        """Tell how it is made again in another process, whatever its class asks for."""
        return _made_again, (type(self), self.args), dict(vars(self))

    def __str__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self.facts.items())})"


def _made_again(kind: type[CjmError], args: tuple[object, ...]) -> CjmError:
    error = kind.__new__(kind)
    error.args = args
    return error


# ---- the command as it was typed (exit code 2) -----------------------------------


class UsageError(CjmError):
    """What was asked for does not exist or does not go together."""

    exit_code = 2


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


class NoSchedulerError(UsageError):
    """The program that should run a fleet is not on this machine."""

    def __init__(self, program: str) -> None:
        super().__init__(program=program)


class SchedulerRefusedError(UsageError):
    """The program that should run a fleet does not take that up."""

    def __init__(self, program: str, reason: str) -> None:
        super().__init__(program=program, reason=reason)


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


class OtherMapError(UsageError):
    """A spreadsheet that the workbook is to be linked to holds another map."""

    def __init__(self, title: str, other: int, common: int) -> None:
        super().__init__(title=title, other=other, common=common)


class OwnFolderError(UsageError):
    """Our own folder, or one that was named for our files, cannot be used."""

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(folder=folder, reason=reason)


class NotLinkedError(UsageError):
    """The workbook has no shared copy yet and no target was named."""

    def __init__(self, workbook: str) -> None:
        super().__init__(workbook=workbook)


class BadLinkError(UsageError):
    """What was given as a shared copy is neither a spreadsheet's address nor a known word."""

    def __init__(self, target: str) -> None:
        super().__init__(target=target)


class NoClientError(UsageError):
    """There is no OAuth client with which a person could be asked."""

    def __init__(self, looked_in: str) -> None:
        super().__init__(looked_in=looked_in)


class NoKeyError(UsageError):
    """A file that was named as the key of a service account holds none."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class NotSharedWithError(UsageError):
    """Somebody who is to lose access to the shared copy has none that could be taken away."""

    def __init__(self, who: str, address: str) -> None:
        super().__init__(who=who, address=address)


class BadEmailError(UsageError):
    """What was given as an e-mail address is none."""

    def __init__(self, text: str) -> None:
        super().__init__(text=text)


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


# ---- the workbook (exit code 3) --------------------------------------------------


class OpenToOthersError(UsageError):
    """The service would be reached from other machines without encryption."""

    def __init__(self, host: str) -> None:
        super().__init__(host=host)


class WithoutNameError(UsageError):
    """The service would be reached under any name, so that none could be checked."""

    def __init__(self, host: str) -> None:
        super().__init__(host=host)


class BadProxyError(UsageError):
    """What was given as the address of a proxy is no address of HTTPS."""

    def __init__(self, address: str) -> None:
        super().__init__(address=address)


class BadCertificateError(UsageError):
    """A certificate or its key cannot be used."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(file=file, reason=reason)


class InputError(CjmError):
    """A file cannot be read."""


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


@dataclass(frozen=True, slots=True)
class FleetProblem:
    """One thing that is wrong in a fleet file: in which line, of which kind, with which facts."""

    line: int
    kind: str
    facts: Mapping[str, object]


class FleetFileError(InputError):
    """A fleet file asks for something that cannot be; `problems` are all of them, in order."""

    def __init__(self, file: str, problems: tuple[FleetProblem, ...]) -> None:
        super().__init__(file=file, problems=problems)
        self.problems = problems


class NoSuchShardError(UsageError):
    """A fleet is dealt into fewer shards than somebody asked for."""

    def __init__(self, shard: int, most: int) -> None:
        super().__init__(shard=shard, most=most)


class NoRedisNamedError(UsageError):
    """A fleet keeps its state in Redis, and the surroundings name no server."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class NoMailServerNamedError(UsageError):
    """A digest is to be sent, and the surroundings name no mail server."""


class NoSenderError(UsageError):
    """A digest is to be sent, and the surroundings do not say from which address."""


class NobodyToTellError(UsageError):
    """A digest is to be sent, and the fleet file names nobody."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class LocalCopyElsewhereError(UsageError):
    """A worker of a cluster should open a shared copy that each machine keeps for itself."""


class NotInstalledError(UsageError):
    """What was asked for needs packages that are not installed; `extra` brings them."""

    def __init__(self, extra: str) -> None:
        super().__init__(extra=extra)


class CannotLogError(UsageError):
    """The file that was named for a log cannot be opened."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(file=file, reason=reason)


class NotOurDrawingError(UsageError):
    """A file that is called like the drawing of a workbook is none, or somebody changed it."""

    def __init__(self, file: str, workbook: str) -> None:
        super().__init__(file=file, workbook=workbook)


class CannotListenError(UsageError):
    """The system does not let us answer at an address that was asked for."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(address=address, reason=reason)


class UnforeseenError(CjmError):
    """Something failed that the program did not foresee; the others go on all the same."""

    def __init__(self, kind: str, place: str) -> None:
        super().__init__(kind=kind, place=place)


class OnlyReadError(InputError):
    """Something was to be written into a file of a kind that is only read."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


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


class MassDeletionError(CjmError):
    """More than half of a table's rows vanished on one side since the last agreed state."""

    exit_code = 1

    def __init__(self, table: str, side: str, gone: int, before: int) -> None:
        super().__init__(table=table, side=side, gone=gone, before=before)


# ---- the other side (exit code 4) ------------------------------------------------


class RemoteError(CjmError):
    """The shared copy's service refused or cannot be reached."""

    exit_code = 4


class UnreachableError(RemoteError):
    """No answer from the service."""

    def __init__(self, service: str, reason: str) -> None:
        super().__init__(service=service, reason=reason)


class NoRedisError(RemoteError):
    """The Redis server that keeps the state of a fleet cannot be used."""

    def __init__(self, server: str, reason: str) -> None:
        super().__init__(server=server, reason=reason)


class MailServerError(RemoteError):
    """The mail server cannot be used."""

    def __init__(self, server: str, reason: str) -> None:
        super().__init__(server=server, reason=reason)


class PlainPasswordError(RemoteError):
    """The password would go to the mail server in the open."""

    def __init__(self, server: str) -> None:
        super().__init__(server=server)


class NotDeliveredError(RemoteError):
    """The mail server did not take what was for one address."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(address=address, reason=reason)


class NoClusterError(RemoteError):
    """The Dask scheduler that was named cannot be used."""

    def __init__(self, scheduler: str, reason: str) -> None:
        super().__init__(scheduler=scheduler, reason=reason)


class NotSharedStateError(RemoteError):
    """A worker of a cluster does not see the state of the fleet."""

    def __init__(self, worker: str, folder: str) -> None:
        super().__init__(worker=worker, folder=folder)


class RefusedError(RemoteError):
    """The service answered with an error that repeating does not mend."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(status=status, reason=reason)


class ColleaguesAtWorkError(RemoteError):
    """Others changed the shared copy between our reading and our writing, again and again."""

    def __init__(self, spreadsheet: str) -> None:
        super().__init__(spreadsheet=spreadsheet)


class BrokenFormulasError(RemoteError):
    """Live formulas of a shared copy that was just made show errors; `cells` are the first ones."""

    def __init__(self, spreadsheet: str, cells: tuple[str, ...], count: int) -> None:
        super().__init__(spreadsheet=spreadsheet, cells=", ".join(cells), count=count)


class NoSuchSpreadsheetError(RemoteError):
    """The shared copy is gone, or this account may not see it."""

    def __init__(self, spreadsheet: str) -> None:
        super().__init__(spreadsheet=spreadsheet)


class NotAllowedError(RemoteError):
    """The account may not do this with the shared copy."""

    def __init__(self, spreadsheet: str, account: str) -> None:
        super().__init__(spreadsheet=spreadsheet, account=account)


class NotSignedInError(RemoteError):
    """No credentials were found, or they are not valid any more."""

    def __init__(self, looked_in: str) -> None:
        super().__init__(looked_in=looked_in)


class SignInFailedError(RemoteError):
    """A person, or Google, did not let the program in; reason is one word or two, no secret."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class NotRevokedError(RemoteError):
    """Credentials were deleted here, and Google was not reached to take them back."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


# ---- busy (exit code 5) ----------------------------------------------------------


class BusyError(CjmError):
    """The file is in use, or changed under our hands."""

    exit_code = 5


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
