"""Shows that a change which cannot be made safely is refused, and the file stays as it was."""

import datetime as dt
from pathlib import Path

import pytest

from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.errors.workbook import CannotWriteSafelyError, NoRoomError, TextTooLongError
from cjm_sheets.ports.store import (
    AddRow,
    Changes,
    NewTable,
    SetCell,
    Snapshot,
)
from cjm_sheets.tables import schema
from cjm_sheets.tables.table import Raw
from cjm_sheets.words.failures import sentence
from tests.adapters.xlsx_file.packages import changed, parts, sheet
from tests.adapters.xlsx_file.sample import HEADER, ROWS, Sample
from tests.adapters.xlsx_file.steps import FIRST, apply, table


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Sample(tmp_path / "map.xlsx").tables().save()


@pytest.mark.parametrize("kind", ["cell", "total", "table"])
def test_something_below_a_table_is_in_the_way(tmp_path: Path, kind: str) -> None:
    sample = Sample(tmp_path / "m.xlsx", blank=0).tables(["Stages"])
    last = HEADER + len(ROWS["Stages"])
    if kind == "cell":
        sample.sheets["Stages"].write(last + 2, 1, "a note")
    elif kind == "total":
        sample.sheets["Stages"].write_formula(last + 2, 2, f"=SUM(C5:C{last + 1})", None, 3)
    else:
        sample.sheets["Stages"].add_table(last + 2, 0, last + 4, 3, {"name": "Mine"})
    path = sample.save()
    before = path.read_bytes()
    rows = [AddRow("Stages", None, {"id": f"S{i}", "name": "x"}) for i in (7, 8, 9)]
    with pytest.raises(NoRoomError) as raised:
        apply(path, *rows)
    assert raised.value.facts["line"] == last + 3
    said = sentence(raised.value, "en")
    assert f"something stands below the table in row {last + 3} of {path}" in said
    assert path.read_bytes() == before
    assert table(apply(path, rows[0]), "Stages").cell("id", last + 2) == "S7", "one line is free"


def test_what_stands_below_and_beside_a_table_is_not_in_the_way(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "m.xlsx", blank=0).tables(["Stages"])
    last = HEADER + len(ROWS["Stages"])
    sample.sheets["Stages"].write(last + 1, 20, "Ask Nora")
    path = sample.save()
    found = apply(path, AddRow("Stages", None, {"id": "S7", "name": "x"}))
    assert table(found, "Stages").cell("id", last + 2) == "S7"
    assert b'<c r="U%d" t="s">' % (last + 2) in parts(path)["xl/worksheets/sheet1.xml"]


def test_merged_cells_below_a_table_are_in_the_way(tmp_path: Path) -> None:
    """What is written into them but for the first would be seen by nobody."""
    sample = Sample(tmp_path / "m.xlsx", blank=0).tables(["Stages"])
    last = HEADER + len(ROWS["Stages"])
    sample.sheets["Stages"].merge_range(last + 1, 0, last + 1, 5, "", sample.styles["cell"])
    path = sample.save()
    before = path.read_bytes()
    with pytest.raises(NoRoomError):
        apply(path, AddRow("Stages", None, {"id": "S7", "name": "x"}))
    assert path.read_bytes() == before


def test_a_totals_row_keeps_a_table_from_growing(tmp_path: Path) -> None:
    path = Sample(tmp_path / "m.xlsx", blank=0).tables(["Stages"]).save()
    part = "xl/tables/table1.xml"
    xml = parts(path)[part].replace(b'totalsRowShown="0"', b'totalsRowCount="1"')
    changed(path, **{part: xml})
    with pytest.raises(CannotWriteSafelyError):
        apply(path, AddRow("Stages", None, {"id": "S7", "name": "x"}))


def test_a_text_that_no_cell_can_hold(path: Path) -> None:
    with pytest.raises(TextTooLongError) as raised:
        apply(path, SetCell("Stages", FIRST, "name", "😀" * 16_384))
    assert raised.value.facts["place"] == "Stages!D5"
    assert raised.value.facts["length"] == 32_768


@pytest.mark.parametrize("value", [float("inf"), float("nan"), dt.date(1899, 1, 1)])
def test_a_number_that_no_cell_can_hold(path: Path, value: Raw) -> None:
    with pytest.raises(CannotWriteSafelyError):
        apply(path, SetCell("Stages", FIRST, "target", value))


def test_an_unknown_table_and_a_new_one_are_refused(path: Path) -> None:
    with pytest.raises(CannotWriteSafelyError):
        apply(path, SetCell("Maps", FIRST, "title", "x"))
    store = XlsxFile(path)
    new = NewTable(schema.MAPS, ("id",), ({"id": "M1"},), "en")
    with pytest.raises(CannotWriteSafelyError):
        store.apply(Changes(tables=(new,)), store.read())


