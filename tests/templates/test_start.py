"""Start counts and says by itself what is done, what is missing and what to mend first."""

from datetime import UTC, datetime

import pytest

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.errors.asked import UnknownTemplateError
from cjm_sheets.tables.codec import Value
from cjm_sheets.templates.content import Content
from cjm_sheets.templates.plan import Book, Cell, Sheet
from cjm_sheets.usecases.new_map import Wish, content_of, planned

NOW = datetime(2026, 3, 31, 9, tzinfo=UTC)


def _said(book: Book, title: str = "Start") -> list[str]:
    return [f"{cell.value}" for cell in _sheet(book, title).cells if cell.formula]


def _sheet(book: Book, title: str) -> Sheet:
    return next(sheet for sheet in book.sheets if sheet.title == title)


def _book(*pains: dict[str, Value]) -> Book:
    step: dict[str, Value] = {"id": "T1", "name": "Checkout", "reach": 0.5}
    rows = {"Touchpoints": (step,), "Pains": pains}
    return planned(Content("current", "en", rows), NOW)


def _pain(number: int, **more: Value) -> dict[str, Value]:
    return {"id": f"N{number}", "touchpoint": "T1", "pain": f"pain {number}", **more}


def test_a_blank_workbook_asks_for_the_first_pain() -> None:
    said = _said(planned(content_of(Wish(), StarterFiles(), NOW.date()), NOW))
    assert "0 of 0 pains scored" in said
    assert "Write down the first pain, in a customer's own words, on the sheet Pains." in said


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({}, "Severity"),
        ({"severity": 3}, "Out of"),
        ({"severity": 3, "hit": 4}, "Out of"),
        ({"severity": 3, "hit": 4, "observed": 9, "touchpoint": "T7"}, "Reach"),
    ],
)
def test_it_names_what_an_unscored_pain_lacks(given: dict[str, Value], asked: str) -> None:
    said = _said(_book(_pain(1, severity=3, hit=4, observed=9), _pain(2, **given)))
    assert f"N2 “pain 2” has no score yet. Fill in: {asked}." in said
    assert "1 of 2 pains scored" in said


def test_it_names_the_widest_gap_and_the_worst_pain() -> None:
    guess = _pain(1, severity=5, guess=0.9)
    known = _pain(2, severity=3, hit=40, observed=90)
    said = _said(_book(guess, known))
    assert (
        "N1 “pain 1” could be as bad as 77, but what you know shows only 12. Ask more customers."
    ) in said
    assert "Mend first: N2 “pain 2” (score 36, trust B)." in said
    assert "Every pain that you wrote down has a score." in said


def test_pains_of_equal_score_are_each_listed_once() -> None:
    same: dict[str, Value] = {"severity": 3, "hit": 40, "observed": 90}
    said = _said(_book(_pain(1, **same), _pain(2, **same), _pain(3, **same)))
    ranked, asked = said.index("pain 1"), len(said) - said[::-1].index("pain 1") - 1
    assert ranked < asked
    for start in (ranked, asked):
        listed = [text for text in said[start : start + 12] if text.startswith("pain ")]
        assert listed[:3] == ["pain 1", "pain 2", "pain 3"]


def test_no_number_stands_in_the_words_of_a_formula() -> None:
    for cell in _sheet(_book(_pain(1, severity=3, hit=4, observed=9)), "Start").cells:
        words = "".join(cell.formula.split('"')[1::2])
        assert not any(letter.isdigit() for letter in words), cell.formula


def test_an_example_says_that_it_is_one() -> None:
    vacuum = planned(content_of(Wish(starter="vacuum"), StarterFiles(), NOW.date()), NOW)
    for title in ("Start", "Evidence"):
        texts = [f"{cell.value}" for cell in _sheet(vacuum, title).cells]
        assert any("illustrative" in text for text in texts), title


def test_retention_reckons_with_the_figures_of_settings() -> None:
    settings = {
        "customers": 1000,
        "annual_value": 50,
        "retention_now": 0.6,
        "retention_target": 0.7,
    }
    cells = _sheet(planned(Content("current", "en", {}, settings), NOW), "Retention").cells
    shown = [cell.value for cell in cells if cell.formula]
    assert shown == [1000, 50, "EUR", 0.6, 0.7, pytest.approx(5000), "EUR", 500, "EUR"]


def _cells(sheet: Sheet, line: int) -> list[Cell]:
    return [cell for cell in sheet.cells if cell.line == line and cell.value not in {None, ""}]


def test_a_blank_workbook_has_its_stages_and_the_steps_of_the_work() -> None:
    wish = Wish(stages="loyalty5")
    book = planned(content_of(wish, StarterFiles(), NOW.date()), NOW)
    names = [
        f"{cell.value}" for line in range(5, 10) for cell in _cells(_sheet(book, "Stages"), line)
    ]
    for name in ("Awareness", "Consideration", "Purchase", "Retention", "Advocacy"):
        assert name in names


@pytest.mark.parametrize("wish", [Wish("dream"), Wish(stages="nonsense"), Wish(starter="ufo")])
def test_what_is_not_there_is_refused(wish: Wish) -> None:
    with pytest.raises(UnknownTemplateError):
        content_of(wish, StarterFiles(), NOW.date())
