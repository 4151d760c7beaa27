"""Values at the very edge of a rule, where one sign or one number more would change the result."""

import math
from dataclasses import replace
from datetime import date

import pytest

from cjm_sheets.model.journey import (
    Evidence,
    Map,
    Metric,
    Opportunity,
    Pain,
    Persona,
    Stage,
    Touchpoint,
)
from cjm_sheets.model.scales import Settings
from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.scoring import columns, firmness_words, report
from cjm_sheets.scoring.curve import emotion_curves
from cjm_sheets.scoring.dates import next_review
from cjm_sheets.scoring.firmness import Firmness, Standing, firmness
from cjm_sheets.scoring.metric_intervals import measured, scale_of, within
from cjm_sheets.scoring.other_methods import METHODS, RICE, agreements, other_values
from cjm_sheets.scoring.pain_scores import score_pains
from cjm_sheets.scoring.payoff import evidenced_by_id
from cjm_sheets.scoring.ranking import ranking, research_next
from cjm_sheets.scoring.targets import retention_value
from cjm_sheets.scoring.weight_grid import grid
from tests.scoring.example import workbook

STEP = Touchpoint(id="T1", reach=1.0, moment_of_truth=True)
PAIN = Pain(id="N1", touchpoint="T1", pain="slow", severity=5, hit=40, observed=40)


def _score(settings: Settings, *evidence: Evidence, **changed: object) -> PainScore:
    pain = replace(PAIN, **changed)  # type: ignore[arg-type] # fields by name
    return score_pains(
        Workbook(touchpoints=(STEP,), pains=(pain,), evidence=evidence, settings=settings)
    )[0]


def _plain(position: int, shown: float | None, if_true: float | None, id_: str = "") -> PainScore:
    blank = _score(Settings(), severity=None)
    return replace(blank, position=position, id=id_, evidenced=shown, if_true=if_true)


# ---- scores ---------------------------------------------------------------------------


def test_no_score_is_above_a_hundred() -> None:
    score = _score(Settings())
    assert score.if_true == 100.0
    low = score.frequency_low or 0
    assert score.evidenced == pytest.approx(100 * min(1, (low * 1.25) ** (1 / 3)) * 0.8)
    twice = _score(Settings(moment_factor=8.0))
    assert twice.evidenced == pytest.approx(80.0)


def test_a_moment_of_truth_may_count_less_too() -> None:
    plain = _score(Settings(moment_factor=1.0), severity=3).if_true or 0
    assert _score(Settings(moment_factor=0.5), severity=3).if_true == pytest.approx(
        plain * 0.5 ** (1 / 3)
    )


def test_a_row_without_words_counts_no_sources() -> None:
    survey = Evidence(id="E1", source="survey")
    assert _score(Settings(), survey, evidence=("E1",)).sources == 1
    assert _score(Settings(), survey, evidence=("E1",), pain="").sources == 0


@pytest.mark.parametrize(
    "settings",
    [
        Settings(annual_value=200),
        Settings(customers=1000),
        Settings(customers=1e200, annual_value=1e200),
        Settings(customers=1000, annual_value=200, z=None),
    ],
)
def test_no_value_is_at_risk_while_something_is_missing_or_beyond_reckoning(
    settings: Settings,
) -> None:
    score = _score(settings, extra_churn=0.1)
    assert (score.value_at_risk, score.value_low, score.value_high) == (None, None, None)


def test_without_a_share_or_people_there_is_no_interval() -> None:
    score = _score(Settings(), hit=math.nan)
    assert (score.frequency_low, score.frequency_high) == (None, None)


# ---- order ----------------------------------------------------------------------------


def test_equal_shown_goes_by_if_true_and_equal_if_true_by_shown() -> None:
    scores = [
        _plain(0, 20, 50, "N1"), _plain(1, 20, 60, "N2"), _plain(2, 10, 60, "N3"),
        _plain(3, None, None, "N4"),
    ]  # fmt: skip
    ranks = [(each.position, each.rank, each.rank_if_true) for each in ranking(scores)]
    assert ranks == [(1, 1, 1), (0, 2, 3), (2, 3, 2)]


