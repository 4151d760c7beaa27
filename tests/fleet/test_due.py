"""What is due, and why: each line of the decision is held by a case of its own."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_sheets.fleet.cost import Cost, cost, most_of
from cjm_sheets.fleet.due import (
    LONGEST_WAIT,
    Due,
    Look,
    Pair,
    Why,
    hear,
    in_order,
    look,
    wait,
    why,
    why_again,
)
from cjm_sheets.fleet.settings import DAY, HOUR, Entry, Wish, drawn
from cjm_sheets.ports.feed import Change
from cjm_sheets.ports.files import Sign
from cjm_sheets.ports.standings import Standing


def pair(key: str = "a.xlsx", every: int = HOUR, direction: str = "both") -> Pair:
    return Pair(key, key, Entry(key, key, "remembered", Wish(every, direction), None, 1))


NOON = 20_000.0 * DAY + drawn("a.xlsx", DAY) + DAY / 2
"""Half a day after the moment at which the pair is read once a day."""
CALM = Standing("a.xlsx", tried=NOON - 2 * HOUR, synced=NOON - 2 * HOUR)


@pytest.mark.parametrize(
    ("standing", "direction", "changed", "hears", "expected"),
    [
        (CALM, "both", False, True, None),
        (Standing("a.xlsx"), "both", False, True, Why.NEW),
        (CALM, "both", True, True, Why.WORKBOOK),
        (CALM, "push", True, True, Why.WORKBOOK),
        (CALM, "pull", True, True, None),
        (replace(CALM, news=2, heard=1), "both", False, True, Why.SHARED),
        (replace(CALM, news=2, heard=1), "pull", False, True, Why.SHARED),
        (replace(CALM, news=2, heard=1), "push", False, True, None),
        (replace(CALM, news=2, heard=2), "both", False, True, None),
        (CALM, "both", False, False, Why.SHARED),
        (replace(CALM, waits=True), "both", False, True, Why.WAITS),
        (replace(CALM, synced=NOON - DAY), "both", False, True, Why.DAILY),
        (replace(CALM, synced=NOON - 0.6 * DAY), "push", False, True, Why.DAILY),
        (replace(CALM, synced=NOON - 0.4 * DAY), "both", False, True, None),
        # What changed too early waits for its time.
        (replace(CALM, tried=NOON - HOUR + 1), "both", True, True, None),
        (replace(CALM, tried=NOON - HOUR), "both", True, True, Why.WORKBOOK),
        # Somebody put the clock back.
        (replace(CALM, tried=NOON + DAY), "both", True, True, Why.WORKBOOK),
    ],
)
def test_why_a_pair_is_due(
    standing: Standing,
    direction: str,
    changed: bool,  # noqa: FBT001 - a column of the table
    hears: bool,  # noqa: FBT001 - another one
    expected: Why | None,
) -> None:
    of = pair(direction=direction)
    assert why(of, standing, changed=changed, now=NOON, hears=hears) is expected


def test_a_copy_in_a_shared_drive_is_looked_at_whatever_the_feed_tells() -> None:
    of = pair()
    there = replace(of, entry=replace(of.entry, wish=replace(of.entry.wish, shared_drive=True)))
    assert why(there, CALM, changed=False, now=NOON, hears=True) is Why.SHARED
    assert why(of, CALM, changed=False, now=NOON, hears=True) is None
    early = replace(CALM, tried=NOON - HOUR + 1)
    assert why(there, early, changed=False, now=NOON, hears=True) is None


def test_each_pair_is_read_once_a_day_and_all_are_spread_over_it() -> None:
    standings = [Standing(f"{n}.xlsx", tried=1, synced=NOON) for n in range(1000)]
    read: dict[str, list[int]] = {each.key: [] for each in standings}
    for hour in range(1, 49):
        now = NOON + hour * HOUR
        for at, each in enumerate(standings):
            due = why(pair(each.key), each, changed=False, now=now, hears=True)
            if due is not None:
                assert due is Why.DAILY
                read[each.key].append(hour)
                standings[at] = replace(each, synced=now)
    assert all(len(hours) == 2 for hours in read.values())
    loads = [sum(hour in hours for hours in read.values()) for hour in range(1, 49)]
    assert max(loads) < 80
    assert min(loads) > 15


def test_failures_back_off_and_a_touched_workbook_is_tried_at_once() -> None:
    at = Sign(5, 7)
    waits = []
    for failures in range(1, 40):
        failed = replace(CALM, failures=failures, failed=at, tried=NOON)
        seconds = wait(pair(every=60), failed)
        waits.append(seconds)
        assert why_again(pair(every=60), failed, at, NOON + seconds - 1) is None
        assert why_again(pair(every=60), failed, at, NOON + seconds) is Why.FAILED
        assert why_again(pair(every=60), failed, Sign(5, 8), NOON + 1) is Why.FAILED
    assert 60 <= waits[0] < 70
    assert all(1.6 < b / a < 2.4 for a, b in pairwise(waits[:10]))
    assert LONGEST_WAIT <= waits[-1] < 1.1 * LONGEST_WAIT
    # A pair that is synced once a week is not tried more often for failing.
    assert wait(pair(every=7 * DAY), replace(CALM, failures=9)) >= 7 * DAY


def test_a_workbook_is_hashed_only_where_size_and_time_say_nothing() -> None:
    agreed = Sign(5, 7, "x")
    assert look(agreed, Sign(5, 7)) is Look.SAME
    assert look(agreed, Sign(6, 7)) is Look.OTHER
    assert look(agreed, Sign()) is Look.OTHER
    assert look(agreed, Sign(5, 8)) is Look.UNSURE
    assert look(agreed, Sign(5, 8, "y")) is Look.OTHER
    # A time that could not be trusted is asked again, each time.
    assert look(Sign(5, 0, "x"), Sign(5, 0)) is Look.UNSURE


def test_changed_pairs_come_first_and_of_them_who_waits_longest() -> None:
    dues = [Due(pair(f"{n}"), each, 9.0 - n) for n, each in enumerate(reversed(Why))]
    dues.append(Due(pair("z"), Why.WORKBOOK, 1.0))
    ordered = in_order(dues)
    assert [each.why for each in ordered] == [Why.WORKBOOK, *Why]
    assert ordered[0].pair.key == "z"


KNOWN = replace(CALM, version=10, own=2)


@pytest.mark.parametrize(
    ("change", "news", "own"),
    [
        (Change("s", 12, by_us=True), 0, 0),  # both our writes
        (Change("s", 11, by_us=True), 0, 1),  # one of them; the other comes late
        (Change("s", 10, by_us=True), 0, 2),  # told twice
        (Change("s", 13, by_us=True), 1, 0),  # one of somebody between ours
        (Change("s", 11, by_us=False), 1, 0),
        (Change("s"), 1, 0),  # it went, or nothing is told of its version
    ],
)
def test_only_our_own_writes_are_no_news(change: Change, news: int, own: int) -> None:
    heard = hear(KNOWN, change)
    assert (heard.news, heard.own, heard.version) == (news, own, change.version)


def test_the_first_that_is_heard_of_a_shared_copy_is_news() -> None:
    assert hear(replace(CALM, own=1), Change("s", 1, by_us=True)).news == 1


@given(st.lists(st.sampled_from(["ours", "theirs", "told"]), max_size=30))
def test_an_edit_of_others_is_never_taken_for_ours(events: list[str]) -> None:
    """The feed tells at any moment what came before; a sync that is told of knows of no edit."""
    standing, version, unseen, last = replace(CALM, version=0), 0, False, True
    for event in (*events, "told"):
        if event == "told":
            standing = hear(standing, Change("s", version, last))
            assert not unseen or standing.news > standing.heard
        else:
            version += 1
            last = event == "ours"
            standing = replace(standing, own=standing.own + last)
            unseen = unseen or not last


def test_what_a_run_costs() -> None:
    dues = [Due(pair(), each, 0) for each in Why]
    assert cost(dues, feeds=1) == Cost(reads=6, writes=2, drive=2)
    assert cost([], feeds=1).total == 1
    assert most_of(100, 0.29) == 29
    assert most_of(60, 0.001) == 1
