from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_sheets.merge.rows import (
    Content,
    Identity,
    SideRow,
    name_rows,
    retyped,
    same_row,
    too_many_gone,
)
from cjm_sheets.tables.codec import Value


def drawing() -> Callable[[], Identity]:
    """Ids as the program draws them, in a row."""
    numbers = count(1)
    return lambda: (f"TNEW{next(numbers)}",)


def row(id_: str, **content: Value) -> SideRow:
    return SideRow(1, (id_,), content)


BASE: dict[Identity, Content] = {("T1",): {"name": "Search"}, ("T2",): {"name": "Buy"}}


def test_rows_keep_the_ids_they_have() -> None:
    rows = [row("T2", name="Buy now"), row("T1", name="Search"), row("T9", name="New")]
    assert name_rows(rows, BASE, {}, drawing()) == (("T2",), ("T1",), ("T9",))


def test_of_copied_rows_the_unchanged_one_keeps_the_id() -> None:
    rows = [row("T1", name="Search again"), row("T1", name="Search")]
    assert name_rows(rows, BASE, {}, drawing()) == (("TNEW1",), ("T1",))


def test_of_copied_rows_that_both_changed_the_first_keeps_the_id() -> None:
    rows = [row("T1", name="One"), row("T1", name="Two")]
    assert name_rows(rows, BASE, {}, drawing()) == (("T1",), ("TNEW1",))


def test_a_cleared_id_is_not_a_deletion() -> None:
    rows = [row("", name="Search"), row("T2", name="Buy")]
    assert name_rows(rows, BASE, {}, drawing()) == (("T1",), ("T2",))


def test_a_retyped_id_is_not_a_deletion() -> None:
    rows = [row("T77", name="Search"), row("T2", name="Buy")]
    assert name_rows(rows, BASE, {}, drawing()) == (("T1",), ("T2",))


def test_a_retyped_id_is_known_by_what_was_pushed_there_before_it_could_be_remembered() -> None:
    workbook: dict[Identity, Content] = {("T1",): {"name": "Look"}, ("T2",): {"name": "Buy"}}
    shared: dict[Identity, Content] = {("T77",): {"name": "Look"}, ("T2",): {"name": "Buy"}}
    assert retyped(shared, workbook, BASE) == {("T1",): ("T77",)}
    # A new row of the workbook is none that ever had another id.
    more: dict[Identity, Content] = {**workbook, ("T9",): {"name": "Wait"}}
    assert retyped({("T78",): {"name": "Wait"}}, more, BASE) == {}


BEFORE: dict[Identity, Content] = {("T1",): {"name": "Search", "mood": 1}}
NOW: dict[Identity, Content] = {("T1",): {"name": "Look", "mood": 2}}


@pytest.mark.parametrize("id_", ["", "T77"])
def test_a_row_that_says_some_of_the_base_and_some_of_the_other_side_is_that_row(id_: str) -> None:
    """A run pushed the name and could not remember it; then the mood changed in the workbook."""
    there = row(id_, name="Look", mood=1)
    assert name_rows([there], BEFORE, NOW, drawing()) == (("T1",),)
    assert retyped({("T77",): there.content}, NOW, BEFORE) == {("T1",): ("T77",)}


@pytest.mark.parametrize("says", [{"name": "Look"}, {"name": "Find", "mood": 1}, {"mood": 1}])
def test_a_row_that_says_anything_else_is_another_row(says: dict[str, Value]) -> None:
    assert name_rows([row("", **says)], BEFORE, NOW, drawing()) == (("TNEW1",),)
    assert retyped({("T77",): row("", **says).content}, NOW, BEFORE) == {}


def test_many_rows_that_were_all_replaced_are_not_compared_for_ever() -> None:
    many = range(3_000)
    before: dict[Identity, Content] = {(f"T{n}",): {"name": f"Step {n}"} for n in many}
    now: dict[Identity, Content] = {(f"T{n}",): {"name": f"Moment {n}"} for n in many}
    rows = [row("", name=f"Other {n}") for n in many]
    names = name_rows(rows, before, now, drawing())
    assert len(set(names)) == len(rows)
    assert set(names).isdisjoint(before)


def test_a_row_without_id_that_the_other_side_named_is_that_row() -> None:
    rows = [row("", name="Unpack")]
    elsewhere: dict[Identity, Content] = {("T7F3K8",): {"name": "Unpack"}}
    assert name_rows(rows, BASE, elsewhere, drawing()) == (("T7F3K8",),)


def test_two_equal_new_rows_are_two_rows() -> None:
    rows = [row("", name="Wait"), row("", name="Wait")]
    elsewhere: dict[Identity, Content] = {("T5",): {"name": "Wait"}}
    assert name_rows(rows, {}, elsewhere, drawing()) == (("T5",), ("TNEW1",))


IDS = st.sampled_from(["", "T1", "T2", "T3", "T4"])
NAMES = st.sampled_from(["Search", "Buy", "Wait"])
ROWS = st.lists(st.builds(lambda i, n: row(i, name=n), IDS, NAMES), max_size=8)


@given(ROWS)
def test_no_two_rows_ever_share_an_id(rows: list[SideRow]) -> None:
    named = name_rows(rows, BASE, {}, drawing())
    assert len(set(named)) == len(rows)
    assert all(any(identity) for identity in named)


@given(ROWS)
def test_naming_named_rows_changes_nothing(rows: list[SideRow]) -> None:
    named = name_rows(rows, BASE, {}, drawing())
    again = [SideRow(1, identity, r.content) for identity, r in zip(named, rows, strict=True)]
    known: dict[Identity, Content] = {
        identity: r.content for identity, r in zip(named, rows, strict=True)
    }
    assert name_rows(again, known, {}, drawing()) == named


def test_rows_of_one_counted_id_are_one_if_half_of_them_agrees() -> None:
    pushed: Content = {"pain": "Too slow", "severity": 4, "touchpoint": "T1"}
    edited: Content = {"pain": "Too slow", "severity": 5, "touchpoint": "T1", "hit": 3}
    other: Content = {"pain": "Too dear", "severity": 4, "touchpoint": "T9"}
    assert same_row(pushed, edited)
    assert not same_row(pushed, other)


def test_more_than_five_and_more_than_half_is_too_many() -> None:
    ids: list[Identity] = [(f"T{i}",) for i in range(12)]
    assert too_many_gone(ids, ids[6:]) == 0
    assert too_many_gone(ids, ids[7:]) == 7
    assert too_many_gone(ids[:5], []) == 0
    assert too_many_gone(ids[:6], []) == 6
