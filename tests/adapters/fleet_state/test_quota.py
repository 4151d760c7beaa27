"""The budget is kept, whoever asks: held against the clock that the service counts by."""

import multiprocessing
import random
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from cjm_sheets.adapters.fleet_sqlite.quota import CountingQuota, SqliteQuota
from cjm_sheets.errors.machine import OwnFolderError
from cjm_sheets.fleet.budget import Limits, Payer, Waiting
from cjm_sheets.ports.quota import KINDS, Kind
from cjm_sheets.service.quota import MINUTE, Budget, Budgets
from cjm_sheets.service.quota import Quota as Google
from tests.adapters.fleet_state.shared import Budgeted, Shared
from tests.fleet.virtual import VirtualTime

Order = tuple[Kind, str, tuple[float, float]]
"""A request of a kind by a user, with the seconds that it and its answer travel."""


class ByTime:
    """The clock of the service, as it stands in the tests' time."""

    def __init__(self, time_: VirtualTime) -> None:
        self.now = time_.now


def limits(project: int, user: int, part: int = 10**6) -> dict[Kind, Limits]:
    return dict.fromkeys(KINDS, Limits(project, user, part))


class Desk:
    """Workers who send requests, each of them underway for a while, and Google who counts."""

    def __init__(self, shared: Shared, project: int, user: int) -> None:
        self.time = VirtualTime()
        self.shared = shared
        budget = Budget(project, user)
        self.google = Google(Budgets(budget, budget, budget), ByTime(self.time))  # type: ignore[arg-type]
        self.limits = limits(project, user)
        self.waiting = Waiting(self.time.now, self.time.sleep)
        self.arrived: list[tuple[float, str]] = []

    def quota(self, user: str) -> Budgeted:
        return self.shared.quota(Payer("p", user), self.limits, self.waiting)

    def send(self, quota: Budgeted, kind: Kind, user: str, times: tuple[float, float]) -> None:
        """Send a request that arrives after a while, and is answered after another."""
        with quota.passing(kind):
            self.time.sleep(times[0])
            assert self.google.admit(kind, user) is None
            self.arrived.append((self.time.now(), user))
            self.time.sleep(times[1])

    def let(self, *workers: list[Order]) -> None:
        """Let workers send their requests, each one after another."""
        failed: list[BaseException] = []

        def work(orders: list[Order]) -> None:
            try:
                with self.time.working():
                    for kind, user, times in orders:
                        self.send(self.quota(user), kind, user, times)
            except BaseException as error:  # noqa: BLE001 - told below
                failed.append(error)

        threads = [threading.Thread(target=work, args=(orders,)) for orders in workers]
        with self.time.working():
            for thread in threads:
                thread.start()
        for thread in threads:
            thread.join(120)
        if failed:
            raise failed[0]


@pytest.mark.parametrize("seed", range(6))
def test_google_never_refuses_what_the_budget_lets_pass(shared: Shared, seed: int) -> None:
    draws = random.Random(seed)  # noqa: S311 - repeatable
    desk = Desk(shared, project=14, user=6)
    orders: list[list[Order]] = [
        [
            (
                draws.choice(KINDS),
                draws.choice(("mia", "tom", "eva")),
                (draws.random() * draws.choice((0, 1, 20)), draws.random() * 3),
            )
            for _ in range(12)
        ]
        for _ in range(6)
    ]
    desk.let(*orders)
    assert len(desk.arrived) == 72


def test_little_is_wasted(shared: Shared) -> None:
    desk = Desk(shared, project=30, user=30)
    begun = desk.time.now()
    orders: list[Order] = [("reads", "mia", (0.1, 0.1))] * 40
    desk.let(*[orders] * 5)
    # 200 requests at 30 a minute: the last 20 leave when six minutes have passed.
    assert 6 * MINUTE <= desk.time.now() - begun < 6 * MINUTE * 1.05


def test_who_asks_first_goes_first(shared: Shared) -> None:
    desk = Desk(shared, project=4, user=4)
    order: list[int] = []

    def work(number: int) -> None:
        with desk.time.working():
            desk.time.sleep(number * 0.01 + 0.001)
            with desk.quota("mia").passing("reads"):
                order.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
    with desk.time.working():
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join(60)
    # Those who wait look again at moments of their own, so that neighbours may change places.
    assert sorted(order) == list(range(16))
    assert all(abs(place - number) <= 4 for place, number in enumerate(order)), order


def test_a_part_keeps_to_its_share_and_holds_nobody_up(shared: Shared) -> None:
    desk = Desk(shared, project=100, user=10)
    whole = desk.quota("mia")
    counts = (whole.spent, whole.refusals)
    paying = Payer("p", "mia", "de")
    part = shared.quota(paying, limits(100, 10, 2), desk.waiting, counts)
    begun = desk.time.now()
    for _ in range(2):
        with part.passing("reads"):
            pass
    late: list[float] = []

    def third() -> None:
        with desk.time.working(), part.passing("reads"):
            late.append(desk.time.now() - begun)

    thread = threading.Thread(target=third)
    with desk.time.working():
        thread.start()
        time.sleep(0.2)  # so that it stands before all others in the queue
        for _ in range(8):
            with whole.passing("reads"):
                assert desk.time.now() - begun < 1
    thread.join(60)
    assert late
    assert late[0] >= MINUTE
    assert whole.spent == Counter(reads=11)


