"""Decides how one waits for files to change: the system tells, where it can, and else one looks."""

import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from watchfiles import watch

_LOOK = 200  # milliseconds after which it is looked whether the wait is over
_OFTEN = 0.002  # seconds between two looks for each file; a look takes a hundredth of that


class FileWatch:
    """Waits for changes in folders; `stop` ends every wait.

    What the system does not tell of, as on drives of other machines, ends no wait. Where it cannot
    watch at all, as when too many folders are watched, size and time of each file are looked at.
    """

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def wait(self, files: Iterable[str], seconds: float) -> bool:
        """Wait until one of these files changes, but not longer; tell whether one may have."""
        paths = {Path(path) for path in files}
        folders = {folder for path in paths if (folder := path.parent).is_dir()}
        over = threading.Event()
        timer = threading.Timer(seconds, over.set)
        timer.daemon = True
        timer.start()
        try:
            if folders:
                # By their names: the system may call a folder otherwise than the fleet file does.
                with suppress(OSError):
                    return self._told(folders, {path.name for path in paths}, over)
            return self._seen(paths, over)
        finally:
            timer.cancel()

    def _told(self, folders: set[Path], names: set[str], over: threading.Event) -> bool:
        """Wait until the system tells of a change; raises OSError if it cannot watch."""
        for changes in watch(
            *folders,
            watch_filter=lambda _, path: Path(path).name in names,
            stop_event=over,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            recursive=False,
            ignore_permission_denied=True,
            raise_interrupt=False,
        ):
            if changes:
                return True
            if self._stop.is_set():
                return False
        return False

    def _seen(self, paths: set[Path], over: threading.Event) -> bool:
        """Look every now and then whether a file has another size or time."""
        before = {path: _sign(path) for path in paths}
        pause = max(_LOOK / 1000, _OFTEN * len(paths))
        while not over.is_set():
            rest = pause
            while rest > 0 and not over.wait(_LOOK / 1000) and not self._stop.is_set():
                rest -= _LOOK / 1000
            if self._stop.is_set():
                return False
            if any(_sign(path) != sign for path, sign in before.items()):
                return True
        return False


def _sign(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return -1, 0
    return found.st_size, found.st_mtime_ns
