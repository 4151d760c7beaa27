"""The macro that explains looks at the cell under the cursor."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets import macros, wiring
from cjm_sheets.usecases.explain import explain_rule, explain_score
from cjm_sheets.usecases.new_map import Wish


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("explain") / "map.xlsx"
    wiring.new_workbook(str(made), Wish(starter="vacuum"))
    return made


@pytest.fixture
def book(path: Path) -> Iterator[Any]:
    held = wiring.open_headless(str(path))
    yield held
    held.app.quit()


def explained(book: Any, sheet: str, cell: str) -> str:
    book.sheets[sheet].range(cell).select()
    return "\n".join(macros.run("explain", book))


def test_a_pain_is_explained_wherever_in_its_row_the_cursor_is(book: Any, path: Path) -> None:
    story = explain_score(wiring.workbook_file(str(path)), "N2", "en")
    for cell in ("A6", "F6", "N6"):
        assert explained(book, "Pains", cell).splitlines()[:24] == list(story.lines[:24])


def test_a_pain_of_the_ranking_is_explained(book: Any) -> None:
    macros.score(book)
    sheet = book.sheets["Ranking"]
    line, text = next(
        (line, str(cell))
        for line, row in enumerate(sheet.used_range.options(ndim=2).value, sheet.used_range.row)
        for cell in row
        if str(cell).split()[:1] in (["N12"], ["N2"])
    )
    said = explained(book, "Ranking", f"B{line}")
    assert said.startswith(f"{text.split()[0]}: ")


def test_a_finding_is_explained_where_it_is_listed_and_where_it_is_marked(book: Any) -> None:
    book.sheets["Touchpoints"].range("B6").value = "S99"
    macros.check(book)
    rows = book.sheets["Findings"].range("C1:D60").value
    line, (rule, where) = next((n, row) for n, row in enumerate(rows, 1) if row[0] == "CJ004")
    assert where == "Touchpoints: B6"
    page = explain_rule("CJ004", "en").splitlines()
    assert explained(book, "Findings", f"B{line}").splitlines()[:5] == page[:5]
    said = explained(book, "Touchpoints", "B6")
    assert said.startswith(f"{rule}: ")
    assert page[0] in said


def test_where_nothing_is_to_be_explained_it_says_what_to_do(book: Any) -> None:
    book.sheets["Touchpoints"].range("AB22").select()
    assert macros.run("explain", book) == ()
    assert "Touchpoints!AB22" in book.app.impl.alerts[0][0]


def test_progress_stands_below_and_goes_again(book: Any) -> None:
    macros.main(book)
    assert book.app.impl.said == [
        "cjm-sheets: Scoring …", "cjm-sheets: Drawing …", "cjm-sheets: Checking …",
    ]  # fmt: skip
    assert book.app.status_bar is False
    assert len(book.app.impl.alerts) == 1


def test_a_macro_without_a_workbook_takes_the_one_it_was_called_from(book: Any) -> None:
    book.set_mock_caller()
    macros.draw()
    assert book.app.impl.alerts
