"""Decides where a book lies that a program opened: in a file, or in a shared copy."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cjm_sheets import wiring
from cjm_sheets.ports.store import Store

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """The name of a file or the address of a shared copy, and how to sign in there."""

    name: str
    credentials: str = ""

    @property
    def is_shared(self) -> bool:
        """Tell whether this is the address of a shared copy."""
        return bool(_ADDRESS.match(self.name))

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Give the store for as long as it is needed."""
        if not self.is_shared:
            yield wiring.workbook_file(self.name)
            return
        with wiring.sharing(self.credentials) as around:
            yield around.open(wiring.link_to(self.name)).store
