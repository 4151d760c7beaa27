"""What Python says of the computed columns is what LibreOffice computes from the live formulas."""

import os
from datetime import date
from pathlib import Path

import pytest

from cjm_sheets.model.journey import Evidence, Opportunity, Pain, Touchpoint
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.scoring.computed import computed_values
from cjm_sheets.scoring.pain_scores import score_pains
from cjm_sheets.tables import formulas, naming
from cjm_sheets.tables.table import CellError
from tests.programs import TODAY
from tests.scoring import both, sheets
from tests.scoring.random_rows import random_rows

_MAPS = max(8, int(os.environ.get("CJM_SHEETS_TEST_RANDOM_MAPS", "8")))
"""Random maps to try, all in one start of LibreOffice; 200 take about a minute and a half."""


@pytest.mark.office
def test_python_computes_what_the_live_formulas_compute(tmp_path: Path) -> None:
    cases = {seed: ("en", "de", "lv", "ru")[seed % 4] for seed in range(_MAPS)}
    paths = [tmp_path / f"{seed}.xlsx" for seed in cases]
    for (seed, language), path in zip(cases.items(), paths, strict=True):
        sheets.write(path, random_rows(seed, TODAY), language)
    compared, scored, wrong = 0, 0, []
    for (seed, language), path in zip(cases.items(), sheets.recalculated(paths), strict=True):
        pairs = list(both.results(random_rows(seed, TODAY), language, path))
        compared += len(pairs)
        scored += sum(p.column == "evidenced" and isinstance(p.ours, float) for p in pairs)
        wrong += [(seed, pair) for pair in pairs if not pair.alike]
    print(f"{compared} cells of {len(paths)} maps, {scored} of them scores")  # noqa: T201 - with -s
    assert wrong == []
    assert compared > 600 * len(paths)
    assert scored > 6 * len(paths)  # far from all are blank


def test_every_live_formula_has_its_value() -> None:
    book = Workbook()
    values = computed_values(book, (), date(2026, 1, 1))
    assert {table: set(columns) for table, columns in values.items()} == {
        table: set(columns) for table, columns in formulas.FORMULAS.items()
    }


def test_rows_lie_right_below_their_header_unless_tables_say_otherwise() -> None:
    book = Workbook(
        touchpoints=(Touchpoint(id="T1"), Touchpoint(id="T2"), Touchpoint(id="T1")),
        pains=(Pain(id="N1", touchpoint="T2", evidence=("E1", "E2")), Pain(touchpoint="T7")),
        evidence=(Evidence(id="E1"), Evidence(id="E2")),
        opportunities=(Opportunity(pains=("N1",)),),
    )
    values = computed_values(book, score_pains(book), date(2026, 1, 1))
    assert values["Evidence"]["row_no"] == (2, 3)
    assert values["Pains"]["touchpoint_row"] == (3, "")
    assert values["Pains"]["evidence_list"] == (" E1 E2 ", "  ")
    assert values["Pains"]["moment_used"] == (1.0, 1.0)
    assert values["Opportunities"]["pains_list"] == (" N1 ",)


def test_a_row_that_is_filled_in_above_only_by_its_id_counts_as_a_place() -> None:
    rows: sheets.Rows = {
        "Touchpoints": [{"id": "T1"}, {"id": "T2", "name": "shop"}],
        "Pains": [{"id": "N1", "touchpoint": "T2", "pain": "slow"}],
        "Evidence": [{"id": "E1"}, {"id": "E2", "source": "survey"}],
    }
    values = both.in_python(rows, "en")
    assert values["Pains"]["touchpoint_row"] == {2: 3}
    assert values["Evidence"]["row_no"] == {4: 3}


def test_a_failed_formula_in_a_list_of_references_names_nothing() -> None:
    rows: sheets.Rows = {
        "Opportunities": [{"id": "O1", "opportunity": "idea", "pains": CellError("#REF!")}],
        "Pains": [{"id": "N1", "pain": "slow", "evidence": 7}],
    }
    values = both.in_python(rows, "en")
    assert values["Opportunities"]["pains_list"] == {2: "  "}
    assert values["Pains"]["evidence_list"] == {2: " 7 "}


def test_overdue_is_said_in_the_language_of_the_workbook() -> None:
    rows: sheets.Rows = {"Actions": [{"id": "A1", "action": "do", "due": date(2020, 1, 1)}]}
    assert both.in_python(rows, "de")["Actions"]["overdue"] == {
        2: naming.word("de", "yes_no", "yes")
    }
