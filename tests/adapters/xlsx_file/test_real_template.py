"""Shows that the workbooks which the program makes itself can be read and changed."""

import datetime as dt
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import AddRow, Changes, DropRow, SetCell, SetResult
from cjm_sheets.tables.codec import decode
from cjm_sheets.tables.table import Table
from cjm_sheets.usecases.new_map import Wish, new_map
from tests.programs import convert

NOW = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)


@cache
def template() -> bytes:
    return new_map(Wish(starter="vacuum"), StarterFiles(), XlsxBuilder(), NOW)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "vacuum.xlsx"
    path.write_bytes(template())
    return path


def tables(path: Path) -> dict[str, Table]:
    return {table.spec.key: table for table in XlsxFile(path).read().tables}


def test_a_template_is_read_with_all_its_tables_and_formulas(path: Path) -> None:
    found = tables(path)
    assert {"Maps", "Stages", "Touchpoints", "Pains", "Settings"} <= found.keys()
    pains = found["Pains"]
    assert len(decode(pains).lines) > 3
    assert pains.last_line > decode(pains).lines[-1], "blank rows follow the data"
    assert {(line, pains.by_key["gap"].at) for line in pains.lines} <= pains.formulas.keys()


@pytest.mark.office
@pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")
def test_a_template_is_changed_grown_and_shown(tmp_path: Path, path: Path) -> None:
    before = tables(path)
    free = before["Pains"].last_line - decode(before["Pains"]).lines[-1]
    rows = [
        AddRow("Pains", None, {"id": f"N9{i}A", "pain": "=new", "hit": 1, "observed": 4})
        for i in range(free + 3)
    ]
    line = decode(before["Touchpoints"]).lines[0]
    changes = Changes(
        cells=(
            SetCell("Touchpoints", line, "name", "A new <name>"),
            SetCell("Touchpoints", line, "reach", 0.25),
        ),
        added=tuple(rows),
        dropped=(DropRow("Highs", decode(before["Highs"]).lines[-1]),),
        results=(SetResult("Pains", before["Pains"].lines[0], "gap", 1.5),),
        memory=("record",),
    )
    store = XlsxFile(path)
    store.apply(changes, store.read())
    after = tables(path)
    assert after["Pains"].last_line == before["Pains"].last_line + 3
    assert decode(after["Pains"]).texts("pain")[-1] == "=new"
    assert len(decode(after["Highs"]).lines) == len(decode(before["Highs"]).lines) - 1
    assert OpenXmlValidator().validate(str(path)).errors == []
    convert([path], "xlsx", tmp_path / "shown")
    book = openpyxl.load_workbook(tmp_path / "shown" / path.name, data_only=True)
    shown = book[after["Pains"].sheet]
    last, at = after["Pains"].last_line, after["Pains"].by_key
    assert shown.cell(last, at["pain"].at).value == "=new"
    assert shown.cell(last, at["frequency"].at).value == 0.25
    assert (
        book[after["Touchpoints"].sheet].cell(line, after["Touchpoints"].by_key["name"].at).value
        == "A new <name>"
    )
