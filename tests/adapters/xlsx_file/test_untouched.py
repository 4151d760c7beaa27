"""Shows that a change leaves the archive and the parts that name others as they must be.

What of a rich workbook stays byte for byte is shown in test_features_kept.
"""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import AddRow, Changes, SetCell
from tests.adapters.xlsx_file.packages import changed, errors, parts
from tests.adapters.xlsx_file.sample import Sample

STAGES = "xl/worksheets/sheet1.xml"
CELL = Changes(cells=(SetCell("Stages", 5, "name", "=new"),))
CHAIN = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<c r="N5" i="1"/></calcChain>'
)


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