def test_a_score_of_nothing_is_below_any_other() -> None:
    scores = [_plain(0, 0.0, 0.0, "N1"), _plain(1, 0.5, 0.6, "N2"), _plain(2, 0.0, 0.6, "N3")]
    ranks = [(each.position, each.rank, each.rank_if_true) for each in ranking(scores)]
    assert ranks == [(1, 1, 1), (2, 2, 2), (0, 3, 3)]


def test_five_pains_are_to_be_researched_and_none_without_a_gap() -> None:
    gaps: list[float | None] = [0.0, 0.5, 3, 2, 4, 1, 5, None]
    scores = [
        _plain(at, None if gap is None else 10, None if gap is None else 10 + gap, f"N{at}")
        for at, gap in enumerate(gaps)
    ]
    assert research_next(scores) == (6, 4, 2, 3, 5)
    assert research_next(scores, most=9) == (6, 4, 2, 3, 5, 1)


def test_the_grid_multiplies_each_weight_by_itself() -> None:
    sets = grid((1.0, 2.0, 4.0))
    assert len(sets) == 125
    assert sets[0] == pytest.approx((1 / 7, 2 / 7, 4 / 7))
    assert sets[1] == pytest.approx((0.5 / 4.5, 1 / 4.5, 3 / 4.5))
    assert all(sum(parts) == pytest.approx(1) for parts in sets)


def test_both_ranks_are_told() -> None:
    scores = score_pains(workbook())
    told = {s.position: (s.rank, s.rank_if_true) for s in firmness(scores, Settings()).standings}
    assert told == {e.position: (e.rank, e.rank_if_true) for e in ranking(scores)}
    assert told[5] == (6, 1)


# ---- beside the score ------------------------------------------------------------------


@pytest.mark.parametrize(
    "missing", ["customers", "annual_value", "retention_now", "retention_target"]
)
def test_retention_needs_all_four_figures(missing: str) -> None:
    given = Settings(customers=1000, annual_value=200, retention_now=0.7, retention_target=0.75)
    assert retention_value(given) is not None
    assert retention_value(replace(given, **{missing: None})) is None  # type: ignore[arg-type] # a name


def test_a_cadence_of_a_day_is_one() -> None:
    row = Map(last_reviewed=date(2026, 1, 1), cadence_days=1)
    assert next_review(row, Settings(review_days=90)) == date(2026, 1, 2)


def test_scores_by_id_keep_copies_and_leave_out_what_has_no_score() -> None:
    scores = [_plain(0, 5, 9, "N1"), _plain(1, 7, 9, "N1"), _plain(2, 0, 9, "N2"),
              _plain(3, None, 9, "N3"), _plain(4, 3, 9, "")]  # fmt: skip
    assert evidenced_by_id(scores) == {"N1": [5, 7], "N2": [0]}


def test_a_way_of_nobody_in_particular() -> None:
    book = Workbook(
        maps=(Map(id="M1"),),
        stages=(Stage(id="S1", map="M1"),),
        touchpoints=(Touchpoint(stage="S1", emotion=1),),
    )
    assert [curve.persona for curve in emotion_curves(book)] == [""]


def test_two_pains_are_enough_for_a_method_to_judge() -> None:
    scores = [_plain(0, 5, 9, "N1"), _plain(1, 7, 9, "N2")]
    values = dict.fromkeys(METHODS, (0.0, 0.0))
    assert {each.agrees for each in agreements(values, scores, 0)} == {True}
    assert agreements(values, scores, 0)[0].first == ("N1", "N2")


def test_confidence_takes_away() -> None:
    book = Workbook(
        touchpoints=(STEP,),
        pains=(PAIN,),
        opportunities=(Opportunity(pains=("N1",), effort=1),),
    )
    assert other_values(book, score_pains(book))[RICE][0] == pytest.approx(100 * 3 * 0.8)


def test_the_ten_dearest_pains_are_told_without_a_currency_if_there_is_none() -> None:
    pains = tuple(
        replace(PAIN, id=f"N{at}", hit=20 + at, extra_churn=0.1 + at / 100) for at in range(12)
    )
    unknown = replace(PAIN, id="N99")
    book = Workbook(
        touchpoints=(STEP,),
        pains=(unknown, *pains),
        settings=Settings(customers=1_000, annual_value=10),
    )
    scores = score_pains(book)
    text = report.lines(book, scores, firmness(scores, book.settings), "en")
    at = text.index("Value at risk a year, as far as it can be shown, and at most")
    rows = [line.split() for line in text[at + 1 :]]
    assert [row[0] for row in rows] == [f"N{at}" for at in range(11, 1, -1)]
    assert all(row[2] == "to" and len(row) == 4 for row in rows)


