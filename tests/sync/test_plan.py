"""What a sync does, told as people would: two copies, edits on each, and what comes of them."""

from datetime import date

import pytest

from cjm_sheets.errors.sharing import MassDeletionError
from cjm_sheets.errors.workbook import DamagedBaseError, MissingColumnError, OpenElsewhereError
from cjm_sheets.tables.naming import word
from cjm_sheets.tables.table import CellError, Raw
from cjm_sheets.usecases.check_map import Wanted, check_map
from cjm_sheets.usecases.sync_map import Link
from tests.stores.memory import MemoryStore, Sheet, sheet
from tests.sync.world import World, row, touchpoints


@pytest.fixture
def world() -> World:
    made = World(touchpoints(*(row(i, emotion=0) for i in range(1, 5))))
    made.sync()
    return made


def settled(world: World) -> None:
    """Both sides are equal, and a further sync writes nothing anywhere."""
    again = world.sync()
    assert again.plan.writes_nothing
    assert world.workbook.rows("Touchpoints") == world.shared.rows("Touchpoints")


def test_the_first_push_makes_the_sheets(world: World) -> None:
    assert [r["id"] for r in world.shared.rows("Touchpoints")] == ["T1", "T2", "T3", "T4"]
    settled(world)


def test_no_shared_copy_is_made_that_the_workbook_cannot_remember() -> None:
    made = World(touchpoints(row(1)))
    made.workbook.busy = True
    with pytest.raises(OpenElsewhereError):
        made.sync()
    assert made.shared.writes == 0


def test_what_cannot_be_pulled_now_is_pulled_later(world: World) -> None:
    world.edit(world.workbook, "T1", "name", "Ours")
    world.edit(world.shared, "T2", "name", "Theirs")
    world.workbook.busy = True
    waiting = world.sync()
    assert isinstance(waiting.waiting, OpenElsewhereError)
    assert world.value(world.shared, "T1", "name") == "Ours"
    assert world.value(world.workbook, "T2", "name") == "Step 2"
    world.workbook.busy = False
    assert world.sync().plan.conflicts == ()
    assert world.value(world.workbook, "T2", "name") == "Theirs"
    settled(world)


def test_edits_on_both_sides_cross(world: World) -> None:
    world.edit(world.workbook, "T1", "name", "Search the web")
    world.edit(world.shared, "T2", "emotion", -2)
    done = world.sync()
    assert world.value(world.shared, "T1", "name") == "Search the web"
    assert world.value(world.workbook, "T2", "emotion") == -2
    assert (len(done.plan.pushed), len(done.plan.pulled)) == (1, 1)
    settled(world)


def test_a_conflict_leaves_both_sides_and_settles_by_an_edit(world: World) -> None:
    world.edit(world.workbook, "T1", "name", "Ours")
    world.edit(world.shared, "T1", "name", "Theirs")
    conflicts = world.sync().plan.conflicts
    assert [(c.row, c.column, c.base, c.workbook, c.shared) for c in conflicts] == [
        ("T1", "name", "Step 1", "Ours", "Theirs")
    ]
    assert world.value(world.workbook, "T1", "name") == "Ours"
    assert world.value(world.shared, "T1", "name") == "Theirs"
    assert len(world.sync().plan.conflicts) == 1
    world.edit(world.shared, "T1", "name", "Ours")
    assert world.sync().plan.conflicts == ()
    settled(world)


def _found(world: World) -> list[tuple[str, str, str]]:
    checked = check_map(world.workbook, Wanted(date(2026, 3, 1), select=["CJ117", "CJ118"]))
    return [(each.rule, each.row, each.message) for each in checked.findings]


