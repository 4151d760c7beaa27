"""The cell table of the merge, tested whole: four states of a cell on three copies, 64 cases."""

from itertools import product

import pytest

from cjm_sheets.merge.three_way import (
    Agreed,
    Cell,
    Conflict,
    Decision,
    Merged,
    Pull,
    Push,
    decide,
)
from cjm_sheets.tables.codec import Unread, Value

STATES = (None, "a", "b", "c")
ALL_STATES = list(product(STATES, repeat=3))
FAILED = Unread("#REF!", failed=True)


def expected(base: Value, workbook: Value, shared: Value) -> Decision:
    """The table of the design, line by line, written without regard to how decide does it."""
    if workbook == shared:
        return Agreed(workbook)
    if workbook == base:
        return Pull(shared)
    if shared == base:
        return Push(workbook)
    return Conflict(base, workbook, shared)


@pytest.mark.parametrize(("base", "workbook", "shared"), ALL_STATES)
def test_every_state_of_a_cell(base: Value, workbook: Value, shared: Value) -> None:
    assert decide(base, Cell(workbook), Cell(shared)) == expected(base, workbook, shared)


@pytest.mark.parametrize(("base", "workbook", "shared"), ALL_STATES)
def test_the_sides_are_equals(base: Value, workbook: Value, shared: Value) -> None:
    mirrored = {Push: Pull, Pull: Push}
    one = decide(base, Cell(workbook), Cell(shared))
    other = decide(base, Cell(shared), Cell(workbook))
    assert type(other) is mirrored.get(type(one), type(one))


@pytest.mark.parametrize(("base", "workbook", "shared"), ALL_STATES)
def test_no_value_lands_on_a_formula(base: Value, workbook: Value, shared: Value) -> None:
    onto_workbook = decide(base, Cell(workbook, formula=True), Cell(shared))
    assert not isinstance(onto_workbook, Pull | Merged)
    onto_shared = decide(base, Cell(workbook), Cell(shared, formula=True))
    assert not isinstance(onto_shared, Push | Merged)


def test_what_a_formula_shows_crosses() -> None:
    assert decide("a", Cell("a"), Cell("b", formula=True)) == Pull("b")
    assert decide("a", Cell("b", formula=True), Cell("a")) == Push("b")


@pytest.mark.parametrize("other", STATES)
def test_an_error_says_nothing_new(other: Value) -> None:
    assert decide("a", Cell(FAILED), Cell(other)) == decide("a", Cell("a"), Cell(other))
    assert decide("a", Cell(other), Cell(FAILED)) == decide("a", Cell(other), Cell("a"))


REFS = (None, ("E1",), ("E2",), ("E1", "E2"))
ALL_REFS = list(product(REFS, repeat=3))


@pytest.mark.parametrize(("base", "workbook", "shared"), ALL_REFS)
def test_references_merge_element_by_element(base: Value, workbook: Value, shared: Value) -> None:
    decision = decide(base, Cell(workbook), Cell(shared))
    assert not isinstance(decision, Conflict)
    before, ours, theirs = (
        {*v} if isinstance(v, tuple) else set() for v in (base, workbook, shared)
    )
    wanted = {
        ref
        for ref in before | ours | theirs
        if (ref in ours and ref in theirs) or (ref not in before)
    }
    got = decision.value
    assert ({*got} if isinstance(got, tuple) else set()) == wanted


def test_a_reference_against_a_word_is_a_conflict() -> None:
    assert isinstance(decide(("E1",), Cell(("E2",)), Cell("later")), Conflict)
