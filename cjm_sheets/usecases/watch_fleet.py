"""Decides how a fleet is kept in step for good: run, wait for something to change, run again."""

from collections.abc import Callable, Sequence

from cjm_sheets.errors import CjmError
from cjm_sheets.fleet.due import Pair
from cjm_sheets.usecases.run_fleet import Means, Ran, run_fleet

SHORTEST, LONGEST = 5, 60
"""Seconds between two questions to Drive, which tells nobody by itself that something changed."""

Look = Callable[[], tuple[tuple[Pair, ...], tuple[CjmError, ...]]]
"""Gives the pairs as they are now, and why names of the fleet file stand for none."""
Wait = Callable[[Sequence[str], float], object]
"""Waits for one of some files to change, but no longer than so many seconds, nor after a stop."""


def watch_fleet(
    look: Look, means: Means, wait: Wait, told: Callable[[Ran, tuple[CjmError, ...]], None]
) -> None:
    """Run a fleet again and again until it is stopped; `told` hears of each run."""
    while True:
        pairs, unmeant = look()
        told(run_fleet(pairs, means), unmeant)
        if means.stop():
            return
        wait([pair.path for pair in pairs], pause(pairs))
        if means.stop():
            return


def pause(pairs: Sequence[Pair]) -> float:
    """Return the seconds after which a run has something to look for even if no file changed."""
    every = min((pair.entry.wish.every for pair in pairs), default=LONGEST)
    return min(LONGEST, max(SHORTEST, every))