# ---- metrics ---------------------------------------------------------------------------


def test_a_range_at_the_edges_of_what_can_be_reckoned() -> None:
    assert within(0, (-100, 100), 1, 1.2816) is None
    assert within(0, (-100, 100), 2, 0) is None
    assert within(0, (-100, 100), 2, 0.5) is not None
    both = within(0, (-100, 100), 2, 1.2816)
    assert both is not None
    assert both[0] == pytest.approx(-both[1])
    assert within(5e-324, (0, 5e-324), 2, 1e160) is None


def test_a_value_of_nothing_is_a_value() -> None:
    (figure,) = measured((Metric(definition="nps", value=0, n=50),), Settings(z=0.5))
    assert figure.low == pytest.approx(-(figure.high or 0))
    assert figure.how == "reckoned"


@pytest.mark.parametrize(
    ("metric", "scale"),
    [
        (Metric(definition="csat", value=1.5), None),
        (Metric(definition="retention", value=1.5), (0, 100)),
        (Metric(definition="retention", value=None), (0, 1)),
        (Metric(definition="ces", value=5, unit="5-5"), (1, 7)),
        (Metric(definition="ces", value=1.5, unit="/ 2"), (1, 2)),
    ],
)
def test_scales_at_their_edges(metric: Metric, scale: tuple[float, float] | None) -> None:
    assert scale_of(metric) == scale


def test_both_given_ends_are_kept() -> None:
    (figure,) = measured((Metric(definition="nps", value=9, low=5, high=12),), Settings())
    assert (figure.low, figure.high) == (5, 12)
    (figure,) = measured((Metric(definition="nps", value=9, high=12),), Settings())
    assert (figure.low, figure.high, figure.how) == (None, 12, "given")


# ---- words ------------------------------------------------------------------------------


def test_cells_stand_below_each_other() -> None:
    rows = [("1", "a", "long one"), ("22", "bbb", "")]
    assert columns.aligned(rows, numbers=1) == [" 1  a    long one", "22  bbb"]
    assert columns.aligned(rows, numbers=2) == [" 1    a  long one", "22  bbb"]


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("twelve chars", 12, "twelve chars"),
        ("thirteen char", 12, "thirteen…"),
        ("onewordonly and more", 8, "oneword…"),
        ("one two three four", 10, "one two…"),
        ("two  words\n here", 20, "two words here"),
        ("x" * 60, 60, "x" * 60),
    ],
)
def test_a_long_text_is_cut_at_a_blank(text: str, most: int, shown: str) -> None:
    assert columns.shortened(text, most) == shown
    assert columns.shortened("x" * 60) == "x" * 60
    assert len(columns.shortened("x" * 61)) == 60


def test_what_is_said_at_the_limits_of_firmness() -> None:
    def said(share: float, rank: int = 2) -> str:
        return firmness_words.rank_in_words(Standing(0, rank, 1, share, 1, 4), "en")

    assert said(0.9) == "rank 2 in 90 % of 125 weightings: firm"
    assert said(0.89) == "rank 2 in 89 % of 125 weightings (1 to 4 in all): fairly firm"
    assert said(0.5) == "rank 2 in 50 % of 125 weightings (1 to 4 in all): fairly firm"
    assert said(0.49) == "rank 1 to 4: get data first"
    assert said(0.999, rank=1) == "first in 99 % of 125 weightings: firm"
    assert said(1.0, rank=1) == "first in 100 % of 125 weightings: firm"


def test_of_three_pains_there_is_no_top_to_speak_of() -> None:
    three = tuple(Standing(at, at + 1, at + 1, 1.0, 1, 3) for at in range(3))
    four = (*three, Standing(3, 4, 4, 1.0, 1, 4))
    assert firmness_words.top_sentence(Firmness(three, 1.0), "en") == ""
    assert firmness_words.top_sentence(Firmness((), None), "en") == ""
    assert firmness_words.top_sentence(Firmness(four, 1.0), "en").startswith("The same three")