def test_a_check_tells_of_a_conflict_until_it_is_settled(world: World) -> None:
    world.edit(world.workbook, "T1", "name", "Ours")
    world.edit(world.shared, "T1", "name", "Theirs")
    assert _found(world) == []
    world.sync(dry_run=True)
    assert _found(world) == []
    world.sync()
    said = "Changed on both sides: Ours here, Theirs in the shared copy."
    assert _found(world) == [("CJ117", "T1", said)]
    written = world.workbook.writes
    world.sync()
    assert world.workbook.writes == written
    world.edit(world.workbook, "T1", "name", "Theirs")
    assert _found(world) == []
    world.sync()
    assert _found(world) == []
    settled(world)


def test_a_workbook_that_is_busy_needs_no_reminder(world: World) -> None:
    world.edit(world.workbook, "T1", "name", "Ours")
    world.edit(world.shared, "T1", "name", "Theirs")
    world.workbook.busy = True
    done = world.sync()
    assert done.waiting is None
    assert len(done.plan.conflicts) == 1
    world.workbook.busy = False
    world.sync()
    assert [rule for rule, _, _ in _found(world)] == ["CJ117"]


def test_a_check_tells_of_a_row_that_came_back(world: World) -> None:
    world.edit(world.workbook, "T2", "name", "Edited here")
    world.shared.sheets[0].rows.pop(1)
    world.sync()
    said = "This row was deleted in the shared copy and edited here; it came back."
    assert _found(world) == [("CJ118", "T2", said)]
    written = world.workbook.writes
    world.sync()
    assert world.workbook.writes == written
    assert len(_found(world)) == 1
    world.edit(world.shared, "T1", "name", "Something else")
    world.sync()
    assert _found(world) == []
    settled(world)


@pytest.mark.parametrize(("prefer", "kept"), [("workbook", "Ours"), ("sheet", "Theirs")])
def test_a_conflict_settles_by_preference(world: World, prefer: str, kept: str) -> None:
    world.edit(world.workbook, "T1", "name", "Ours")
    world.edit(world.shared, "T1", "name", "Theirs")
    world.sync(prefer=prefer)
    assert world.value(world.workbook, "T1", "name") == kept
    assert any(kept not in e.before and "s" in e.before for e in world.history.entries)
    settled(world)


def test_a_row_that_a_colleague_adds_gets_an_id_and_arrives(world: World) -> None:
    there, at = world.shared.column("Touchpoints", "name")
    new: list[Raw] = [None] * len(there.header)
    new[at] = "Unpack"
    there.rows.insert(1, new)
    world.sync()
    added = [r for r in world.workbook.rows("Touchpoints") if r["name"] == "Unpack"]
    assert len(added) == 1
    assert str(added[0]["id"]).startswith("T")
    assert [r["name"] for r in world.workbook.rows("Touchpoints")][1] == "Unpack"
    settled(world)


def test_a_row_added_here_comes_after_the_same_neighbour_there(world: World) -> None:
    world.shared.sheets[0].rows.reverse()
    world.workbook.sheets[0].rows.insert(2, [*row(9).values(), *[None] * 5])
    world.sync()
    ids = [r["id"] for r in world.shared.rows("Touchpoints")]
    assert ids[ids.index("T2") + 1] == "T9"


def test_sorting_is_no_change(world: World) -> None:
    world.shared.sheets[0].rows.reverse()
    done = world.sync()
    assert done.plan.writes_nothing
    assert [r["id"] for r in world.shared.rows("Touchpoints")] == ["T4", "T3", "T2", "T1"]


def test_moved_and_translated_columns_are_no_change() -> None:
    made = World(touchpoints(row(1, channel="store"), row(2)))
    made.sync()
    german = touchpoints(row(1, channel=word("de", "channel", "store")), row(2), language="de")
    german.header.reverse()
    for line in german.rows:
        line.reverse()
    made.shared.sheets[0] = german
    assert made.sync().plan.writes_nothing


def test_list_values_arrive_in_the_language_of_the_side() -> None:
    made = World(touchpoints(row(1, channel="store")))
    made.sync()
    made.shared.sheets[0] = touchpoints(
        row(1, channel=word("de", "channel", "store")), language="de"
    )
    made.edit(made.workbook, "T1", "channel", "phone")
    made.sync()
    assert made.value(made.shared, "T1", "channel") == word("de", "channel", "phone")


