"""Decides how jobs are done at once on several machines: by the workers of a Dask scheduler.

Dask gives the job of a worker that died to another one. That is told that somebody has it in hand,
as long as the dead worker's claim holds; so the job is kept here, and given out again until it is
free, or done: a worker that goes may have finished what it had in hand.
"""

import logging
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic, TypeVar

from distributed import Client, Future, wait
from distributed.scheduler import KilledWorker

from cjm_sheets.errors.fleet import NoClusterError
from cjm_sheets.ports.engine import Taken

Job = TypeVar("Job")
Result = TypeVar("Result")

_ANSWER = 10.0  # seconds for the scheduler to answer
_PATIENCE = 30.0  # seconds for a first worker to come
_LOOK = 0.5  # seconds after which it is looked whether workers came or went
_AGAIN = 3.0  # seconds after which it is asked again whether a job of a lost worker is free


class DaskEngine:
    """The workers of the scheduler at an address, as many at once as they have threads.

    `again_after`: seconds after which nobody holds the claims of a worker that died.
    """

    def __init__(self, scheduler: str, again_after: float) -> None:
        self._scheduler = scheduler
        self._again_after = again_after

    def run(
        self, jobs: Iterable[Job], work: Callable[[Job], Result], stop: Callable[[], bool]
    ) -> Iterator[Result]:
        """Yield what became of each job, as they end; see `ports.engine`.

        `work` and the jobs go over the network. A job that somebody else has in hand, or whose
        workers die again, yields nothing.

        Raises:
            NoClusterError: the scheduler does not answer, or has no workers.
        """
        # It says in its own words what we say in ours.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        try:
            client = Client(self._scheduler, timeout=_ANSWER)
        except (OSError, ValueError) as error:
            raise NoClusterError(self._scheduler, str(error) or type(error).__name__) from error
        with closing(client):
            try:
                yield from _Shift(client, iter(jobs), work, stop, self._again_after).results()
            except (CancelledError, OSError) as error:
                reason = str(error) or "it went away"
                raise NoClusterError(self._scheduler, reason) from error
            except _NobodyThereError as error:
                raise NoClusterError(self._scheduler, "it has no workers") from error


class _NobodyThereError(Exception):
    """No worker came for too long."""


@dataclass
class _Given(Generic[Job]):
    """A job, and the moment after which it is not given out again, None if nobody died yet."""

    job: Job
    until: float | None = None


@dataclass
class _Shift(Generic[Job, Result]):
    """One run: what is given out, and what is to be given out once more."""

    client: Client
    waiting: Iterator[Job]
    work: Callable[[Job], Result]
    stop: Callable[[], bool]
    again_after: float
    running: dict[Any, _Given[Job]] = field(default_factory=dict)
    later: list[tuple[float, _Given[Job]]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    has_lost: bool = False
    deserted: float = 0.0
    """Since when there are no workers, 0 if there are."""

    def results(self) -> Iterator[Result]:
        """Yield what became of each job, as they end."""
        while True:
            asked = 0 if self.stop() else self._threads() - len(self.running)
            given = self._next(asked)
            for each in given:
                self._submit(each)
            if not self.running:
                if self.stop() or (len(given) < asked and not self.later):
                    return
                time.sleep(_LOOK)
                continue
            try:
                done = wait(list(self.running), _LOOK, "FIRST_COMPLETED").done
            except TimeoutError:
                continue
            self._threads()  # before it is asked who died
            for future in done:
                yield from self._result(future, self.running.pop(future))

    def _next(self, number: int) -> list[_Given[Job]]:
        """Return so many jobs, or as many as there are now: first those whose time came again."""
        if number <= 0:
            return []
        now = time.monotonic()
        ready = [each for each in self.later if each[0] <= now][:number]
        self.later = [each for each in self.later if each not in ready]
        fresh = islice(self.waiting, number - len(ready))
        return [given for _, given in ready] + [_Given(job) for job in fresh]

    def _submit(self, given: _Given[Job]) -> None:
        key = f"cjm-sheets-{secrets.token_hex(8)}"
        future = self.client.submit(self.work, given.job, key=key, pure=False)
        self.running[future] = given

    def _result(self, future: "Future[Any]", given: _Given[Job]) -> Iterator[Result]:
        try:
            result: Result = future.result()
        except KilledWorker:
            if given.until is None:  # else workers may be dying of it
                self._give_out_later(given, self.again_after)
        except Taken:
            if self.has_lost:
                self._give_out_later(given, _AGAIN)
        except Exception:
            wait(list(self.running))  # those in hand are finished
            raise
        else:
            yield result

    def _give_out_later(self, given: _Given[Job], seconds: float) -> None:
        now = time.monotonic()
        until = given.until or now + self.again_after + _AGAIN
        if now + seconds <= until:
            self.later.append((now + seconds, _Given(given.job, until)))

    def _threads(self) -> int:
        """Return how many jobs the workers can do at once; note whether one went."""
        threads: dict[str, int] = self.client.nthreads()
        self.has_lost = self.has_lost or not self.seen <= threads.keys()
        self.seen |= threads.keys()
        if threads:
            self.deserted = 0.0
        elif not self.deserted:
            self.deserted = time.monotonic()
        elif time.monotonic() > self.deserted + _PATIENCE:
            raise _NobodyThereError
        return sum(threads.values())
