"""Sentences of real reviews are customers' own: the word lists must hardly ever call them ours."""

import csv
import os
from pathlib import Path

import pytest

from cjm_sheets.checks.runner import run
from cjm_sheets.checks.word_lists import hits
from tests.checks.builder import view

REVIEWS = Path(os.environ.get("CJM_SHEETS_SHARED", "../shared")) / "data" / "reviews.csv"

pytestmark = pytest.mark.skipif(
    not REVIEWS.exists(), reason=f"no reviews in {REVIEWS}: set CJM_SHEETS_SHARED"
)


@pytest.fixture(scope="module")
def reviews() -> list[str]:
    with REVIEWS.open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


def test_hardly_a_review_speaks_of_what_a_company_wants(reviews: list[str]) -> None:
    found = [text for text in reviews if hits("company_goal", "en", text)]
    assert len(reviews) > 1000
    assert len(found) <= 5, found


def test_no_review_is_taken_for_a_missing_solution(reviews: list[str]) -> None:
    pains = [{"id": f"N{at}", "pain": text} for at, text in enumerate(reviews, start=1)]
    findings = run(view({"maps": [{"id": "M1", "title": "x"}], "pains": pains}), select=["CJ072"])
    assert [finding.value for finding in findings] == []
