"""Decides how something is done again and again beside the work, until that is over."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from cjm_sheets.errors import CjmError


@contextmanager
def beating(seconds: float, beat: Callable[[], None]) -> Iterator[None]:
    """Call `beat` every so many seconds while the block runs; one that fails is tried again."""
    over = threading.Event()

    def run() -> None:
        while not over.wait(seconds):
            with suppress(CjmError):
                beat()

    thread = threading.Thread(target=run, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
