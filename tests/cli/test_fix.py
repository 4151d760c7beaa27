"""Mending from the command line: shown first, written once, told what is left."""

import warnings
from pathlib import Path

import openpyxl
import pytest

from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import Changes, SetCell
from tests.cli.conftest import Run


@pytest.fixture
def dirty(run: Run, tmp_path: Path) -> Path:
    """A sample with a slip, a blank, a number as text, and a date that may be two."""
    path = tmp_path / "map.xlsx"
    assert run("new", "map.xlsx", "--starter", "vacuum").code == 0
    file = XlsxFile(path)
    before = file.read()
    first = {table.spec.key: table.lines[0] for table in before.tables}
    cells = (
        SetCell("Touchpoints", first["Touchpoints"], "channel", "web site"),
        SetCell("Touchpoints", first["Touchpoints"] + 2, "name", "Compare\u00a0"),
        SetCell("Pains", first["Pains"], "severity", "4"),
        SetCell("Evidence", first["Evidence"] + 2, "date", "3/4/2026"),
    )
    file.apply(Changes(cells=cells), before)
    return path


def test_a_dry_run_shows_what_a_run_does(run: Run, dirty: Path) -> None:
    as_it_was = dirty.read_bytes()
    dry = run("fix", "map.xlsx", "--dry-run")
    assert dry.code == 0
    assert dirty.read_bytes() == as_it_was
    assert "Touchpoints!D5  CJ010  Channel: web site → website" in dry.out
    assert 'Touchpoints!C7  CJ112  Step: "Compare\u00a0" → Compare' in dry.out
    assert 'Pains!D5        CJ115  Severity: "4" → 4' in dry.out
    wet = run("fix", "map.xlsx")
    assert wet.out.replace("Mended in map.xlsx: 3 places.\n", "") == dry.out
    after = dirty.read_bytes()
    assert after != as_it_was
    again = run("fix", "map.xlsx", "--json")
    assert dirty.read_bytes() == after
    assert again.document["changes"] == []
    assert not again.document["written"]
    left = {finding["cell"] for finding in again.document["left"]["findings"]}
    assert "Evidence!E7" in left
    checked = run("check", "map.xlsx", "--json")
    assert checked.document["counts"] == again.document["left"]["counts"]


def test_json_tells_each_change(run: Run, dirty: Path) -> None:
    told = run("fix", str(dirty), "--json").document
    assert told["written"]
    assert told["changes"][0] == {
        "rule": "CJ010",
        "table": "Touchpoints",
        "row": "T1",
        "column": "channel",
        "cell": "Touchpoints!D5",
        "before": "web site",
        "after": "website",
    }


def test_a_sheet_that_is_missing_comes_back(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "map.xlsx"
    assert run("new", "map.xlsx", "--starter", "vacuum").code == 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it cannot keep
        book = openpyxl.load_workbook(path)
    del book["Highs"], book["Evidence"]
    book.save(path)
    dry = run("fix", "map.xlsx", "--dry-run")
    assert "Evidence  CJ001  The sheet is missing: an empty one comes back." in dry.out
    assert "Highs" not in dry.out  # which the map can do without
    assert run("fix", "map.xlsx", "--json").document["sheets"] == ["Evidence"]
    tables = {table.spec.key for table in XlsxFile(path).read().tables}
    assert "Evidence" in tables
    assert run("fix", "map.xlsx", "--json").document["sheets"] == []
    found = run("check", "map.xlsx", "--json", "--select", "CJ001").document["findings"]
    assert found == []


def test_a_busy_workbook_is_not_changed(run: Run, dirty: Path) -> None:
    as_it_was = dirty.read_bytes()
    (dirty.parent / "~$map.xlsx").write_bytes(b"x" * 165)
    ran = run("fix", "map.xlsx")
    assert ran.code == 5
    assert dirty.read_bytes() == as_it_was