def test_on_what_the_first_place_rests_in_words() -> None:
    rests = firmness_words.first_place_in_words(["E1", "E2"], "en")
    assert rests == (
        "The first place rests on single sources: without E1 / E2 another pain would be first."
    )
    assert firmness_words.without_grades_in_words("N1", "N1", "en") == (
        "Without the trust grades N1 would be first too."
    )
    assert firmness_words.tie_in_words(("N1", "N2"), "en") == "tied with N1, N2"


EXPECTED = """\
Rank  Shown  If true  Trust  Pain                     How firm
   1   50.5     51.3  A      N1 checkout drop-off     first in 97 % of 125 weightings: firm
   2   29.7     38.9  B      N2 long store queue      rank 2 to 4: get data first
   3   27.7     60.8  C      N3 complicated login     rank 2 to 5: get data first; tied with N4
   4   27.2     32.3  A      N4 breaks in year one    rank 1 to 6: get data first; tied with N3
   5   22.8     31.1  B      N5 slow social replies   rank 5 in 65 % of 125 weightings (4 to 5 in all): fairly firm
   6   13.9     87.7  D      N6 information overload  rank 6 in 97 % of 125 weightings: firm

The same three at the top in 52 % of 125 weightings.
The first place does not rest on any single source.
Without the trust grades N6 would be first: a rule of ours decides here.

Research next
  +73.8  N6 information overload
  +33.1  N3 complicated login
   +9.2  N2 long store queue
   +8.3  N5 slow social replies
   +5.1  N4 breaks in year one

What other methods say
      S × F × R  RPN
  N1      0.720  288
  N2      0.354  378
  N3      1.350  420
  N4      0.135  240
  N5      0.180  336
  N6      2.880  800
0 of 2 other methods put N1 first too.
  S × F × R: severity × frequency × reach (after Nielsen 1994).
  RPN: severity × occurrence × detection, each 1 to 10 (FMEA, IEC 60812); what no source shows is hardest to detect.
"""  # noqa: E501 - as wide as it is shown


def test_the_whole_text_of_the_worked_example() -> None:
    scores = score_pains(workbook())
    text = report.lines(workbook(), scores, firmness(scores, workbook().settings), "en")
    assert "\n".join(text) == EXPECTED.rstrip("\n")


def test_the_whole_document_of_a_pain() -> None:
    book = replace(workbook(), personas=(Persona(id="P1"),), metrics=(Metric(id="K1", value=1.0),))
    unscored = Pain(id="N9", pain="no numbers")
    book = replace(book, pains=(*book.pains, unscored))
    scores = score_pains(book)
    said = report.document(book, scores, firmness(scores, book.settings))
    assert set(said) == {
        "schema", "pains", "top3_share", "first_place_rests_on", "other_methods", "metrics",
        "curves", "settings",
    }  # fmt: skip
    second = said["pains"][2]
    shown = {key: value for key, value in second.items() if not isinstance(value, float)}
    assert shown == {
        "row": "N3", "pain": "complicated login", "grade": "C", "rank": 3, "rank_if_true": 2,
        "rank_without_grades": 2, "tied_with": ["N4"], "best_rank": 2, "worst_rank": 5,
        "value_at_risk": None, "value_low": None, "value_high": None,
        "methods": {
            "severity_frequency_reach": pytest.approx(3 * 0.75 * 0.6), "rice": None, "rpn": 420,
            "opportunity": None,
        },
    }  # fmt: skip
    numbers = [second[key] for key in ("if_true", "evidenced", "gap")]
    assert numbers == pytest.approx([60.8, 27.7, 33.1], abs=0.06)
    last = said["pains"][-1]
    assert last["row"] == "N9"
    missing = ("rank", "rank_if_true", "rank_without_grades", "firm_share", "best_rank",
               "worst_rank", "if_true", "evidenced", "gap")  # fmt: skip
    assert {last[key] for key in missing} == {None}
    assert last["methods"] == dict.fromkeys(METHODS)
    assert said["settings"].keys() == {
        "weight_severity", "weight_frequency", "weight_reach", "severity", "grades",
        "moment_factor", "z", "customers", "annual_value", "retention_now", "retention_target",
        "currency",
    }  # fmt: skip
    assert "1 pain has no score." in report.lines(
        book, scores, firmness(scores, book.settings), "en"
    )
