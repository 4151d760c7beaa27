"""Many pains, which NumPy ranks, get the very same ranks and ties as few, which Python ranks."""

import math
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_sheets.model.journey import Evidence, Pain, Touchpoint
from cjm_sheets.model.scales import Settings
from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.scoring import (
    alike,
    firmness,
    firmness_large,
    firmness_plain,
    ranking,
    ranking_large,
)
from cjm_sheets.scoring.pain_scores import score_pains
from cjm_sheets.scoring.weight_grid import SETS
from cjm_sheets.scoring.weight_grid import STEPS as GRID_STEPS
from cjm_sheets.scoring.weights import weights
from scripts.benchmarks import score_large, side_by_side

SHARES = st.one_of(st.sampled_from([0.0, 0.1, 0.25, 0.5, 1.0, 1e-300, 1e-17]), st.floats(0, 1))
WEIGHTS = st.sampled_from([(1, 1, 1), (2, 1, 0), (0.5, 3, 1), (0, 0, 1), (1e-3, 1, 1e3)])
STEPS = (Touchpoint(id="T1"), Touchpoint(id="T2", moment_of_truth=True))
EVIDENCE = (Evidence(id="E1", source="survey"), Evidence(id="E2", source="review"))

PAINS = st.lists(
    st.builds(
        lambda severity, hit, reach, step, sources, id_: Pain(
            id=f"N{id_}", pain="x", touchpoint=f"T{step}", severity=severity, hit=hit, observed=40,
            reach=reach, evidence=("E1", "E2")[:sources],
        ),
        st.integers(1, 5), st.integers(0, 40), SHARES, st.integers(1, 2), st.integers(0, 2),
        st.integers(0, 30),
    ),
    min_size=1, max_size=40,
)  # fmt: skip


def _scores(pains: Sequence[Pain], settings: Settings) -> tuple[PainScore, ...]:
    book = Workbook(touchpoints=STEPS, evidence=EVIDENCE, pains=tuple(pains), settings=settings)
    return score_pains(book)


@given(PAINS, WEIGHTS, st.sampled_from([1.25, 3.0, 0.5]), st.sampled_from([0.8, 0.0, None]))
def test_both_ways_agree_in_every_rank_and_every_tie(
    pains: list[Pain], given_: tuple[float, float, float], moment: float, grade_b: float | None
) -> None:
    grades = (("A", 1.0), ("B", grade_b), ("C", 0.5), ("D", 0.2))
    settings = Settings(*given_, moment_factor=moment, grades=grades)
    scores, base = _scores(pains, settings), weights(settings)
    assert base is not None
    ranked = ranking.ranking(scores)
    if not ranked:
        return
    plain = firmness_plain.hold(ranked, scores, settings, base)
    large = firmness_large.hold(ranked, scores, settings, base)
    assert large == replace(plain, held=list(plain.held))


NUMBERS = st.one_of(
    st.sampled_from([0.0, 50.0, 50.0 + 1e-12, 50.0 + 4e-11, 100.0, 1e-300, 0.1 + 0.2, 0.3]),
    st.floats(0, 100),
)


@given(st.lists(st.tuples(NUMBERS, NUMBERS, st.sampled_from(["", "N1", "N2", "N10", "Ñ"]))))
def test_both_ways_agree_in_the_order(rows: list[tuple[float, float, str]]) -> None:
    first, second = [row[0] for row in rows], [row[1] for row in rows]
    ids = [row[2] for row in rows]
    plain = sorted(
        range(len(rows)),
        key=lambda at: (-alike.rounded(first[at]), -alike.rounded(second[at]), ids[at]),
    )
    assert ranking_large.order(first, second, ids) == plain


@given(st.lists(NUMBERS, min_size=1))
def test_both_ways_round_alike(numbers: list[float]) -> None:
    kept = ranking_large.rounded(np.array(numbers)).tolist()
    assert kept == [alike.rounded(number) for number in numbers]
    for number, rounded in zip(numbers, kept, strict=True):
        assert rounded == pytest.approx(number, rel=1e-11)


def _many(count: int) -> Workbook:
    pick = random.Random(7)  # noqa: S311 - test data
    pains = tuple(
        Pain(
            id=f"N{at}", pain="x", touchpoint=pick.choice(("T1", "T2")),
            severity=pick.randint(1, 5), hit=pick.randint(0, 90), observed=90,
            reach=pick.choice((0.1, 0.2, pick.random())),
            evidence=("E1", "E2")[: pick.randint(0, 2)],
        )
        for at in range(count)
    )  # fmt: skip
    return Workbook(touchpoints=STEPS, evidence=EVIDENCE, pains=pains)


def test_a_map_that_is_just_large_is_ranked_as_if_it_were_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book = _many(3_100)
    scores = score_pains(book)
    monkeypatch.setattr(ranking, "MANY", 100)
    large = firmness.firmness(scores, book.settings)
    monkeypatch.setattr(ranking, "MANY", 10_000)
    monkeypatch.setattr(firmness, "LARGE", range(10_000, 10_001))
    assert large == firmness.firmness(scores, book.settings)
    assert len({standing.rank for standing in large.standings}) == 3_100


def test_a_hundred_thousand_pains_are_scored_and_ranked_within_seconds() -> None:
    book = _many(100_000)
    begun = time.process_time()
    firm = firmness.firmness(score_pains(book), book.settings)
    assert time.process_time() - begun < 60  # guards against a quadratic slip, not a benchmark
    assert [standing.rank for standing in firm.standings[:3]] == [1, 2, 3]
    assert all(s.best_rank <= s.rank <= s.worst_rank for s in firm.standings)


