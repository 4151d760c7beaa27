"""How a workbook stands is told without changing anything, in every language."""

import pytest

from cjm_sheets.ports.accounts import Account
from cjm_sheets.ports.store import Traffic
from cjm_sheets.usecases import account_report
from cjm_sheets.usecases.link_status import Status, link_status
from cjm_sheets.usecases.sync_map import Link, Opened, Surroundings
from cjm_sheets.words.languages import LANGUAGES
from tests.sync.world import Clock, Diary, World, row, touchpoints


@pytest.fixture
def world() -> World:
    made = World(touchpoints(*(row(i, emotion=0) for i in range(1, 5))))
    made.sync()
    return made


def status(world: World, *, offline: bool = False) -> Status:
    opened = Opened(Link("local", "abc"), world.shared, Traffic)
    around = Surroundings(
        lambda _: opened, lambda _, __: opened, world.history, Clock(), world.chance
    )
    writes, noted = (world.workbook.writes, world.shared.writes), len(world.history.noted)
    found = link_status(world.workbook, world.history, None if offline else around)
    assert (world.workbook.writes, world.shared.writes) == writes
    assert len(world.history.noted) == noted
    return found


def meddle(world: World) -> None:
    """Leave one of everything: to push, to pull, a conflict, and a row that comes back."""
    world.edit(world.workbook, "T1", "name", "Ours")
    world.edit(world.shared, "T2", "name", "Theirs")
    world.edit(world.workbook, "T3", "name", "Ours")
    world.edit(world.shared, "T3", "name", "Theirs")
    world.edit(world.workbook, "T4", "name", "Ours")
    world.shared.sheets[0].rows.pop(3)


def test_what_a_sync_would_do_is_counted(world: World) -> None:
    meddle(world)
    found = status(world).document()
    counts = {key: found[key] for key in ("push", "pull", "conflicts", "restored", "generation")}
    assert counts == {"push": 2, "pull": 1, "conflicts": 1, "restored": 1, "generation": 1}
    assert found["last"]["run"] == 1
    assert found["last"]["finished"]


def test_nobody_asks_the_network_offline(world: World) -> None:
    meddle(world)
    found = status(world, offline=True)
    assert (found.would, found.conflicts) == (None, 0)
    world.sync()
    assert status(world, offline=True).conflicts == 1


def test_of_a_workbook_that_was_never_synced_that_is_told() -> None:
    alone = World(touchpoints(row(1)))
    found = link_status(alone.workbook, Diary(), None)
    assert not found.document()["linked"]
    assert "sync --to new" in found.lines("en")[0]


def test_a_workbook_that_is_busy_is_no_failure(world: World) -> None:
    world.workbook.busy = True
    assert status(world).busy
    assert status(world, offline=True).busy


BROKE_OFF = "That run broke off. Sync again: nothing is lost."


def test_a_run_that_broke_off_is_told(world: World) -> None:
    meddle(world)
    world.history.begin(world.history.noted[0])
    assert BROKE_OFF in status(world).lines("en")
    assert BROKE_OFF in status(world, offline=True).lines("en")


def test_a_run_that_broke_off_at_its_very_end_left_nothing_to_do(world: World) -> None:
    world.history.begin(world.history.noted[0])
    assert BROKE_OFF not in status(world).lines("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_every_language(world: World, language: str) -> None:
    quiet = status(world).lines(language)
    meddle(world)
    world.history.begin(world.history.noted[0])
    world.workbook.busy = True
    told = [*quiet, *status(world).lines(language)]
    for kind in ("user", "service_account", "default"):
        account = Account(kind, "" if kind == "user" else "a@b.c", "token.json")
        for works in (True, False, None):
            told += account_report.lines(account, language, works=works)
        told += account_report.signed_out(account, language)
    told += account_report.signed_out(None, language)
    assert not [line for line in told if "{" in line]
    english = {
        "Both sides say the same.",
        "1 conflict to settle.",
        "Google takes these credentials.",
    }
    assert english <= set(told) if language == "en" else not english & set(told)
