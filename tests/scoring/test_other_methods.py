"""What other methods give a pain, from what, and how many of them agree on the first place."""

import math
from dataclasses import replace
from typing import Any

import pytest

from cjm_sheets.model.journey import Evidence, Metric, Opportunity, Pain, Touchpoint
from cjm_sheets.model.scales import Settings
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.scoring import methods_report
from cjm_sheets.scoring.other_methods import (
    METHODS,
    OPPORTUNITY,
    PRODUCT,
    RICE,
    RISK,
    Agreement,
    agreements,
    occurrence,
    other_values,
)
from cjm_sheets.scoring.pain_scores import score_pains
from tests.scoring.example import workbook

BOOK = Workbook(
    touchpoints=(Touchpoint(id="T1", reach=0.5, importance=4, satisfaction=1),),
    pains=(
        Pain(
            id="N1", touchpoint="T1", pain="slow", severity=4, hit=20, observed=40,
            evidence=("E1", "E2"),
        ),
    ),
    opportunities=(Opportunity(id="O1", pains=("N1",), effort=2),),
    evidence=(Evidence(id="E1", source="survey"), Evidence(id="E2", source="review")),
    settings=Settings(customers=1000),
)  # fmt: skip


def _values(book: Workbook) -> dict[str, float | None]:
    return {method: of[0] for method, of in other_values(book, score_pains(book)).items()}


def _changed(**changed: Any) -> dict[str, float | None]:
    return _values(replace(BOOK, pains=(replace(BOOK.pains[0], **changed),)))


def test_the_values_as_worked_out_by_hand() -> None:
    assert _values(BOOK) == {
        PRODUCT: 4 * 0.5 * 0.5,
        RICE: 1000 * 0.5 * 0.5 * 2 * 1.0 / 2,  # impact 2 of severity 4, trust A
        RISK: 8 * 10 * 4,  # half of them: 10; two kinds of source: 10 - 6
        OPPORTUNITY: 8 + (8 - 2),
    }


@pytest.mark.parametrize(
    ("severity", "impact"), [(1, 0.25), (2, 0.5), (3, 1.0), (4, 2.0), (5, 3.0)]
)
def test_severity_in_each_method(severity: int, impact: float) -> None:
    values = _changed(severity=severity)
    assert values[PRODUCT] == severity * 0.25
    assert values[RICE] == 125 * impact
    assert values[RISK] == 2 * severity * 40


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0, 1), (1 / 200_000, 1), (1 / 150_000, 2), (1 / 15_000, 3), (1 / 2_000, 4), (1 / 400, 5),
     (1 / 80, 6), (1 / 20, 7), (1 / 8, 8), (1 / 3, 9), (0.49, 9), (0.5, 10), (1, 10)],
)  # fmt: skip
def test_occurrence_has_the_failure_rates_of_the_handbook(share: float, expected: int) -> None:
    assert occurrence(share) == expected


def test_what_is_seen_by_more_is_easier_to_detect() -> None:
    assert _changed(evidence=())[RISK] == 8 * 10 * 10
    assert _changed(evidence=("E1",))[RISK] == 8 * 10 * 7
    followed = replace(BOOK, metrics=(Metric(touchpoint="T1", value=3.0),))
    assert _values(followed)[RISK] == 8 * 10 * 1
    three = (*BOOK.evidence, Evidence(id="E3", source="analytics"))
    more = replace(
        followed, evidence=three, pains=(replace(BOOK.pains[0], evidence=("E1", "E2", "E3")),)
    )
    assert _values(more)[RISK] == 8 * 10 * 1, "never below 1"
    for other in (Metric(touchpoint="T1"), Metric(touchpoint="T2", value=3.0), Metric(value=3.0)):
        assert _values(replace(BOOK, metrics=(other,)))[RISK] == 8 * 10 * 4


@pytest.mark.parametrize(
    ("changed", "blank"),
    [
        ({"severity": None}, {PRODUCT, RICE, RISK}),
        ({"severity": 6}, {PRODUCT, RICE, RISK}),
        ({"severity": 0}, {PRODUCT, RICE, RISK}),
        ({"hit": None}, {PRODUCT, RICE, RISK}),
        ({"reach": math.nan}, {PRODUCT, RICE}),
        ({"touchpoint": "T9"}, {PRODUCT, RICE, OPPORTUNITY}),
        ({"pain": ""}, {RICE}),  # no words, no trust grade, so no confidence
        ({"id": "N2"}, {RICE}),  # no idea is against it
        ({"id": ""}, {RICE}),
    ],
)
def test_what_a_method_lacks_leaves_it_blank(changed: dict[str, Any], blank: set[str]) -> None:
    assert {method for method, value in _changed(**changed).items() if value is None} == blank


