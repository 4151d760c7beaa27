"""Decides how one waits for files to change: the system tells, where it can."""

import threading
from collections.abc import Iterable
from pathlib import Path

from watchfiles import watch

_LOOK = 200  # milliseconds after which it is looked whether the wait is over


class FileWatch:
    """Waits for changes in folders; `stop` ends every wait.

    What the system does not tell of, as on drives of other machines, ends no wait.
    """

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def wait(self, files: Iterable[str], seconds: float) -> bool:
        """Wait until one of these files changes, but not longer; tell whether one may have."""
        paths = {Path(path) for path in files}
        folders = {folder for path in paths if (folder := path.parent).is_dir()}
        # By their names, since the system may call a folder otherwise than the fleet file does.
        names = {path.name for path in paths}
        over = threading.Event()
        timer = threading.Timer(seconds, over.set)
        timer.daemon = True
        timer.start()
        try:
            if not folders:
                return self._sleep(over)
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
        finally:
            timer.cancel()
        return False

    def _sleep(self, over: threading.Event) -> bool:
        while not over.wait(_LOOK / 1000) and not self._stop.is_set():
            pass
        return False
