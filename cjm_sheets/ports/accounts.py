"""Decides what the program asks of whoever knows with whose credentials Google is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

Kind = Literal["user", "service_account", "default"]


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who is signed in: `source` is the file that says so, "" for the surroundings.

    A name of "" is one that nobody knows. `ours` tells that signing out takes it away.
    """

    kind: Kind
    name: str
    source: str
    ours: bool = False


class Accounts(Protocol):
    """Who is signed in to Google on this machine, for this user."""

    def current(self) -> Account:
        """Return who would be asked with; NotSignedInError if nobody."""
        ...

    def works(self) -> bool:
        """Ask Google whether these credentials are good; UnreachableError if it says nothing."""
        ...

    def consent(self, client: str, show: Callable[[str], None]) -> Account:
        """Let a person agree in a browser, at the address that `show` gets; keep what comes of it.

        Raises:
            NoClientError: there is no OAuth client to ask with.
            SignInFailedError: the person or Google said no, or nobody said anything.
        """
        ...

    def keep_key(self, file: str) -> Account:
        """Keep the key of a service account; NoKeyError if the file holds none."""
        ...

    def forget(self) -> Account | None:
        """Take back what was kept here, and delete it; None if nothing was.

        Raises:
            NotRevokedError: it is deleted here, and Google still takes it.
        """
        ...
