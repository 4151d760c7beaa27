"""What Python says of the computed columns is what LibreOffice computes from the live formulas."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
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

Choose = Sequence[Raw]

SEVERITY: Choose = (*range(1, 6), *range(1, 6), None, 6, 2.5, "3", 0)
HIT: Choose = (0, 1, 2, 3, 3, 9, 40, None, None, "nine", 2.5, -1)
OBSERVED: Choose = (0, 3, 5, 12, 40, 40, 200, 200, None, None, "many", -4)
SHARE: Choose = (0, 0.2, 0.5, 0.9, 1, 0.2, 0.5, 0.9, None, None, None, 45, "half", -0.5)
YES: Choose = (True, "yes", "JA", "jā", "no", None, None, "да ", "perhaps", False)
EVIDENCE: Choose = ("E1; E2", "e1,E3", "E11", "E1\nE4 E5", None, None, "E77", "E2;E2", "E1;;E6")
STEP: Choose = ("T1", "T2 Product page", "t3", "T4 Shop; more", "T99", None, "T5", "T6")
SOURCE: Choose = ("survey", "interview", "review", "tea party", "what? ever|so", None)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _rows(seed: int) -> sheets.Rows:
    """Return random rows, with what people really type among them; blank rows between some."""
    pick = random.Random(seed)  # noqa: S311 - test data

    def some(choices: Choose) -> Raw:
        return pick.choice(choices)

    def pain(i: int) -> Mapping[str, Raw]:
        return {
            "id": f"N{i}" if i % 9 else "n2",
            "touchpoint": some(STEP),
            "pain": some(("slow", "dear", "far", "loud", None)),
            "severity": some(SEVERITY),
            "hit": some(HIT),
            "observed": some(OBSERVED),
            "guess": some(SHARE),
            "reach": some(SHARE),
            "evidence": some(EVIDENCE),
            "extra_churn": some(SHARE),
        } | (sound(i) if pick.random() < 0.6 else {})

    def sound(i: int) -> Mapping[str, Raw]:
        return {
            "pain": "slow",
            "severity": pick.randint(1, 5),
            "hit": i % 8,
            "observed": pick.choice((9, 40)),
            "reach": pick.random(),
        }

    def step(i: int) -> Mapping[str, Raw]:
        return {
            "id": f"T{i}" if i != 5 else "T3",
            "name": "step",
            "reach": some(SHARE),
            "moment_of_truth": some(YES),
        }

    def evidence(i: int) -> Mapping[str, Raw]:
        return {"id": f"E{i}" if i != 7 else "E1", "source": some(SOURCE), "finding": "this"}

    def opportunity(i: int) -> Mapping[str, Raw]:
        named = pick.sample(range(1, 40), pick.randint(0, 3))
        text = pick.choice(("; ", ",", "\n", " ")).join(f"n{n}" for n in named)
        return {
            "id": f"O{i}",
            "pains": text or None,
            "opportunity": "idea",
            "relief": some((0, 0.5, 1, None, 1.5, "all")),
            "effort": some((1, 3, 5, None, 0, "big")),
        }

    def action(i: int) -> Mapping[str, Raw]:
        due = _today() + timedelta(days=pick.randint(-2, 2))
        return {
            "id": f"A{i}",
            "action": "do it",
            "due": some((due, due, None, "soon")),
            "status": some(("done", "DOING", "verworfen", None, "our own")),
        }

    def stage(i: int) -> Mapping[str, Raw]:
        return {
            "id": f"S{i}",
            "name": "stage",
            "better": some(("higher", "lower", "Niedriger", None)),
            "target": some((0, 2, 80, None, "high")),
            "actual": some((0, 4, 60, None, "low")),
        }

    def map_(i: int) -> Mapping[str, Raw]:
        return {
            "id": f"M{i}",
            "title": "map",
            "cadence_days": some((30, 90, None, 0, "often")),
            "last_reviewed": some((date(2026, 1, 31), None, "never")),
        }

    def table(of: Any, many: int) -> list[Mapping[str, Raw]]:
        return [_thinned(of(i), pick.random()) for i in range(1, many + 1)]

    steps = table(step, 8)
    steps[2] = step(3)  # the first of two T3 has more than its id, so that Python sees it too
    return {
        "Maps": table(map_, 4),
        "Stages": table(stage, 8),
        "Touchpoints": steps,
        "Pains": table(pain, 40),
        "Opportunities": table(opportunity, 25),
        "Actions": table(action, 8),
        "Evidence": table(evidence, 12),
        "Settings": _settings(pick),
    }


def _thinned(row: Mapping[str, Raw], chance: float) -> Mapping[str, Raw]:
    """Return a row, or one that a template filled in no further than its id, or a blank one."""
    if chance < 0.9:
        return row
    return {"id": row["id"]} if chance < 0.95 else {}


def _settings(pick: random.Random) -> list[Mapping[str, Raw]]:
    """Return settings in any order, with weights of 0, a missing row and a blank one at times."""
    changed: dict[str, Raw] = {
        "customers": 1000,
        "review_days": pick.choice((90, None)),
        "annual_value": pick.choice((200, None, "dear")),
        "weight_reach": pick.choice((1, 0, 2.5)),
        "weight_severity": pick.choice((1,) * 9 + (-1,)),
        "moment_factor": pick.choice((1.25, 1.25, None, 0)),
        "grade_C": pick.choice((0.5, 0.5, None)),
    }
    rows: list[Mapping[str, Raw]] = [
        {"key": key, "value": changed.get(key, value)} for key, value in sheets.SETTINGS
    ]
    if pick.random() < 0.3:
        rows = [row for row in rows if row["key"] != "severity_4"]
    pick.shuffle(rows)
    return rows


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
        sheets.write(path, _rows(seed), language)
    compared, scored, wrong = 0, 0, []
    for (seed, language), path in zip(cases.items(), sheets.recalculated(paths), strict=True):
        shown = sheets.results(path)
        for table, columns in _in_python(_rows(seed), language).items():
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