def test_own_columns_formulas_and_sheets_stay(world: World) -> None:
    there = world.shared.sheets[0]
    there.header.append("Who checks")
    for line in there.rows:
        line.append("Mia")
    at = there.header.index("Why this mood") if "Why this mood" in there.header else 5
    there.formulas[2, at + 1] = '="walks"&" in"'
    there.rows[0][at] = "walks in"
    world.shared.sheets.append(Sheet("My notes", ["Remember"], [["the milk"]]))
    world.edit(world.workbook, "T2", "name", "Compare")
    done = world.sync()
    assert [line[-1] for line in there.rows] == ["Mia"] * 4
    assert there.formulas == {(2, at + 1): '="walks"&" in"'}
    assert world.shared.sheets[-1].rows == [["the milk"]]
    assert ("column", "Who checks") in {(e.kind, e.what) for e in done.plan.left}
    assert world.value(world.workbook, "T1", "action") == "walks in"
    settled_again = world.sync()
    assert settled_again.plan.writes_nothing


def test_a_formula_is_never_overwritten(world: World) -> None:
    there, at = world.shared.column("Touchpoints", "name")
    there.formulas[2, at + 1] = '="Step "&1'
    world.edit(world.workbook, "T1", "name", "Something else")
    done = world.sync(prefer="workbook")
    assert [c.row for c in done.plan.conflicts] == ["T1"]
    assert there.formulas == {(2, at + 1): '="Step "&1'}


def test_a_failed_formula_takes_nothing_away(world: World) -> None:
    there, at = world.shared.column("Touchpoints", "name")
    there.formulas[2, at + 1] = "=1/0"
    there.rows[0][at] = CellError("#DIV/0!")
    done = world.sync()
    assert world.value(world.workbook, "T1", "name") == "Step 1"
    assert [(e.kind, e.side) for e in done.plan.left] == [("formula", "sheet")]


def test_a_deletion_crosses_and_is_kept_in_the_history(world: World) -> None:
    del world.shared.sheets[0].rows[1]
    done = world.sync()
    assert [r["id"] for r in world.workbook.rows("Touchpoints")] == ["T1", "T3", "T4"]
    assert [(m.row, m.column) for m in done.plan.pulled] == [("T2", "")]
    assert any("Step 2" in e.before for e in world.history.entries)
    settled(world)


def test_an_edit_wins_over_a_deletion(world: World) -> None:
    del world.shared.sheets[0].rows[1]
    world.edit(world.workbook, "T2", "name", "Still needed")
    done = world.sync()
    assert [(r.row, r.side) for r in done.plan.restored] == [("T2", "sheet")]
    assert world.value(world.shared, "T2", "name") == "Still needed"
    settled_sorted(world)


def settled_sorted(world: World) -> None:
    assert world.sync().plan.writes_nothing
    sides = (world.workbook.rows("Touchpoints"), world.shared.rows("Touchpoints"))
    ours, theirs = (sorted(rows, key=lambda r: str(r["id"])) for rows in sides)
    assert ours == theirs


def test_a_copied_row_gets_an_id_of_its_own(world: World) -> None:
    there = world.shared.sheets[0]
    there.rows.insert(1, [*there.rows[0]])
    world.sync()
    ids = [r["id"] for r in world.workbook.rows("Touchpoints")]
    assert len(set(ids)) == 5
    settled_sorted(world)


