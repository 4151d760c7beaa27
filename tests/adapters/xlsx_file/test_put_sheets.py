"""Sheets of ours come into a workbook, and nothing of what people made there changes."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.errors import InputError
from cjm_sheets.errors.workbook import CannotWriteSafelyError, SheetInTheWayError
from cjm_sheets.ports.sheets import PutSheets
from cjm_sheets.ports.store import AddRow, Changes, DropRow, SetCell
from cjm_sheets.templates.plan import Book, Cell, Sheet, Style
from cjm_sheets.usecases.add_table import add_table
from cjm_sheets.usecases.new_map import Wish, new_map
from cjm_sheets.usecases.write_sheets import draw_in_workbook, write_scores
from tests.adapters.xlsx_build.cells import Package
from tests.adapters.xlsx_build.test_recalculation import differences
from tests.adapters.xlsx_file.packages import pack, parts
from tests.programs import TODAY, convert

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

NOW = datetime.combine(TODAY, time(9), UTC)
"""The formulas of a workbook that is written today show what LibreOffice will show today."""

OURS = {"Map": "Map", "CalcMap": "CalcMap", "Calc": "Calc", "Start": "Start"}


def workbook(path: Path, wish: Wish | None = None) -> XlsxFile:
    """Return a new workbook in a file."""
    made = new_map(wish or Wish(starter="vacuum"), StarterFiles(), XlsxBuilder(), NOW)
    path.write_bytes(made)
    return store(path)


def store(path: Path) -> XlsxFile:
    return XlsxFile(path, XlsxBuilder)


def more_steps(file: XlsxFile) -> None:
    """Type new steps, a stage without any, and a pain; take one step away."""
    since = file.read()
    steps = (
        AddRow("Touchpoints", None, {"id": f"T9{n}A", "stage": f"S{n % 4 + 1}", "order": 40 + n,
                                     "name": f"Step <{n}> & more", "emotion": n % 5 - 2,
                                     "reach": 0.5})
        for n in range(25)
    )  # fmt: skip
    stage = AddRow("Stages", None, {"id": "S9AAA", "order": 9, "name": "A new stage", "map": "M1"})
    pain = AddRow("Pains", None, {"id": "N9AAA", "touchpoint": "T90A", "pain": "=It's “new”",
                                  "severity": 5, "hit": 9, "observed": 10})  # fmt: skip
    gone = since.tables[[t.spec.key for t in since.tables].index("Touchpoints")].lines[2]
    file.apply(Changes(added=(*steps, stage, pain), dropped=(DropRow("Touchpoints", gone),)), since)


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {n for n in before.keys() | after.keys() if before.get(n) != after.get(n)}


def by_openpyxl(path: Path, change: Callable[[openpyxl.Workbook], None]) -> None:
    """Let another program change a workbook and write it in its own way."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def the_map(book: openpyxl.Workbook) -> Worksheet:
    return next(sheet for sheet in book.worksheets if sheet.title == "Map")


@pytest.mark.parametrize("verb", [draw_in_workbook, write_scores])
def test_a_second_time_changes_no_byte(
    verb: Callable[[XlsxFile, datetime], None], tmp_path: Path
) -> None:
    file = workbook(tmp_path / "map.xlsx", Wish(starter="bank", language="lv"))
    more_steps(file)
    verb(file, NOW)
    once = file.path.read_bytes()
    verb(file, NOW)
    assert file.path.read_bytes() == once


