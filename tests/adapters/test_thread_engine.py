"""Several jobs at once, taken up one by one; those in hand are finished."""

import threading
from collections.abc import Iterator

import pytest

from cjm_sheets.adapters.thread_engine import ThreadEngine


def test_jobs_are_done_at_once_each_of_them_once() -> None:
    together = threading.Barrier(4)

    def work(number: int) -> int:
        together.wait(20)
        return number

    done = list(ThreadEngine(4).run(range(12), work, lambda: False))
    assert sorted(done) == list(range(12))


def test_a_job_is_taken_only_when_somebody_is_free() -> None:
    taken: list[int] = []

    def jobs() -> Iterator[int]:
        for number in range(9):
            taken.append(number)
            yield number

    done = 0
    for _ in ThreadEngine(2).run(jobs(), lambda number: number, lambda: False):
        done += 1
        assert len(taken) <= done + 2
    assert done == 9


def test_after_a_stop_what_is_in_hand_is_finished() -> None:
    stop = threading.Event()
    begun: list[int] = []

    def work(number: int) -> int:
        begun.append(number)
        stop.set()
        return number

    done = list(ThreadEngine(3).run(range(100), work, stop.is_set))
    assert sorted(done) == sorted(begun)
    assert len(done) <= 3


def test_what_a_job_raises_ends_the_run() -> None:
    with pytest.raises(ZeroDivisionError):
        list(ThreadEngine(2).run([1, 0, 1], lambda number: 1 // number, lambda: False))