ODD = {
    "no r on the cell": (b'<c r="D5"', b"<c"),
    "no r on a row": (b'<row r="6"', b"<row"),
    "a comment between rows": (b'<row r="6"', b'<!-- x --><row r="6"'),
    "rows out of order": (b'<row r="6"', b'<row r="60"'),
    "cells out of order": (b'<c r="D5"', b'<c r="B5"'),
    "a cell of another row": (b'<c r="D5"', b'<c r="D6"'),
    "an attribute with a bracket": (b'<c r="D5"', b'<c x=">" r="D5"'),
}


@pytest.mark.parametrize("case", ODD)
def test_xml_that_is_not_plain_is_refused_not_guessed(path: Path, case: str) -> None:
    part = "xl/worksheets/sheet1.xml"
    since = XlsxFile(path).read()
    old, new = ODD[case]
    changed(path, **{part: parts(path)[part].replace(old, new, 1)})
    before = path.read_bytes()
    since = Snapshot(**{**vars(since), "stamp": XlsxFile(path).read().stamp})
    with pytest.raises(CannotWriteSafelyError):
        XlsxFile(path).apply(Changes(cells=(SetCell("Stages", FIRST, "name", "x"),)), since)
    assert path.read_bytes() == before


def test_a_strange_tag_stays_but_nothing_is_put_beside_it(path: Path) -> None:
    part, strange = "xl/worksheets/sheet1.xml", b"<d/>"
    xml = parts(path)[part]
    at = xml.index(b'<c r="G5"')
    xml = xml[:at] + strange + xml[xml.index(b"/>", at) + 2 :]
    changed(path, **{part: xml})
    found = apply(path, SetCell("Stages", FIRST, "name", "x"))
    assert table(found, "Stages").cell("name", FIRST) == "x"
    assert strange in parts(path)[part]
    with pytest.raises(CannotWriteSafelyError):
        apply(path, SetCell("Stages", FIRST, "question", "x"))


def test_a_namespace_prefix_is_refused(path: Path) -> None:
    part = "xl/worksheets/sheet1.xml"
    xml = parts(path)[part].replace(b"</", b"</x:").replace(b"<", b"<x:")
    for wrong, right in ((b"<x:/x:", b"</x:"), (b"<x:?", b"<?"), (b"xmlns=", b"xmlns:x=")):
        xml = xml.replace(wrong, right)
    changed(path, **{part: xml})
    with pytest.raises(CannotWriteSafelyError):
        apply(path, SetCell("Stages", FIRST, "name", "x"))


SHARED = (
    '<row r="1"><c r="A1" t="str"><v>ID</v></c><c r="B1" t="str"><v>Stage</v></c>'
    '<c r="C1" t="str"><v>Question they ask</v></c></row>'
    '<row r="2"><c r="A2" t="str"><v>S1</v></c>{}<c r="C2"><v>5</v></c></row>'
    '<row r="3"><c r="A3" t="str"><v>S2</v></c>{}</row>'
)


def test_a_formula_on_which_other_cells_live_is_not_taken_away(tmp_path: Path) -> None:
    path = Sample(tmp_path / "m.xlsx").tables(["Stages"]).save()
    part = "xl/worksheets/sheet1.xml"
    first = '<c r="B2"><f t="shared" ref="B2:B3" si="0">C2+1</f><v>6</v></c>'
    second = '<c r="B3"><f t="shared" si="0"/><v>6</v></c>'
    changed(path, **{part: sheet(SHARED.format(first, second)), "xl/tables/table1.xml": None})
    changed(path, **{"xl/worksheets/_rels/sheet1.xml.rels": None})
    with pytest.raises(CannotWriteSafelyError):
        apply(path, SetCell("Stages", 2, "name", "x"))
    assert table(apply(path, SetCell("Stages", 3, "name", "x")), "Stages").cell("name", 3) == "x"


def test_a_part_of_an_array_is_not_overwritten(tmp_path: Path) -> None:
    path = Sample(tmp_path / "m.xlsx").tables(["Stages"]).save()
    part = "xl/worksheets/sheet1.xml"
    first = '<c r="B2"><f t="array" ref="B2:B3">C2:C3+1</f><v>6</v></c>'
    changed(path, **{part: sheet(SHARED.format(first, '<c r="B3"><v>6</v></c>'))})
    changed(path, **{"xl/worksheets/_rels/sheet1.xml.rels": None, "xl/tables/table1.xml": None})
    with pytest.raises(CannotWriteSafelyError):
        apply(path, SetCell("Stages", 3, "name", "x"))
