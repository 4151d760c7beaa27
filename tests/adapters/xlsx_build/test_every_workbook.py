"""Every template and starter opens anywhere without a warning, and is in reach of everybody.

Elsewhere than on a machine for checks each of them is looked at in one language, another every day.
"""

import io
import warnings
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator
from python_calamine import load_workbook

from cjm_sheets.tables import naming
from cjm_sheets.usecases.new_map import Wish
from tests.adapters.xlsx_build.cells import Package
from tests.adapters.xlsx_build.made import all_wishes, chosen_wishes, made

_DESIGNS = sorted({name.rpartition(".")[0] for name in all_wishes()})
_LANGUAGE = "{http://purl.org/dc/elements/1.1/}language"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_LONGEST_TITLE = 31
_MOST_BYTES = 150_000


@pytest.fixture(params=_DESIGNS)
def wishes(request: pytest.FixtureRequest) -> list[Wish]:
    """The workbooks of one kind or starter that are looked at today."""
    chosen = chosen_wishes().items()
    found = [wish for name, wish in chosen if name.rpartition(".")[0] == request.param]
    assert found
    return found


def _packages(wishes: list[Wish]) -> Iterator[tuple[Wish, Package]]:
    for wish in wishes:
        yield wish, Package(made(wish))


def test_programs_open_it_without_a_word(wishes: list[Wish], tmp_path: Path) -> None:
    for wish in wishes:
        file = made(wish)
        assert len(file) < _MOST_BYTES
        path = tmp_path / "new.xlsx"
        path.write_bytes(file)
        assert OpenXmlValidator().validate(path).errors == []
        with warnings.catch_warnings():
            # it leaves out the bars in cells that Excel 2010 brought, and says so
            warnings.filterwarnings("ignore", ".*extension is not supported", UserWarning)
            by_openpyxl = openpyxl.load_workbook(io.BytesIO(file)).sheetnames
        by_calamine = load_workbook(io.BytesIO(file)).sheet_names
        assert by_openpyxl == by_calamine == list(Package(file).sheets())


def test_sheets_have_names_of_their_own_and_nothing_is_locked(wishes: list[Wish]) -> None:
    for _, package in _packages(wishes):
        titles = list(package.sheets())
        assert len({title.casefold() for title in titles}) == len(titles)
        assert max(map(len, titles)) <= _LONGEST_TITLE
        assert not [title for title in titles if title.casefold().startswith("sheet")]
        locked = [p for p in package.parts if b"sheetProtection" in package.parts[p]]
        assert locked == []
        assert b"workbookProtection" not in package.parts["xl/workbook.xml"]


def test_the_file_has_a_title_and_a_language(wishes: list[Wish]) -> None:
    for wish, package in _packages(wishes):
        core = package.root("docProps/core.xml")
        assert core.findtext(_LANGUAGE) == wish.language
        assert len(core.findtext(_TITLE) or "") > 3


def test_each_table_says_its_columns_and_keeps_them_in_sight(wishes: list[Wish]) -> None:
    for _, package in _packages(wishes):
        printed = _repeated_lines(package)
        tables = list(package.tables())
        seen = 0
        for title in package.sheets():
            if not list(package.elements(title, "tablePart")):
                continue
            seen += 1
            pane = next(package.elements(title, "pane"))
            lines, columns = int(pane.attrib["ySplit"]), int(pane.attrib["xSplit"])
            assert pane.attrib["state"] == "frozen"
            assert (lines, columns) == (4, 1), title
            assert printed[title].endswith("$3:$4"), title
            assert not list(package.elements(title, "mergeCell")), title
        assert seen == len(tables) >= 8
        for table in tables:
            assert table.attrib.get("headerRowCount", "1") == "1"
            names = [c.attrib["name"] for c in table.iter() if c.tag.endswith("}tableColumn")]
            assert all(name.strip() for name in names)
            assert len({name.casefold() for name in names}) == len(names)


def test_the_first_cell_of_each_sheet_tells_what_it_is(wishes: list[Wish]) -> None:
    for _, package in _packages(wishes):
        states = _states(package)
        for title in package.sheets():
            cells = package.cells(title).values()
            first = next(f"{cell.shown}" for cell in cells if cell.shown != "")
            assert any(letter.isalpha() for letter in first), (title, first)
            if list(package.elements(title, "tablePart")) and states[title] == "visible":
                assert naming.plain(first) == naming.plain(title)


def test_every_picture_is_told_in_words(wishes: list[Wish]) -> None:
    for wish, package in _packages(wishes):
        drawings = [part for part in package.parts if part.startswith("xl/drawings/drawing")]
        assert bool(drawings) == (wish.map_type != "empathy")
        for part in drawings:
            for item in package.root(part).iter():
                if item.tag.endswith("}cNvPr"):
                    assert len(item.attrib.get("descr", "")) > 20


def _states(package: Package) -> dict[str, str]:
    sheets = (s for s in package.root("xl/workbook.xml").iter() if s.tag.endswith("}sheet"))
    return {sheet.attrib["name"]: sheet.attrib.get("state", "visible") for sheet in sheets}


def _repeated_lines(package: Package) -> dict[str, str]:
    """Return the lines that are printed on every page, by the titles of sheets."""
    titles = list(package.sheets())
    return {
        titles[int(name.attrib["localSheetId"])]: name.text or ""
        for name in package.root("xl/workbook.xml").iter()
        if name.attrib.get("name") == "_xlnm.Print_Titles"
    }
