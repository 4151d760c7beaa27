"""The functions for cells give what the live formulas of the same cells show.

LibreOffice calculates the formulas of random maps, with all that people type wrongly; then each
function gets the very cells of a row.
"""

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cjm_sheets.excel_functions import CJM_GRADE, CJM_IF_TRUE, CJM_SCORE, CJM_WILSON
from cjm_sheets.tables import schema
from tests.programs import TODAY
from tests.scoring import sheets
from tests.scoring.random_rows import random_rows

CASES = {0: "en", 1: "de", 2: "lv", 3: "ru"}
Row = Mapping[str, Any]


def rows_of(book: Any, table: str) -> Iterator[Row]:
    """Yield the rows of a table by the keys of its columns."""
    keys = [column.key for column in schema.BY_KEY[table].columns]
    first = sheets.HEADER_LINES.get(table, 1) + 1
    for cells in book[table].iter_rows(min_row=first, values_only=True):
        yield dict(zip(keys, cells, strict=False))


def same(given: object, shown: object) -> bool:
    """Tell whether a function gives what a formula shows; blank is "" or nothing."""
    if isinstance(given, float | int) and isinstance(shown, float | int):
        return math.isclose(given, shown, rel_tol=1e-9, abs_tol=1e-9)
    return given == (shown or "")


@pytest.mark.office
def test_functions_give_what_live_formulas_show(tmp_path: Path) -> None:
    made = [tmp_path / f"{seed}.xlsx" for seed in CASES]
    for path, (seed, language) in zip(made, CASES.items(), strict=True):
        sheets.write(path, random_rows(seed, TODAY), language)
    blank = scored = 0
    for path in sheets.recalculated(made):
        book = openpyxl.load_workbook(path, data_only=True)
        steps = list(rows_of(book, "Touchpoints"))
        settings = [(row["key"], row["value"]) for row in rows_of(book, "Settings")]
        for pain in rows_of(book, "Pains"):
            at = pain["touchpoint_row"]
            step = steps[at - 2] if isinstance(at, int) else {}  # the header counts, too
            reach = pain["reach"] if pain["reach"] is not None else step.get("reach")
            told = (
                pain["severity"],
                pain["hit"],
                pain["observed"],
                reach,
                step.get("moment_of_truth"),
            )
            score = CJM_SCORE(*told, pain["sources"], pain["guess"], settings)
            if_true = CJM_IF_TRUE(*told, pain["guess"], settings)
            if pain["pain"]:
                assert same(score, pain["evidenced"]), (path.stem, pain, score)
                grade = CJM_GRADE(pain["hit"], pain["observed"], pain["sources"])
                assert grade == pain["grade"], (path.stem, pain)
            assert same(if_true, pain["if_true"]), (path.stem, pain, if_true)
            if isinstance(pain["frequency"], float | int) and pain["observed"]:
                low = CJM_WILSON(pain["hit"], pain["observed"], settings=settings)
                assert same(low, pain["frequency_low"]), (path.stem, pain, low)
            scored, blank = scored + (score != ""), blank + (score == "")
    assert scored > 20
    assert blank > 20


def test_the_worked_example_of_the_scoring_page() -> None:
    assert round(CJM_SCORE(4, 412, 1030, 0.45, None, 2), 1) == 50.5
    assert round(CJM_IF_TRUE(4, 412, 1030, 0.45), 1) == 51.3
    assert round(CJM_SCORE(5, 6, 200, 0.9, "yes", 2), 1) == 27.2
    assert round(CJM_SCORE(4, None, None, 0.8, "jā", 0, 0.9), 1) == 13.9
    assert CJM_GRADE(9, 12, 1) == "C"
    assert round(CJM_WILSON(412, 1030), 3) == 0.381
    assert CJM_WILSON(0, 12) == 0
    assert round(CJM_WILSON(0, 10, True), 3) == 0.141  # noqa: FBT003 - as in a cell


@pytest.mark.parametrize("cell", [None, "", "many", -1, math.nan, True, "#N/A"])
def test_what_a_formula_leaves_blank_they_leave_blank(cell: object) -> None:
    assert CJM_SCORE(4, 3, cell, 0.5) == ""
    assert CJM_SCORE(4, 3, 9, cell) == ""
    assert CJM_WILSON(3, cell) == ""


def test_settings_of_a_block_count_and_missing_ones_leave_a_blank() -> None:
    block = [["Setting", "Value", "What it does"], [None, None, None]]
    block += [[key, value, ""] for key, value in sheets.SETTINGS]
    assert CJM_SCORE(4, 412, 1030, 0.45, settings=block) == CJM_SCORE(4, 412, 1030, 0.45)
    harsher = [[key, 0.5 if key == "grade_B" else value] for key, value in sheets.SETTINGS]
    assert CJM_SCORE(4, 412, 1030, 0.45, settings=harsher) == pytest.approx(
        CJM_SCORE(4, 412, 1030, 0.45) * 0.5 / 0.8
    )
    assert CJM_SCORE(4, 412, 1030, 0.45, settings=[["z", 1.2816]]) == ""
