"""Decides which spreadsheets stay in memory: those used last, as many as there is room for."""

import threading
from collections import OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cjm_sheets.service.pieces import Layout
from cjm_sheets.service.spreadsheet import Spreadsheet

ROOM = 32_000_000
"""Characters as stored; in memory, a spreadsheet takes five to ten times as many bytes."""


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A spreadsheet in memory, with its File as text and how both are stored."""

    book: Spreadsheet
    file: str
    layout: Layout


class OpenBooks:
    """The spreadsheets in memory, the one used last at the end. Safe to use from threads."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._lock = threading.Lock()
        self._books: OrderedDict[str, OpenBook] = OrderedDict()
        self._sizes: dict[str, int] = {}
        self._size = 0

    def get(self, file_id: str) -> OpenBook | None:
        """Return a spreadsheet if it is there, and keep it for longer."""
        with self._lock:
            found = self._books.get(file_id)
            if found is not None:
                self._books.move_to_end(file_id)
            return found

    def put(self, file_id: str, opened: OpenBook) -> None:
        """Keep a spreadsheet in the place of its last state; others leave where room is short."""
        size = opened.layout.size()
        with self._lock:
            self._drop(file_id)
            self._books[file_id] = opened
            self._sizes[file_id] = size
            self._size += size
            while self._size > self._room and len(self._books) > 1:
                self._drop(next(iter(self._books)))

    def drop(self, file_id: str) -> None:
        """Forget a spreadsheet."""
        with self._lock:
            self._drop(file_id)

    def _drop(self, file_id: str) -> None:
        if self._books.pop(file_id, None) is not None:
            self._size -= self._sizes.pop(file_id)


class Locks:
    """A lock for each name; who waits gets it in the order of coming. It cannot be taken twice."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._queues: dict[str, deque[threading.Event]] = {}

    @contextmanager
    def holding(self, name: str) -> Iterator[None]:
        """Hold the lock of a name for the length of a block."""
        mine = threading.Event()
        with self._guard:
            queue = self._queues.setdefault(name, deque())
            queue.append(mine)
            if len(queue) == 1:
                mine.set()
        mine.wait()
        try:
            yield
        finally:
            with self._guard:
                queue.popleft()
                if queue:
                    queue[0].set()
                else:
                    del self._queues[name]
