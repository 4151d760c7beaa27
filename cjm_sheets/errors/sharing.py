"""Decides how a shared copy can fail: finding it, being let in, keeping it in step."""

from cjm_sheets.errors import CjmError, RemoteError, UsageError


class NotLinkedError(UsageError):
    """The workbook has no shared copy yet and no target was named."""

    def __init__(self, workbook: str) -> None:
        super().__init__(workbook=workbook)


class BadLinkError(UsageError):
    """What was given as a shared copy is neither a spreadsheet's address nor a known word."""

    def __init__(self, target: str) -> None:
        super().__init__(target=target)


class OtherMapError(UsageError):
    """A spreadsheet that the workbook is to be linked to holds another map."""

    def __init__(self, title: str, other: int, common: int) -> None:
        super().__init__(title=title, other=other, common=common)


class NoSuchSpreadsheetError(RemoteError):
    """The shared copy is gone, or this account may not see it."""

    def __init__(self, spreadsheet: str) -> None:
        super().__init__(spreadsheet=spreadsheet)


class NotAllowedError(RemoteError):
    """The account may not do this with the shared copy."""

    def __init__(self, spreadsheet: str, account: str) -> None:
        super().__init__(spreadsheet=spreadsheet, account=account)


class NotSharedWithError(UsageError):
    """Somebody who is to lose access to the shared copy has none that could be taken away."""

    def __init__(self, who: str, address: str) -> None:
        super().__init__(who=who, address=address)


class BadEmailError(UsageError):
    """What was given as an e-mail address is none."""

    def __init__(self, text: str) -> None:
        super().__init__(text=text)


class UnreachableError(RemoteError):
    """No answer from the service."""

    def __init__(self, service: str, reason: str) -> None:
        super().__init__(service=service, reason=reason)


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


class MassDeletionError(CjmError):
    """More than half of a table's rows vanished on one side since the last agreed state."""

    exit_code = 1

    def __init__(self, table: str, side: str, gone: int, before: int) -> None:
        super().__init__(table=table, side=side, gone=gone, before=before)
