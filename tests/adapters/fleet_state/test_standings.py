"""Standings outlive a run, and a pair is worked on by one worker at a time."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from cjm_sheets.errors.machine import OwnFolderError
from cjm_sheets.fleet.due import hear
from cjm_sheets.ports.feed import Change
from cjm_sheets.ports.files import Sign
from cjm_sheets.ports.standings import Health, Standing, Standings
from tests.adapters.fleet_state.shared import Shared

FULL = Standing(
    "maps/ā.xlsx", "google", "s1", Sign(5, 7, "x"), version=3, own=1, synced=8.5, tried=9.5,
    failures=2, failed=Sign(6, 8, "y"), said="It failed.", waits=True,
    health=Health(4, 1, 2, 3, 5, "F", "2026-03-01"),
)  # fmt: skip


def kept(standings: Standings, standing: Standing) -> Standing:
    assert standings.claim(standing.key, 0, 9) is not None
    standings.put_back(standing)
    return standings.all()[standing.key]


def test_a_standing_comes_back_as_it_was_put(shared: Shared) -> None:
    assert shared.standings().all() == {}
    assert kept(shared.standings(), FULL) == FULL
    assert shared.standings().all() == {FULL.key: FULL}
    if not shared.is_redis:
        assert (Path(shared.place) / "fleet.sqlite").stat().st_mode & 0o077 == 0


def test_a_pair_is_claimed_by_one_until_it_is_put_back(shared: Shared) -> None:
    mine, other = shared.standings("me"), shared.standings("other")
    assert mine.claim("a", 100, 200) == Standing("a")
    assert other.claim("a", 199, 300) is None
    assert mine.claim("a", 150, 300) is None  # two threads of one worker are two as well
    mine.put_back(replace(FULL, key="a"))
    assert other.claim("a", 150, 300) == replace(FULL, key="a")


def test_the_pairs_of_the_dead_are_taken_up_and_the_dead_put_nothing_back(shared: Shared) -> None:
    dead, other = shared.standings("dead"), shared.standings("other")
    assert dead.claim("a", 100, 200)
    dead.renew(300)
    assert other.claim("a", 299, 400) is None
    assert other.claim("a", 300, 400) == Standing("a")
    dead.put_back(replace(FULL, key="a"))
    assert other.all()["a"] == Standing("a")
    other.put_back(Standing("a", failures=1))
    assert dead.all()["a"].failures == 1


def test_one_of_many_gets_a_pair(shared: Shared) -> None:
    got: list[int] = []

    def work(number: int) -> None:
        if shared.standings(f"w{number}").claim("a", 0, 100) is not None:
            got.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(got) == 1


def test_what_the_feed_tells_while_a_pair_is_worked_on_stays(shared: Shared) -> None:
    standings = shared.standings()
    standings.begin("google", "1")
    standings.begin("google", "5")
    start = replace(FULL, own=0)
    kept(standings, start)
    claimed = standings.claim(FULL.key, 10, 20)
    assert claimed is not None
    standings.tell("google", ("1", "2"), (Change("s1", 9), Change("unknown", 1)), hear)
    standings.put_back(replace(claimed, heard=claimed.news, own=claimed.own + 1))
    now = standings.all()[FULL.key]
    assert (now.news, now.heard, now.version, now.own) == (1, 0, 9, 0)
    assert standings.place("google") == "2"
    # Two workers asked the feed at once: what it told is passed on once.
    standings.tell("google", ("1", "2"), (Change("s1", 9),), hear)
    assert standings.all()[FULL.key].news == 1


def test_a_lost_place_makes_all_pairs_of_the_service_due(shared: Shared) -> None:
    standings = shared.standings()
    standings.begin("google", "1")
    kept(standings, FULL)
    kept(standings, replace(FULL, key="b", service="local"))
    standings.lose_place("google")
    assert standings.place("google") == ""
    assert {key: each.news for key, each in standings.all().items()} == {FULL.key: 1, "b": 0}


def test_another_sign_is_kept_only_for_the_same_content(shared: Shared) -> None:
    standings = shared.standings()
    kept(standings, FULL)
    standings.look_again(FULL.key, Sign(5, 70, "other"))
    assert standings.all()[FULL.key].agreed == Sign(5, 7, "x")
    standings.look_again(FULL.key, Sign(5, 70, "x"))
    assert standings.all()[FULL.key].agreed == Sign(5, 70, "x")


def test_a_file_that_is_none_of_ours_is_told(tmp_path: Path) -> None:
    (tmp_path / "fleet.sqlite").write_text("no database, and long enough to be looked at" * 30)
    with pytest.raises(OwnFolderError):
        Shared(str(tmp_path)).standings().all()