def test_one_id_given_to_two_rows_makes_two_rows_and_references_follow() -> None:
    pains = sheet(
        "Pains", {"id": "N1", "touchpoint": "T1", "pain": "Slow"}, keys="id touchpoint pain"
    )
    made = World(touchpoints(row(1)), pains)
    made.sync()
    ours: list[Raw] = ["T2", "S1", 2, "Call the shop", "phone", "Calls", -1, 0.5, None]
    made.workbook.sheets[0].rows.append(ours)
    made.workbook.sheets[1].rows.append(["N2", "T2 Call the shop", "Nobody answers"])
    made.shared.sheets[0].rows.append(
        ["T2", "S9", 7, "Read the label", "store", "Reads", 2, 0.9, None]
    )
    made.sync()
    names = {str(r["id"]): r["name"] for r in made.workbook.rows("Touchpoints")}
    assert names["T2"] == "Read the label"
    new = next(id_ for id_, name in names.items() if name == "Call the shop")
    assert new != "T2"
    for side in (made.workbook, made.shared):
        assert str(made.value(side, "N2", "touchpoint", "Pains")).split()[0] == new
    settled_sorted(made)


def test_one_id_given_to_the_first_rows_of_an_empty_table_makes_two_rows() -> None:
    made = World(touchpoints())
    made.sync()
    ours: list[Raw] = ["T1", "S1", 1, "Call the shop", "phone", "Calls", -1, 0.5, None]
    theirs: list[Raw] = ["T1", "S9", 7, "Read the label", "store", "Reads", 2, 0.9, None]
    made.workbook.sheets[0].rows.append(ours)
    made.shared.sheets[0].rows.append(theirs)
    assert made.sync().plan.conflicts == ()
    names = {r["name"] for r in made.workbook.rows("Touchpoints")}
    assert names == {"Call the shop", "Read the label"}
    settled_sorted(made)


def test_more_than_half_gone_stops_and_asks() -> None:
    made = World(touchpoints(*(row(i) for i in range(1, 13))))
    made.sync()
    del made.shared.sheets[0].rows[2:]
    with pytest.raises(MassDeletionError):
        made.sync()
    assert len(made.workbook.rows("Touchpoints")) == 12
    made.sync(allow_mass_delete=True)
    assert len(made.workbook.rows("Touchpoints")) == 2


def test_a_deleted_sheet_stops_and_asks(world: World) -> None:
    world.shared.sheets.clear()
    with pytest.raises(MassDeletionError):
        world.sync()


def test_a_workbook_without_ids_is_refused(world: World) -> None:
    there, at = world.workbook.column("Touchpoints", "id")
    there.header[at] = "Number"
    for line in there.rows:
        line[at] = None  # else the column would be known by what it says
    with pytest.raises(MissingColumnError):
        world.sync()


def test_references_added_on_both_sides_are_all_kept(world: World) -> None:
    world.edit(world.workbook, "T1", "evidence", "E1; E2")
    world.edit(world.shared, "T1", "evidence", "E3")
    world.sync()
    assert world.value(world.workbook, "T1", "evidence") == "E1; E2; E3"
    settled(world)


def test_a_lost_base_deletes_nothing_and_shows_what_differs(world: World) -> None:
    world.workbook.memory = ()
    del world.shared.sheets[0].rows[3]
    world.edit(world.shared, "T1", "name", "Theirs")
    world.edit(world.shared, "T2", "reach", 0.4)
    done = world.sync(target=Link("local", "abc"))
    assert [c.row for c in done.plan.conflicts] == ["T1"]
    assert len(world.shared.rows("Touchpoints")) == 4
    assert world.value(world.workbook, "T2", "reach") == 0.4


def test_a_dry_run_writes_nothing_and_tells_the_same_plan(world: World) -> None:
    world.edit(world.workbook, "T1", "name", "Ours")
    world.edit(world.shared, "T3", "emotion", 2)
    before = (world.workbook.writes, world.shared.writes)
    would = world.sync(dry_run=True)
    assert (world.workbook.writes, world.shared.writes) == before
    did = world.sync()
    assert (would.plan.pushed, would.plan.pulled) == (did.plan.pushed, did.plan.pulled)


