"""What a run tells while everything goes wrong, and what keeping drawings up to date costs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.errors.accounts import NotSignedInError
from cjm_sheets.errors.workbook import OpenElsewhereError
from cjm_sheets.fleet.cost import Cost
from cjm_sheets.fleet.settings import DAY
from cjm_sheets.ports.heard_quota import HeardQuota
from cjm_sheets.ports.observer import Event
from cjm_sheets.ports.store import Changes, Outcome, Snapshot
from cjm_sheets.service.faults import Cut, Forbidden, On
from cjm_sheets.usecases.fleet_events import EVENTS, held_elsewhere
from tests.fleet.simulated import Fleet, founded
from tests.fleet.virtual import VirtualTime


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    with founded(tmp_path, 8) as made:
        yield made


def told(fleet: Fleet, **changes: Any) -> list[Event]:
    """Return what a run tells; each event has just the facts that are named in the table."""
    events: list[Event] = []
    fleet.run(note=events.append, **changes)
    for each in events:
        assert set(each.facts) == set(EVENTS[each.name]), each
    return events


def names(events: list[Event]) -> Counter[str]:
    return Counter(each.name for each in events)


def test_a_run_without_work_tells_that_it_was_there(fleet: Fleet) -> None:
    assert names(told(fleet)) == {"run_begun": 1, "feed_heard": 1}


def test_pairs_are_begun_before_they_end(fleet: Fleet) -> None:
    for pair in fleet.pairs[:3]:
        fleet.edit(pair, "typed")
    events = [each for each in told(fleet) if "workbook" in each.facts]
    assert names(events) == {"pair_begun": 3, "pair_kept": 3}
    for key in ("maps/0.xlsx", "maps/1.xlsx", "maps/2.xlsx"):
        begun, ended = (each for each in events if each.facts["workbook"] == key)
        assert (begun.name, ended.name) == ("pair_begun", "pair_kept")
        assert (ended.facts["pushed"], ended.facts["reads"], ended.facts["writes"]) == (1, 1, 1)


class Opened:
    """A workbook that is open in Excel."""

    def __init__(self, path: str) -> None:
        self._store = XlsxFile(Path(path))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def refuse_if_busy(self) -> None:
        raise OpenElsewhereError(self._store.name)

    def apply(self, changes: Changes, since: Snapshot) -> Outcome:
        del changes, since
        raise OpenElsewhereError(self._store.name)


def test_a_workbook_that_is_open_waits_with_a_warning(fleet: Fleet) -> None:
    fleet.answer(fleet.pairs[0], "answered")
    hands = replace(fleet.means().hands, workbook=Opened)
    (waits,) = (each for each in told(fleet, hands=hands) if each.name == "pair_waits")
    assert (waits.level, waits.facts["error"]) == ("warning", "OpenElsewhereError")


def test_what_a_failure_cost_is_told_with_it(fleet: Fleet) -> None:
    fleet.edit(fleet.pairs[0], "typed")
    fleet.faults.add(On("POST *:batchUpdate", times=None), Cut())
    (failed,) = (each for each in told(fleet) if each.name == "pair_failed")
    assert (failed.level, failed.facts["error"]) == ("error", "UnreachableError")
    assert failed.facts["reads"] == 1  # what was cut has no answer, and is not counted
    assert failed.facts["seconds"] > 0  # type: ignore[operator] # a number


def test_services_that_cannot_be_asked_are_told_once(fleet: Fleet) -> None:
    for pair in fleet.pairs:
        fleet.edit(pair, "typed")
    fleet.faults.add(On("* /v4/*", times=None), Cut())
    events = told(fleet)
    assert names(events)["service_unreachable"] == 1
    assert names(events)["pair_failed"] >= 3
    fleet.faults.clear()
    fleet.faults.add(On("GET /drive/*", times=None), Forbidden())
    assert names(told(fleet))["feed_not_allowed"] == 1
    fleet.faults.clear()

    def feed(_: str) -> Any:
        raise NotSignedInError("s")

    assert names(told(fleet, feed=feed)) == {"run_begun": 1, "service_unreachable": 1}


def test_a_feed_that_was_lost_is_told(fleet: Fleet) -> None:
    fleet.standings.lose_place("s")
    fleet.standings.begin("s", "too old")
    assert names(told(fleet))["feed_lost"] == 1


def test_each_refusal_is_told_here_and_of_elsewhere() -> None:
    class Quota:
        waits = True

        def passing(self, kind: str) -> Any:
            raise AssertionError(kind)

        def refused(self, kind: str, seconds: float | None) -> None:
            assert (kind, seconds) == ("reads", 3)

    heard: list[Event] = []
    HeardQuota(Quota(), heard.append).refused("reads", 3)
    heard += held_elsewhere({"writes": 2})
    assert [(each.facts["kind"], each.facts["retry_after"]) for each in heard] == [
        ("reads", 3), ("writes", None), ("writes", None),
    ]  # fmt: skip
    assert all(set(each.facts) == set(EVENTS[each.name]) for each in heard)


# ---- drawings ----------------------------------------------------------------------------


@dataclass
class Folder:
    """A folder of drawings that counts what is done there."""

    files: dict[str, bytes]
    read_: int = 0
    written: int = 0

    def read(self, path: str) -> bytes | None:
        self.read_ += 1
        return self.files.get(path)

    def write(self, path: str, content: bytes) -> None:
        self.written += 1
        self.files[path] = content


def test_drawings_cost_nothing_but_for_pairs_that_are_synced(fleet: Fleet) -> None:
    assert isinstance(fleet.time, VirtualTime)
    entry = fleet.pairs[0].entry
    asks = replace(entry, wish=replace(entry.wish, wall_map=True))
    fleet.pairs = [replace(pair, entry=asks) for pair in fleet.pairs]
    folder = Folder({})
    hands = replace(fleet.means().hands, drawings=folder)
    assert fleet.run(hands=hands).cost == Cost(drive=1)
    assert (folder.read_, folder.written) == (0, 0)
    for pair in fleet.pairs[:2]:
        fleet.edit(pair, "typed")
    cycle = fleet.run(hands=hands)
    assert cycle.cost == cycle.fewest == Cost(reads=2, writes=2, drive=1)
    assert (folder.read_, folder.written) == (2, 2)
    fleet.time.pass_to(fleet.time.now() + DAY)
    assert fleet.run(hands=hands).cost == Cost(reads=8, drive=1)  # each is read once a day
    assert (folder.read_, folder.written) == (10, 8)  # those that had none yet have one now
    fleet.time.pass_to(fleet.time.now() + DAY)
    assert fleet.run(hands=hands).cost == Cost(reads=8, drive=1)
    assert (folder.read_, folder.written) == (18, 8)