def test_scoring_loads_numpy_only_for_a_large_map() -> None:
    program = (
        "import sys\n"
        "import cjm_sheets.usecases.score_map, cjm_sheets.usecases.explain\n"
        "from cjm_sheets.model.journey import Pain\n"
        "from cjm_sheets.model.workbook import Workbook\n"
        "from cjm_sheets.scoring.firmness import firmness\n"
        "from cjm_sheets.scoring.pain_scores import score_pains\n"
        "for many in (2000, 3000):\n"
        "    pain = Pain(pain='x', severity=3, hit=1, observed=9, reach=0.5)\n"
        "    book = Workbook(pains=(pain,) * many)\n"
        "    firmness(score_pains(book), book.settings)\n"
        "    print('numpy' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == ["False", "True"]


def test_the_benchmark_measures_every_job_against_its_floor() -> None:
    made = score_large.made(500)
    pairs = score_large.jobs(made)
    medians = side_by_side.measured(pairs, 1)
    lines = score_large.report(medians)
    assert [line.split("  ")[0] for line in lines] == ["order", "weight grid", "scores"]
    assert all(floor > 0 and own > 0 for floor, own in medians.values())
    top = score_large.product_and_top(made.logs)
    assert len(top) == SETS
    falling = np.lexsort((-made.if_true, -made.shown))
    found = ranking_large.order_of_columns(made.shown, made.if_true, made.ids)
    assert found.tolist() == falling.tolist()


def _made(position: int, logs: tuple[float, float, float], moment: float, grade: str) -> PainScore:
    """Return a scored pain whose factors have these logarithms."""
    severity, frequency, reach = map(math.exp, logs)
    (blank,) = _scores([Pain(id="N1", pain="x")], Settings())
    return replace(
        blank, position=position, severity=severity, frequency_low=frequency, reach=reach,
        moment=moment, grade=grade, evidenced=90.0 - position, if_true=90.0,
    )  # fmt: skip


@pytest.mark.parametrize(("nearer", "tied"), [(0.0, True), (0.0002, False)])
@pytest.mark.parametrize("hold", [firmness_plain.hold, firmness_large.hold])
def test_an_order_that_turns_only_where_a_score_reaches_its_cap_is_a_tie(
    hold: Any, nearer: float, *, tied: bool
) -> None:
    moment = math.log(1.25) / 3
    # the second one is capped up to a weight of frequency of 1.05, and falls fast beyond it
    falls = moment * 3.05 / 1.05
    second = _made(1, (0.0, -falls, 0.0), math.exp(moment), "B")
    # the first one falls slowly, and is just above the cap of grade B at 1, just below it at 1.05
    mean = math.log(0.8) + 0.0000684 + nearer
    first = _made(0, (mean + 0.003, mean - 0.006, mean + 0.003), 1.0, "A")
    scores = (first, second)
    ranked = ranking.ranking(scores)
    assert [each.position for each in ranked] == [0, 1]
    held = hold(ranked, scores, Settings(), (1.0, 1.0, 1.0))
    assert list(held.tied) == [tied]


@pytest.mark.parametrize("hold", [firmness_plain.hold, firmness_large.hold])
def test_a_factor_without_weight_is_as_if_it_were_not_there(hold: Any) -> None:
    settings = Settings(weight_frequency=0)
    pains = [
        Pain(id="N1", pain="x", severity=5, hit=0, observed=40, reach=0.9),
        Pain(id="N2", pain="x", severity=2, hit=40, observed=40, reach=0.9),
    ]
    scores = _scores(pains, settings)
    held = hold(ranking.ranking(scores), scores, settings, (1.0, 0.0, 1.0))
    assert [list(held.held), list(held.best), list(held.worst)] == [[125, 125], [1, 2], [1, 2]]
    assert (held.same_top, list(held.tied)) == (125, [False])


@pytest.mark.parametrize("hold", [firmness_plain.hold, firmness_large.hold])
def test_a_moment_that_counts_nothing_makes_a_score_none(hold: Any) -> None:
    scores = (_made(0, (0.0, 0.0, 0.0), 0.0, "A"), _made(1, (0.0, 0.0, 0.0), 0.0, "D"))
    held = hold(ranking.ranking(scores), scores, Settings(), (1.0, 1.0, 1.0))
    assert list(held.tied) == [True]


@pytest.mark.parametrize("hold", [firmness_plain.hold, firmness_large.hold])
def test_scores_that_meet_at_the_cap_stand_by_what_they_would_be_if_true(hold: Any) -> None:
    moment = 1.25 ** (1 / 3)
    always = _made(0, (0.0, 0.0, 0.0), moment, "A")
    # capped where frequency weighs little enough, and more would be lost if it were true
    at_times = replace(_made(1, (0.0, -0.3, 0.0), moment, "A"), if_true=95.0)
    scores = (always, at_times)
    ranked = ranking.ranking(scores)
    assert [(each.rank, each.rank_if_true) for each in ranked] == [(1, 2), (2, 1)]
    held = hold(ranked, scores, Settings(), (1.0, 1.0, 1.0))
    capped = sum(
        b * 0.3 <= (a + b + c) * math.log(moment) for a, b, c in product(GRID_STEPS, repeat=3)
    )
    assert 20 < capped < 105
    assert list(held.held) == [125 - capped] * 2
    assert (list(held.best), list(held.worst)) == ([1, 1], [2, 2])
