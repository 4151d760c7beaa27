"""Decides how signing in to Google can fail, and signing out."""

from cjm_sheets.errors import RemoteError, UsageError


class NoClientError(UsageError):
    """There is no OAuth client with which a person could be asked."""

    def __init__(self, looked_in: str) -> None:
        super().__init__(looked_in=looked_in)


class NoKeyError(UsageError):
    """A file that was named as the key of a service account holds none."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


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
