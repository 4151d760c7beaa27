"""Shows that everything a workbook file says reaches the snapshot."""

import datetime as dt
import hashlib
import time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from cjm_sheets.adapters.xlsx_file.sheet_scan import scan
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.errors.workbook import NoTablesError
from cjm_sheets.tables.codec import decode
from cjm_sheets.tables.table import CellError
from tests.adapters.xlsx_file.packages import SHEET, changed, parts, sheet
from tests.adapters.xlsx_file.sample import HEADER, NAMES, OWN, Sample


def test_tables_others_language_and_stamp(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "map.xlsx").tables()
    sample.book.add_worksheet("Own").write("B2", "mine")
    path = sample.save()
    found = XlsxFile(path).read()
    assert found.title == XlsxFile(path).name == "map.xlsx"
    assert tuple(table.spec.key for table in found.tables) == NAMES
    assert [grid.sheet for grid in found.others] == ["Own"]
    assert found.others[0].rows[1] == (None, "mine")
    assert found.language == "en"
    assert found.stamp == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.memory == ()


def test_lines_columns_and_formulas_are_where_they_are(tmp_path: Path) -> None:
    found = XlsxFile(Sample(tmp_path / "map.xlsx").tables().save()).read()
    pains = next(table for table in found.tables if table.spec.key == "Pains")
    assert (pains.header_line, pains.lines, pains.last_line) == (HEADER + 1, (5, 6, 7), 7)
    assert pains.by_key["pain"].cells[0] == "Too slow"
    assert pains.own_columns[0].label == OWN
    at = pains.by_key["gap"].at
    assert pains.formulas[5, at].startswith("=IF(COUNT(Pains[[#This Row],[Score if true]]")
    assert pains.formulas.keys() >= {(line, at) for line in pains.lines}
    assert "<>" in pains.formulas[5, pains.by_key["reach_used"].at]


@pytest.mark.parametrize("since_1904", [False, True])
def test_dates_are_days_in_both_calendars(tmp_path: Path, *, since_1904: bool) -> None:
    path = Sample(tmp_path / "map.xlsx", date_1904=since_1904).tables().save()
    found = XlsxFile(path).read()
    actions = next(table for table in found.tables if table.spec.key == "Actions")
    assert decode(actions).values("due") == (dt.date(2026, 5, 4),)


@pytest.mark.parametrize("language", ["de", "ru"])
def test_the_language_is_that_of_the_headers(tmp_path: Path, language: str) -> None:
    found = XlsxFile(Sample(tmp_path / "map.xlsx", language).tables().save()).read()
    assert found.language == language


def test_errors_booleans_times_and_durations(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "map.xlsx").tables(["Stages"])
    own = sample.book.add_worksheet("Own")
    own.write_formula("A1", "=1/0", None, "#DIV/0!")
    own.write_boolean("B1", boolean=True)
    hours, long = (sample.book.add_format({"num_format": code}) for code in ("hh:mm", "[h]:mm"))
    own.write_number("C1", 8.5 / 24, hours)
    own.write_number("D1", 30.5 / 24, long)
    own.write_string("F1", "a_x0041_\x01\n b ")
    grid = XlsxFile(sample.save()).read().others[0]
    assert grid.rows == ((CellError("#DIV/0!"), True, "08:30", "30:30", None, "a_x0041_\x01\n b "),)
    assert grid.formulas == {(1, 1): "=1/0"}


def test_shared_and_array_formulas_are_found() -> None:
    xml = sheet(
        '<row r="4"><c r="A4"><f t="shared" ref="A4:A5" si="0">B4&amp;"x"</f><v>1</v></c>'
        '<c r="C4"><f t="array" ref="C4">SUM(1)</f><v>1</v></c></row>'
        '<row r="5"><c r="A5"><f t="shared" si="0"/><v>1</v></c><c r="B5"><f ca="1"/></c></row>'
    )
    facts = scan(xml, "Own", SHEET, "x.xlsx")
    shared = '=B4&"x"'
    assert facts.formulas == {(4, 1): shared, (4, 3): "=SUM(1)", (5, 1): shared, (5, 2): "="}


def test_the_record_sheet_is_memory_not_a_sheet(tmp_path: Path) -> None:
    path = Sample(tmp_path / "map.xlsx").tables(["Stages"]).save()
    book = openpyxl.load_workbook(path)
    record = book.create_sheet("_cjm")
    record.sheet_state = "veryHidden"
    record["A1"], record["A2"], record["B1"] = "first", " second ", "not this"
    book.save(path)
    found = XlsxFile(path).read()
    assert found.memory == ("first", " second ")
    assert found.others == ()


def test_a_workbook_without_tables_names_its_sheets(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Budget").write("A1", "id")
        book.add_worksheet("Team")
    with pytest.raises(NoTablesError) as raised:
        XlsxFile(path).read()
    assert raised.value.facts == {"file": str(path), "sheets": "Budget, Team"}


def test_a_namespace_prefix_hides_nothing(tmp_path: Path) -> None:
    path = Sample(tmp_path / "map.xlsx").tables(["Actions"]).save()
    plain = XlsxFile(path).read()
    xml = parts(path)[SHEET].replace(b"</", b"</x:").replace(b"<", b"<x:")
    for wrong, right in ((b"<x:/x:", b"</x:"), (b"<x:?", b"<?"), (b"xmlns=", b"xmlns:x=")):
        xml = xml.replace(wrong, right)
    found = XlsxFile(changed(path, **{SHEET: xml})).read()
    assert found.tables == plain.tables
    assert found.tables[0].formulas


def test_empty_rows_and_cells_far_out_are_no_bomb(tmp_path: Path) -> None:
    path = Sample(tmp_path / "map.xlsx").tables(["Stages"]).save()
    plain = XlsxFile(path).read()
    far = b'<row r="1048575" s="1"><c r="XFD1048575" s="1"/></row><row r="1048576" ht="15"/>'
    xml = parts(path)[SHEET].replace(b"</sheetData>", far + b"</sheetData>")
    assert XlsxFile(changed(path, **{SHEET: xml})).read().tables == plain.tables


def test_a_large_sheet_is_read_without_crawling(tmp_path: Path) -> None:
    rows = tuple({"id": f"S{i}", "name": "x", "order": i} for i in range(1, 5001))
    path = Sample(tmp_path / "map.xlsx", blank=0).tables(["Stages"], {"Stages": rows}).save()
    begin = time.process_time()
    (stages,) = XlsxFile(path).read().tables
    assert len(stages.lines) == 5000
    assert time.process_time() - begin < 5, "a guard against quadratic scanning, not a benchmark"


def test_a_sheet_without_rows_is_empty_whatever_follows(tmp_path: Path) -> None:
    """LibreOffice writes the sheet of a chart like that; no cell is what looks like a far one."""
    sample = Sample(tmp_path / "map.xlsx").tables(["Stages"])
    sample.book.add_worksheet("Wall")
    path = sample.save()
    part = "xl/worksheets/sheet2.xml"
    printed = b'<pageSetup pageOrder="downThenOver" r="XFD9999999"/></worksheet>'
    xml = parts(path)[part].replace(b"</worksheet>", printed)
    assert b"<sheetData/>" in xml
    changed(path, **{part: xml})
    assert [(grid.sheet, grid.rows) for grid in XlsxFile(path).read().others] == [("Wall", ())]
