"""The worked example of the scoring page comes out to the digit shown."""

import pytest

from cjm_sheets.scoring import report
from cjm_sheets.scoring.firmness import Standing, firmness
from cjm_sheets.scoring.firmness_words import rank_in_words, top_in_words
from cjm_sheets.scoring.leave_one_out import decisive_evidence
from cjm_sheets.scoring.pain_scores import score_pains
from cjm_sheets.scoring.ranking import ranking, research_next
from cjm_sheets.scoring.without_grades import ranks_without_grades
from tests.scoring.example import workbook

EXPECTED = {
    # f_low, grade, if true, rank if true, evidenced, rank
    "N1": ("0.381", "A", "51.3", 3, "50.5", 1),
    "N2": ("0.341", "B", "38.9", 4, "29.7", 2),
    "N3": ("0.567", "C", "60.8", 2, "27.7", 3),
    "N4": ("0.018", "A", "32.3", 5, "27.2", 4),
    "N5": ("0.230", "B", "31.1", 6, "22.8", 5),
    "N6": ("0.449", "D", "87.7", 1, "13.9", 6),
}


@pytest.mark.parametrize("pain", EXPECTED)
def test_scores_and_ranks(pain: str) -> None:
    scores = score_pains(workbook())
    score = next(score for score in scores if score.id == pain)
    ranked = next(each for each in ranking(scores) if each.position == score.position)
    shown = (
        f"{score.frequency_low:.3f}",
        score.grade,
        f"{score.if_true:.1f}",
        ranked.rank_if_true,
        f"{score.evidenced:.1f}",
        ranked.rank,
    )
    assert shown == EXPECTED[pain]


def _standings() -> dict[str, Standing]:
    scores = score_pains(workbook())
    standings = firmness(scores, workbook().settings).standings
    return {scores[standing.position].id: standing for standing in standings}


def test_the_first_place_holds_in_nearly_all_weightings() -> None:
    assert _standings()["N1"].firm_share == pytest.approx(0.968)


def test_the_top_three_stay_the_same_in_half_of_the_weightings() -> None:
    firm = firmness(score_pains(workbook()), workbook().settings)
    assert firm.top3_share == pytest.approx(0.52)
    assert top_in_words(0.52, "en") == "the same three at the top in 52 % of 125 weightings"


def test_login_and_breaks_are_tied_and_no_others() -> None:
    tied = {pain: standing.tied_with for pain, standing in _standings().items()}
    assert tied == {"N1": (), "N2": (), "N3": (3,), "N4": (2,), "N5": (), "N6": ()}


@pytest.mark.parametrize(
    ("pain", "words"),
    [
        ("N1", "first in 97 % of 125 weightings: firm"),
        ("N4", "rank 1 to 6: get data first"),
        ("N5", "rank 5 in 65 % of 125 weightings (4 to 5 in all): fairly firm"),
        ("N6", "rank 6 in 97 % of 125 weightings: firm"),
    ],
)
def test_firmness_in_words(pain: str, words: str) -> None:
    assert rank_in_words(_standings()[pain], "en") == words


def test_the_first_place_survives_the_loss_of_any_source() -> None:
    assert decisive_evidence(workbook(), score_pains(workbook())) == ()


def test_what_to_research_next_is_where_most_could_change() -> None:
    scores = score_pains(workbook())
    assert [scores[at].id for at in research_next(scores, most=3)] == ["N6", "N3", "N2"]


def test_without_grades_the_order_turns() -> None:
    ranks = {f"N{at + 1}": rank for at, rank in ranks_without_grades(workbook()).items()}
    # 50.5, 29.7 / .8, 27.7 / .5, 27.2, 22.8 / .8, 13.9 / .2
    assert ranks == {"N6": 1, "N3": 2, "N1": 3, "N2": 4, "N5": 5, "N4": 6}


def test_the_report_says_all_that_the_page_on_scores_says_of_the_example() -> None:
    scores = score_pains(workbook())
    firm = firmness(scores, workbook().settings)
    said = report.document(workbook(), scores, firm)
    assert said["pains"][0]["firm_share"] == pytest.approx(0.968)
    assert said["top3_share"] == pytest.approx(0.52)
    assert said["first_place_rests_on"] == []
    assert [pain["rank_without_grades"] for pain in said["pains"]] == [3, 4, 2, 6, 5, 1]
    text = "\n".join(report.lines(workbook(), scores, firm, "en"))
    assert "The same three at the top in 52 % of 125 weightings." in text
    assert "The first place does not rest on any single source." in text
    assert "Without the trust grades N6 would be first: a rule of ours decides here." in text
