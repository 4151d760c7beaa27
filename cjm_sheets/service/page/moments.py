"""Decides when a map is read anew: once a version, however many people look at it."""

import threading
from collections import OrderedDict
from functools import partial

from cjm_sheets.service.page.content import Moment, content
from cjm_sheets.service.page.layout import reading
from cjm_sheets.service.page.watched import Stored, WatchedStore
from cjm_sheets.service.refusals import Json

_REMEMBERED = 20


class Moments:
    """The latest readings of the spreadsheets that people look at. Safe to use from threads."""

    def __init__(self, store: WatchedStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._reading: dict[str, threading.Lock] = {}
        self._known: OrderedDict[str, tuple[Moment, list[Json] | None]] = OrderedDict()

    def forget(self, stored: Stored) -> None:
        """Forget a spreadsheet that is gone."""
        if stored.new is None:
            with self._lock:
                self._known.pop(stored.file_id, None)
                self._reading.pop(stored.file_id, None)

    def version(self, file_id: str) -> int:
        """Return the version at which a spreadsheet is."""
        return int(self._store.file(file_id)["version"])

    def moment(self, file_id: str) -> Moment:
        """Return a spreadsheet as it is now; raises ``RefusedError`` for an unknown id."""
        return self._at(file_id, with_content=False)[0]

    def content(self, file_id: str) -> tuple[Moment, list[Json]]:
        """Return a spreadsheet as it is now, with its tabs as the browser gets them."""
        moment, found = self._at(file_id, with_content=True)
        return moment, found or []

    def _at(self, file_id: str, *, with_content: bool) -> tuple[Moment, list[Json] | None]:
        self.version(file_id)  # refuses an id that is unknown before a lock is made for it
        with self._lock:
            lock = self._reading.setdefault(file_id, threading.Lock())
        with lock:
            moment, found = self._known.get(file_id) or (None, None)
            # The version first: a book that is newer than its number is read again, never missed.
            version = self.version(file_id)
            if moment is None or moment.version != version:
                book = self._store.book(file_id)
                moment, found = Moment(version, book, reading(book)), None
            if with_content and found is None:
                found = content(moment)
            self._keep(file_id, (moment, found))
            return moment, found

    def _keep(self, file_id: str, known: tuple[Moment, list[Json] | None]) -> None:
        with self._lock:
            self._known[file_id] = known
            self._known.move_to_end(file_id)
            drop = partial(self._known.popitem, last=False)
            while len(self._known) > _REMEMBERED:
                drop()
