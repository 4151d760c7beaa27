"""A table is added to a workbook: its sheet, its lists, its place, and nothing a second time."""

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openxml_audit import OpenXmlValidator

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.errors.asked import UnknownTableError
from cjm_sheets.tables import naming, schema
from cjm_sheets.templates.map_types import MAP_TYPES
from cjm_sheets.usecases.add_table import add_table
from cjm_sheets.usecases.new_map import Wish, new_map
from tests.adapters.xlsx_build.cells import Package

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def workbook(path: Path, wish: Wish) -> XlsxFile:
    path.write_bytes(new_map(wish, StarterFiles(), XlsxBuilder(), NOW))
    return XlsxFile(path, XlsxBuilder)


@pytest.mark.parametrize("map_type", MAP_TYPES)
def test_every_table_can_be_added(map_type: str, tmp_path: Path) -> None:
    language = dict(zip(MAP_TYPES, ("en", "de", "lv", "ru", "af"), strict=True))[map_type]
    file = workbook(tmp_path / "map.xlsx", Wish(map_type, language=language))
    there = {table.spec.key for table in file.read().tables}
    for of in schema.TABLES:
        added = add_table(file, of.key, NOW)
        hidden = of.key in MAP_TYPES[map_type].hidden
        assert added.new == (of.key not in there or hidden), of.key
        before = file.path.read_bytes()
        assert not add_table(file, added.sheet, NOW).new
        assert file.path.read_bytes() == before
    assert [table.spec.key for table in file.read().tables] == [of.key for of in schema.TABLES]
    assert OpenXmlValidator().validate(file.path).errors == []
    book = openpyxl.load_workbook(file.path)
    assert all(book[table.sheet].sheet_state == "visible" for table in file.read().tables)


def test_a_table_added_is_as_it_is_where_it_belongs(tmp_path: Path) -> None:
    at_home = workbook(tmp_path / "blueprint.xlsx", Wish("blueprint", language="da"))
    guest = workbook(tmp_path / "current.xlsx", Wish("current", language="da"))
    title = add_table(guest, "Blueprint", NOW).sheet
    home, there = (openpyxl.load_workbook(file.path) for file in (at_home, guest))
    ours, theirs = home[title], there[title]
    assert ours.freeze_panes == theirs.freeze_panes
    assert ours.print_title_rows == theirs.print_title_rows
    for row, same in zip(ours.iter_rows(), theirs.iter_rows(), strict=True):
        for one, other in zip(row, same, strict=True):
            assert (one.value, one.number_format) == (other.value, other.number_format)
            assert (one.font.b, one.fill.fgColor.rgb) == (other.font.b, other.fill.fgColor.rgb)
            assert one.alignment.wrap_text == other.alignment.wrap_text
    offers = [(v.sqref, v.type, v.formula1, v.prompt) for v in ours.data_validations.dataValidation]
    assert offers == [
        (v.sqref, v.type, v.formula1, v.prompt) for v in theirs.data_validations.dataValidation
    ]
    assert len(offers) > 3


def test_its_lists_stand_beside_the_others_and_own_values_stay(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx", Wish())
    book = openpyxl.load_workbook(file.path)
    used = book["Lists"].max_column
    book["Lists"].cell(30, 1).value = "our own kind"
    book.save(file.path)
    add_table(file, "Empathy", NOW)
    book = openpyxl.load_workbook(file.path)
    lists = book["Lists"]
    assert lists.cell(30, 1).value == "our own kind"
    quadrants = [naming.word("en", "quadrant", key) for key in ("says", "thinks", "does", "feels")]
    assert [lists.cell(line, used + 1).value for line in range(2, 6)] == quadrants
    assert lists.cell(1, used + 1).font.b == lists.cell(1, used).font.b
    column = get_column_letter(used + 1)
    place = book.defined_names["cjm_list_quadrant"].attr_text
    assert place == f"Lists!${column}$2:${column}$60"


def test_it_stands_where_a_new_workbook_has_it(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx", Wish())
    book = openpyxl.load_workbook(file.path)
    usual = book.sheetnames
    book.remove(book["Evidence"])
    book.save(file.path)
    add_table(file, "evidence", NOW)
    assert openpyxl.load_workbook(file.path).sheetnames == usual
    assert "Evidence" in {t.attrib["name"] for t in Package(file.path.read_bytes()).tables()}


def test_a_table_that_is_none_is_named_with_those_that_there_are(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx", Wish())
    with pytest.raises(UnknownTableError, match=r"Emotions.*Blueprint"):
        add_table(file, "Emotions", NOW)