def test_only_the_sheets_concerned_are_written(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx")
    more_steps(file)
    write_scores(file, NOW)  # all results beside formulas are of today
    more_steps_again = Changes(cells=(SetCell("Touchpoints", 5, "name", "Other words"),))
    file.apply(more_steps_again, file.read())
    before = parts(file.path)
    draw_in_workbook(file, NOW)
    sheets = Package(file.path.read_bytes()).sheets()
    written = {sheets[title] for title in ("Map", "CalcMap", "Calc")}
    assert changed(before, parts(file.path)) <= written | {"xl/workbook.xml"}


def test_a_grown_map_is_drawn_and_valid(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx", Wish(starter="vacuum", language="ru"))
    more_steps(file)
    write_scores(file, NOW)
    assert OpenXmlValidator().validate(file.path).errors == []
    package = Package(file.path.read_bytes())
    words = {f"{c.shown}" for c in package.cells("Карта").values()}
    assert {f"Step <{n}> & more" for n in range(25)} <= words
    assert "A new stage" in words
    assert len([part for part in package.parts if part.startswith("xl/charts/chart")]) == 3
    ids = [table.attrib["id"] for table in package.tables()]
    assert len(ids) == len(set(ids))


@pytest.mark.office
def test_every_program_calculates_what_was_written(tmp_path: Path) -> None:
    made_in, calculated_in = tmp_path / "made", tmp_path / "calculated"
    made_in.mkdir()
    paths = []
    for language in ("en", "de", "ru"):
        file = workbook(made_in / f"{language}.xlsx", Wish(starter="vacuum", language=language))
        more_steps(file)
        write_scores(file, NOW)
        add_table(file, "Blueprint", NOW)
        paths.append(file.path)
    blank = workbook(made_in / "blank.xlsx", Wish("empathy", language="af"))
    for table in ("Pains", "Metrics", "DayMoments", "Changes"):
        add_table(blank, table, NOW)
    paths.append(blank.path)
    convert(paths, "xlsx", calculated_in)
    wrong = []
    for path in paths:
        ours = Package(path.read_bytes())
        theirs = Package((calculated_in / path.name).read_bytes())
        wrong += differences(path.name, ours, theirs)
    assert wrong == []


def test_what_people_put_on_the_map_stays(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx")

    def put(book: openpyxl.Workbook) -> None:
        sheet = the_map(book)
        sheet["A40"].comment = Comment("Ask Nora", "Tom")
        chart = BarChart()
        chart.add_data(Reference(book["Pains"], min_col=4, min_row=5, max_row=9))
        sheet.add_chart(chart, "D40")

    by_openpyxl(file.path, put)
    for _ in range(2):
        draw_in_workbook(file, NOW)
        sheet = the_map(openpyxl.load_workbook(file.path))
        comment = sheet["A40"].comment
        assert comment is not None
        assert comment.text == "Ask Nora"
        charts = [part for name, part in parts(file.path).items() if "charts/chart" in name]
        assert sorted(b"barChart>" in chart for chart in charts) == [False, True]


def test_what_we_do_not_know_on_the_map_is_never_lost(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx")
    package = parts(file.path)
    rels = "xl/worksheets/_rels/sheet2.xml.rels"
    package[rels] = package[rels].replace(
        b"</Relationships>",
        b'<Relationship Id="rId9" Type="http://x/slicer" Target="../slicer1.xml"/></Relationships>',
    )
    package["xl/slicer1.xml"] = b"<slicer/>"
    file.path.write_bytes(pack(package))
    before = file.path.read_bytes()
    with pytest.raises(CannotWriteSafelyError):
        draw_in_workbook(file, NOW)
    assert file.path.read_bytes() == before


def test_parts_that_hang_on_each_other_in_a_circle_are_no_trap(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx")
    content = parts(file.path)
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
    content["xl/charts/_rels/chart1.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="%s" Target="../drawings/drawing1.xml"/></Relationships>'
        % kind
    )
    file.path.write_bytes(pack(content))
    draw_in_workbook(file, NOW)
    assert OpenXmlValidator().validate(file.path).errors == []


def test_a_picture_that_hung_on_the_map_may_hang_elsewhere_too(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx")
    content = parts(file.path)
    rels = "xl/drawings/_rels/drawing1.xml.rels"
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    content[rels] = content[rels].replace(
        b"</Relationships>",
        b'<Relationship Id="rId9" Type="%s" Target="../media/image1.png"/></Relationships>' % kind,
    )
    content["xl/media/image1.png"] = b"a picture"
    file.path.write_bytes(pack(content))
    draw_in_workbook(file, NOW)
    assert parts(file.path)["xl/media/image1.png"] == b"a picture"


@pytest.mark.office
def test_a_workbook_that_libreoffice_saved_is_drawn(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx", Wish("day", starter="travel", language="da"))
    convert([file.path], "xlsx", tmp_path / "saved")
    saved = store(tmp_path / "saved" / "map.xlsx")
    known = {e.description for e in OpenXmlValidator().validate(saved.path).errors}
    since = saved.read()
    row = AddRow("DayMoments", None, {"id": "D9AAA", "time": "22:00", "activity": "Sleeps"})
    saved.apply(Changes(added=(row,)), since)
    write_scores(saved, NOW)
    add_table(saved, "Mutes", NOW)
    assert {e.description for e in OpenXmlValidator().validate(saved.path).errors} <= known
    title = saved.read().made["Map"]
    shown = {f"{c.shown}" for c in Package(saved.path.read_bytes()).cells(title).values()}
    assert "Sleeps" in shown


def test_a_map_that_somebody_renamed_keeps_its_name(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx")

    def rename(book: openpyxl.Workbook) -> None:
        book["Map"].title = "Anna's wall"
        book.defined_names["cjm_sheet_Map"].attr_text = "'Anna''s wall'!$A$1"

    by_openpyxl(file.path, rename)
    titles = openpyxl.load_workbook(file.path).sheetnames
    draw_in_workbook(file, NOW)
    assert openpyxl.load_workbook(file.path).sheetnames == titles
    assert file.read().made["Map"] == "Anna's wall"


def test_a_copy_that_somebody_keeps_of_the_map_is_theirs(tmp_path: Path) -> None:
    """Excel gives the copy of a sheet names of its own that are spelt as those of the sheet."""
    file = workbook(tmp_path / "map.xlsx")

    def keep(book: openpyxl.Workbook) -> None:
        copy = book.copy_worksheet(the_map(book))
        copy.title = "Map in spring"
        copy["B2"] = "How it was"
        name = openpyxl.workbook.defined_name.DefinedName("cjm_sheet_Map")
        name.attr_text = "'Map in spring'!$A$1"
        copy.defined_names["cjm_sheet_Map"] = name

    by_openpyxl(file.path, keep)
    assert file.read().made["Map"] == "Map"
    draw_in_workbook(file, NOW)
    book = openpyxl.load_workbook(file.path)
    assert book["Map in spring"]["B2"].value == "How it was"
    assert file.read().made["Map"] == "Map"


def test_a_map_that_somebody_deleted_comes_back_in_its_place(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx")
    by_openpyxl(file.path, lambda book: book.remove(book["Map"]))
    draw_in_workbook(file, NOW)
    book = openpyxl.load_workbook(file.path)
    assert book.sheetnames[:3] == ["Start", "Map", "Touchpoints"]
    assert book.active is not None
    assert book.active.title == "Start"
    repeated = {sheet.title: sheet.print_title_rows for sheet in book}
    assert repeated["Pains"] == "$3:$4", "what counts sheets has moved along"


def test_a_sheet_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx")

    def own_map(book: openpyxl.Workbook) -> None:
        book.remove(book["Map"])
        del book.defined_names["cjm_sheet_Map"]  # as a spreadsheet program does by itself
        book.create_sheet("MAP")["A1"] = "The way to our office"

    by_openpyxl(file.path, own_map)
    before = file.path.read_bytes()
    with pytest.raises(SheetInTheWayError):
        draw_in_workbook(file, NOW)
    assert file.path.read_bytes() == before


def test_a_missing_column_leaves_what_it_would_show(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx")

    def without_thoughts(book: openpyxl.Workbook) -> None:
        table = book["Touchpoints"].tables["Touchpoints"]
        column = next(c for c in table.tableColumns if c.name == "What they think")
        column.name = "Voice of Tom"
        at = [c.name for c in table.tableColumns].index("Voice of Tom") + 1
        book["Touchpoints"].cell(4, at).value = "Voice of Tom"

    by_openpyxl(file.path, without_thoughts)
    draw_in_workbook(file, NOW)
    package = Package(file.path.read_bytes())
    formulas = [c.formula for title in OURS for c in package.cells(title).values()]
    assert formulas.count("") > 0
    assert not [formula for formula in formulas if "What they think" in formula]


def test_columns_that_were_moved_and_translated_are_followed(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx")

    def translate(book: openpyxl.Workbook) -> None:
        table = book["Touchpoints"].tables["Touchpoints"]
        for at, column in enumerate(table.tableColumns, start=1):
            if column.name == "Mood":
                column.name = "Stimmung"
                book["Touchpoints"].cell(4, at).value = "Stimmung"

    by_openpyxl(file.path, translate)
    draw_in_workbook(file, NOW)
    formulas = " ".join(
        c.formula for c in Package(file.path.read_bytes()).cells("CalcMap").values()
    )
    assert "[Stimmung]" in formulas
    assert "[Mood]" not in formulas


def test_a_table_without_a_table_object_is_shown_as_it_is_now(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx")

    def without_tables(book: openpyxl.Workbook) -> None:
        for sheet in book:
            for name in list(sheet.tables):
                del sheet.tables[name]

    by_openpyxl(file.path, without_tables)
    draw_in_workbook(file, NOW)
    cells = Package(file.path.read_bytes()).cells("Map").values()
    assert not [cell.formula for cell in cells if "[" in cell.formula]
    assert "The old vacuum breaks" in {cell.shown for cell in cells}


def test_days_are_right_in_a_workbook_that_counts_from_1904_on(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx")

    def count_from_1904(book: openpyxl.Workbook) -> None:
        book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001 - the epoch of such workbooks

    by_openpyxl(file.path, count_from_1904)
    write_scores(file, NOW)
    calc = Package(file.path.read_bytes()).cells("Calc")
    today = next(cell for cell in calc.values() if cell.formula == "TODAY()")
    assert today.shown == (NOW.date() - datetime(1904, 1, 1, tzinfo=UTC).date()).days


def test_a_part_that_no_program_could_read_is_never_written(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx")

    class Broken(XlsxBuilder):
        def build(self, book: Book) -> bytes:
            package = io.BytesIO(super().build(book))
            with zipfile.ZipFile(package) as archive:
                content = {n: archive.read(n) for n in archive.namelist()}
            content["xl/worksheets/sheet1.xml"] += b"<more/>"
            again = io.BytesIO()
            with zipfile.ZipFile(again, "w") as archive:
                for name, part in content.items():
                    archive.writestr(name, part)
            return again.getvalue()

    before = file.path.read_bytes()
    broken = XlsxFile(file.path, Broken)
    since = broken.read()
    sheet = Sheet("Extra", (Cell(1, 1, "x", Style()),))
    book = Book(
        (sheet,), {}, title="", subject="", comment="", language="en", created=NOW, active="Extra"
    )
    with pytest.raises(InputError):
        broken.put_sheets(PutSheets(book), since)
    assert file.path.read_bytes() == before
