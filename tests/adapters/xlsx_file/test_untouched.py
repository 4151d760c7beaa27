"""Shows that a change leaves all other parts of a rich workbook byte for byte as they were."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest

from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import AddRow, Changes, SetCell
from tests.adapters.xlsx_file.packages import changed, errors, parts, raw_entries
from tests.adapters.xlsx_file.sample import Sample

STAGES, PAINS = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"
CELL = Changes(cells=(SetCell("Stages", 5, "name", "=new"),))
CHAIN = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<c r="N5" i="1"/></calcChain>'
)


def pixel() -> bytes:
    """Return a picture of one red pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    head = struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0\xff\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def rich(path: Path, *, macros: bool = False) -> Path:
    """Build a workbook with about everything that people put into one."""
    sample = Sample(path, blank=0).tables()
    book, sheet = sample.book, sample.sheets["Pains"]
    if macros:
        book.add_vba_project(io.BytesIO(bytes(range(256)) * 8), is_stream=True)
        sheet.insert_button("AH2", {"macro": "SampleCall", "caption": "Run"})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Pains!$F$5:$F$9"})
    sheet.insert_chart("AH5", chart)
    sheet.insert_image("AH30", "red.png", {"image_data": io.BytesIO(pixel())})
    sheet.insert_textbox("AH40", "A text box")
    sheet.write_comment("D5", "A note of a colleague")
    sheet.write_url("AG5", "https://example.org/", string="a link")
    sheet.data_validation("F5", {"validate": "list", "source": ["1", "2"]})
    sheet.conditional_format("F5:G5", {"type": "3_color_scale"})
    sheet.conditional_format("H5", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("I5", {"type": "icon_set", "icon_style": "3_arrows"})
    sheet.add_sparkline("AG6", {"range": "Pains!F5:H5"})
    sheet.freeze_panes(4, 2)
    sheet.set_column("E:E", None, None, {"level": 1, "hidden": True})
    sheet.set_header(
        "&LJourney&G", {"image_left": "red.png", "image_data_left": io.BytesIO(pixel())}
    )
    sheet.write_rich_string("AG7", "very ", book.add_format({"bold": True}), "bold")
    sheet.write_dynamic_array_formula("AG8", "=UNIQUE(A5:A5)", None, "N1")
    book.define_name("my_name", "=Pains!$F$5")
    own = book.add_worksheet("Own")
    own.write_formula("A1", "=SUM(Pains!F5:F5)", None, 4)
    book.set_custom_property("Team", "Checkout")
    return sample.save()


@pytest.mark.parametrize(
    ("changes", "touched"),
    [
        (CELL, {STAGES}),
        (
            Changes(added=(AddRow("Pains", None, {"id": "N2", "pain": "second"}),)),
            {PAINS, "xl/tables/table3.xml"},
        ),
        (
            Changes(memory=("record",)),
            {
                "xl/workbook.xml",
                "xl/_rels/workbook.xml.rels",
                "[Content_Types].xml",
                "xl/worksheets/sheet7.xml",
            },
        ),
    ],
    ids=["a cell", "a row", "the record"],
)
@pytest.mark.parametrize("macros", [False, True], ids=["xlsx", "xlsm"])
def test_only_these_parts_change(
    tmp_path: Path, changes: Changes, touched: set[str], *, macros: bool
) -> None:
    path = rich(tmp_path / ("map.xlsm" if macros else "map.xlsx"), macros=macros)
    before, order = raw_entries(path), [*parts(path)]
    bad = errors(path)
    store = XlsxFile(path)
    store.apply(changes, store.read())
    after = raw_entries(path)
    assert {name for name in after if after[name] != before.get(name)} == touched
    assert before.keys() <= after.keys()
    assert [name for name in parts(path) if name in before] == order
    assert errors(path) == bad
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None


def test_no_error_appears_where_there_was_none(tmp_path: Path) -> None:
    path = Sample(tmp_path / "map.xlsx", blank=0).tables().save()
    assert errors(path) == []
    store = XlsxFile(path)
    store.apply(
        Changes(
            cells=(SetCell("Pains", 5, "gap", "hand"), SetCell("Pains", 5, "pain", "\x01_x0041_")),
            added=tuple(AddRow("Pains", None, {"id": f"N{i}", "pain": "x"}) for i in range(5)),
            memory=("a", "b"),
        ),
        store.read(),
    )
    assert errors(path) == []


def test_the_calculation_chain_goes_when_a_formula_does(tmp_path: Path) -> None:
    path = Sample(tmp_path / "map.xlsx").tables().save()
    rels, types, chain = "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/calcChain.xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    link = f'<Relationship Id="rId77" Type="{office}/calcChain" Target="calcChain.xml"/>'
    override = f'<Override PartName="/{chain}" ContentType="{kind}"/>'
    plain = parts(path)
    changed(
        path,
        **{
            chain: CHAIN,
            rels: plain[rels].replace(b"</Rel", link.encode() + b"</Rel"),
            types: plain[types].replace(b"</Types>", override.encode() + b"</Types>"),
        },
    )
    store = XlsxFile(path)
    store.apply(CELL, store.read())
    assert parts(path)[chain] == CHAIN
    store.apply(Changes(cells=(SetCell("Stages", 5, "attainment", 0.5),)), store.read())
    after = parts(path)
    assert chain not in after
    assert (after[rels], after[types]) == (plain[rels], plain[types])
    assert errors(path) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b' fullCalcOnLoad="1"', b""),
        (b' fullCalcOnLoad="1"', b' fullCalcOnLoad="0"'),
        (b'<calcPr calcId="124519" fullCalcOnLoad="1"/>', b""),
    ],
)
def test_the_next_program_is_told_to_calculate(tmp_path: Path, old: bytes, new: bytes) -> None:
    path = Sample(tmp_path / "map.xlsx").tables().save()
    xml = parts(path)["xl/workbook.xml"]
    changed(path, **{"xl/workbook.xml": xml.replace(old, new)})
    store = XlsxFile(path)
    store.apply(CELL, store.read())
    assert b'fullCalcOnLoad="1"' in parts(path)["xl/workbook.xml"]
    assert openpyxl.load_workbook(path).calculation.fullCalcOnLoad
    assert errors(path) == []


def test_the_comment_of_an_archive_and_its_attributes_stay(tmp_path: Path) -> None:
    path = Sample(tmp_path / "map.xlsx").tables().save()
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"from the team"
        info = zipfile.ZipInfo("customXml/item1.xml", (2020, 2, 3, 4, 5, 6))
        info.external_attr, info.comment = 0o640 << 16, b"ours"
        archive.writestr(info, b"<a/>", zipfile.ZIP_STORED)
    store = XlsxFile(path)
    store.apply(CELL, store.read())
    with zipfile.ZipFile(path) as archive:
        kept = archive.getinfo("customXml/item1.xml")
        assert archive.comment == b"from the team"
        assert (kept.date_time, kept.comment) == ((2020, 2, 3, 4, 5, 6), b"ours")
        assert kept.external_attr == 0o640 << 16


def test_entries_whose_sizes_follow_them_are_copied_and_changed(tmp_path: Path) -> None:
    path = Sample(tmp_path / "map.xlsx").tables().save()
    content = parts(path)

    class Pipe(io.BytesIO):
        """A stream that cannot go back, so that sizes are written behind the data."""

        def seekable(self) -> bool:
            return False

        def seek(self, *_where: int) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    path.write_bytes(pipe.getvalue())
    store = XlsxFile(path)
    store.apply(CELL, store.read())
    after = parts(path)
    assert {name for name in after if after[name] != content[name]} == {STAGES}
