"""Shows that LibreOffice opens a changed workbook and shows what was written."""

from pathlib import Path

import openpyxl
import pytest

from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import AddRow, Changes, DropRow, SetCell
from cjm_sheets.tables.table import Raw
from tests.adapters.xlsx_file.sample import Sample
from tests.programs import convert


@pytest.mark.office
def test_libreoffice_shows_what_was_written_and_calculates_it(tmp_path: Path) -> None:
    path = Sample(tmp_path / "map.xlsx", blank=0).tables().save()
    store = XlsxFile(path)
    rows: list[dict[str, Raw]] = [
        {"id": "N2", "pain": "new & <b>", "hit": 1, "observed": 4},
        {"id": "N3", "pain": "=1"},
    ]
    store.apply(
        Changes(
            cells=(
                SetCell("Stages", 5, "target", 4),
                SetCell("Stages", 5, "actual", 2),
                SetCell("Stages", 5, "name", "two\nlines _x0041_"),
            ),
            added=tuple(AddRow("Pains", None, row) for row in rows),
            dropped=(DropRow("Stages", 6),),
            memory=("record",),
        ),
        store.read(),
    )
    into = tmp_path / "shown"
    convert([path], "xlsx", into)
    book = openpyxl.load_workbook(into / "map.xlsx", data_only=True)
    assert [book["Pains"].cell(line, 4).value for line in (5, 6, 7)] == [
        "Too slow",
        "new & <b>",
        "=1",
    ]
    assert book["Pains"]["N6"].value == 0.25, "the formula of the new row was calculated"
    assert book["Stages"]["D5"].value == "two\nlines _x0041_"
    assert book["Stages"]["N5"].value == 0.5
    assert book["Stages"]["D6"].value is None
    assert book["_cjm"]["A1"].value == "record"
    assert XlsxFile(into / "map.xlsx").read().memory == ("record",)
