"""Decides how time passes in tests of fleets: at once, when all who work only wait."""

import heapq
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class VirtualTime:
    """A clock that jumps to the next moment somebody waits for, once all who work are waiting."""

    def __init__(self, start: float = 1_000_000.0) -> None:
        self._now = start
        self._working = 0
        self._waits: list[float] = []
        self._moved = threading.Condition()

    def now(self) -> float:
        with self._moved:
            return self._now

    def pass_to(self, moment: float) -> None:
        """Let nothing happen until a moment."""
        with self._moved:
            self._now = max(self._now, moment)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Count the thread as one that works; time stands still until it waits, too."""
        with self._moved:
            self._working += 1
        try:
            yield
        finally:
            with self._moved:
                self._working -= 1
                self._jump()

    def sleep(self, seconds: float) -> None:
        with self._moved:
            until = self._now + seconds
            heapq.heappush(self._waits, until)
            self._jump()
            while self._now < until:
                self._moved.wait()

    def _jump(self) -> None:
        if self._waits and len(self._waits) >= self._working:
            self._now = max(self._now, self._waits[0])
            while self._waits and self._waits[0] <= self._now:
                heapq.heappop(self._waits)
            self._moved.notify_all()
