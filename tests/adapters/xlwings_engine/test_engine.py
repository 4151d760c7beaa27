"""What a macro asks of a workbook, asked through the real `xlwings.Book`."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlwings as xw

from cjm_sheets import wiring
from cjm_sheets.adapters.xlsx_file.open_books import OpenXlsx
from cjm_sheets.adapters.xlwings_engine.engine import engine
from cjm_sheets.adapters.xlwings_engine.refusing import RefusedByProgramError
from tests.adapters.xlsx_file.packages import errors

OPENPYXLS = "inline-string cell|/styleSheet|font"
"""What the checker says of new workbooks that openpyxl begins, and Excel opens all the same."""


@pytest.fixture
def app() -> Iterator[Any]:
    made = xw.App(impl=engine(OpenXlsx()).apps.add())
    yield made
    made.quit()


@pytest.fixture
def book(app: Any) -> Any:
    return app.books.add()


@pytest.fixture
def sheet(book: Any) -> Any:
    return book.sheets[0]


def saved(book: Any, path: Path) -> Any:
    """Return the workbook as it is read from its file, by another program."""
    book.save(path)
    assert [each for each in errors(path) if not re.search(OPENPYXLS, each)] == []
    return wiring.open_headless(str(path))


TYPED: list[tuple[Any, Any]] = [
    (1, 1.0),
    (1.5, 1.5),
    (True, True),
    (None, None),
    ("", None),
    ("text", "text"),
    ("0012", 12.0),
    ("'0012", "0012"),
    ("''quoted", "'quoted"),
    ("45%", 0.45),
    ("1,234.5", 1234.5),
    ("TRUE", True),
    ("3/4", dt.datetime(dt.datetime.now().astimezone().year, 3, 4)),  # noqa: DTZ001 - sheets know no zones
    ("'3/4", "3/4"),
    ("2026-03-01", dt.datetime(2026, 3, 1)),  # noqa: DTZ001 - the same
    (dt.date(2026, 3, 1), dt.datetime(2026, 3, 1)),  # noqa: DTZ001 - the same
    (dt.datetime(2026, 3, 1, 12, 30), dt.datetime(2026, 3, 1, 12, 30)),  # noqa: DTZ001 - the same
    ("line one\nline two", "line one\nline two"),
    ("Ķēniņš 😀", "Ķēniņš 😀"),
    ("-", "-"),
]


@pytest.mark.parametrize(("given", "shown"), TYPED, ids=lambda value: ascii(value)[:30])
def test_a_value_is_typed_as_excel_types_it(
    sheet: Any, given: Any, shown: Any, tmp_path: Path
) -> None:
    sheet["B2"].value = given
    assert sheet["B2"].value == shown
    sheet["A1"].value = "there"
    again = saved(sheet.book, tmp_path / "one.xlsx")
    assert again.sheets[0]["B2"].value == shown


def test_a_cell_for_texts_takes_texts(sheet: Any) -> None:
    sheet["A1"].number_format = "@"
    sheet["A1"].value = "0012"
    assert sheet["A1"].value == "0012"


def test_rows_columns_and_tables_of_values(sheet: Any, tmp_path: Path) -> None:
    sheet["A1"].value = [["a", "b"], [1, None], [dt.date(2026, 1, 2), "x"]]
    sheet["D1"].options(transpose=True).value = [1, 2, 3]
    sheet["F1:F3"].value = 7
    again = saved(sheet.book, tmp_path / "rows.xlsx").sheets[0]
    assert again["A1:B3"].value == [
        ["a", "b"], [1.0, None], [dt.datetime(2026, 1, 2), "x"],  # noqa: DTZ001 - sheets know no zones
    ]  # fmt: skip
    assert again["D1:D3"].value == [1.0, 2.0, 3.0]
    assert again["F1:F3"].options(ndim=2, numbers=int).value == [[7], [7], [7]]
    assert again["H9:I10"].options(empty="-").value == [["-", "-"], ["-", "-"]]


def test_data_frames_cross_both_ways(sheet: Any) -> None:
    frame = pd.DataFrame({"name": ["a", "b"], "count": [1.0, float("nan")]})
    sheet["A1"].options(index=False).value = frame
    back = sheet["A1"].expand().options(pd.DataFrame, index=False).value
    pd.testing.assert_frame_equal(back, frame)


def test_formulas_and_what_they_show(sheet: Any, tmp_path: Path) -> None:
    sheet["A1"].value = [[1], [2]]
    sheet["A3"].formula = "=SUM(A1:A2)"
    sheet["B1:B2"].formula = [["=A1*2"], ["=A2*2"]]
    sheet["A3"].impl.show_result(3)
    again = saved(sheet.book, tmp_path / "formulas.xlsx").sheets[0]
    assert again["A3"].formula == "=SUM(A1:A2)"
    assert again["A3"].value == 3.0
    assert again["A1:A3"].formula == (("1",), ("2",), ("=SUM(A1:A2)",))
    assert again["B1:B2"].formula == (("=A1*2",), ("=A2*2",))


def test_errors_are_told_as_asked_for(sheet: Any) -> None:
    sheet["A1"].formula = "=1/0"
    sheet["A1"].value = "#DIV/0!"
    assert sheet["A1"].value is None
    assert sheet["A1"].options(err_to_str=True).value == "#DIV/0!"


def test_where_a_block_is(sheet: Any) -> None:
    block = sheet["B2:D5"]
    assert (block.row, block.column, block.shape, block.size) == (2, 2, (4, 3), 12)
    assert (block.rows.count, block.columns.count) == (4, 3)
    assert block.address == "$B$2:$D$5"
    assert block.get_address(False, True, external=True).endswith("Sheet1!$B2:$D5")  # noqa: FBT003 - xlwings takes them so
    assert block.offset(1, 2).address == "$D$3:$F$6"
    assert block.resize(1, 1).address == "$B$2"
    assert block.last_cell.address == "$D$5"
    assert block[1, 1:].address == "$C$3:$D$3"
    assert sheet.range((2, 2), (3, 4)).address == "$B$2:$D$3"
    assert sheet.range("A:C").address == "$A:$C"
    assert sheet.range("2:4").address == "$2:$4"
    with pytest.raises(IndexError):
        sheet.range((0, 1))


def test_to_the_end_and_all_around(sheet: Any) -> None:
    sheet["A1"].value = [["a", "b"], [1, 2], [3, 4]]
    sheet["A9"].value = "far"
    assert sheet["A1"].end("down").address == "$A$3"
    assert sheet["A3"].end("down").address == "$A$9"
    assert sheet["A9"].end("up").address == "$A$3"
    assert sheet["A1"].end("right").address == "$B$1"
    assert sheet["B1"].end("left").address == "$A$1"
    assert sheet["A9"].end("down").row == 1_048_576
    assert sheet["A1"].expand("down").address == "$A$1:$A$3"
    assert sheet["A1"].expand("table").address == "$A$1:$B$3"
    assert sheet["B2"].current_region.address == "$A$1:$B$3"
    assert sheet.used_range.address == "$A$1:$B$9"


def test_clearing(sheet: Any) -> None:
    sheet["A1"].value = "x"
    sheet["A1"].color = (255, 0, 0)
    sheet["A1"].add_note("note")
    sheet["A1"].clear_contents()
    assert sheet["A1"].value is None
    assert sheet["A1"].color == (255, 0, 0)
    sheet["A1"].clear()
    assert sheet["A1"].color is None
    assert sheet["A1"].note is None


def test_pushing_cells_and_pulling_them_back(sheet: Any) -> None:
    sheet["A1"].value = [[1, 10], [2, 20], [3, 30]]
    sheet["A2"].insert("down")
    assert sheet["A1:B4"].value == [[1, 10], [None, 20], [2, 30], [3, None]]
    sheet["A2"].delete("up")
    assert sheet["A1:B3"].value == [[1, 10], [2, 20], [3, 30]]
    sheet["A1"].insert("right")
    assert sheet["A1:C1"].value == [None, 1, 10]
    sheet["A1"].delete("left")
    assert sheet["A1:B1"].value == [1, 10]


def test_looks_are_in_the_file(sheet: Any, tmp_path: Path) -> None:
    block = sheet["A1:B2"]
    block.value = 0.5
    block.color = "#112233"
    block.number_format = "0%"
    block.font.bold = True
    block.font.size = 14
    block.font.color = (1, 2, 3)
    block.horizontal_alignment = "center"
    block.vertical_alignment = "top"
    block.wrap_text = True
    block.borders.set("edge_bottom", line_style="continuous", weight="medium", color="#445566")
    block.column_width = 20
    block.row_height = 33
    sheet["D1:E2"].merge()
    again = saved(sheet.book, tmp_path / "looks.xlsx").sheets[0]
    cell = again["A2"]
    assert (cell.color, cell.number_format, cell.wrap_text) == ((17, 34, 51), "0%", True)
    assert (cell.font.bold, cell.font.size, cell.font.color) == (True, 14, (1, 2, 3))
    assert (cell.horizontal_alignment, cell.vertical_alignment) == ("center", "top")
    assert cell.borders["edge_bottom"].weight == "medium"
    assert (cell.column_width, cell.row_height) == (20, 33)
    assert again["E2"].merge_area.address == "$D$1:$E$2"
    assert again["A1:E2"].merge_cells is None


def test_links_notes_and_rules(sheet: Any, tmp_path: Path) -> None:
    sheet["A1"].add_hyperlink("#Sheet1!B2", "there", "a tip")
    sheet["A2"].add_note("remember\nthis")
    sheet["A3"].data_validation.set_list(sheet["B1:B3"])
    sheet["A4"].conditional_formats.add_custom('=$A$4>"a"', fill_color="#FF0000")
    again = saved(sheet.book, tmp_path / "hung.xlsx").sheets[0]
    assert again["A1"].value == "there"
    assert again["A1"].hyperlink == "#Sheet1!B2"
    assert again["A2"].note.text == "remember\nthis"
    assert [note.location.address for note in again.notes] == ["$A$2"]
    assert again["A3"].data_validation.type == "list"
    assert [look.formula for look in again["A4"].conditional_formats] == ['=$A$4>"a"']
    again["A2"].note.delete()
    again["A4"].conditional_formats[0].delete()
    again.book.save()
    last = wiring.open_headless(again.book.fullname).sheets[0]
    assert last["A2"].note is None
    assert len(last["A4"].conditional_formats) == 0


def test_sheets_come_go_and_hide(book: Any, tmp_path: Path) -> None:
    book.sheets[0].name = "First"
    last = book.sheets.add("Last", after=book.sheets[-1])
    book.sheets.add("Middle", before=last)
    book.sheets.add("Gone", after=last).delete()
    last.visible = False
    assert book.sheet_names == ["First", "Middle", "Last"]
    assert book.sheets["middle"].index == 2
    assert "Gone" not in book.sheets
    again = saved(book, tmp_path / "sheets.xlsx")
    assert [(s.name, s.visible) for s in again.sheets] == [
        ("First", True), ("Middle", True), ("Last", False),
    ]  # fmt: skip
    with pytest.raises(KeyError):
        again.sheets["Gone"]
    with pytest.raises(ValueError, match="Middle"):
        again.sheets.add("Middle")


def test_tables(sheet: Any, tmp_path: Path) -> None:
    sheet["A1"].value = [["Name", "Count"], ["a", 1], ["b", 2]]
    made = sheet.tables.add(sheet["A1:B3"], name="Things")
    assert made.data_body_range.address == "$A$2:$B$3"
    assert made.header_row_range.value == ["Name", "Count"]
    again = saved(sheet.book, tmp_path / "tables.xlsx").sheets[0]
    table = again.tables["Things"]
    assert (table.range.address, table.show_headers, table.show_totals) == (
        "$A$1:$B$3", True, False,
    )  # fmt: skip
    assert again["B2"].table.name == "Things"
    assert again["D2"].table is None
    table.resize(again["A1:B5"])
    again["A4"].value = [["c", 3], ["d", 4]]
    again.book.save()
    grown = wiring.open_headless(again.book.fullname).sheets[0]
    assert grown.tables[0].range.address == "$A$1:$B$5"
    assert grown["A5:B5"].value == ["d", 4.0]
    with pytest.raises(RefusedByProgramError):
        grown.tables.add(grown["D1:E2"], name="things")
    with pytest.raises(RefusedByProgramError):
        grown.tables[0].resize(grown["A2:B5"])


def test_names(book: Any, tmp_path: Path) -> None:
    sheet = book.sheets[0]
    book.names.add("one", "=Sheet1!$A$1")
    sheet["B2:C3"].name = "block"
    sheet["one"].value = 5
    again = saved(book, tmp_path / "names.xlsx")
    assert [name.name for name in again.names] == ["block", "one"]
    assert again.names["one"].refers_to == "=Sheet1!$A$1"
    assert again.sheets[0]["block"].address == "$B$2:$C$3"
    assert again.sheets[0]["B2:C3"].name.name == "block"
    assert again.names["ONE"].refers_to_range.value == 5.0
    again.names["one"].refers_to = "=Sheet1!$D$4"
    again.names["block"].delete()
    again.save()
    last = wiring.open_headless(again.fullname)
    assert [(name.name, name.refers_to) for name in last.names] == [("one", "=Sheet1!$D$4")]
    with pytest.raises(xw.NoSuchObjectError):
        _ = last.sheets[0]["block"].value


def test_what_a_macro_shows_is_kept(app: Any, book: Any) -> None:
    app.status_bar = "half"
    app.status_bar = False
    assert app.alert("done", "title", buttons="yes_no") == "yes"
    assert (app.impl.said, app.status_bar) == (["half"], False)
    assert app.impl.alerts == [("done", "title")]
    with app.properties(screen_updating=False, calculation="manual"):
        assert (app.screen_updating, app.calculation) == (False, "manual")
    assert (app.screen_updating, app.calculation) == (True, "automatic")
    book.sheets[0]["B2:B3"].select()
    assert book.selection.address == "$B$2:$B$3"


def test_macros_that_were_named_are_called(app: Any, book: Any) -> None:
    app.impl.macros["Twice"] = lambda number: 2 * number
    assert book.macro("Twice")(21) == 42
    with pytest.raises(KeyError):
        book.macro("Never")()


def test_books_are_found_saved_and_closed(app: Any, tmp_path: Path) -> None:
    first = app.books.add()
    first.sheets[0]["A1"].value = 1
    first.save(tmp_path / "first.xlsx")
    assert (first.name, first.fullname) == ("first.xlsx", str(tmp_path / "first.xlsx"))
    second = app.books.add()
    assert app.books.active == second
    assert app.books["first.xlsx"] == first
    assert app.books.open(tmp_path / "first.xlsx") == first
    first.close()
    assert [book.name for book in app.books] == [second.name]
    with pytest.raises(KeyError):
        app.books["first.xlsx"]
    opened = app.books.open(tmp_path / "first.xlsx", read_only=True)
    opened.sheets[0]["A1"].value = 2
    with pytest.raises(RefusedByProgramError):
        opened.save()


def test_two_programs_do_not_see_each_other(app: Any, tmp_path: Path) -> None:
    book = app.books.add()
    book.save(tmp_path / "one.xlsx")
    other = wiring.open_headless(str(tmp_path / "one.xlsx"))
    assert other.app != app
    other.sheets[0]["A1"].value = "theirs"
    assert book.sheets[0]["A1"].value is None
    other.app.quit()


def test_hidden_lines_are_left_out_of_what_is_visible(sheet: Any) -> None:
    sheet["A1"].value = [[1], [2], [3], [4]]
    sheet["A2:A3"].rows.hidden = True
    seen = sheet["A1:A4"].get_special_cells("visible")
    assert [area.address for area in seen] == ["$A$1", "$A$4"]


@pytest.mark.parametrize("formula", ["=Nowhere!A1", "='No where'!A1", "=Nothing[[#All],[a]]"])
def test_a_formula_that_leads_to_nothing_is_refused(sheet: Any, formula: str) -> None:
    with pytest.raises(RefusedByProgramError):
        sheet["A1"].formula = formula
    assert sheet["A1"].formula == ""
    sheet["A1"].formula = f'="{formula[1:]}"'
