"""Decides what Ctrl-C and the system's wish to stop do while a command has work in hand."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stopping(told: Callable[[], None]) -> Iterator[threading.Event]:
    """Give what is set when it is time to stop; `told` is called at the first signal.

    The second signal does what it does otherwise: it ends the program where it is.
    """
    stop = threading.Event()
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def heard(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        for each, handler in before.items():
            signal.signal(each, handler)
        told()

    for number in _SIGNALS:
        signal.signal(number, heard)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