def test_push_only_and_pull_only_leave_the_rest_for_later(world: World) -> None:
    world.edit(world.workbook, "T1", "name", "Ours")
    world.edit(world.shared, "T3", "name", "Theirs")
    world.sync(direction="push")
    assert world.value(world.shared, "T1", "name") == "Ours"
    assert world.value(world.workbook, "T3", "name") == "Step 3"
    world.sync(direction="pull")
    assert world.value(world.workbook, "T3", "name") == "Theirs"
    settled(world)


def test_after_a_crash_between_the_writes_the_next_run_catches_up(world: World) -> None:
    base = world.workbook.memory
    world.edit(world.workbook, "T1", "name", "Ours")
    world.workbook.sheets[0].rows.append([*row(9).values(), *[None] * 5])
    world.sync()
    world.workbook.memory = base
    done = world.sync()
    assert done.plan.to_shared.is_nothing
    assert done.plan.conflicts == ()
    settled(world)


def lose_column(world: World, key: str) -> int:
    """Rename a header beyond recognition, as a colleague might."""
    there, at = world.shared.column("Touchpoints", key)
    there.header[at] = "Something else"
    return at


def test_a_row_that_says_nothing_over_there_stays_here(world: World) -> None:
    lose_column(world, "name")
    world.workbook.sheets[0].rows.append(["T9", None, None, "Only a name", *[None] * 5])
    done = world.sync()
    assert ("row", "T9") in {(each.kind, each.what) for each in done.plan.left}
    world.sync()
    assert any(r["name"] == "Only a name" for r in world.workbook.rows("Touchpoints"))


def test_an_edit_in_a_column_that_the_other_side_lost_wins_over_a_deletion(world: World) -> None:
    lose_column(world, "name")
    world.edit(world.workbook, "T2", "name", "Still needed")
    del world.shared.sheets[0].rows[1]
    world.sync()
    world.sync()
    assert any(r["name"] == "Still needed" for r in world.workbook.rows("Touchpoints"))


def test_rows_whose_only_words_are_in_a_lost_column_are_not_deleted() -> None:
    names: list[dict[str, Raw]] = [{"id": f"T{i}", "name": f"Step {i}"} for i in range(1, 5)]
    made = World(touchpoints(*names))
    made.sync()
    lose_column(made, "name")
    made.sync()
    made.sync()
    assert [r["name"] for r in made.workbook.rows("Touchpoints")] == [n["name"] for n in names]


def test_a_column_that_comes_back_empty_clears_nothing(world: World) -> None:
    at = lose_column(world, "name")
    world.sync()
    world.shared.sheets[0].header[at] = "Step"
    for line in world.shared.sheets[0].rows:
        line[at] = None
    world.sync()
    assert world.value(world.workbook, "T1", "name") == "Step 1"
    assert world.value(world.shared, "T1", "name") == "Step 1"


def test_a_shared_sheet_without_ids_is_left_alone(world: World) -> None:
    at = lose_column(world, "id")
    world.edit(world.workbook, "T1", "name", "Later")
    done = world.sync()
    assert [each.kind for each in done.plan.left if each.kind == "ids"] == ["ids"]
    assert done.plan.to_shared.is_nothing
    world.shared.sheets[0].header[at] = "ID"
    world.sync()
    assert world.value(world.shared, "T1", "name") == "Later"


def test_a_deleted_sheet_is_made_again_when_asked(world: World) -> None:
    world.shared.sheets.clear()
    world.sync(allow_mass_delete=True)
    assert len(world.workbook.rows("Touchpoints")) == 4
    assert len(world.shared.rows("Touchpoints")) == 4


def test_two_workbooks_do_not_rename_a_row_for_each_other(world: World) -> None:
    first, again = world.workbook, World(touchpoints())
    again.shared, again.made = world.shared, True
    again.workbook = MemoryStore(
        touchpoints(*(row(i, emotion=0) for i in range(1, 5))), removes=False
    )
    again.workbook.memory = first.memory
    ids = world.shared.column("Touchpoints", "id")[1]
    world.shared.sheets[0].rows[0][ids] = "T84"
    for each in (world, again, world, again):
        each.sync(target=Link("local", "abc"))
    assert world.sync().plan.writes_nothing
    assert again.sync().plan.writes_nothing
    assert world.workbook.rows("Touchpoints")[0]["id"] == "T84"
    assert again.workbook.rows("Touchpoints")[0]["id"] == "T84"