def test_a_refusal_holds_everybody_back(shared: Shared) -> None:
    desk = Desk(shared, project=100, user=100)
    one, other = desk.quota("mia"), desk.quota("tom")
    begun = desk.time.now()
    one.refused("reads", 7)
    one.refused("reads", 90)  # of a request that left together with the first
    with other.passing("writes"):
        assert desk.time.now() == begun
    with other.passing("reads"):
        assert desk.time.now() - begun == pytest.approx(7, abs=0.01)
    waits = []
    for _ in range(9):
        before = desk.time.now()
        one.refused("reads", None)
        with other.passing("reads"):
            waits.append(round(desk.time.now() - before))
    assert waits == [2, 4, 8, 16, 32, 64, 64, 64, 64]
    desk.time.sleep(500)
    before = desk.time.now()
    one.refused("reads", None)
    with other.passing("reads"):
        assert desk.time.now() - before == pytest.approx(1, abs=0.01)
    assert one.refusals == Counter(reads=12)


def test_the_dead_free_their_places(shared: Shared) -> None:
    desk = Desk(shared, project=1, user=1)
    lost = desk.quota("mia").passing("reads")
    lost.__enter__()
    begun = desk.time.now()
    with desk.quota("mia").passing("reads"):
        assert 150 < desk.time.now() - begun < 300


def test_a_clock_that_was_put_back_holds_nobody_up(shared: Shared) -> None:
    clock = [1_000_000.0]
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds

    waiting = Waiting(lambda: clock[0], sleep)
    quota = shared.quota(Payer("p", "mia"), limits(1, 1), waiting)
    with quota.passing("reads"):
        pass
    quota.refused("reads", 60)
    clock[0] -= 86_400
    with quota.passing("reads"):
        assert sum(slept) < 1


def _ask(shared: Shared, times: "multiprocessing.Queue[float]") -> None:
    quota = shared.quota(Payer("p", "mia"), limits(12, 12))
    for _ in range(6):
        with quota.passing("reads"):
            times.put(time.time())


def test_processes_share_a_budget(shared: Shared) -> None:
    """Twelve requests of three processes leave at once; the others would wait a minute."""
    context = multiprocessing.get_context("spawn")
    times: multiprocessing.Queue[float] = context.Queue()
    workers = [context.Process(target=_ask, args=(shared, times), daemon=True) for _ in range(3)]
    for worker in workers:
        worker.start()
    passed = [times.get(timeout=60) for _ in range(12)]
    time.sleep(1.5)
    assert times.empty()
    assert max(passed) - min(passed) < MINUTE
    for worker in workers:
        worker.terminate()
        worker.join(30)
        worker.close()
    if not shared.is_redis:
        assert (Path(shared.place) / "quota.sqlite").stat().st_mode & 0o077 == 0


def test_what_a_request_brought_is_not_lost_where_its_end_cannot_be_noted(tmp_path: Path) -> None:
    file = tmp_path / "quota.sqlite"
    quota = SqliteQuota(file, Payer("p", "me"), limits(5, 5))
    with quota.passing("writes"):
        for each in tmp_path.iterdir():
            each.unlink()
        file.mkdir()
        brought = "an answer"
    assert brought
    with pytest.raises(OwnFolderError), quota.passing("writes"):
        pytest.fail("no request may leave that nobody counts")


def test_what_a_person_asks_leaves_at_once_and_fleets_leave_it_room(tmp_path: Path) -> None:
    desk = Desk(Shared(str(tmp_path)), project=9, user=3)
    person = CountingQuota(tmp_path / "quota.sqlite", Payer("p", "mia"), desk.waiting)
    begun = desk.time.now()
    for _ in range(3):
        desk.send(person, "reads", "mia", (0.0, 0.0))
    assert desk.time.now() == begun
    with desk.time.working():
        desk.send(desk.quota("mia"), "reads", "mia", (0.0, 0.0))
    assert MINUTE <= desk.time.now() - begun < MINUTE * 1.05
    for _ in range(5):
        with person.passing("reads"):
            assert desk.time.now() - begun < MINUTE * 1.05


def test_what_google_refuses_a_person_holds_fleets_back(tmp_path: Path) -> None:
    desk = Desk(Shared(str(tmp_path)), project=9, user=3)
    CountingQuota(tmp_path / "quota.sqlite", Payer("p", "mia"), desk.waiting).refused("reads", 30)
    begun = desk.time.now()
    with desk.time.working(), desk.quota("tom").passing("reads"):
        assert 30 <= desk.time.now() - begun < 36


def test_where_nothing_can_be_counted_a_person_goes_on(tmp_path: Path) -> None:
    (tmp_path / "quota.sqlite").mkdir()
    person = CountingQuota(tmp_path / "quota.sqlite", Payer("p", "mia"))
    person.refused("writes", 5)
    with person.passing("writes"):
        done = True
    assert done
