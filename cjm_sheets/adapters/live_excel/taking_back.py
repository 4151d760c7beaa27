"""Decides how what was done to an open workbook is taken back: the last thing first, patiently.

Whoever changes something says first how it is undone. A step that Excel refuses does not keep the
others from being taken; while somebody types in a cell, Excel refuses everything, so that is waited
for a while.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cjm_sheets.adapters.live_excel import refusals
from cjm_sheets.tables.table import Area

_PATIENCE, _PAUSE = 20.0, 0.1
"""Seconds that Excel is waited for altogether, and between two attempts."""


class Undo:
    """What takes back all that was done since it was made.

    `kept` are the blocks of cells, by the title of their sheet, that can be put back as they were.
    """

    def __init__(self) -> None:
        self.kept: dict[str, Area] = {}
        self._steps: list[tuple[str, Callable[[], object]]] = []
        self._after: list[Callable[[], object]] = []

    def later(self, sheet: str, step: Callable[..., object], *of: object) -> None:
        """Note what takes back a change of a sheet, before it is made."""
        self._steps.append((sheet, lambda: step(*of)))

    @contextmanager
    def doing(self, sheet: str, step: Callable[..., object], *of: object) -> Iterator[None]:
        """Make one call that changes a sheet, with what takes it back; refused, it did nothing."""
        self.later(sheet, step, *of)
        try:
            yield
        except Exception:
            self._steps.pop()
            raise

    def in_any_case(self, step: Callable[..., object], *of: object) -> None:
        """Note what is to be done in the end, whether the changes stay or not."""
        self._after.append(lambda: step(*of))

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to be done, neither now nor in the end."""
        return not self._steps and not self._after

    def settle(self) -> None:
        """Let all changes stay."""
        self._steps.clear()
        self._end()

    def take_back(self) -> tuple[str, ...]:
        """Take all changes back; return the titles of the sheets that are not as they were."""
        left: dict[str, None] = {}
        until = time.monotonic() + _PATIENCE
        while self._steps:
            sheet, step = self._steps.pop()
            if not patiently(step, until):
                left[sheet] = None
        self._end()
        return tuple(left)

    def _end(self) -> None:
        """Do what is to be done in any case; what fails is left to the next run."""
        until = time.monotonic() + _PATIENCE
        while self._after:
            patiently(self._after.pop(), until)
        self.kept.clear()


def patiently(step: Callable[[], object], until: float | None = None) -> bool:
    """Do something, again while Excel is busy, else once more; return whether it could be done.

    `until` is the moment (of time.monotonic) to give up, None for one from now on.
    """
    until = time.monotonic() + _PATIENCE if until is None else until
    after = sys.exc_info()[1]
    failed = 0
    while True:
        try:
            step()
        except Exception as refused:  # noqa: BLE001 - what failed first is what is told
            is_busy = refusals.is_busy(refused, after)
            failed += not is_busy
            if failed > 1 or (is_busy and time.monotonic() > until):
                return False
            time.sleep(_PAUSE)
        else:
            return True
