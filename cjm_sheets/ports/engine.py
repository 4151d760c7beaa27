"""Decides what the program asks of whoever does many jobs at once: do them, as they come free."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


class Taken(Exception):  # noqa: N818 - no failure
    """Raised by work on a job that somebody else has in hand, where an engine is to know."""


class Engine(Protocol):
    """Something that works on several jobs at once."""

    def run(
        self, jobs: Iterable[Job], work: Callable[[Job], Result], stop: Callable[[], bool]
    ) -> Iterator[Result]:
        """Yield what became of each job, as they end.

        A job is taken only when somebody is free for it. Once `stop` says so none is begun any
        more; those in hand are finished. What `work` raises ends the run, after those in hand.
        """
        ...
