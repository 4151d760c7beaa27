"""Quotas by Google's rules, on a clock set by hand, sped up or real; and what is counted."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from cjm_sheets.service.clock import Clock
from cjm_sheets.service.quota import UNLIMITED, Budget, Budgets, Quota, Tally
from cjm_sheets.service.running import RunningService
from tests.service.calls import TIMEOUT, Api, Book, RefusedCallError
from tests.service.discovery import problems


@pytest.fixture
def quota() -> Quota:
    return Quota(Budgets(Budget(5, 3), Budget(5, 3), Budget(4, 2)), Clock(speed=0))


@pytest.fixture
def api(tmp_path: Path, quota: Quota) -> Iterator[Api]:
    with RunningService(tmp_path / "data", quota=quota) as service:
        yield Api(service)


@pytest.fixture
def book(api: Api, quota: Quota) -> Book:
    made = api.create()
    quota.reset()
    return made


def test_googles_budgets_are_the_default() -> None:
    assert Budgets() == Budgets(Budget(300, 60), Budget(300, 60), Budget(12_000, 12_000))


def test_a_user_who_reads_too_much_waits_a_minute(book: Book, quota: Quota) -> None:
    for _ in range(3):
        book.values("A1")
        quota.clock.advance(10)
    with pytest.raises(RefusedCallError, match="'Read requests per minute per user'") as refused:
        book.values("A1")
    assert (refused.value.code, refused.value.status) == (429, "RESOURCE_EXHAUSTED")
    book.write("A1", [[1]])  # writing has a budget of its own
    quota.clock.advance(29.9)
    with pytest.raises(RefusedCallError):
        book.values("A1")
    quota.clock.advance(0.1)
    book.values("A1")
    assert quota.tally("reads").refused == 2
    assert quota.tally("reads").highest_minute == 3


def test_a_refused_write_is_not_carried_out(book: Book) -> None:
    for number in range(3):
        book.write("A1", [[number]])
    with pytest.raises(RefusedCallError, match="'Write requests per minute per user'"):
        book.write("A1", [["too much"]])
    assert book.values("A1") == [["2"]]


def test_a_project_has_a_budget_beside_its_users(book: Book, quota: Quota) -> None:
    path = f"/v4/spreadsheets/{book.id}/values/A1"
    for user in ("ann", "bob", "ann", "bob", "cyd"):
        book.api.call("GET", path, quotaUser=user)
    with pytest.raises(RefusedCallError, match="'Read requests per minute' of"):
        book.api.call("GET", path, quotaUser="dan")
    counted = quota.tally("reads")
    assert (counted.highest_minute, counted.highest_minute_of_a_user) == (5, 2)
    assert (counted.requests, counted.refused) == (6, 1)


def test_a_search_is_a_read_although_it_is_posted(book: Book, quota: Quota) -> None:
    path = f"/v4/spreadsheets/{book.id}/developerMetadata:search"
    book.api.call("POST", path, {"dataFilters": [{"developerMetadataLookup": {"metadataId": 1}}]})
    assert (quota.tally("reads").requests, quota.tally("writes").requests) == (1, 0)


def test_drive_counts_on_its_own_and_refuses_in_its_own_way(book: Book) -> None:
    service = book.api.service
    headers = {"Authorization": f"Bearer {service.token}"}
    for user, reason in (("ann", ""), ("ann", ""), ("ann", "userRateLimitExceeded"),
                         ("bob", ""), ("bob", ""), ("cyd", "rateLimitExceeded")):  # fmt: skip
        answer = requests.get(
            f"{service.url}/drive/v3/files",
            headers=headers | {"X-Goog-Quota-User": user},
            timeout=TIMEOUT,
        )
        said = [error["reason"] for error in answer.json().get("error", {}).get("errors", [])]
        assert (answer.status_code, said) == ((403, [reason]) if reason else (200, []))
        if not reason:
            assert problems("GET", "/drive/v3/files", answer.json()) == []


def test_bytes_are_counted_as_they_travel(book: Book, quota: Quota) -> None:
    sent: Any = book.write("A1", [["x" * 20_000]])
    assert sent["updatedCells"] == 1
    written = quota.tally("writes")
    assert 20_000 < written.bytes_in < 20_100
    assert 50 < written.bytes_out < 300
    book.values("A1")
    assert quota.tally("reads").bytes_out < 1_000  # it was zipped


def test_the_pages_are_free(book: Book, quota: Quota) -> None:
    service = book.api.service
    for _ in range(9):
        page = requests.get(service.url, params={"token": service.token}, timeout=TIMEOUT)
        assert page.ok
    assert {kind: quota.tally(kind) for kind in ("reads", "drive")} == {
        "reads": Tally(), "drive": Tally(),
    }  # fmt: skip


def test_a_fast_clock_refills_fast(tmp_path: Path) -> None:
    quota = Quota(Budgets(reads=Budget(2, 2)), Clock(speed=6_000))  # a minute is a hundredth
    with RunningService(tmp_path / "data", quota=quota) as service:
        book = Api(service).create()
        until = quota.clock.now() + 6_000
        done = refused = 0
        while quota.clock.now() < until or not (done > 2 and refused):
            try:
                book.values("A1")
                done += 1
            except RefusedCallError:
                refused += 1
    counted = quota.tally("reads")
    assert counted.highest_minute <= 2
    assert (counted.requests, counted.refused) == (done + refused, refused)


def test_the_clock_goes_on_from_where_it_was() -> None:
    real = [100.0]
    clock = Clock(speed=60, real=lambda: real[0])
    real[0] += 2
    clock.run(0)
    real[0] += 1000
    assert clock.now() == 120
    clock.advance(5)
    clock.advance(-50)
    clock.run(1)
    real[0] += 1
    assert (clock.now(), clock.speed) == (126, 1)


ASKED = st.lists(st.tuples(st.integers(0, 40), st.sampled_from("abc")), max_size=80)


@given(ASKED, st.integers(1, 9), st.integers(1, 9))
def test_no_minute_holds_more_than_its_budget(
    asked: list[tuple[int, str]], project: int, user: int
) -> None:
    clock = Clock(speed=0)
    quota = Quota(Budgets(reads=Budget(project, user)), clock)
    let_in: list[tuple[float, str]] = []
    for pause, name in asked:
        clock.advance(pause)
        now = clock.now()
        recent = [who for when, who in let_in if when > now - 60]
        refusal = quota.admit("reads", name)
        is_full = len(recent) >= project or recent.count(name) >= user
        assert (refusal is not None) == is_full
        if refusal is None:
            let_in.append((now, name))
        else:
            assert 0 < refusal.seconds <= 60
    minutes = [[who for when, who in let_in if end - 60 < when <= end] for end, _ in let_in]
    highest = max((len(minute) for minute in minutes), default=0)
    of_user = max((minute.count(who) for minute in minutes for who in minute), default=0)
    counted = quota.tally("reads")
    assert (counted.highest_minute, counted.highest_minute_of_a_user) == (highest, of_user)


def test_users_who_are_gone_take_no_memory() -> None:
    clock = Clock(speed=0)
    quota = Quota(UNLIMITED, clock)

    def crowd(first: int) -> int:
        for number in range(first, first + 2_000):
            quota.admit("reads", f"user {number}")
        clock.advance(61)
        quota.admit("reads", "last")
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        crowd(0)
        before = crowd(10_000)
        assert crowd(20_000) - before < 100_000
    finally:
        tracemalloc.stop()
