"""Shows that plainly written sheets read the same in both ways, cell by cell, or in one only."""

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cjm_sheets.adapters.xlsx_file import grids, limits
from cjm_sheets.adapters.xlsx_file.package import open_package
from cjm_sheets.adapters.xlsx_file.plain_sheet import Meaning, plain_rows
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.errors import CjmError, UnsafeWorkbookError
from cjm_sheets.tables.table import Grid
from tests.adapters.xlsx_file.packages import MAIN, SHEET, changed, pack, parts, sheet
from tests.adapters.xlsx_file.sample import Sample

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_BUILT_IN = range(60)
_CODES = (
    *("yyyy-mm-dd", "dd.mm.yyyy", "[$-407]d. mmmm yyyy", "[h]:mm", "h:mm AM/PM", "General", "@"),
    *("0.00", '#,##0.00" DM"', "[Red]0", "0.00E+00", "0%", "0;dd", "*d0", "_d0", "\\d0", "0 s", "Y"),
    *("d/m/yy;@", "[$€-407]#,##0", "General;General", "yyyy\\-mm", '"d"', "[mm]", "0.0;[Red]-0.0"),
)
_FORMATS = len(_BUILT_IN) + len(_CODES)


def book(rows: str, strings: str = "") -> bytes:
    """Return a workbook of one sheet, with every built-in format and those above."""
    codes = "".join(
        f'<numFmt numFmtId="{200 + i}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for i, code in enumerate(_CODES)
    )
    numbers = [*_BUILT_IN, *(200 + i for i in range(len(_CODES)))]
    formats = "".join(f'<xf numFmtId="{number}"/>' for number in numbers)
    hung = "".join(
        f'<Relationship Id="r{i}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(
            (
                ("worksheet", "worksheets/sheet1.xml"),
                ("sharedStrings", "sharedStrings.xml"),
                ("styles", "styles.xml"),
            )
        )
    )
    content = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Override PartName="/xl/workbook.xml" '
        f'ContentType="{_KIND}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{hung}</Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        f"<cellXfs>{formats}</cellXfs></styleSheet>",
    }
    return pack({
        **{name: text.encode("utf-8", "surrogatepass") for name, text in content.items()},
        SHEET: sheet(rows),
    })


def read(data: bytes, plain_from: int) -> tuple[Grid, ...] | None:
    """Return the sheets of a workbook, plain ones read by ourselves from a size on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grids, "PLAIN_FROM", plain_from)
        try:
            return grids.read_grids(open_package(data, "x.xlsx"))
        except CjmError:
            return None


def plain(data: bytes) -> bool:
    """Tell whether the only sheet of a workbook is read by ourselves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grids, "PLAIN_FROM", 0)
        patch.setattr(grids, "sheet_rows", lambda *_: [None])
        package = open_package(data, "x.xlsx")
        meaning = grids._meaning(package, grids.outline(package))  # noqa: SLF001 - what is tried
        xml = package.part(SHEET)
    return meaning is not None and plain_rows(xml, meaning) is not None


def same(data: bytes) -> None:
    """Hold the two ways against each other, types and all."""
    assert repr(read(data, 0)) == repr(read(data, 1 << 40))


