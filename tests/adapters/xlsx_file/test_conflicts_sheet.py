"""What a sync left to settle is listed on a sheet of its own, until somebody settles it."""

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.merge.base import Base, to_texts
from cjm_sheets.model.pending import Pending
from cjm_sheets.ports.store import Changes, SetCell
from cjm_sheets.usecases.check_map import Wanted
from cjm_sheets.usecases.new_map import Wish, new_map
from cjm_sheets.usecases.write_findings import write_findings

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TITLES = {"en": "Conflicts", "de": "Konflikte", "ru": "Конфликты"}


def workbook(path: Path, language: str, *pending: Pending) -> XlsxFile:
    path.write_bytes(
        new_map(Wish(starter="vacuum", language=language), StarterFiles(), XlsxBuilder(), NOW)
    )
    file = XlsxFile(path, XlsxBuilder)
    memory = to_texts(Base(3, "local", "abc", {}, pending))
    file.apply(Changes(memory=memory), file.read())
    return file


def write(file: XlsxFile) -> None:
    write_findings(file, Wanted(NOW.date(), select=("CJ117",)), NOW)


def listed(path: Path, title: str) -> list[tuple[object, ...]]:
    """Return the rows below the head of the sheet of conflicts."""
    rows = openpyxl.load_workbook(path)[title].iter_rows(min_row=5, min_col=2, values_only=True)
    return [tuple(row[:6]) for row in rows if row[0] is not None]


@pytest.mark.parametrize("language", TITLES)
def test_a_conflict_is_listed_until_it_is_settled(language: str, tmp_path: Path) -> None:
    clash = Pending("conflict", "Pains", "N2", "severity", "4", "2", "3")
    file = workbook(tmp_path / "map.xlsx", language, clash)
    pain = file.read()
    (table,) = [each for each in pain.tables if each.spec.key == "Pains"]
    line = next(at for at in table.lines if table.cell("id", at) == "N2")
    file.apply(Changes(cells=(SetCell("Pains", line, "severity", 4),)), pain)
    write(file)
    ((where, row, column, *values),) = listed(file.path, TITLES[language])
    assert where == f"{table.sheet}: D{line}"
    assert str(row).startswith("N2 ")
    assert column == table.by_key["severity"].label
    assert values == ["3", "4", "2"]
    assert OpenXmlValidator().validate(file.path).errors == []
    before = file.path.read_bytes()
    write(file)
    assert file.path.read_bytes() == before
    file.apply(Changes(cells=(SetCell("Pains", line, "severity", 2),)), file.read())
    write(file)
    ((said, *rest),) = listed(file.path, TITLES[language])
    assert isinstance(said, str)
    assert rest == [None] * 5


def test_a_workbook_without_conflicts_gets_no_such_sheet(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx", "en", Pending("restored", "Pains", "N2", "", "sheet"))
    write(file)
    assert "Conflicts" not in openpyxl.load_workbook(file.path).sheetnames


def test_what_no_longer_exists_is_not_listed(tmp_path: Path) -> None:
    gone = Pending("conflict", "Pains", "N999", "severity", "4", "2", "3")
    other = Pending("conflict", "Highs", "H1", "high", "something else", "x", "y")
    file = workbook(tmp_path / "map.xlsx", "en", gone, other)
    write(file)
    assert "Conflicts" not in openpyxl.load_workbook(file.path).sheetnames
