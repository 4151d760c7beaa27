"""Decides what a workbook knows of its shared copy, read once for whoever asks."""

from dataclasses import dataclass

from cjm_sheets.errors.sharing import NotLinkedError
from cjm_sheets.merge.base import Base
from cjm_sheets.ports.store import Changes, Outcome, Snapshot, Store
from cjm_sheets.usecases.sync_map import GOOGLE, LOCAL, Link, linked_to


@dataclass(frozen=True, slots=True)
class Known:
    """A workbook as it was read: a store that is not read again."""

    store: Store
    snapshot: Snapshot

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self.store.name

    def read(self) -> Snapshot:
        """Return the map as it was."""
        return self.snapshot

    def refuse_if_busy(self) -> None:
        """Raise what the store raises."""
        self.store.refuse_if_busy()

    def apply(self, changes: Changes, since: Snapshot) -> Outcome:
        """Apply changes to the store."""
        return self.store.apply(changes, since)

    @property
    def base(self) -> Base:
        """What the workbook remembers of its last sync; DamagedBaseError if that is not whole."""
        return linked_to(self.snapshot)


def known(workbook: Store) -> Known:
    """Return a workbook as it is now."""
    return Known(workbook, workbook.read())


def link_of(workbook: Known) -> Link:
    """Return where the shared copy of a workbook is; NotLinkedError if it has none."""
    base = workbook.base
    if not base.is_linked:
        raise NotLinkedError(workbook.name)
    return Link(base.service, base.spreadsheet)


def address_of(link: Link) -> str:
    """Return the address of a shared copy as far as it is known without asking anybody."""
    if link.service == LOCAL:
        return ""
    host = "https://docs.google.com" if link.service == GOOGLE else link.service
    return f"{host}/spreadsheets/d/{link.spreadsheet}"
