"""A fleet is kept in step for the fewest requests, within the quota, whatever happens beside it."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.errors import UnforeseenError
from cjm_sheets.errors.accounts import NotSignedInError
from cjm_sheets.errors.sharing import UnreachableError
from cjm_sheets.fleet.cost import Cost
from cjm_sheets.fleet.due import Why
from cjm_sheets.fleet.settings import DAY
from cjm_sheets.ports.feed import Change
from cjm_sheets.ports.store import Changes, Outcome, SetCell, Snapshot
from cjm_sheets.service.faults import Broken, Busy, Cut, Edit, Forbidden, On
from cjm_sheets.usecases.keep_pair import Kept
from cjm_sheets.usecases.run_fleet import LEASE, run_fleet
from tests.fleet.simulated import MINE, TABLE, Cycle, Fleet, founded
from tests.sync.real import line_of, of


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    with founded(tmp_path, 12) as made:
        yield made


def keys(kept: list[Kept]) -> list[str]:
    return sorted(each.due.pair.key for each in kept)


def test_first_syncs_then_silence(tmp_path: Path) -> None:
    fleet = Fleet(tmp_path, 3)
    with fleet.service:
        first = fleet.run()
        assert [each.due.why for each in first.ran.kept] == [Why.NEW] * 3
        assert first.cost == Cost(reads=3, writes=3, drive=4)
        # What the service calls the new spreadsheets is heard once, and costs a look at each.
        assert fleet.run().cost == Cost(reads=3, drive=1)
        assert fleet.run().cost == fleet.run().cost == Cost(drive=1)


def test_cycle_after_cycle_costs_the_fewest_requests(fleet: Fleet) -> None:
    assert fleet.run().cost == Cost(drive=1)
    refused = 0
    for number in range(3):
        for at, pair in enumerate(fleet.some(0.4)):
            (fleet.edit if at % 2 else fleet.answer)(pair, f"typed {number} {at}")
        cycle = fleet.run()
        assert cycle.cost == cycle.fewest
        assert len(cycle.ran.kept) == 5
        assert fleet.out_of_step() == []
        assert fleet.run().cost == Cost(drive=1)
        refused += cycle.refused
    assert refused == 0


def test_all_come_in_step_while_everything_goes_wrong(fleet: Fleet) -> None:
    meanwhile = {
        "start": fleet.place(fleet.standings.all()["maps/0.xlsx"].spreadsheet, "T2"),
        "rows": [{"values": [{"userEnteredValue": {"stringValue": "typed meanwhile"}}]}],
        "fields": "userEnteredValue",
    }
    fleet.faults.add(On("READ *", chance=0.1, times=None), Broken(503))
    fleet.faults.add(On("READ *", chance=0.1, times=None), Busy(retry_after=3))
    fleet.faults.add(On("POST *:batchUpdate", chance=0.2, times=None), Cut(after=True))
    fleet.faults.add(On("POST *:batchUpdate", chance=0.2, times=None), Broken(500))
    fleet.faults.add(
        On("POST *:batchUpdate", chance=0.4, times=None), Edit([{"updateCells": meanwhile}])
    )
    cycles: list[Cycle] = []
    for number in range(4):
        # A cell that a person types into twice, before it is known that the first text arrived, is
        # a conflict, and rightly so; here nobody does.
        for pair in fleet.pairs[number::4]:
            fleet.edit(pair, f"typed {number} {pair.key}")
        for pair in fleet.some(0.3):
            fleet.answer(pair, f"answered {number} {pair.key}")
        cycles.append(fleet.run())
    fired = [each for each in fleet.faults.fired if isinstance(each.fault, Edit)]
    known = {each.spreadsheet: key for key, each in fleet.standings.all().items()}
    for each in fired:
        fleet.typed[known[each.route.split("/")[-1].split(":")[0]], "name of T2"] = ""
    assert {type(each.fault) for each in fleet.faults.fired} == {Broken, Busy, Cut, Edit}
    fleet.faults.clear()
    met = {key for key, column in fleet.typed if column == "name of T2"}
    assert met
    fleet.typed = {at: text for at, text in fleet.typed.items() if at[1] != "name of T2"}
    # Nobody touches anything any more: after the longest back-off so far all are in step again.
    for _ in range(8):
        fleet.time.pass_to(fleet.time.now() + 300)
        cycles.append(fleet.run())
    assert fleet.out_of_step() == []
    names = [fleet.said(key, "T2", "name") for key in sorted(met)]
    assert all(workbook == shared for workbook, shared in names), names
    assert "typed meanwhile" in {shared for _, shared in names}
    assert fleet.run().cost == Cost(drive=1)
    assert sum(cycle.refused for cycle in cycles) == 0
    # What met a fault is asked once more, and little else.
    fewest = sum(cycle.fewest.total for cycle in cycles)
    assert 1 <= sum(cycle.cost.total for cycle in cycles) / fewest <= 1.05


def test_time_is_bound_by_the_quota_and_by_little_else(tmp_path: Path) -> None:
    fleet = Fleet(tmp_path, 18, share=0.1)  # six requests a minute
    with fleet.service:
        fleet.clone()
        fleet.time.pass_to(fleet.time.now() + 120)
        for pair in fleet.pairs:
            fleet.edit(pair, f"typed {pair.key}")
        cycle = fleet.run()
        assert cycle.cost == Cost(reads=18, writes=18, drive=1)
        assert cycle.refused == 0
        least = cycle.fewest.seconds(0.1)
        assert least == 2 * 60
        assert least <= cycle.seconds < 1.05 * least
        assert fleet.out_of_step() == []


def test_each_pair_is_read_whole_once_a_day(fleet: Fleet) -> None:
    fleet.time.pass_to(fleet.time.now() + DAY)
    cycle = fleet.run()
    assert {each.due.why for each in cycle.ran.kept} == {Why.DAILY}
    assert cycle.cost == Cost(reads=12, drive=1)


def test_a_broken_pair_stops_no_other_and_backs_off(fleet: Fleet) -> None:
    damaged, gone, *others = fleet.pairs
    Path(damaged.path).write_bytes(b"PK\x03\x04 no workbook")
    fleet.service.store.remove(fleet.standings.all()[gone.key].spreadsheet)
    for pair in others:
        fleet.edit(pair, "typed")
    cycle = fleet.run()
    assert keys(cycle.ran.failures) == sorted([damaged.key, gone.key])
    assert keys(cycle.ran.kept) == sorted(pair.key for pair in fleet.pairs)
    assert fleet.out_of_step() == []
    tries = [keys(fleet.run().ran.kept) for _ in range(16)]
    known = fleet.standings.all()
    assert 4 <= known[damaged.key].failures <= 6  # of seventeen minutes: 1, 3, 7, 15
    assert "maps/0.xlsx" in known[damaged.key].said
    assert not any(pair.key in each for pair in others for each in tries)
    # Once somebody mends it, it is taken up at once.
    Path(damaged.path).write_bytes(Path(others[0].path).read_bytes())
    assert damaged.key in keys(fleet.run().ran.kept)
    assert fleet.standings.all()[damaged.key].failures == 0


def test_what_nobody_foresaw_stops_no_other(fleet: Fleet) -> None:
    for pair in fleet.pairs[:3]:
        fleet.edit(pair, "typed")
    means = fleet.means()

    def workbook(path: str) -> Any:
        if path == fleet.pairs[0].path:
            raise ZeroDivisionError
        return XlsxFile(Path(path))

    ran = fleet.run(hands=replace(means.hands, workbook=workbook)).ran
    assert len(ran.kept) == 3
    (broken,) = ran.failures
    assert isinstance(broken.error, UnforeseenError)
    assert "ZeroDivisionError" in broken.standing.said
    assert fleet.standings.claim(broken.due.pair.key, 0, 1) is not None


class SavedMeanwhile:
    """A workbook that a person saves right after we wrote to it."""

    def __init__(self, path: str) -> None:
        self._store = XlsxFile(Path(path))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def apply(self, changes: Changes, since: Snapshot) -> Outcome:
        done = self._store.apply(changes, since)
        person = XlsxFile(self._store.path)
        read = person.read()
        line = line_of(of(read.tables, TABLE), "T3")
        person.apply(Changes(cells=(SetCell(TABLE, line, MINE, "saved"),)), read)
        return done


def test_what_is_saved_while_a_pair_is_synced_is_found_in_the_next_run(fleet: Fleet) -> None:
    fleet.answer(fleet.pairs[0], "answered")
    hands = replace(fleet.means().hands, workbook=SavedMeanwhile)
    assert keys(fleet.run(hands=hands).ran.kept) == ["maps/0.xlsx"]
    again = fleet.run()
    assert [(each.due.why, each.pushed) for each in again.ran.kept] == [(Why.WORKBOOK, 1)]
    assert fleet.out_of_step() == []
    assert fleet.run().cost == Cost(drive=1)


def test_two_workers_share_the_work_and_no_pair_is_worked_on_twice(fleet: Fleet) -> None:
    for pair in fleet.pairs:
        fleet.edit(pair, "typed")
    fleet.time.pass_to(fleet.time.now() + 61)
    ran: list[list[str]] = []

    def work(owner: str) -> None:
        done = run_fleet(fleet.pairs, fleet.means(fleet.worker(owner)))
        ran.append(keys(done.kept))

    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sorted(key for each in ran for key in each) == sorted(p.key for p in fleet.pairs)
    assert fleet.out_of_step() == []


def test_the_pairs_of_a_dead_worker_are_taken_up_again(fleet: Fleet) -> None:
    dead = fleet.worker("dead")
    now = fleet.time.now()
    for pair in fleet.pairs[:2]:
        fleet.edit(pair, "typed")
        assert dead.claim(pair.key, now, now + LEASE) is not None
    early = fleet.run().ran
    assert (early.due, early.left, early.kept) == (2, 2, [])
    fleet.time.pass_to(now + LEASE)
    assert keys(fleet.run().ran.kept) == ["maps/0.xlsx", "maps/1.xlsx"]
    assert fleet.out_of_step() == []


def test_after_a_stop_the_pairs_in_hand_are_finished(fleet: Fleet) -> None:
    for pair in fleet.pairs:
        fleet.edit(pair, "typed")
    stop = threading.Event()
    ran = fleet.run(stop=stop.is_set, tell=lambda _: stop.set()).ran
    assert ran.stopped
    assert 1 <= len(ran.kept) <= 5
    assert ran.left == 12 - len(ran.kept)
    assert ran.failures == []
    assert fleet.run().ran.left == 0
    assert fleet.out_of_step() == []


def test_where_the_service_cannot_be_reached_nobody_waits_for_each_pair(fleet: Fleet) -> None:
    for pair in fleet.pairs:
        fleet.edit(pair, "typed")
    fleet.faults.add(On("* *", times=None), Cut())
    down = fleet.run().ran
    assert down.kept == []
    assert [type(error) for error in down.down.values()] == [UnreachableError]
    fleet.faults.clear()
    fleet.faults.add(On("* /v4/*", times=None), Cut())  # Drive answers, Sheets does not
    some = fleet.run().ran
    assert 3 <= len(some.failures) <= 7
    assert some.left == 12 - len(some.failures)
    fleet.faults.clear()
    for _ in range(4):
        fleet.run()
    assert fleet.out_of_step() == []


def test_without_a_feed_each_shared_copy_is_read_when_it_is_its_turn(fleet: Fleet) -> None:
    fleet.faults.add(On("GET /drive/*", times=None), Forbidden())
    fleet.answer(fleet.pairs[0], "answered")
    cycle = fleet.run()
    assert list(cycle.ran.deaf) == ["s"]
    assert cycle.cost == Cost(reads=12, drive=1)
    assert fleet.out_of_step() == []


class Mute:
    """A log that tells nothing, as that of an account may of a shared drive."""

    def start(self) -> str:
        return "1"

    def since(self, place: str) -> tuple[tuple[Change, ...], str]:
        return (), place


def test_copies_in_a_shared_drive_are_read_when_it_is_their_turn(fleet: Fleet) -> None:
    mute, answered = {"feed": lambda _: Mute()}, fleet.pairs[:2]
    for pair in answered:
        fleet.answer(pair, "answered")
    assert fleet.run(**mute).ran.due == 0
    assert fleet.out_of_step()
    for at, pair in enumerate(answered):
        wish = replace(pair.entry.wish, shared_drive=True)
        fleet.pairs[at] = replace(pair, entry=replace(pair.entry, wish=wish))
    cycle = fleet.run(**mute)
    assert (cycle.ran.due, cycle.cost) == (2, Cost(reads=2))
    assert fleet.out_of_step() == []


def test_a_place_in_the_feed_that_is_lost_costs_a_look_at_each(fleet: Fleet) -> None:
    fleet.answer(fleet.pairs[0], "answered")
    fleet.standings.lose_place("s")
    fleet.standings.begin("s", "too old")
    assert fleet.run().cost == Cost(reads=12, drive=2)
    assert fleet.out_of_step() == []


def test_what_happened_while_nobody_listened_is_looked_for(fleet: Fleet) -> None:
    """The feed could not be asked when the pairs were made; it can be now."""
    fleet.standings.lose_place("s")
    known = fleet.standings.all()
    for each in known.values():
        assert fleet.standings.claim(each.key, 0, 1) is not None
        fleet.standings.put_back(replace(each, heard=each.news))
    fleet.answer(fleet.pairs[0], "answered")
    assert fleet.run().cost == Cost(reads=12, drive=1)
    assert fleet.out_of_step() == []
    assert fleet.run().cost == Cost(drive=1)


def test_who_is_not_signed_in_is_told_once(fleet: Fleet) -> None:
    for pair in fleet.pairs:
        fleet.edit(pair, "typed")

    def feed(_: str) -> Any:
        raise NotSignedInError("s")

    ran = fleet.run(feed=feed).ran
    assert (ran.kept, ran.left) == ([], 12)
    assert [type(error) for error in ran.down.values()] == [NotSignedInError]
