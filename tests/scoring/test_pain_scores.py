"""Which inputs a score needs, what counts as missing, and how scores behave as inputs grow."""

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_sheets.model.journey import Evidence, Pain, Touchpoint
from cjm_sheets.model.scales import Settings
from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.scoring.pain_scores import score_pains
from cjm_sheets.scoring.wilson import lower, upper

STEP = Touchpoint(id="T1", reach=0.5)
PAIN = Pain(id="N1", touchpoint="T1", pain="slow", severity=3, hit=20, observed=40)


def _score(
    settings: Settings = Settings(),  # noqa: B008 - frozen, so that sharing one is safe
    steps: tuple[Touchpoint, ...] = (STEP,),
    evidence: tuple[Evidence, ...] = (),
    **changed: Any,
) -> PainScore:
    pain = replace(PAIN, **changed)
    book = Workbook(touchpoints=steps, pains=(pain,), evidence=evidence, settings=settings)
    return score_pains(book)[0]


@pytest.mark.parametrize(
    ("hit", "observed", "guess", "frequency", "people"),
    [
        (20, 40, None, 0.5, 40),
        (20, 40, 0.9, 0.5, 40),  # what was counted beats a guess
        (0, 40, 0.9, 0.0, 40),
        (None, None, 0.9, 0.9, 2),
        (0, 0, 0.9, 0.9, 2),
        (0, None, 0.9, 0.9, 2),
        (None, 0, 0.9, 0.9, 2),
        (None, 40, 0.9, None, None),
        (3, None, 0.9, None, None),
        (3, 0, 0.9, None, None),
        (41, 40, None, None, None),
        (-1, 40, None, None, None),
        (3, -4, 0.9, None, None),
        (None, None, 90, None, None),
        (None, None, -0.1, None, None),
        (None, None, math.nan, None, None),
        (math.nan, 40, 0.9, None, None),
        (20, math.nan, 0.9, None, None),
        (math.nan, None, 0.9, None, None),
        (2.5, 10, None, 0.25, 10),
        (None, None, None, None, None),
    ],
)
def test_frequency(
    hit: float | None,
    observed: float | None,
    guess: float | None,
    frequency: float | None,
    people: float | None,
) -> None:
    score = _score(hit=hit, observed=observed, guess=guess)
    assert (score.frequency, score.n) == (frequency, people)
    assert (score.evidenced is None) == (frequency is None)


@pytest.mark.parametrize(
    ("own", "of_step", "reach"),
    [
        (0.2, 0.5, 0.2),
        (None, 0.5, 0.5),
        (45, 0.5, None),  # there, but impossible: no fall-back
        (math.nan, 0.5, None),
        (None, 45, None),
        (None, math.nan, None),
        (None, None, None),
        (0, 0.5, 0),
    ],
)
def test_reach(own: float | None, of_step: float | None, reach: float | None) -> None:
    score = _score(steps=(replace(STEP, reach=of_step),), reach=own)
    assert score.reach == reach
    assert (score.if_true is None) == (reach is None)


def test_of_two_touchpoints_with_the_same_id_the_first_counts() -> None:
    assert _score(steps=(STEP, Touchpoint(id="T1", reach=0.9))).reach == 0.5


def test_an_unknown_touchpoint_gives_no_reach_and_no_moment() -> None:
    score = _score(touchpoint="T9")
    assert (score.reach, score.moment, score.if_true) == (None, 1.0, None)


@pytest.mark.parametrize("severity", [None, 0, 6, -1])
def test_only_severity_one_to_five_counts(severity: int | None) -> None:
    score = _score(severity=severity)
    assert (score.severity, score.if_true, score.evidenced) == (None, None, None)


def test_a_moment_of_truth_multiplies_by_the_cube_root_of_its_factor() -> None:
    plain, moment = _score(), _score(steps=(replace(STEP, moment_of_truth=True),))
    assert plain.if_true is not None
    assert moment.if_true == pytest.approx(plain.if_true * 1.25 ** (1 / 3))


@pytest.mark.parametrize("factor", [None, 0, -1])
def test_without_a_usable_moment_factor_only_moments_of_truth_lose_their_score(
    factor: float | None,
) -> None:
    settings = Settings(moment_factor=factor)
    assert _score(settings).if_true is not None
    assert _score(settings, steps=(replace(STEP, moment_of_truth=True),)).if_true is None


@pytest.mark.parametrize("weights", [(None, 1, 1), (1, -1, 1), (0, 0, 0)])
def test_unusable_weights_give_no_score(weights: tuple[Any, Any, Any]) -> None:
    score = _score(Settings(*weights))
    assert (score.if_true, score.evidenced) == (None, None)


def test_a_weight_of_zero_takes_its_factor_out_even_where_that_is_zero() -> None:
    score = _score(Settings(weight_reach=0), reach=0)
    assert score.if_true == pytest.approx(100 * math.sqrt(0.5 * 0.5))


def test_a_missing_setting_blanks_what_needs_it() -> None:
    assert _score(Settings(z=None)).if_true is not None
    assert _score(Settings(z=None)).evidenced is None
    without_c = Settings(grades=(("A", 1.0), ("B", 0.8), ("C", None), ("D", 0.2)))
    assert _score(without_c, observed=20, hit=10).evidenced is None
    assert _score(Settings(severity=(0.1, 0.25, None, 0.75, 1))).if_true is None


def test_a_pain_without_words_has_a_score_if_true_but_no_grade() -> None:
    score = _score(pain="", evidence=(Evidence(id="E1", source="survey"),))
    assert (score.grade, score.sources, score.evidenced) == ("", 0, None)
    assert score.if_true is not None


