"""Payoff, attainment, review dates, overdue actions, retention, the emotion curve, the report."""

import json
import math
from dataclasses import replace
from datetime import date

import pytest

from cjm_sheets.model.journey import Action, Map, Persona, Stage, Touchpoint
from cjm_sheets.model.scales import Settings
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.scoring import curve_report, report
from cjm_sheets.scoring.curve import EmotionCurve, emotion_curves, peak
from cjm_sheets.scoring.dates import is_overdue, next_review
from cjm_sheets.scoring.firmness import firmness
from cjm_sheets.scoring.pain_scores import score_pains
from cjm_sheets.scoring.payoff import payoff
from cjm_sheets.scoring.targets import attainment, retention_value
from tests.scoring.example import workbook

SCORES = {"N1": [40.0], "N2": [20.0], "N3": [10.0, 30.0]}


@pytest.mark.parametrize(
    ("ids", "relief", "effort", "expected"),
    [
        (["N1"], 0.5, 2, 10.0),
        (["N1", "N2"], 0.5, 3, 10.0),
        (["N1"], 0, 1, 0.0),
        ([], 0.5, 2, None),
        (["N9"], 0.5, 2, None),  # unknown or without a score
        (["N1", "N9"], 0.5, 2, None),
        (["N3"], 0.5, 2, None),  # two rows with this id
        (["N1", "N1"], 0.5, 2, None),  # named twice
        (["N1"], None, 2, None),
        (["N1"], 1.1, 2, None),
        (["N1"], math.nan, 2, None),
        (["N1"], 0.5, 0, None),
        (["N1"], 0.5, None, None),
        (["N1"], 0.5, math.nan, None),
    ],
)
def test_payoff(
    ids: list[str], relief: float | None, effort: float | None, expected: float | None
) -> None:
    assert payoff(ids, relief, effort, SCORES) == expected


@pytest.mark.parametrize(
    ("better", "target", "actual", "expected"),
    [
        ("higher", 80, 60, 0.75),
        ("", 80, 60, 0.75),
        ("lower", 2, 4, 0.5),
        ("lower", 2, 0, None),
        ("higher", 0, 4, None),
        ("higher", 80, 0, 0),
        ("higher", None, 4, None),
        ("higher", math.nan, 4, None),
        ("lower", 2, math.nan, None),
    ],
)
def test_attainment(
    better: str, target: float | None, actual: float | None, expected: float | None
) -> None:
    assert attainment(Stage(better=better, target=target, actual=actual)) == expected


@pytest.mark.parametrize(
    ("cadence", "setting", "expected"),
    [
        (30, 90, date(2026, 1, 31)),
        (None, 90, date(2026, 4, 1)),
        (0, 90, date(2026, 4, 1)),
        (-5, 90, date(2026, 4, 1)),
        (None, None, None),
        (10**9, 90, None),
    ],
)
def test_next_review(cadence: int | None, setting: float | None, expected: date | None) -> None:
    row = Map(last_reviewed=date(2026, 1, 1), cadence_days=cadence)
    assert next_review(row, Settings(review_days=setting)) == expected


def test_a_map_that_was_never_reviewed_has_no_next_review() -> None:
    assert next_review(Map(cadence_days=30), Settings()) is None


@pytest.mark.parametrize(
    ("due", "status", "expected"),
    [
        (date(2026, 3, 1), "doing", True),
        (date(2026, 3, 1), "", True),
        (date(2026, 3, 1), "a word of our own", True),
        (date(2026, 3, 1), "done", False),
        (date(2026, 3, 1), "dropped", False),
        (date(2026, 3, 2), "doing", False),
        (None, "doing", None),
    ],
)
def test_overdue(due: date | None, status: str, expected: object) -> None:
    assert is_overdue(Action(due=due, status=status), date(2026, 3, 2)) is expected


def test_retention() -> None:
    given = Settings(customers=1000, annual_value=200, retention_now=0.7, retention_target=0.75)
    assert retention_value(given) == pytest.approx(10_000)
    assert retention_value(Settings(customers=1000, annual_value=200)) is None


def _walk(*moods: int | None, personas: tuple[str, ...] = ()) -> tuple[Touchpoint, ...]:
    return tuple(
        Touchpoint(id=f"T{i}", stage="S1", order=i, emotion=mood, personas=personas)
        for i, mood in enumerate(moods, start=1)
    )


def test_the_curve_has_its_peak_its_end_and_its_mean() -> None:
    book = Workbook(
        maps=(Map(id="M1", personas=("P1",)),),
        stages=(Stage(id="S1", map="M1"),),
        touchpoints=_walk(1, -2, None, 1, 0),
    )
    (curve,) = emotion_curves(book)
    assert [mood for _, mood in curve.moods] == [1, -2, 1, 0]
    assert (curve.persona, curve.mean, curve.peak, curve.end) == ("P1", 0.0, -2, 0)
    assert curve.remembered == -1.0


def test_the_way_goes_by_the_order_of_stages_then_touchpoints() -> None:
    book = Workbook(
        maps=(Map(id="M1"),),
        stages=(Stage(id="S2", map="M1", order=2), Stage(id="S1", order=1)),
        touchpoints=(
            Touchpoint(stage="S2", order=1, emotion=2),
            Touchpoint(stage="S1", order=2, emotion=1),
            Touchpoint(stage="S1", order=1, emotion=0),
            Touchpoint(stage="S1", emotion=-1),
            Touchpoint(stage="S9", order=1, emotion=-2),
            Touchpoint(stage="S1", order=3, emotion=7),
        ),
    )
    (curve,) = emotion_curves(book)
    assert curve.moods == ((2, 0), (1, 1), (3, -1), (0, 2))


