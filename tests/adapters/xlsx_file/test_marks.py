"""Findings stand on the cells that they concern, go when mended, and touch nothing of people's."""

import re
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import Changes, SetCell
from cjm_sheets.usecases.check_map import Checked, Wanted
from cjm_sheets.usecases.new_map import Wish, new_map
from cjm_sheets.usecases.write_findings import write_findings
from tests.adapters.xlsx_file.packages import SOME, pack, parts
from tests.programs import convert

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
OURS = "cjm-sheets"


@pytest.fixture
def file(tmp_path: Path) -> XlsxFile:
    path = tmp_path / "map.xlsx"
    path.write_bytes(new_map(Wish(starter="vacuum"), StarterFiles(), XlsxBuilder(), NOW))
    return XlsxFile(path, XlsxBuilder)


def rot(file: XlsxFile) -> None:
    """Make mistakes of three kinds: on K5 and B6 of Touchpoints, and N5 of Pains."""
    change(file, {("Touchpoints", 5, "emotion"): "happy", ("Touchpoints", 6, "stage"): "S99",
                  ("Pains", 5, "evidence"): None})  # fmt: skip


def mend(file: XlsxFile) -> None:
    change(file, {("Touchpoints", 5, "emotion"): -2, ("Touchpoints", 6, "stage"): "S1",
                  ("Pains", 5, "evidence"): "E1"})  # fmt: skip


def change(file: XlsxFile, values: dict[tuple[str, int, str], str | int | None]) -> None:
    cells = tuple(SetCell(*place, value) for place, value in values.items())
    file.apply(Changes(cells=cells), file.read())


def write(file: XlsxFile) -> Checked:
    return write_findings(file, Wanted(NOW.date(), select=SOME), NOW)


def notes(path: Path) -> dict[str, tuple[str, str]]:
    """Return author and text of each note by its place."""
    return {
        f"{sheet.title}!{cell.coordinate}": (cell.comment.author, cell.comment.text)
        for sheet in openpyxl.load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def sheet_of(book: openpyxl.Workbook, title: str) -> Worksheet:
    return next(sheet for sheet in book.worksheets if sheet.title == title)


def coloured(path: Path) -> dict[str, set[str]]:
    """Return the cells that a finding colours, by sheet and severity."""
    found: dict[str, set[str]] = {}
    for sheet in openpyxl.load_workbook(path).worksheets:
        for area in sheet.conditional_formatting:
            for rule in area.rules:
                for formula in rule.formula:
                    if said := re.match(rf'"{OURS} (\w+)"', str(formula)):
                        found[f"{sheet.title} {said[1]}"] = set(str(area.sqref).split())
    return found


def test_each_finding_is_a_note_and_a_colour_on_its_cell(file: XlsxFile) -> None:
    rot(file)
    found = write(file)
    assert {finding.cell for finding in found.findings} == set(notes(file.path))
    author, text = notes(file.path)["Touchpoints!K5"]
    assert author == OURS
    assert text.startswith("CJ011: happy is not a number")
    assert "Type the number anew" in text
    assert coloured(file.path) == {
        "Touchpoints error": {"K5", "B6"},
        "Pains warning": {"N5"},
    }
    assert OpenXmlValidator().validate(file.path).errors == []


def test_a_second_check_changes_no_byte(file: XlsxFile) -> None:
    rot(file)
    write(file)
    once = file.path.read_bytes()
    write(file)
    assert file.path.read_bytes() == once


def test_what_was_mended_loses_its_marks_and_leaves_no_part_behind(file: XlsxFile) -> None:
    before = set(parts(file.path))
    rot(file)
    write(file)
    mend(file)
    write(file)
    assert notes(file.path) == {}
    assert coloured(file.path) == {}
    left = set(parts(file.path)) - before
    assert len(left) == 1, "the sheet Findings alone"
    assert OpenXmlValidator().validate(file.path).errors == []


def test_the_sheet_lists_them_with_links_and_start_has_the_grade(file: XlsxFile) -> None:
    rot(file)
    write(file)
    book = openpyxl.load_workbook(file.path)
    sheet = sheet_of(book, "Findings")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, min_col=2)]
    assert ["CJ011", "Touchpoints: K5"] in [row[1:3] for row in rows]
    link = next(c.hyperlink for c in sheet["D"] if c.value == "Touchpoints: K5")
    assert link is not None
    assert link.location == "Touchpoints!K5"
    start = {str(c.value) for row in sheet_of(book, "Start").iter_rows() for c in row}
    assert "F" in start
    assert "Findings" in start
    mend(file)
    write(file)
    texts = {str(c.value) for row in sheet_of(openpyxl.load_workbook(file.path), "Findings")
             .iter_rows() for c in row}  # fmt: skip
    assert "Nothing to mend." in texts


