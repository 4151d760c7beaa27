"""What Python says of the computed columns is what LibreOffice computes from the live formulas."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets.model.journey import Evidence, Opportunity, Pain, Touchpoint
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.scoring.computed import computed_values
from cjm_sheets.scoring.layout import as_it_lies
from cjm_sheets.scoring.pain_scores import score_pains
from cjm_sheets.tables import formulas, naming
from cjm_sheets.tables.codec import EPOCH, decode
from cjm_sheets.tables.recognise import recognise
from cjm_sheets.tables.table import CellError, Raw
from cjm_sheets.tables.to_model import to_model
from tests.scoring import sheets
from tests.scoring.random_rows import random_rows


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _in_python(rows: sheets.Rows, language: str) -> dict[str, dict[str, dict[int, Raw]]]:
    """Return table, column, line of the sheet: what Python computes."""
    tables = recognise(sheets.grids(rows, language))
    book = to_model(map(decode, tables), language)
    values = computed_values(book, score_pains(book), _today(), as_it_lies(book, tables))
    model: dict[str, Sequence[Any]] = {
        "Maps": book.maps,
        "Stages": book.stages,
        "Pains": book.pains,
        "Opportunities": book.opportunities,
        "Actions": book.actions,
        "Evidence": book.evidence,
    }
    return {
        table: {
            column: {row.line: value for row, value in zip(model[table], cells, strict=True)}
            for column, cells in columns.items()
        }
        for table, columns in values.items()
    }


def _as_shown(value: Any) -> Any:
    """Return a cell of LibreOffice or a value of ours in one form."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        value = value.date()
    return (value - EPOCH).days if isinstance(value, date) else value


def _alike(ours: Any, shown: Any) -> bool:
    ours, shown = _as_shown(ours), _as_shown(shown)
    if isinstance(ours, int | float) and isinstance(shown, int | float):
        return ours == pytest.approx(shown, rel=1e-9, abs=1e-9)
    return bool(ours == shown)


@pytest.mark.office
def test_python_computes_what_the_live_formulas_compute(tmp_path: Path) -> None:
    cases = {seed: ("en", "de", "lv", "ru")[seed % 4] for seed in range(8)}
    paths = [tmp_path / f"{seed}.xlsx" for seed in cases]
    for (seed, language), path in zip(cases.items(), paths, strict=True):
        sheets.write(path, random_rows(seed, _today()), language)
    compared, scored, wrong = 0, 0, []
    for (seed, language), path in zip(cases.items(), sheets.recalculated(paths), strict=True):
        shown = sheets.results(path)
        for table, columns in _in_python(random_rows(seed, _today()), language).items():
            assert set(columns) == set(formulas.FORMULAS[table])
            for column, cells in columns.items():
                for line, value in cells.items():
                    cell = shown[table][column][line - sheets.HEADER_LINES.get(table, 1) - 1]
                    compared += 1
                    scored += column == "evidenced" and isinstance(value, float)
                    if not _alike(value, cell):
                        wrong.append((seed, table, column, line, value, cell))
    assert wrong == []
    assert compared > 5000
    assert scored > 50  # far from all are blank


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
    values = _in_python(rows, "en")
    assert values["Pains"]["touchpoint_row"] == {2: 3}
    assert values["Evidence"]["row_no"] == {4: 3}


def test_a_failed_formula_in_a_list_of_references_names_nothing() -> None:
    rows: sheets.Rows = {
        "Opportunities": [{"id": "O1", "opportunity": "idea", "pains": CellError("#REF!")}],
        "Pains": [{"id": "N1", "pain": "slow", "evidence": 7}],
    }
    values = _in_python(rows, "en")
    assert values["Opportunities"]["pains_list"] == {2: "  "}
    assert values["Pains"]["evidence_list"] == {2: " 7 "}


def test_overdue_is_said_in_the_language_of_the_workbook() -> None:
    rows: sheets.Rows = {"Actions": [{"id": "A1", "action": "do", "due": date(2020, 1, 1)}]}
    assert _in_python(rows, "de")["Actions"]["overdue"] == {2: naming.word("de", "yes_no", "yes")}
