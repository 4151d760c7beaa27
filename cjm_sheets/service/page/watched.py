"""Decides who hears of a change of a spreadsheet: everybody who listens, once it is stored."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

from cjm_sheets.service.open_books import OpenBook
from cjm_sheets.service.page.actor import Actor, acting
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.store_sqlite import Draft, Store


@dataclass(frozen=True, slots=True)
class Stored:
    """A change that is stored; ``old`` is None for a new spreadsheet, ``new`` for a deleted one."""

    file_id: str
    who: Actor
    old: Spreadsheet | None
    new: Spreadsheet | None


@dataclass(frozen=True, slots=True)
class Planned:
    """A change that is about to be stored as a version of a spreadsheet; ``old`` as in Stored."""

    file_id: str
    version: int
    who: Actor
    old: Spreadsheet | None
    new: Spreadsheet


class Ahead(Protocol):
    """Somebody who writes down what a change does before it is stored."""

    def ahead(self, planned: Planned) -> None:
        """Write down what a change is about to do; must not raise."""

    def void(self, planned: Planned) -> None:
        """Take back what was written down of a change that could not be stored."""


Listener: TypeAlias = Callable[[Stored], None]


class WatchedStore(Store):
    """A store whose changes are told with who made them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder
        self._ahead: list[Ahead] = []

    def listen(self, listener: Listener) -> None:
        """Tell a listener of all changes from now on; it must be quick, and not ask the store."""
        self.watch(
            lambda change: listener(Stored(change.file_id, acting(), change.old, change.new))
        )

    def tell_ahead(self, listener: Ahead) -> None:
        """Let somebody write down each change before it is stored, thus before it is answered."""
        self._ahead.append(listener)

    def _write(self, draft: Draft, old: OpenBook | None) -> None:
        version = int(draft.file["version"]) + 1
        before = old.book if old is not None else None
        planned = Planned(str(draft.file["id"]), version, acting(), before, draft.book)
        for listener in self._ahead:
            listener.ahead(planned)
        try:
            super()._write(draft, old)
        except BaseException:
            for listener in self._ahead:
                listener.void(planned)
            raise
