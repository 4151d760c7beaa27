"""Decides what the program asks of whoever knows who may open a shared copy."""

from dataclasses import dataclass
from typing import Literal, Protocol

Role = Literal["reader", "commenter", "writer"]
ANYONE = "anyone"
"""Whoever has the address."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may open a shared copy, and to do what: role is a Role, "owner" or another of Drive's.

    `who` is an e-mail address, a domain, or "anyone".
    """

    id: str
    who: str
    role: str


class Permissions(Protocol):
    """Who may open one spreadsheet."""

    def listed(self) -> tuple[Access, ...]:
        """Return all who may open it, as far as we may know."""
        ...

    def give(self, who: str, role: Role) -> None:
        """Let an e-mail address, or anyone, open it."""
        ...

    def change(self, access: Access, role: Role) -> None:
        """Let somebody who may open it already do something else."""
        ...

    def take(self, access: Access) -> None:
        """Let somebody open it no more."""
        ...
