"""How far off a measured figure may be, reckoned from its value and the number of people."""

import math
from statistics import fmean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_sheets.model.journey import Metric
from cjm_sheets.model.scales import Settings
from cjm_sheets.scoring import metrics_report
from cjm_sheets.scoring.metric_intervals import Measured, measured, scale_of, within

Z = Settings().z or 0.0


def _one(**changed: Any) -> Measured:
    facts: dict[str, Any] = {"id": "K1", "name": "us", "definition": "nps", "value": 40, "n": 100}
    (figure,) = measured((Metric(**facts | changed),), Settings())
    return figure


def test_an_nps_is_as_unsure_as_if_nobody_answered_in_between() -> None:
    figure = _one()
    # 70 of 100 promoters, 30 detractors: the share .7 has .638 to .755 at z = 1.2816
    assert (figure.low, figure.high) == pytest.approx((27.685, 51.022), abs=0.01)
    assert figure.how == "reckoned"
    assert not figure.is_hint


def test_a_share_has_the_interval_of_wilson_in_its_own_unit() -> None:
    in_percent = _one(definition="csat", value=40, unit="%", n=1030)
    as_share = _one(definition="conversion", value=0.4, n=1030)
    assert (in_percent.low, in_percent.high) == pytest.approx((38.06, 41.97), abs=0.01)
    assert (as_share.low, as_share.high) == pytest.approx((0.3806, 0.4197), abs=0.0001)


def test_an_effort_score_lies_on_the_scale_of_one_to_seven() -> None:
    figure = _one(definition="ces", value=5.2, n=50)
    # (5.2 - 1) / 6 = .7 of 50
    assert (figure.low, figure.high) == pytest.approx((4.670, 5.654), abs=0.001)
    assert _one(definition="ces", value=7.5, n=50).how == "off_scale"
    assert _one(definition="ces", value=7.5, n=50, unit="1-10").how == "reckoned"


@pytest.mark.parametrize(
    ("definition", "value", "unit", "scale"),
    [
        ("nps", 31, "points", (-100, 100)),
        ("nps", 31, "1-5", (-100, 100)),
        ("ces", 5, "", (1, 7)),
        ("ces", 5, "1..5", (1, 5)),
        ("ces", 4, "of 5", (1, 5)),
        ("csat", 4.6, "of 5", (1, 5)),
        ("csat", 4.6, "0-10", (0, 10)),
        ("csat", 4.6, "", None),
        ("csat", 10, "stars", None),
        ("csat", 10.1, "", (0, 100)),
        ("csat", 4.6, "%", (0, 100)),
        ("csat", 1, "", (0, 1)),
        ("csat", 0.8, "%", (0, 1)),
        ("drop-off", 40, "%", (0, 100)),
        ("drop-off", 4, "", (0, 100)),
        ("retention", 0.62, "", (0, 1)),
        ("retention", 62, "5-1", (0, 100)),
        ("retention", 62, "1", (0, 100)),
        ("retention", 62, "of 100 %", (0, 100)),
        ("ces", 3, "1,5-4.5", (1.5, 4.5)),
    ],
)
def test_the_scale(
    definition: str, value: float, unit: str, scale: tuple[float, float] | None
) -> None:
    assert scale_of(Metric(definition=definition, value=value, unit=unit)) == scale


@pytest.mark.parametrize(
    ("changed", "how"),
    [
        ({"n": None}, "no_people"),
        ({"n": 0}, "no_people"),
        ({"n": -3}, "no_people"),
        ({"n": 1}, "too_few"),
        ({"n": 2}, "reckoned"),
        ({"value": 101}, "off_scale"),
        ({"value": -101}, "off_scale"),
        ({"value": 100}, "reckoned"),
        ({"value": -100}, "reckoned"),
        ({"definition": "csat", "value": 4.6}, "unclear_unit"),
        ({"definition": "csat", "value": 101, "unit": "%"}, "off_scale"),
        ({"definition": "csat", "value": -1, "unit": "%"}, "off_scale"),
        ({"definition": "response-time"}, "not_this_kind"),
        ({"definition": ""}, "not_this_kind"),
        ({"definition": "our own"}, "not_this_kind"),
        ({"low": 30.0}, "given"),
        ({"low": 30.0, "high": 50.0}, "given"),
        ({"low": math.nan, "high": math.nan}, "reckoned"),
    ],
)
def test_where_the_range_comes_from_or_why_there_is_none(changed: dict[str, Any], how: str) -> None:
    figure = _one(**changed)
    assert figure.how == how
    if how not in {"given", "reckoned"}:
        assert (figure.low, figure.high) == (None, None)
        assert "no range: " in metrics_report.cells(figure, "en")[2]


