"""No request leaves that the quota did not let pass, and what Google refuses holds all back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import stamina

from cjm_sheets.adapters.gsheets.feed import DriveFeed
from cjm_sheets.adapters.gsheets.store import SharedCopy, create
from cjm_sheets.adapters.gsheets.transport import Transport, _wait
from cjm_sheets.errors.sharing import NotAllowedError, RefusedError
from cjm_sheets.ports.feed import Change
from cjm_sheets.ports.quota import Kind
from cjm_sheets.service.clock import Clock
from cjm_sheets.service.faults import Broken, Busy, Faults, Forbidden, On
from cjm_sheets.service.quota import Budget, Budgets, Quota
from tests.service.in_memory import ServiceInMemory


class Noted:
    """A quota that lets all pass, and notes it."""

    waits = True

    def __init__(self, clock: Clock) -> None:
        self.passed: list[Kind] = []
        self.told: list[tuple[Kind, float | None]] = []
        self._clock = clock

    @contextmanager
    def passing(self, kind: Kind) -> Iterator[None]:
        self.passed.append(kind)
        yield

    def refused(self, kind: Kind, seconds: float | None) -> None:
        self.told.append((kind, seconds))
        self._clock.advance(61)


class Desk:
    def __init__(self, folder: Path, budgets: Budgets | None = None) -> None:
        self.clock = Clock(speed=0)
        self.faults = Faults()
        self.google = Quota(budgets, self.clock)
        self.service = ServiceInMemory(folder, self.faults, self.google)
        self.noted = Noted(self.clock)
        self.transport = self.service.mount(Transport(self.service.endpoint, self.noted))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, Budgets(drive=Budget(2, 2)))
    with made.service, stamina.set_testing(True, attempts=6):
        yield made


def test_each_request_passes_as_what_google_counts_it(desk: Desk) -> None:
    copy = create(desk.transport, "A map", "en", "key")
    copy.read()
    DriveFeed(desk.transport).start()
    assert desk.noted.passed == ["drive", "reads", "drive"]
    for kind in ("reads", "writes", "drive"):
        assert desk.google.tally(kind).requests == desk.noted.passed.count(kind)


def test_repetitions_pass_as_well(desk: Desk) -> None:
    copy = create(desk.transport, "A map", "en", "key")
    desk.faults.add(On("GET *", times=2), Broken(503))
    copy.read()
    assert desk.noted.passed == ["drive", "reads", "reads", "reads"]
    assert desk.noted.told == []


def test_what_google_refuses_is_told_and_repeated(desk: Desk) -> None:
    copy = create(desk.transport, "A map", "en", "key")
    desk.faults.add("GET *", Busy(retry_after=7))
    desk.faults.add(On("GET *", nth=2), Busy(retry_after=None))
    copy.read()
    assert desk.noted.told == [("reads", 7), ("reads", None)]


def test_where_a_quota_only_counts_the_request_waits_by_itself(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = create(desk.transport, "A map", "en", "key")
    desk.noted.waits = False
    desk.faults.add(On("GET *", times=2), Busy(retry_after=7))
    waited: list[float] = []
    monkeypatch.setattr("cjm_sheets.adapters.gsheets.transport._wait", _noting(waited))
    copy.read()
    assert waited == [7, 7]
    assert desk.noted.told == [("reads", 7), ("reads", 7)]
    assert desk.noted.passed[-3:] == ["reads"] * 3


def _noting(waited: list[float]) -> Callable[..., bool | float]:
    """Return what tells how long to wait, and notes it."""

    def noting(error: Exception, **how: bool) -> bool | float:
        seconds = _wait(error, **how)
        waited.append(seconds)
        return seconds

    return noting


def test_drive_refuses_with_another_number(desk: Desk) -> None:
    feed = DriveFeed(desk.transport)
    for _ in range(3):
        feed.start()
    assert desk.noted.told == [("drive", None)]
    assert desk.google.tally("drive").refused == 1


def test_what_is_forbidden_is_not_taken_for_too_much(desk: Desk) -> None:
    desk.faults.add("GET *", Forbidden())
    with pytest.raises(NotAllowedError):
        DriveFeed(desk.transport).start()
    assert desk.noted.told == []


def test_the_feed_tells_what_changed_since_a_place(desk: Desk) -> None:
    desk.google.budgets = Budgets()
    feed = DriveFeed(desk.transport)
    before = create(desk.transport, "Older", "en", "k0").spreadsheet
    place = feed.start()
    assert feed.since(place) == ((), place)
    made = [create(desk.transport, f"{n}", "en", f"k{n}").spreadsheet for n in range(3)]
    with desk.service.store.editing(made[1]):
        pass
    told, after = feed.since(place)
    assert {change.spreadsheet for change in told} == set(made)
    versions = {change.spreadsheet: change.version for change in told}
    assert versions[made[1]] == versions[made[0]] + 1
    assert all(change.by_us for change in told)
    desk.service.store.remove(before)
    assert feed.since(after)[0] == (Change(before),)
    with pytest.raises(RefusedError):
        feed.since("nowhere")


def test_many_changes_come_page_by_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.google.budgets = Budgets()
    monkeypatch.setattr("cjm_sheets.adapters.gsheets.feed._PAGE", 2)
    feed = DriveFeed(desk.transport)
    place = feed.start()
    made = {create(desk.transport, f"{n}", "en", f"k{n}").spreadsheet for n in range(5)}
    told, after = feed.since(place)
    assert {change.spreadsheet for change in told} == made
    assert feed.since(after) == ((), after)
    assert SharedCopy(desk.transport, made.pop()).read().title in "01234"
