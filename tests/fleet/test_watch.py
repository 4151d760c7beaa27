"""A watch runs, waits, and runs again, until somebody stops it."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import stamina

from cjm_sheets.errors import CjmError
from cjm_sheets.fleet.due import Pair
from cjm_sheets.fleet.settings import Entry, Wish
from cjm_sheets.usecases.run_fleet import Ran
from cjm_sheets.usecases.watch_fleet import pause, watch_fleet
from tests.fleet.simulated import Fleet


def test_run_after_run(tmp_path: Path) -> None:
    fleet = Fleet(tmp_path, 2)
    stop = threading.Event()
    told: list[tuple[int, int, int]] = []
    waited: list[float] = []

    def look() -> tuple[tuple[Pair, ...], tuple[CjmError, ...]]:
        return tuple(fleet.pairs[: 1 + len(told)]), ()

    def tell(ran: Ran, unmeant: tuple[CjmError, ...]) -> None:
        told.append((ran.pairs, len(ran.kept), len(unmeant)))

    def wait(_: Sequence[str], seconds: float) -> None:
        waited.append(seconds)
        fleet.time.pass_to(fleet.time.now() + seconds + 1)
        if len(told) == 3:
            fleet.edit(fleet.pairs[0], "typed")
        if len(told) == 4:
            stop.set()

    with fleet.service, stamina.set_testing(True, attempts=6):
        watch_fleet(look, replace(fleet.means(), stop=stop.is_set), wait, tell)
        assert fleet.out_of_step() == []
    # A new pair, and what Drive calls the one before; then nothing; then what somebody typed.
    assert told == [(1, 1, 0), (2, 2, 0), (2, 1, 0), (2, 1, 0)]
    assert waited == [60] * 4


def test_nothing_more_is_begun_after_a_stop(tmp_path: Path) -> None:
    fleet = Fleet(tmp_path, 1)
    told: list[Ran] = []
    with fleet.service:
        watch_fleet(
            lambda: (tuple(fleet.pairs), ()),
            replace(fleet.means(), stop=lambda: True),
            lambda _, __: pytest.fail("waited"),
            lambda ran, _: told.append(ran),
        )
    assert [ran.stopped for ran in told] == [True]


@pytest.mark.parametrize(("every", "expected"), [(1, 5), (30, 30), (3600, 60)])
def test_how_long_a_watch_waits(every: int, expected: int) -> None:
    entry = Entry("a", "a.xlsx", "new", Wish(every), None, 1)
    assert pause([Pair("a.xlsx", "a.xlsx", entry)]) == expected
    assert pause([]) == 60
