"""Undoing a run puts back what still shows what the run made, and never loses an edit."""

from dataclasses import replace

import pytest

from cjm_sheets.errors.asked import NoSuchRunError, OtherWorkbookError
from cjm_sheets.errors.sharing import NotLinkedError
from cjm_sheets.errors.workbook import OpenElsewhereError
from cjm_sheets.tables import naming, schema
from cjm_sheets.tables.table import Raw
from cjm_sheets.usecases import undo_report
from cjm_sheets.usecases.tell_history import asked, tell_history
from cjm_sheets.usecases.undo_run import Notebook, Undone, undo_run
from cjm_sheets.words.languages import LANGUAGES
from tests.sync.world import Clock, Diary, World, row, touchpoints


@pytest.fixture
def world() -> World:
    made = World(touchpoints(*(row(i, emotion=0, reach=0.25) for i in range(1, 5))))
    made.sync()
    return made


def undo(world: World, run: str, *, dry_run: bool = False) -> Undone:
    notebook = Notebook(world.history, Clock(), world.chance, "mia")
    return undo_run(world.workbook, run, notebook, dry_run=dry_run)


def both(world: World, row_id: str, key: str) -> tuple[Raw, Raw]:
    return world.value(world.workbook, row_id, key), world.value(world.shared, row_id, key)


def test_a_pushed_and_a_pulled_value_are_put_back_on_both_sides(world: World) -> None:
    world.edit(world.workbook, "T1", "name", "Ours")
    world.edit(world.shared, "T2", "reach", 0.5)
    world.sync()
    undone = undo(world, "2")
    assert undone.kept == ()
    assert world.value(world.workbook, "T1", "name") == "Step 1"
    world.sync()
    assert both(world, "T1", "name") == ("Step 1", "Step 1")
    assert both(world, "T2", "reach") == (0.25, 0.25)
    assert world.sync().plan.writes_nothing


def test_what_was_changed_since_stays_and_is_told(world: World) -> None:
    world.edit(world.shared, "T1", "name", "Theirs")
    world.edit(world.shared, "T2", "name", "Theirs too")
    world.sync()
    world.edit(world.workbook, "T1", "name", "Mine since")
    undone = undo(world, "2")
    assert [e.row for e in undone.entries] == ["T2"]
    assert [(k.entry.row, k.reason, k.now) for k in undone.kept] == [
        ("T1", "changed", '"Mine since"')
    ]
    assert world.value(world.workbook, "T1", "name") == "Mine since"


def test_a_formula_that_stands_there_now_stays(world: World) -> None:
    world.edit(world.shared, "T1", "reach", 0.5)
    world.sync()
    sheet, at = world.workbook.column("Touchpoints", "reach")
    sheet.formulas[2, at + 1] = "=1/2"
    assert [k.reason for k in undo(world, "2").kept] == ["formula"]
    assert world.value(world.workbook, "T1", "reach") == 0.5


def test_a_deleted_row_comes_back_whole(world: World) -> None:
    world.shared.sheets[0].rows.pop(1)
    world.sync()
    assert [r["id"] for r in world.workbook.rows("Touchpoints")] == ["T1", "T3", "T4"]
    undo(world, "2")
    back = world.value(world.workbook, "T2", "name"), world.value(world.workbook, "T2", "reach")
    assert back == ("Step 2", 0.25)
    world.sync()
    assert both(world, "T2", "name") == ("Step 2", "Step 2")


def test_a_row_that_is_there_again_is_not_made_twice(world: World) -> None:
    world.shared.sheets[0].rows.pop(1)
    world.sync()
    undo(world, "2")
    again = undo(world, "2")
    assert [k.reason for k in again.kept] == ["there"]
    assert len(world.workbook.rows("Touchpoints")) == 4


@pytest.mark.parametrize("side", ["workbook", "shared"])
def test_an_added_row_goes_only_if_nobody_wrote_into_it(world: World, side: str) -> None:
    store = world.workbook if side == "workbook" else world.shared
    for number in (8, 9):
        store.sheets[0].rows.append([*row(number).values(), *[None] * 5])
    world.sync()
    world.edit(world.workbook, "T9", "emotion", 2)
    undone = undo(world, "2")
    assert [(k.entry.row, k.reason) for k in undone.kept] == [("T9", "changed")]
    world.sync()
    for copy in (world.workbook, world.shared):
        assert [r["id"] for r in copy.rows("Touchpoints")] == ["T1", "T2", "T3", "T4", "T9"]


def test_the_run_that_shared_the_map_takes_no_row_away(world: World) -> None:
    undone = undo(world, "1")
    assert undone.entries == ()
    assert {k.reason for k in undone.kept} == {"own"}
    assert len(world.workbook.rows("Touchpoints")) == 4
    assert len(world.history.noted) == 1


def test_undoing_an_undo(world: World) -> None:
    world.edit(world.shared, "T1", "name", "Theirs")
    world.shared.sheets[0].rows.pop(3)
    world.sync()
    first = undo(world, "2")
    assert first.as_run is not None
    second = undo(world, first.as_run.key)
    assert second.kept == ()
    assert world.value(world.workbook, "T1", "name") == "Theirs"
    assert [r["id"] for r in world.workbook.rows("Touchpoints")] == ["T1", "T2", "T3"]
    assert [run.kind for run in world.history.noted] == ["first", "sync", "undo", "undo"]
    assert all(run.finished for run in world.history.noted)


