"""Decides how this machine can fail: its folders, addresses and installed programs."""

from cjm_sheets.errors import UsageError


class OwnFolderError(UsageError):
    """Our own folder, or one that was named for our files, cannot be used."""

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(folder=folder, reason=reason)


class NotInstalledError(UsageError):
    """What was asked for needs packages that are not installed; `extra` brings them."""

    def __init__(self, extra: str) -> None:
        super().__init__(extra=extra)


class CannotLogError(UsageError):
    """The file that was named for a log cannot be opened."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(file=file, reason=reason)


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


class CannotListenError(UsageError):
    """The system does not let us answer at an address that was asked for."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(address=address, reason=reason)
