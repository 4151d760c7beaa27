"""Decides what the program asks of whoever keeps requests within Google's quota."""

import threading
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal, Protocol

Kind = Literal["reads", "writes", "drive"]
"""What Google counts apart: reading and writing requests to Sheets, and all requests to Drive."""
KINDS: tuple[Kind, ...] = ("reads", "writes", "drive")

COUNTING = threading.Lock()
"""Held by whoever changes numbers of requests, into which the threads of a process count."""


@dataclass(frozen=True, slots=True)
class Used:
    """What services were asked in a stretch of time.

    `spent` are requests that left, `refused` those that were too many, by what Google counts apart;
    `sent` and `received` are bytes, with headers.
    """

    spent: Mapping[Kind, int] = field(default_factory=dict)
    refused: Mapping[Kind, int] = field(default_factory=dict)
    sent: int = 0
    received: int = 0


class Quota(Protocol):
    """A budget of requests that many share: threads, processes, and what else asks it first."""

    @property
    def waits(self) -> bool:
        """Whether it holds back requests by itself; else it only counts them."""
        ...

    def passing(self, kind: Kind) -> AbstractContextManager[None]:
        """Wait until a request may leave; it is under way inside the block."""
        ...

    def refused(self, kind: Kind, seconds: float | None) -> None:
        """Hold back all requests of a kind, for so many seconds if the service named a time."""
        ...
