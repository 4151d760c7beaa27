"""Decides what the page has at hand while the service runs, and how it ends."""

from dataclasses import dataclass

from cjm_sheets.ports.builder import Builder
from cjm_sheets.service.page.history import Recorder
from cjm_sheets.service.page.live import Live
from cjm_sheets.service.page.moments import Moments
from cjm_sheets.service.page.shelf import Shelf
from cjm_sheets.service.page.watched import WatchedStore


@dataclass(frozen=True)
class Desk:
    """The parts of the page; ``builder`` makes workbooks, None where nobody gave one."""

    store: WatchedStore
    shelf: Shelf
    moments: Moments
    live: Live
    recorder: Recorder
    builder: Builder | None = None

    def close(self) -> None:
        """End what runs, and close what is open."""
        self.live.close()
        self.shelf.close()


def open_desk(store: WatchedStore, builder: Builder | None = None) -> Desk:
    """Return the parts of the page over a store, listening to its changes."""
    shelf = Shelf(store.folder)
    desk = Desk(store, shelf, Moments(store), Live(), Recorder(shelf), builder)
    versions = {file["id"]: int(file["version"]) for file in store.files()}
    shelf.void(versions.get)
    store.tell_ahead(desk.recorder)
    store.listen(desk.moments.forget)
    store.listen(desk.recorder.tell)
    store.listen(desk.live.tell)
    return desk
