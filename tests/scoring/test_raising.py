"""Which evidence would raise the grade of a pain, and what its score would be then."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_sheets.model.journey import Evidence, Pain
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.scoring.grades import grade
from cjm_sheets.scoring.pain_scores import score_pains
from cjm_sheets.scoring.raising import ways_up

KINDS = ("survey", "review", "interview")


def _book(
    asked: int | None, kinds: int, *, words: str = "slow", guess: float | None = None
) -> Workbook:
    evidence = tuple(Evidence(id=f"E{i}", source=kind) for i, kind in enumerate(KINDS[:kinds]))
    hit = None if asked is None else asked / 2
    pain = Pain(
        id="N1", pain=words, severity=3, hit=hit, observed=asked, guess=guess, reach=0.5,
        evidence=tuple(row.id for row in evidence),
    )  # fmt: skip
    return Workbook(pains=(Pain(id="N0", pain="other"), pain), evidence=evidence)


def _ways(book: Workbook) -> list[tuple[int, int, str]]:
    ways = ways_up(book, score_pains(book)[1])
    return [(way.people, way.kinds, way.grade) for way in ways]


@pytest.mark.parametrize(
    ("asked", "kinds", "ways"),
    [
        (30, 2, []),
        (300, 3, []),
        (30, 1, [(0, 1, "A")]),
        (30, 0, [(0, 2, "A")]),
        (29, 2, [(1, 0, "A")]),
        (12, 1, [(0, 1, "B"), (18, 0, "B"), (18, 1, "A")]),
        (5, 2, [(25, 0, "A")]),
        (4, 2, [(1, 0, "B"), (26, 0, "A")]),
        (4, 1, [(1, 0, "C"), (1, 1, "B"), (26, 0, "B"), (26, 1, "A")]),
        (None, 0, [(5, 0, "C"), (5, 2, "B"), (30, 0, "B"), (30, 2, "A")]),
    ],
)
def test_the_least_that_raises_a_grade(
    asked: int | None, kinds: int, ways: list[tuple[int, int, str]]
) -> None:
    assert _ways(_book(asked, kinds)) == ways


def test_a_guess_counts_as_nobody_asked() -> None:
    assert _ways(_book(None, 2, guess=0.5)) == [(5, 0, "B"), (30, 0, "A")]


def test_a_row_without_words_has_no_grade_to_raise() -> None:
    assert _ways(_book(12, 1, words="")) == []


def test_the_score_that_could_be_shown_then() -> None:
    book = _book(12, 1)
    score = score_pains(book)[1]
    for way in ways_up(book, score):
        then = _book(12 + way.people, 1 + way.kinds)
        assert way.evidenced == pytest.approx(score_pains(then)[1].evidenced)
        assert way.evidenced is not None
        assert score.evidenced is not None
        assert way.evidenced > score.evidenced


def test_without_a_share_there_is_no_score_to_come() -> None:
    book = _book(None, 1)
    assert {way.evidenced for way in ways_up(book, score_pains(book)[1])} == {None}
    odd = replace(book, pains=(book.pains[0], replace(book.pains[1], hit=math.nan, observed=9)))
    assert _ways(odd)[-1] == (30, 1, "A"), "nobody counts who cannot be counted"


@given(st.integers(1, 60), st.integers(0, 3))
def test_every_way_makes_the_grade_that_it_promises_and_none_is_outdone(
    asked: int, kinds: int
) -> None:
    now = grade(asked, kinds)
    ways = _ways(_book(asked, kinds))
    assert (not ways) == (now == "A")
    for people, more, made in ways:
        assert grade(asked + people, kinds + more) == made
        assert made < now
        assert people == 0 or grade(asked + people - 1, kinds + more) > made
        assert more == 0 or grade(asked + people, kinds + more - 1) > made