_TEXT = st.text(
    st.sampled_from("ab Zé\u00a0Йж🙂_x0041_\n\t'\"=-.&<>;#5"), max_size=12
)  # fmt: skip
_WRITTEN = _TEXT.map(lambda text: escape(text)) | st.sampled_from(
    ["&#233;", "_x000D_", "_x005F_x0041_", "&quot;&apos;", "&#13;", "_xD800_", "&nope;", "a\r\nb"]
)
_NUMBERS = st.one_of(
    st.integers(-5, 100_000).map(str),
    st.floats(allow_nan=True).map(repr),
    st.sampled_from(["1e5", "1E-3", ".5", "5.", "1_0", " 1", "+1", "", "abc", "0x1", "-0", "61"]),
    st.integers(59, 3_000_000).map(str),
)
_STYLE = st.integers(0, _FORMATS + 1).map(lambda i: f' s="{i}"') | st.just("")
_FORMULA = st.sampled_from([
    *("", "", "<f>A1+1</f>", '<f t="shared" ref="A1:A3" si="0">A1</f>', '<f t="shared" si="0"/>'),
    *('<f aca="false">B1&amp;"x"</f>', "<f/>", "<f></f>"),
])
_CONTENT = st.one_of(
    st.tuples(_STYLE, _NUMBERS).map(lambda n: (n[0], f"<v>{n[1]}</v>")),
    st.integers(-1, 9).map(lambda i: (' t="s"', f"<v>{i}</v>")),
    st.tuples(_FORMULA, _WRITTEN).map(lambda t: (' t="str"', f"{t[0]}<v>{t[1]}</v>")),
    st.tuples(_FORMULA, _NUMBERS).map(lambda t: ("", f"{t[0]}<v>{t[1]}</v>")),
    _WRITTEN.map(lambda t: (' t="inlineStr"', f"<is><t>{t}</t></is>")),
    _WRITTEN.map(
        lambda t: (' t="inlineStr"', f'<is><t xml:space="preserve">{t}</t></is>')
    ),
    st.sampled_from([
        *((' t="b"', "<v>1</v>"), (' t="b"', "<v>0</v>"), (' t="b"', "<v>true</v>")),
        *((' t="e"', "<v>#N/A</v>"), (' t="e"', "<f>1/0</f><v>#DIV/0!</v>"), ("", "")),
        *((' t="e"', "<v>#SPILL!</v>"), ("", "<v/>"), ("", "<v />"), ("", "<f>A1</f>")),
        *((' t="d"', "<v>2026-01-01</v>"), (' t="n"', "<v>5</v>"), (' cm="1"', "<v>5</v>")),
        *((' t="s"', "<v/>"), (' t="str"', "<v/>"), (' t="s"', "<is><t>a</t></is>")),
        *((' t="inlineStr"', "<v>a</v>"), ("", "<!-- x --><v>1</v>"), (' t="s"', "<v>0</v><x/>")),
        (' t="inlineStr"', "<is><r><t>a</t></r></is>"),
    ]),
)  # fmt: skip


@st.composite
def _rows(draw: st.DrawFn) -> str:
    """Return rows as the programs write them, with an odd one among them now and then."""
    rows, line = [], 0
    for _ in range(draw(st.integers(0, 6))):
        line += draw(st.sampled_from([1, 1, 1, 1, 2, 5, 0]))
        cells, column = [], 0
        for _ in range(draw(st.integers(0, 6))):
            column += draw(st.sampled_from([1, 1, 1, 1, 3]))
            attributes, content = draw(_CONTENT)
            letters = openpyxl.utils.get_column_letter(column)
            closed = "/>" if not content else f">{content}</c>"
            where = draw(st.sampled_from([f' r="{letters}{line}"'] * 30 + ["", ' r="B2"']))
            cells.append(f"<c{where}{attributes}{closed}")
        tag = draw(st.sampled_from(["", ' spans="1:3"', ' ht="12.8" hidden="1"']))
        whole = "".join(cells)
        rows.append(f'<row r="{line}"{tag}>{whole}</row>' if whole else f'<row r="{line}"{tag}/>')
    return "".join(rows)


_ITEM = st.one_of(
    _WRITTEN.map(lambda t: f"<si><t>{t}</t></si>"),
    _WRITTEN.map(lambda t: f'<si><t xml:space="preserve">{t}</t></si>'),
    st.tuples(_WRITTEN, _WRITTEN).map(
        lambda t: f"<si><r><t>{t[0]}</t></r><r><rPr><b/><sz val='1'/></rPr>"
        f'<t xml:space="preserve">{t[1]}</t></r></si>'
    ),
    st.sampled_from([
        *("<si><t/></si>", "<si/>", "<si></si>", '<si><t xml:space="preserve"/></si>'),
        '<si><t>p</t><rPh sb="0" eb="1"><t>PH</t></rPh><phoneticPr fontId="1"/></si>',
    ]),
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(_rows(), st.lists(_ITEM, max_size=8).map("".join))
@example('<row r="1"><c r="A1" t="str"><v></v></c><c r="C1" t="str"><f>A1</f><v></v></c></row>', "")
@example('<row r="3"><c r="C3"><v>1</v></c></row><row r="5"/><row r="6"><c r="E6"/></row>', "")
def test_both_ways_read_the_same(rows: str, strings: str) -> None:
    same(book(rows, strings))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, _FORMATS - 1), _NUMBERS)
def test_every_format_shows_the_same(style: int, number: str) -> None:
    same(book(f'<row r="1"><c r="A1" s="{style}"><v>{number}</v></c></row>'))