def test_a_given_end_is_kept_and_the_other_one_not_invented() -> None:
    figure = _one(low=30.0)
    assert (figure.low, figure.high) == (30.0, None)
    assert metrics_report.cells(figure, "en")[2] == "30 to ?, of 100 people"


def test_a_metric_without_a_value_is_left_out() -> None:
    rows = (Metric(id="K1", value=None), Metric(id="K2", value=math.nan), Metric(id="K3", value=1))
    assert [each.metric.id for each in measured(rows, Settings())] == ["K3"]


@pytest.mark.parametrize("z", [None, 0.0, -1.0, math.nan])
def test_without_a_usable_z_there_is_no_range(z: float | None) -> None:
    rows = (Metric(definition="nps", value=40, n=100),)
    (figure,) = measured(rows, Settings(z=z))
    assert (figure.how, figure.low) == ("no_z", None)


def test_numbers_beyond_all_reason_give_no_range() -> None:
    assert within(40, (0, 100), 100, 1e200) is None
    assert within(math.nan, (0, 100), 100, Z) is None


def test_all_the_same_still_leaves_doubt() -> None:
    figure = _one(value=100, n=10)
    assert figure.low == pytest.approx(71.8, abs=0.1)
    assert figure.high == pytest.approx(100)
    few = _one(value=100, n=2)
    assert few.low is not None
    assert figure.low is not None
    assert few.low < figure.low


SCALES = st.sampled_from([(0.0, 1.0), (-100.0, 100.0), (1.0, 7.0), (1.0, 5.0)])


@given(SCALES, st.floats(0, 1), st.integers(2, 10_000))
def test_the_range_holds_the_value_and_stays_on_the_scale(
    scale: tuple[float, float], part: float, n: int
) -> None:
    value = min(scale[1], scale[0] + part * (scale[1] - scale[0]))
    ends = within(value, scale, n, Z)
    assert ends is not None
    assert scale[0] - 1e-9 <= ends[0] <= value + 1e-9
    assert value - 1e-9 <= ends[1] <= scale[1] + 1e-9


@given(st.lists(st.integers(1, 7), min_size=2, max_size=60))
def test_no_crowd_with_this_mean_is_more_unsure(answers: list[int]) -> None:
    mean = fmean(answers)
    ends = within(mean, (1, 7), len(answers), Z)
    assert ends is not None
    for end in ends:
        # at its ends the interval is z worst standard errors away from the mean
        worst = math.sqrt(max(0.0, (end - 1) * (7 - end)) / len(answers))
        assert abs(end - mean) == pytest.approx(Z * worst, abs=1e-6)
    spread = fmean((answer - mean) ** 2 for answer in answers)
    assert spread <= (mean - 1) * (7 - mean) + 1e-9


@pytest.mark.parametrize(("few", "many"), [(2, 10), (10, 100), (100, 10_000)])
def test_more_people_narrow_the_range(few: int, many: int) -> None:
    narrow, wide = within(20, (-100, 100), many, Z), within(20, (-100, 100), few, Z)
    assert narrow is not None
    assert wide is not None
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


def test_the_line_says_what_it_rests_on() -> None:
    text = metrics_report.lines([_one(), _one(id="K2", name="", n=29), _one(name="Our NPS")], "en")
    assert text == [
        "",
        "Metrics",
        "  K1  us (NPS)  40  27.7 to 51, of 100 people",
        "  K2  NPS       40  16.5 to 59.2, of 29 people, fewer than thirty: a hint at most",
        "  K1  Our NPS   40  27.7 to 51, of 100 people",
    ]
    assert metrics_report.lines([], "en") == []
    assert [_one(n=n).is_hint for n in (29, 30, None)] == [True, False, False]


def test_the_document_says_where_the_range_comes_from() -> None:
    (said,) = metrics_report.document([_one(touchpoint="T1", unit="points")])
    assert said["range"] == "reckoned"
    assert said["low"] == pytest.approx(27.685, abs=0.001)
    assert said == {
        "row": "K1", "name": "us", "definition": "nps", "stage": "", "touchpoint": "T1",
        "value": 40, "unit": "points", "n": 100, "low": said["low"], "high": said["high"],
        "range": "reckoned",
    }  # fmt: skip
    assert said["high"] == pytest.approx(51.022, abs=0.001)


def test_without_people_none_are_named() -> None:
    assert metrics_report.cells(_one(n=None, low=1.0, high=2.0), "en")[2] == "1 to 2"
    assert metrics_report.cells(_one(n=0, low=1.0, high=2.0), "en")[2] == "1 to 2"
    assert metrics_report.cells(_one(n=1, low=1.0, high=2.0), "en")[2].startswith(
        "1 to 2, of 1 person, "
    )
