"""Shows that every change that was asked for is made, and nothing else, whatever the workbook."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from cjm_sheets.adapters.xlsx_file import replace
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import (
    AddRow,
    Changes,
    DropRow,
    SetCell,
    SetResult,
    Snapshot,
)
from cjm_sheets.tables.codec import decode
from cjm_sheets.tables.table import CellError, Raw
from tests.adapters.xlsx_file.packages import changed, parts
from tests.adapters.xlsx_file.sample import HEADER, OWN, Sample
from tests.adapters.xlsx_file.steps import FIRST, apply, pains, table


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Sample(tmp_path / "map.xlsx").tables().save()


VALUES: list[Raw] = [
    "plain",
    "=1+1",
    "+4",
    "@name",
    "  blanks around  ",
    "two\nlines\r\nand a third",
    "_x0041_ and _xG041_ and _x005F_",
    "\x01\x0b\x1f control",
    "<a & b>\"'",
    "ünï ж 😀",
    "12",
    "TRUE",
    "#N/A",
    "x" * 32_767,
    7,
    -0.1,
    1e-300,
    123456789012345.0,
    True,
    False,
    dt.date(2026, 2, 28),
    dt.date(1900, 3, 1),
    dt.datetime(2026, 2, 28, 13, 45, 30),  # noqa: DTZ001 - sheets know no zones
    CellError("#N/A"),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value)[:20])
def test_a_cell_says_what_was_written(path: Path, value: Raw) -> None:
    found = apply(path, SetCell("Stages", FIRST, "question", value))
    assert table(found, "Stages").cell("question", FIRST) == value


def test_a_cell_is_emptied_and_keeps_its_format(path: Path) -> None:
    before = openpyxl.load_workbook(path)["Stages"].cell(FIRST, 4)
    found = apply(path, SetCell("Stages", FIRST, "name", None))
    after = openpyxl.load_workbook(path)["Stages"].cell(FIRST, 4)
    assert table(found, "Stages").cell("name", FIRST) is None
    assert after.style_id == before.style_id != 0


@pytest.mark.parametrize("since_1904", [False, True])
def test_a_day_shows_as_a_day_even_without_a_format(tmp_path: Path, *, since_1904: bool) -> None:
    path = Sample(tmp_path / "m.xlsx", date_1904=since_1904).tables(["Actions", "Stages"]).save()
    day = dt.date(2026, 12, 24)
    found = apply(
        path,
        SetCell("Actions", FIRST, "due", day),
        SetCell("Stages", FIRST, "question", day),
        SetCell("Stages", FIRST, "answer", day),
    )
    assert decode(table(found, "Actions")).values("due") == (day,)
    assert table(found, "Stages").cell("answer", FIRST) == day
    book = openpyxl.load_workbook(path)
    formats = {
        sheet["G5"].number_format: sheet["G5"].alignment.wrap_text for sheet in [book["Stages"]]
    }
    assert formats == {"mm-dd-yy": True}, "day of the reader's country, the rest as it was"
    assert book["Actions"].cell(FIRST, 7).number_format == "yyyy-mm-dd"


def test_a_cell_and_a_row_that_the_sheet_does_not_have_yet(path: Path) -> None:
    xml = parts(path)["xl/worksheets/sheet1.xml"]
    begin, end = xml.index(b'<row r="6"'), xml.index(b'<row r="7"')
    xml = xml[:begin] + xml[end:]
    at = xml.index(b'<c r="G5"')
    xml = xml[:at] + xml[xml.index(b"/>", at) + 2 :]
    changed(path, **{"xl/worksheets/sheet1.xml": xml})
    found = apply(
        path, SetCell("Stages", FIRST, "answer", "in order"), SetCell("Stages", 6, "name", "new")
    )
    assert table(found, "Stages").by_key["answer"].label == "Where it is answered"
    assert table(found, "Stages").cell("answer", FIRST) == "in order"
    assert table(found, "Stages").cell("name", 6) == "new"


def test_text_over_a_formula_takes_its_place(path: Path) -> None:
    at = table(XlsxFile(path).read(), "Pains").by_key["gap"].at
    found = apply(path, SetCell("Pains", FIRST, "gap", "by hand"))
    assert table(found, "Pains").cell("gap", FIRST) == "by hand"
    assert (FIRST, at) not in table(found, "Pains").formulas
    assert (FIRST + 1, at) in table(found, "Pains").formulas


@pytest.mark.parametrize("value", [3.5, "B", True, None, CellError("#DIV/0!")])
def test_a_result_is_refreshed_and_the_formula_stays(path: Path, value: Raw) -> None:
    before = table(XlsxFile(path).read(), "Pains")
    found = table(apply(path, SetResult("Pains", FIRST, "gap", value)), "Pains")
    assert found.cell("gap", FIRST) == value
    assert found.formulas == before.formulas


def test_what_formulas_show_then_comes_in_the_same_replacement(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Raw] = []

    def gap(now: Snapshot) -> tuple[SetResult, ...]:
        seen.append(table(now, "Pains").cell("pain", FIRST))
        return (SetResult("Pains", FIRST, "gap", 7),)

    replaced: list[bytes] = []
    put = replace.replace_file

    def noted(file: Path, data: bytes, since: bytes) -> None:
        replaced.append(data)
        put(file, data, since)

    monkeypatch.setattr(replace, "replace_file", noted)
    store = XlsxFile(path)
    changes = Changes(cells=(SetCell("Pains", FIRST, "pain", "slower"),), then_results=gap)
    outcome = store.apply(changes, store.read())
    assert outcome.with_results
    assert seen == ["slower"]
    assert len(replaced) == 1
    found = store.read()
    assert found.stamp == outcome.stamp
    assert table(found, "Pains").cell("gap", FIRST) == 7
    assert table(found, "Pains").cell("pain", FIRST) == "slower"


def test_a_result_of_a_cell_without_a_formula_is_passed_over(path: Path) -> None:
    bytes_before = path.read_bytes()
    apply(path, SetResult("Pains", FIRST, "pain", "no"))
    assert path.read_bytes() == bytes_before


def test_new_rows_take_the_blank_ones_first(path: Path) -> None:
    found = table(apply(path, *pains("N71", "N72")), "Pains")
    assert found.by_key["id"].cells == ("N1", "N71", "N72")
    assert found.last_line == table(XlsxFile(path).read(), "Pains").last_line == FIRST + 2
    assert found.cell("pain", FIRST + 2) == "pain N72"


def test_what_a_template_filled_in_does_not_stay_in_a_new_row(tmp_path: Path) -> None:
    rows = {"Stages": ({"id": "S1", "name": "a", "order": 1}, {"id": "S2", "order": 2})}
    path = Sample(tmp_path / "m.xlsx").tables(["Stages"], rows).save()
    found = table(apply(path, AddRow("Stages", None, {"id": "S9", "name": "b"})), "Stages")
    assert found.cell("id", FIRST + 1) == "S2", "somebody wrote beside that row"
    assert found.cell("id", FIRST + 2) == "S9"
    assert found.cell("order", FIRST + 2) is None


@pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")
def test_a_full_table_grows_with_formats_formulas_and_ranges(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "m.xlsx", blank=0).tables()
    pains_sheet = sample.sheets["Pains"]
    pains_sheet.data_validation("F5:F5", {"validate": "list", "source": ["1", "2"]})
    pains_sheet.conditional_format("F5:F5", {"type": "3_color_scale"})
    pains_sheet.conditional_format("G5:G5", {"type": "data_bar", "data_bar_2010": True})
    pains_sheet.conditional_format("A1:A3", {"type": "no_blanks", "format": None})
    path = sample.save()
    found = table(apply(path, *pains("N71", "N72", "N73")), "Pains")
    assert found.lines == (5, 6, 7, 8)
    assert found.last_line == 8
    at = found.by_key["gap"].at
    assert found.formulas[8, at] == found.formulas[5, at]
    book = openpyxl.load_workbook(path)
    lies = book["Pains"]
    assert lies.tables["Pains"].ref == lies.tables["Pains"].autoFilter.ref == "A4:AE8"
    assert lies.dimensions == "A1:AE8"
    assert {str(rule.sqref) for rule in lies.data_validations.dataValidation} == {"F5:F8"}
    formats = {str(ranges.sqref) for ranges in lies.conditional_formatting}
    assert formats >= {"F5:F8", "A1:A3"}
    assert b"<xm:sqref>G5:G8</xm:sqref>" in parts(path)["xl/worksheets/sheet3.xml"]
    assert lies["D8"].alignment.wrap_text
    assert lies["D8"].border.left.style == "thin"


def test_own_columns_grow_their_formulas_but_not_their_words(tmp_path: Path) -> None:
    path = Sample(tmp_path / "m.xlsx", blank=0).tables().save()
    book = openpyxl.load_workbook(path)
    own = book["Stages"].max_column
    for line in (5, 6):
        book["Stages"].cell(line, own).value = "=LEN(Stages[[#This Row],[Stage]])"
    book.save(path)
    found = table(apply(path, AddRow("Stages", None, {"id": "S3", "name": "three"})), "Stages")
    assert found.formulas[7, own] == found.formulas[6, own]
    assert found.own_columns[0].label == OWN
    grown = table(apply(path, *pains("N9")), "Pains")
    assert grown.own_columns[0].cells == ("own 0", None)


def test_a_note_beside_the_table_is_not_in_the_way(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "m.xlsx", blank=0).tables(["Stages"])
    sample.sheets["Stages"].write(HEADER + 3, 30, "a note")
    found = apply(sample.save(), AddRow("Stages", None, {"id": "S7", "name": "x"}))
    assert table(found, "Stages").cell("name", 7) == "x"


def test_a_plain_range_without_a_table_object_gets_rows_too(tmp_path: Path) -> None:
    path = tmp_path / "plain.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Stages"  # type: ignore[union-attr] # a new workbook has a sheet
    book.active.append(["ID", "Order", "Stage", "Mine"])  # type: ignore[union-attr] # as above
    book.active.append(["S1", 1, "Aware", "x"])  # type: ignore[union-attr] # as above
    book.save(path)
    found = table(apply(path, AddRow("Stages", None, {"id": "S2", "name": "Buy"})), "Stages")
    assert found.by_key["name"].cells == ("Aware", "Buy")
    assert found.own_columns[0].cells == ("x", None)


def test_a_dropped_row_leaves_own_columns_and_formulas(path: Path) -> None:
    before = table(XlsxFile(path).read(), "Pains")
    found = table(apply(path, DropRow("Pains", FIRST)), "Pains")
    assert decode(found).lines == ()
    assert all(found.cell(column.key, FIRST) is None for column in found.spec.typed)
    assert found.own_columns[0].cells[0] == "own 0"
    assert found.formulas == before.formulas


def test_all_kinds_of_change_at_once_and_the_record(path: Path) -> None:
    memory = ("x" * 32_000, " _x0041_ äß ")
    found = apply(
        path,
        SetCell("Touchpoints", FIRST, "name", "A"),
        DropRow("Stages", FIRST),
        SetResult("Pains", FIRST, "grade", "B"),
        *pains("N2", "N3", "N4", "N5"),
        memory=memory,
    )
    assert found.memory == memory
    book = openpyxl.load_workbook(path)
    assert book["_cjm"].sheet_state == "veryHidden"
    assert found.others == ()
    again = apply(path, memory=("short",))
    assert again.memory == ("short",)
    assert again.tables == found.tables
    assert apply(path, memory=()).memory == ()
    with pytest.raises(ValueError, match="32000"):
        apply(path, memory=("x" * 32_001,))


def test_nothing_to_do_touches_nothing(path: Path) -> None:
    before = (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino)
    store = XlsxFile(path)
    since = store.read()
    assert store.apply(Changes(), since).stamp == since.stamp
    apply(path, SetCell("Stages", FIRST, "name", "Aware"), memory=())
    assert (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_rich_text_that_says_it_already_is_not_flattened(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "m.xlsx").tables(["Stages"])
    bold = sample.book.add_format({"bold": True})
    sample.sheets["Stages"].write_rich_string(4, 3, "very ", bold, "Aware")
    path = sample.save()
    before = path.read_bytes()
    apply(path, SetCell("Stages", FIRST, "name", "very Aware"))
    assert path.read_bytes() == before


def test_what_is_no_character_is_replaced_once(path: Path) -> None:
    step = SetCell("Stages", FIRST, "name", "a\ufffe\ud83d")
    assert table(apply(path, step), "Stages").cell("name", FIRST) == "a\ufffd\ufffd"
    before = path.read_bytes()
    apply(path, step)
    assert path.read_bytes() == before