def test_of_a_merged_list_the_workbooks_own_is_put_back(world: World) -> None:
    world.edit(world.workbook, "T1", "evidence", "E1")
    world.edit(world.shared, "T1", "evidence", "E2")
    world.sync()
    assert both(world, "T1", "evidence") == ("E1; E2", "E1; E2")
    assert undo(world, "2").kept == ()
    assert world.value(world.workbook, "T1", "evidence") == "E1"


def test_a_dry_run_says_the_same_and_writes_nothing(world: World) -> None:
    world.edit(world.shared, "T1", "name", "Theirs")
    world.sync()
    writes, noted = world.workbook.writes, len(world.history.noted)
    would = undo(world, "2", dry_run=True)
    assert (world.workbook.writes, len(world.history.noted)) == (writes, noted)
    did = undo(world, "2")
    assert (would.entries, would.kept) == (did.entries, did.kept)


def test_a_workbook_that_is_open_elsewhere_is_left_alone_and_nothing_is_noted(
    world: World,
) -> None:
    world.edit(world.shared, "T1", "name", "Theirs")
    world.sync()
    world.workbook.busy = True
    with pytest.raises(OpenElsewhereError):
        undo(world, "2")
    assert len(world.history.noted) == 2


def test_values_that_the_first_version_kept_as_text_are_put_back(world: World) -> None:
    world.edit(world.shared, "T1", "reach", 0.5)
    world.edit(world.shared, "T1", "evidence", "E1; E2")
    world.sync()
    noted = world.history.noted[1]
    texts = {"reach": ('"0.25"', '"0.5"'), "evidence": ("null", '"E1; E2"')}
    entries = tuple(
        replace(e, before=texts[e.column][0], after=texts[e.column][1]) for e in noted.entries
    )
    world.history.noted[1] = replace(noted, entries=entries)
    assert undo(world, "2").kept == ()
    assert world.value(world.workbook, "T1", "reach") == 0.25
    assert world.value(world.workbook, "T1", "evidence") is None


def test_a_run_of_another_machine_is_told_once_and_undone_by_its_key(world: World) -> None:
    world.edit(world.shared, "T1", "name", "Theirs")
    world.sync()
    noted = world.history.noted[1]
    told = tell_history(world.workbook, world.history, asked("", "", "", 50))
    assert [run.name for run in told.runs] == ["2", "1"]
    world.history = Diary()
    told = tell_history(world.workbook, world.history, asked("", "T1", "name", 50))
    assert [(run.name, run.entries) for run in told.runs] == [(noted.key, noted.entries)]
    assert undo(world, noted.key).kept == ()
    assert world.value(world.workbook, "T1", "name") == "Step 1"


def test_a_quiet_sync_writes_nothing_though_the_workbook_remembers(world: World) -> None:
    world.edit(world.shared, "T1", "name", "Theirs")
    world.sync()
    writes, memory = world.workbook.writes, world.workbook.memory
    assert world.sync().plan.writes_nothing
    assert (world.workbook.writes, world.workbook.memory) == (writes, memory)


def test_runs_that_are_not_there_or_of_another_map_are_refused(world: World) -> None:
    with pytest.raises(NoSuchRunError):
        undo(world, "77")
    world.history.noted.append(replace(world.history.noted[0], spreadsheet="other", number=2))
    with pytest.raises(OtherWorkbookError):
        undo(world, "2")


def test_the_past_is_asked_for_by_names_in_any_language(world: World) -> None:
    world.edit(world.shared, "T1", "name", "Theirs")
    world.edit(world.shared, "T2", "emotion", 2)
    world.sync()

    def told(table: str, row_id: str, column: str, most: int = 50) -> list[tuple[str, str]]:
        found = tell_history(world.workbook, world.history, asked(table, row_id, column, most))
        return [(e.row, e.column) for run in found.runs for e in run.entries]

    of = schema.BY_KEY["Touchpoints"]
    german = naming.table_label("de", of), naming.column_label("de", of, of.by_key["emotion"])
    assert told(german[0], "t1", "") == [("T1", "name"), ("T1", "")]
    assert told("", "", german[1])[0] == ("T2", "emotion")
    assert told("", "", "", 3) == [("T1", "name"), ("T2", "emotion"), ("T1", "")]


def test_a_workbook_without_a_shared_copy_has_no_past() -> None:
    alone = World(touchpoints(row(1)))
    with pytest.raises(NotLinkedError):
        tell_history(alone.workbook, alone.history, asked("", "", "", 50))


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_is_told_in_every_language(world: World, language: str) -> None:
    world.edit(world.shared, "T1", "name", "Theirs")
    world.shared.sheets[0].rows.pop(1)
    world.sync()
    world.edit(world.workbook, "T1", "name", "Mine")
    lines = undo_report.lines(undo(world, "2"), language)
    lines += undo_report.lines(undo(world, "1"), language)
    past = tell_history(world.workbook, world.history, asked("", "", "", 3))
    lines += past.lines(language)
    assert not [line for line in lines if "{" in line]
    assert any("Mine" in line for line in lines)
