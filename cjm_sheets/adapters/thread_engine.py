"""Decides how many jobs are done at once on this machine: each on a thread of its own."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


class ThreadEngine:
    """Some threads that take one job after another."""

    def __init__(self, threads: int) -> None:
        self._threads = threads

    def run(
        self, jobs: Iterable[Job], work: Callable[[Job], Result], stop: Callable[[], bool]
    ) -> Iterator[Result]:
        """Yield what became of each job, as they end; see `ports.engine`."""
        waiting = iter(jobs)
        with ThreadPoolExecutor(self._threads, "fleet") as pool:
            running: set[Future[Result]] = set()
            while True:
                free = 0 if stop() else self._threads - len(running)
                running |= {pool.submit(work, job) for job in islice(waiting, free)}
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for each in done:
                    yield each.result()
