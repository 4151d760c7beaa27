"""Decides who hears of a change of a spreadsheet: everybody who listens, once it is stored."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from cjm_sheets.service.page.actor import Actor, acting
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.store_sqlite import Draft, Store

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stored:
    """A change that is stored; ``old`` is None for a new spreadsheet, ``new`` for a deleted one."""

    file_id: str
    who: Actor
    old: Spreadsheet | None
    new: Spreadsheet | None


Listener: TypeAlias = Callable[[Stored], None]


class WatchedStore(Store):
    """A store that tells listeners of each change, those of a spreadsheet in their order."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder
        self._orders: dict[str, threading.RLock] = {}
        self._ordering = threading.Lock()
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> None:
        """Tell a listener of all changes from now on; it must be quick."""
        self._listeners.append(listener)

    @contextmanager
    def editing(self, file_id: str) -> Iterator[Draft]:
        """Give a draft to change, as ``Store.editing``, and tell of it afterwards."""
        with self._order(file_id):
            with super().editing(file_id) as draft:
                old = draft.book.copy()
                yield draft
            self._tell(Stored(file_id, acting(), old, draft.book))

    def add(self, draft: Draft) -> None:
        """Store a new spreadsheet with its File."""
        with self._order(draft.file["id"]):
            super().add(draft)
            self._tell(Stored(draft.file["id"], acting(), None, draft.book))

    def remove(self, file_id: str) -> None:
        """Delete a spreadsheet for good; raises ``RefusedError`` for an unknown id."""
        with self._order(file_id):
            super().remove(file_id)
            self._tell(Stored(file_id, acting(), None, None))

    def _order(self, file_id: str) -> threading.RLock:
        """Return the lock that keeps the news of a spreadsheet in the order of its changes."""
        with self._ordering:
            return self._orders.setdefault(file_id, threading.RLock())

    def _tell(self, stored: Stored) -> None:
        for listener in self._listeners:
            try:
                listener(stored)
            except Exception:  # noqa: BLE001  a change is stored, whatever becomes of the news of it
                _LOG.exception("A listener failed on a change of %s", stored.file_id)