@pytest.mark.parametrize(
    ("rows", "ids", "sources"),
    [
        ([("E1", "survey"), ("E2", "review")], ("E1", "E2"), 2),
        ([("E1", "survey"), ("E2", "survey")], ("E1", "E2"), 1),
        ([("E1", "Tea party"), ("E2", "tea Party")], ("E1", "E2"), 1),
        ([("E1", "survey"), ("E2", "")], ("E1", "E2"), 1),
        ([("E1", "survey")], ("E1", "E7"), 1),
        ([("E1", "survey"), ("E11", "review")], ("E11",), 1),
        ([("E1", "survey"), ("E1", "review")], ("E1",), 2),  # a copied row is a row
        ([("", "survey")], (), 0),
    ],
)
def test_kinds_of_source(rows: list[tuple[str, str]], ids: tuple[str, ...], sources: int) -> None:
    evidence = tuple(Evidence(id=id_, source=source) for id_, source in rows)
    book = Workbook(pains=(replace(PAIN, evidence=ids),), evidence=evidence)
    assert score_pains(book)[0].sources == sources


@pytest.mark.parametrize(
    ("observed", "sources", "grade"),
    [
        (30, 2, "A"),
        (30, 1, "B"),
        (29, 2, "B"),
        (29, 1, "C"),
        (5, 2, "B"),
        (5, 1, "C"),
        (4, 2, "D"),
        (None, 2, "D"),
    ],
)
def test_grades_at_their_thresholds(observed: int | None, sources: int, grade: str) -> None:
    evidence = (Evidence(id="E1", source="survey"), Evidence(id="E2", source="review"))
    pain = replace(PAIN, hit=1, observed=observed, evidence=("E1", "E2")[:sources])
    assert score_pains(Workbook(pains=(pain,), evidence=evidence))[0].grade == grade


def test_value_at_risk_goes_with_both_ends_of_the_interval() -> None:
    settings = Settings(customers=1000, annual_value=200.0)
    score = _score(settings, extra_churn=0.1)
    assert score.frequency_low is not None
    assert score.frequency_high is not None
    assert score.value_at_risk == score.value_low
    assert score.value_low == pytest.approx(1000 * 0.5 * score.frequency_low * 0.1 * 200)
    assert score.value_high == pytest.approx(1000 * 0.5 * score.frequency_high * 0.1 * 200)
    for churn in (None, 1.5, -0.1, math.nan):
        assert _score(settings, extra_churn=churn).value_high is None


def test_numbers_beyond_all_reason_do_not_crash() -> None:
    assert _score(hit=1, observed=10**300).evidenced is not None
    assert _score(hit=1e-320, observed=1e-320).frequency_low is None
    assert _score(Settings(z=1e200)).frequency_low is None


SHARES = st.floats(0, 1)
PEOPLE = st.integers(1, 10_000)


@given(SHARES, PEOPLE)
def test_the_interval_holds_its_share_and_stays_in_bounds(share: float, n: int) -> None:
    low, high = lower(share, n, 1.2816), upper(share, n, 1.2816)
    assert low is not None
    assert high is not None
    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1


@given(st.integers(0, 50), st.integers(1, 50), st.integers(1, 200))
def test_more_people_of_the_same_share_narrow_the_interval(hit: int, n: int, times: int) -> None:
    share = min(hit, n) / n
    few, many = lower(share, n, 1.2816), lower(share, n * times, 1.2816)
    assert few is not None
    assert many is not None
    assert few <= many + 1e-12


@st.composite
def pains(draw: st.DrawFn) -> Pain:
    """Draw a pain that can be scored."""
    observed = draw(PEOPLE)
    return replace(
        PAIN,
        severity=draw(st.integers(1, 5)),
        hit=draw(st.integers(0, observed)),
        observed=observed,
        reach=draw(SHARES),
        evidence=tuple(draw(st.sets(st.sampled_from(["E1", "E2", "E9"])))),
    )


def _pair(pain: Pain) -> tuple[float, float]:
    evidence = (Evidence(id="E1", source="survey"), Evidence(id="E2", source="review"))
    score = score_pains(Workbook(touchpoints=(STEP,), pains=(pain,), evidence=evidence))[0]
    assert score.if_true is not None
    assert score.evidenced is not None
    return score.if_true, score.evidenced


@given(pains())
def test_evidence_never_makes_a_pain_worse_than_if_it_were_true(pain: Pain) -> None:
    if_true, evidenced = _pair(pain)
    assert 0 <= evidenced <= if_true + 1e-9
    assert if_true <= 100


@given(pains(), st.integers(1, 5), st.data())
def test_more_of_anything_never_lowers_a_score(pain: Pain, severity: int, data: Any) -> None:
    assert pain.hit is not None
    assert pain.observed is not None
    assert pain.reach is not None
    assert pain.severity is not None
    worse = replace(
        pain,
        severity=max(pain.severity, severity),
        hit=data.draw(st.integers(int(pain.hit), int(pain.observed))),
        reach=data.draw(st.floats(pain.reach, 1)),
        evidence=("E1", "E2"),
    )
    before, after = _pair(pain), _pair(worse)
    assert after[0] >= before[0] - 1e-9
    assert after[1] >= before[1] - 1e-9


@given(pains(), st.floats(0.01, 100))
def test_only_the_proportion_of_the_weights_counts(pain: Pain, factor: float) -> None:
    book = Workbook(pains=(pain,), settings=Settings(1, 2, 3))
    scaled = replace(book, settings=Settings(factor, 2 * factor, 3 * factor))
    one, other = score_pains(book)[0].if_true, score_pains(scaled)[0].if_true
    assert one == pytest.approx(other)
