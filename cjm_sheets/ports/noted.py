"""Decides that what a store has to say after it wrote is heard, whichever use case let it write."""

from collections.abc import Callable
from dataclasses import dataclass

from cjm_sheets.ports.sheets import PutSheets, SheetStore
from cjm_sheets.ports.store import Changes, Outcome, Snapshot


@dataclass(frozen=True, slots=True)
class Noted:
    """A store like the one in it, which tells `hear` each note of each outcome."""

    store: SheetStore
    hear: Callable[[str], None]

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self.store.name

    def read(self) -> Snapshot:
        """Return the map as it is now."""
        return self.store.read()

    def refuse_if_busy(self) -> None:
        """Raise what the store raises."""
        self.store.refuse_if_busy()

    def apply(self, changes: Changes, since: Snapshot) -> Outcome:
        """Apply changes and tell what is to be said."""
        return self._heard(self.store.apply(changes, since))

    def put_sheets(self, put: PutSheets, since: Snapshot) -> Outcome:
        """Write whole sheets and tell what is to be said."""
        return self._heard(self.store.put_sheets(put, since))

    def _heard(self, outcome: Outcome) -> Outcome:
        for note in outcome.notes:
            self.hear(note)
        return outcome