@pytest.mark.parametrize(
    ("importance", "satisfaction", "expected"),
    [(5, 1, 18), (1, 5, 2), (3, 3, 6), (5, 5, 10), (0, 1, None), (6, 1, None), (1, 0, None),
     (1, 6, None), (None, 1, None), (1, None, None)],
)  # fmt: skip
def test_opportunity_score(
    importance: int | None, satisfaction: int | None, expected: float | None
) -> None:
    step = replace(BOOK.touchpoints[0], importance=importance, satisfaction=satisfaction)
    assert _values(replace(BOOK, touchpoints=(step,)))[OPPORTUNITY] == expected


@pytest.mark.parametrize(
    ("ideas", "effort"),
    [
        ([(2, ""), (5, "")], 2),
        ([(5, ""), (2, "")], 2),
        ([(1, "dropped"), (4, "doing")], 4),
        ([(0, ""), (None, "")], None),
        ([(1, "")], 1),
        ([], None),
    ],
)
def test_the_effort_is_the_least_of_the_ideas_that_somebody_still_has(
    ideas: list[tuple[int | None, str]], effort: int | None
) -> None:
    rows = tuple(Opportunity(pains=("N1", "N7"), effort=e, status=s) for e, s in ideas)
    value = _values(replace(BOOK, opportunities=rows))[RICE]
    assert value == (None if effort is None else 500 / effort)


def test_without_a_number_of_customers_reach_is_of_a_hundred() -> None:
    assert _values(replace(BOOK, settings=Settings()))[RICE] == 25.0


def test_agreement_counts_only_methods_that_can_judge() -> None:
    book = workbook()
    scores = score_pains(book)
    values = other_values(book, scores)
    agreed = agreements(values, scores, 0)
    assert {each.method: (each.first, each.agrees) for each in agreed} == {
        PRODUCT: (("N6",), False),
        RICE: ((), None),  # there are no ideas
        RISK: (("N6",), False),
        OPPORTUNITY: ((), None),
    }
    assert methods_report.agreement_in_words(agreed, "N1", "en") == (
        "0 of 2 other methods put N1 first too."
    )
    ours = agreements(values, scores, 5)
    assert [each.agrees for each in ours] == [True, None, True, None]
    said = methods_report.document(values, ours)
    assert (said["agree_on_first"], said["can_judge"]) == (2, 2)
    assert methods_report.agreement_in_words(ours[:2], "N6", "en") == (
        "1 of 1 other method puts N6 first too."
    )


def test_a_first_place_that_pains_share_is_the_first_place_of_each() -> None:
    values = dict.fromkeys(METHODS, (3.0, 3.0 * (1 + 1e-12), None, 2.9))
    scores = score_pains(Workbook(pains=tuple(Pain(id=f"N{i}") for i in range(1, 5))))
    assert agreements(values, scores, 0)[0] == Agreement(PRODUCT, ("N1", "N2"), agrees=True)
    assert agreements(values, scores, 3)[0].agrees is False
    assert agreements(values, scores, 2)[0].agrees is None
    assert agreements(values, scores, None)[0].agrees is None


def test_a_method_that_knows_a_single_pain_does_not_judge() -> None:
    values = dict.fromkeys(METHODS, (3.0, None))
    scores = score_pains(Workbook(pains=(Pain(id="N1"), Pain(id="N2"))))
    agreed = agreements(values, scores, 0)
    assert {each.agrees for each in agreed} == {None}
    said = methods_report.agreement_in_words(agreed, "N1", "en")
    assert said == "No other method has what it needs to judge the first place."


def test_the_document_names_the_source_of_each_method() -> None:
    scores = score_pains(BOOK)
    values = other_values(BOOK, scores)
    said = methods_report.document(values, agreements(values, scores, 0))
    assert [each["method"] for each in said["methods"]] == list(METHODS)
    for each, name in zip(said["methods"], ("Nielsen", "McBride", "60812", "Ulwick"), strict=True):
        assert name in each["source"]
        assert (each["pains_with_a_value"], each["first"], each["agrees"]) == (1, ["N1"], None)
    assert (said["agree_on_first"], said["can_judge"]) == (0, 0)


def test_the_block_leaves_out_methods_that_say_nothing() -> None:
    book = workbook()
    scores = score_pains(book)
    values = other_values(book, scores)
    text = methods_report.lines(values, agreements(values, scores, 0), scores, [0, 1, 5], "en")
    assert text[:5] == [
        "",
        "What other methods say",
        "      S × F × R  RPN",
        "  N1      0.720  288",
        "  N2      0.354  378",
    ]
    assert len(text) == 9
    assert text[5].split() == ["N6", "2.880", "800"]
    assert text[6] == "0 of 2 other methods put N1 first too."
    assert "RICE" not in "".join(text)
    assert methods_report.lines(values, (), scores, [], "en") == []
    assert methods_report.number(RICE, None) == "–"
    assert methods_report.number(RICE, 12.34) == "12.3"
