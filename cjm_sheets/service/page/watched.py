"""Decides who hears of a change of a spreadsheet: everybody who listens, once it is stored."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from cjm_sheets.service.page.actor import Actor, acting
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.store_sqlite import Store


@dataclass(frozen=True, slots=True)
class Stored:
    """A change that is stored; ``old`` is None for a new spreadsheet, ``new`` for a deleted one."""

    file_id: str
    who: Actor
    old: Spreadsheet | None
    new: Spreadsheet | None


Listener: TypeAlias = Callable[[Stored], None]


class WatchedStore(Store):
    """A store whose changes are told with who made them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder

    def listen(self, listener: Listener) -> None:
        """Tell a listener of all changes from now on; it must be quick, and not ask the store."""
        self.watch(
            lambda change: listener(Stored(change.file_id, acting(), change.old, change.new))
        )
