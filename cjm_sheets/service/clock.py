"""Decides what time it is for quotas: as it passes, sped up, or set by hand."""

import threading
import time
from collections.abc import Callable


class Clock:
    """Seconds since it was made, ``speed`` of them in a real second; 0 leaves it to ``advance``.

    >>> by_hand = Clock(speed=0)
    >>> by_hand.advance(60)
    >>> by_hand.now()
    60.0
    """

    def __init__(self, speed: float = 1.0, real: Callable[[], float] = time.monotonic) -> None:
        self._lock = threading.Lock()
        self._real = real
        self._since = real()
        self._before = 0.0
        self._speed = speed

    def now(self) -> float:
        """Return the seconds since the clock was made."""
        with self._lock:
            return self._passed()

    def _passed(self) -> float:
        return self._before + (self._real() - self._since) * self._speed

    def advance(self, seconds: float) -> None:
        """Put the clock forward."""
        with self._lock:
            self._before += max(0.0, seconds)

    def run(self, speed: float) -> None:
        """Let time pass at another speed from now on."""
        with self._lock:
            self._before, self._since = self._passed(), self._real()
            self._speed = max(0.0, speed)

    @property
    def speed(self) -> float:
        """How many of its seconds pass in a real one."""
        return self._speed