def test_each_persona_feels_what_concerns_it() -> None:
    steps = (*_walk(2, personas=("P1",)), *_walk(-1, personas=("P2",)), *_walk(1))
    book = Workbook(
        maps=(Map(id="M1", personas=("P1", "P2", "P3")),),
        stages=(Stage(id="S1", map="M1"),),
        touchpoints=steps,
    )
    felt = {curve.persona: curve.moods for curve in emotion_curves(book)}
    assert felt == {"P1": ((0, 2), (2, 1)), "P2": ((1, -1), (2, 1)), "P3": ((2, 1),)}


def test_a_map_without_a_rated_touchpoint_has_no_curve() -> None:
    book = Workbook(
        maps=(Map(id="M1"), Map(id="M2")),
        stages=(Stage(id="S1", map="M1"), Stage(id="S2")),
        touchpoints=(*_walk(None), Touchpoint(stage="S2", emotion=1)),
    )
    assert emotion_curves(book) == ()


def test_of_a_low_and_a_high_as_far_off_the_low_is_the_peak() -> None:
    assert peak([2, 0, -2]) == -2


def test_the_document_names_ranked_pains_first_and_fits_into_json() -> None:
    book = workbook()
    book = Workbook(
        touchpoints=book.touchpoints,
        evidence=book.evidence,
        pains=(type(book.pains[0])(id="N9", pain="no numbers"), *book.pains),
    )
    scores = score_pains(book)
    said = report.document(book, scores, firmness(scores, book.settings))
    again = json.loads(json.dumps(said, allow_nan=False))
    assert again["schema"] == "cjm-sheets/1"
    assert [pain["row"] for pain in again["pains"]] == ["N1", "N2", "N3", "N4", "N5", "N6", "N9"]
    assert again["pains"][2]["tied_with"] == ["N4"]
    assert again["pains"][-1]["rank"] is None
    assert again["pains"][-1]["tied_with"] == []
    assert again["top3_share"] == pytest.approx(0.52)
    assert again["settings"]["weight_reach"] == 1
    assert again["settings"]["grades"]["C"] == 0.5


def test_the_lines_show_ranks_words_and_what_to_research() -> None:
    book = workbook()
    scores = score_pains(book)
    text = report.lines(book, scores, firmness(scores, book.settings), "en")
    assert text[0].split() == ["Rank", "Shown", "If", "true", "Trust", "Pain", "How", "firm"]
    assert "50.5" in text[1]
    assert "first in 97 % of 125 weightings: firm" in text[1]
    assert "tied with N4" in text[3]
    assert "The same three at the top in 52 % of 125 weightings." in text
    assert "+73.8  N6 information overload" in "\n".join(text)


def test_without_scores_one_line_says_so() -> None:
    assert report.lines(Workbook(), (), firmness((), Settings()), "en") == [
        "No pain has a score yet."
    ]


def test_what_is_at_risk_and_how_the_way_feels_stand_below_the_ranking() -> None:
    book = workbook()
    pains = (
        replace(book.pains[0], extra_churn=0.1),
        replace(book.pains[1], extra_churn=0.5),
        *book.pains[2:],
    )
    steps = tuple(
        replace(step, stage="S1", order=at, emotion=mood)
        for at, (step, mood) in enumerate(
            zip(book.touchpoints, (1, -2, 0, 0, 1, 2), strict=True), start=1
        )
    )
    book = replace(
        book,
        maps=(Map(id="M1", personas=("P1", "P2")),),
        stages=(Stage(id="S1", map="M1"),),
        personas=(Persona(id="P1", name="Curious  Colleen"),),
        touchpoints=steps,
        pains=pains,
        settings=Settings(customers=1000, annual_value=100, currency="EUR"),
    )
    scores = score_pains(book)
    firm = firmness(scores, book.settings)
    text = report.lines(book, scores, firm, "en")
    at = text.index("Value at risk a year, as far as it can be shown, and at most")
    assert text[at + 1 : at + 3] == ["  N2  5,122 to 6,701 EUR", "  N1  1,713 to 1,889 EUR"]
    at = text.index("How the way feels, from -2 to +2 (Kahneman and others 1993)")
    said = "mean +0.3, most extreme -2, last +2: remembered as +0.0"
    assert text[at + 1 : at + 3] == [
        f"  P1 Curious Colleen  {said}",
        f"  P2                  {said}",
    ]
    document = report.document(book, scores, firm)
    assert document["curves"][0] == {
        "map": "M1", "persona": "P1", "name": "Curious Colleen", "moods": 6,
        "mean": pytest.approx(1 / 3), "peak": -2, "end": 2, "remembered": 0.0,
    }  # fmt: skip
    assert [curve["name"] for curve in document["curves"]] == ["Curious Colleen", ""]
    first = document["pains"][0]
    assert (first["value_low"], first["value_high"]) == pytest.approx((1713, 1889), abs=1)
    assert first["value_at_risk"] == first["value_low"]
    assert document["pains"][2]["value_high"] is None


def test_curves_of_several_maps_or_of_nobody_name_their_map() -> None:
    curves = (
        EmotionCurve("M1", "P1", ((0, 1),), 1.0, 1, 1),
        EmotionCurve("M2", "", ((1, -1),), -1.0, -1, -1),
    )
    text = curve_report.lines(Workbook(), curves, "en")
    assert [line.split("  ")[1] for line in text[2:]] == ["M1 P1", "M2"]
    alone = curve_report.lines(Workbook(), curves[1:], "en")
    assert alone[2].startswith("  M2  mean -1.0, most extreme -1, last -1: remembered as -1.0")
    assert curve_report.lines(Workbook(), (), "en") == []