def test_notes_and_colours_of_people_stay(file: XlsxFile) -> None:
    book = openpyxl.load_workbook(file.path)
    sheet = sheet_of(book, "Touchpoints")
    sheet["K5"].comment = Comment("Is that right?", "Nora")
    sheet["C7"].comment = Comment("Nice", "Tom")
    sheet["C8"].fill = PatternFill("solid", fgColor="FF123456")
    own = CellIsRule(  # type: ignore[no-untyped-call] # openpyxl's stubs say nothing of it
        operator="equal", formula=['"cjm"'], fill=PatternFill(bgColor="FF00FF00")
    )
    sheet.conditional_formatting.add("C5:C9", own)
    book.save(file.path)
    rot(file)
    for _ in range(2):
        write(file)
        found = notes(file.path)
        assert found["Touchpoints!K5"] == ("Nora", "Is that right?")
        assert found["Touchpoints!C7"] == ("Tom", "Nice")
        assert found["Touchpoints!B6"][0] == OURS
    mend(file)
    write(file)
    assert {place: by for place, (by, _) in notes(file.path).items()} == {
        "Touchpoints!K5": "Nora",
        "Touchpoints!C7": "Tom",
    }
    again = sheet_of(openpyxl.load_workbook(file.path), "Touchpoints")
    assert again["C8"].fill.fgColor.rgb == "FF123456"
    formulas = [f for area in again.conditional_formatting for r in area.rules for f in r.formula]
    assert '"cjm"' in formulas


def test_a_picture_in_the_header_stays_apart_from_the_notes(file: XlsxFile) -> None:
    """Both are drawn in parts of one kind: notes in one, what stands in headers in another."""
    head = (
        b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="LH" type="#_x0000_t75"/></xml>'
    )
    content = parts(file.path)
    sheet = "xl/worksheets/sheet3.xml"
    rels = "xl/worksheets/_rels/sheet3.xml.rels"
    content[sheet] = content[sheet].replace(
        b"<tableParts", b'<legacyDrawingHF r:id="rId77"/><tableParts'
    )
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing"
    content[rels] = content[rels].replace(
        b"</Relationships>",
        b'<Relationship Id="rId77" Type="%s" Target="../drawings/vmlDrawing1.vml"/></Relationships>'
        % kind,
    )
    content["xl/drawings/vmlDrawing1.vml"] = head
    content["[Content_Types].xml"] = content["[Content_Types].xml"].replace(
        b"<Override",
        b'<Default Extension="vml" ContentType="application/'
        b'vnd.openxmlformats-officedocument.vmlDrawing"/><Override',
        1,
    )
    file.path.write_bytes(pack(content))
    rot(file)
    write(file)
    assert set(notes(file.path)) == {"Touchpoints!K5", "Touchpoints!B6", "Pains!N5"}
    assert parts(file.path)["xl/drawings/vmlDrawing1.vml"] == head
    assert b"<legacyDrawing " in parts(file.path)[sheet]
    mend(file)
    write(file)
    left = parts(file.path)
    assert left["xl/drawings/vmlDrawing1.vml"] == head
    assert b'<legacyDrawingHF r:id="rId77"/>' in left[sheet]
    assert b"<legacyDrawing " not in left[sheet]
    assert notes(file.path) == {}


def test_a_button_outlives_the_notes_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "map.xlsx"
    path.write_bytes(new_map(Wish(starter="vacuum"), StarterFiles(), XlsxBuilder(), NOW))
    file = XlsxFile(path, XlsxBuilder)
    rot(file)
    write(file)
    content = parts(path)
    drawing = next(
        name for name in content if name.endswith(".vml") and b"<x:Row>4" in content[name]
    )
    button = (
        b'<v:shape id="_x0000_s9" type="#_x0000_t201"><x:ClientData ObjectType="Button">'
        b"</x:ClientData></v:shape></xml>"
    )
    content[drawing] = content[drawing].replace(b"</xml>", button)
    path.write_bytes(pack(content))
    mend(file)
    write(file)
    left = parts(path)
    assert b'ObjectType="Button"' in left[drawing]
    assert b'ObjectType="Note"' not in left[drawing]
    assert not [name for name in left if "comments" in name]


def test_our_colour_comes_before_every_other_look(file: XlsxFile) -> None:
    rot(file)
    write(file)
    for name, xml in parts(file.path).items():
        if not name.startswith("xl/worksheets/sheet"):
            continue
        rules = re.findall(rb'<cfRule type="(\w+)"[^>]*priority="(\d+)"', xml)
        priorities = [int(number) for _, number in rules]
        assert len(priorities) == len(set(priorities)), name
        ours = re.findall(rb'priority="(\d+)"><formula>"cjm-sheets', xml)
        assert all(int(number) <= 3 for number in ours)


@pytest.mark.office
def test_a_workbook_that_libreoffice_saved_gets_and_loses_marks(
    file: XlsxFile, tmp_path: Path
) -> None:
    rot(file)
    write(file)
    convert([file.path], "xlsx", tmp_path / "saved")
    saved = XlsxFile(tmp_path / "saved" / "map.xlsx", XlsxBuilder)
    known = {error.description for error in OpenXmlValidator().validate(saved.path).errors}
    write(saved)
    assert notes(saved.path).keys() == notes(file.path).keys()
    assert coloured(saved.path) == coloured(file.path)
    mend(saved)
    write(saved)
    assert notes(saved.path) == {}
    assert coloured(saved.path) == {}
    assert {e.description for e in OpenXmlValidator().validate(saved.path).errors} <= known


def test_a_selection_of_rules_marks_only_what_they_find(file: XlsxFile) -> None:
    rot(file)
    write(file)
    write_findings(file, Wanted(NOW.date(), select=("CJ031",)), NOW)
    assert set(notes(file.path)) == {"Pains!N5"}
    start = sheet_of(openpyxl.load_workbook(file.path), "Start")
    assert "F" in {str(c.value) for row in start.iter_rows() for c in row}, "health is of all rules"