def test_a_copy_with_a_drawn_id_is_no_row_of_the_base_whose_id_was_retyped(world: World) -> None:
    """A job that died gave it the id; the row that it was copied from is gone on both sides."""
    there, ids = world.shared.column("Touchpoints", "id")
    copy = [*there.rows[0]]
    copy[ids] = "TYRD6Z"
    there.rows = [*there.rows[1:], copy]
    del world.workbook.sheets[0].rows[0]
    world.sync()
    assert "TYRD6Z" in {row["id"] for row in world.workbook.rows("Touchpoints")}
    assert "TYRD6Z" in {row["id"] for row in world.shared.rows("Touchpoints")}
    assert world.sync().plan.writes_nothing


def test_a_failed_formula_in_a_new_row_does_not_cross(world: World) -> None:
    there, at = world.shared.column("Touchpoints", "emotion")
    new: list[Raw] = ["T9", "S1", 9, "New", *[None] * 5]
    new[at] = CellError("LOADING")
    there.rows.append(new)
    there.formulas[len(there.rows) + 1, at + 1] = "=SLOW()"
    world.sync()
    assert world.value(world.workbook, "T9", "emotion") is None
    new[at] = 2
    world.sync()
    assert world.value(world.workbook, "T9", "emotion") == 2


def test_a_text_too_long_for_excel_holds_nothing_else_up(world: World) -> None:
    world.edit(world.shared, "T1", "name", "x" * 40_000)
    world.edit(world.shared, "T2", "name", "Fine")
    done = world.sync()
    assert [(each.kind, each.what) for each in done.plan.left] == [("length", "T1")]
    assert world.value(world.workbook, "T1", "name") == "Step 1"
    assert world.value(world.workbook, "T2", "name") == "Fine"


def test_settings_with_the_same_key_twice_settle() -> None:
    rows: list[dict[str, Raw]] = [{"key": "z", "value": 1}, {"key": "z", "value": 2}, {"value": 3}]
    made = World(touchpoints(row(1)), sheet("Settings", *rows))
    made.sync()
    assert made.sync().plan.writes_nothing
    made.edit_setting("z", 5)
    made.sync()
    assert made.shared.rows("Settings")[0]["value"] == 5
    assert made.sync().plan.writes_nothing


def test_a_damaged_base_deletes_nothing_and_shows_what_differs_as_conflicts() -> None:
    world = World(touchpoints(row(1), row(2, action="wait"), row(3)))
    world.sync()
    world.edit(world.workbook, "T2", "action", "leave")
    del world.shared.sheets[0].rows[2]
    *head, checksum, packed = world.workbook.memory[:6]
    world.workbook.memory = (*head, checksum, packed[:-8] + "AAAAAAAA", *world.workbook.memory[6:])
    done = world.sync()
    assert done.without_base
    assert [(clash.row, clash.column) for clash in done.plan.conflicts] == [("T2", "action")]
    assert [r["id"] for r in world.shared.rows("Touchpoints")] == ["T1", "T2", "T3"]
    assert world.value(world.workbook, "T2", "action") == "leave"
    assert world.value(world.shared, "T2", "action") == "wait"
    again = world.sync(prefer="workbook")
    assert not again.without_base
    assert world.value(world.shared, "T2", "action") == "leave"


def test_a_record_that_cannot_even_tell_where_the_copy_is_says_what_to_do() -> None:
    world = World(touchpoints(row(1)))
    world.sync()
    world.workbook.memory = ("something else", *world.workbook.memory[1:])
    with pytest.raises(DamagedBaseError):
        world.sync()
    done = world.sync(target=Link("local", "abc"))
    assert done.without_base
    assert not done.plan.conflicts
