"""Decides what the program asks of whoever keeps requests within Google's quota."""

import threading
from contextlib import AbstractContextManager
from typing import Literal, Protocol

Kind = Literal["reads", "writes", "drive"]
"""What Google counts apart: reading and writing requests to Sheets, and all requests to Drive."""
KINDS: tuple[Kind, ...] = ("reads", "writes", "drive")

COUNTING = threading.Lock()
"""Held by whoever changes numbers of requests, into which the threads of a process count."""


class Quota(Protocol):
    """A budget of requests that many share: threads, processes, and what else asks it first."""

    def passing(self, kind: Kind) -> AbstractContextManager[None]:
        """Wait until a request may leave; it is under way inside the block."""
        ...

    def refused(self, kind: Kind, seconds: float | None) -> None:
        """Hold back all requests of a kind, for so many seconds if the service named a time."""
        ...
