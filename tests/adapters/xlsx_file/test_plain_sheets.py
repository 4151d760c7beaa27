"""Shows that plainly written sheets read the same in both ways, cell by cell, or in one only."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cjm_sheets.adapters.xlsx_file import grids, limits
from cjm_sheets.adapters.xlsx_file.outline import outline
from cjm_sheets.adapters.xlsx_file.package import open_package
from cjm_sheets.adapters.xlsx_file.plain_sheet import plain_rows
from cjm_sheets.errors import CjmError
from cjm_sheets.errors.workbook import DamagedWorkbookError, UnsafeWorkbookError
from cjm_sheets.tables import a1
from cjm_sheets.tables.table import CellError, Grid
from tests.adapters.xlsx_file.packages import MAIN, SHEET, changed, pack, parts, sheet
from tests.programs import convert

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_BUILT_IN = range(60)
_CODES = (
    *("yyyy-mm-dd", "dd.mm.yyyy", "[$-407]d. mmmm yyyy", "[h]:mm", "h:mm AM/PM", "General", "@"),
    *(
        "0.00",
        '#,##0.00" DM"',
        "[Red]0",
        "0.00E+00",
        "0%",
        "0;dd",
        "*d0",
        "_d0",
        "\\d0",
        "0 s",
        "Y",
    ),
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
    return pack(
        {
            **{name: text.encode("utf-8", "surrogatepass") for name, text in content.items()},
            SHEET: sheet(rows),
        }
    )


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
        package = open_package(data, "x.xlsx")
        meaning = grids._meaning(package, outline(package))  # noqa: SLF001 - what is tried
        xml = package.part(SHEET)
    return meaning is not None and plain_rows(xml, meaning) is not None


def same(data: bytes) -> None:
    """Hold the two ways against each other, types and all."""
    assert repr(read(data, 0)) == repr(read(data, 1 << 40))


_TEXT = st.text(
    st.sampled_from("ab Zé\u00a0Йж🙂_x0041_\n\t'\"=-.&<>;#5"), max_size=12
)  # fmt: skip
_WRITTEN = _TEXT.map(escape) | st.sampled_from(
    ["&#233;", "_x000D_", "_x005F_x0041_", "&quot;&apos;", "&#13;", "_xD800_", "&nope;", "a\r\nb"]
)
_NUMBERS = st.one_of(
    st.integers(-5, 100_000).map(str),
    st.floats(allow_nan=True).map(repr),
    st.sampled_from(["1e5", "1E-3", ".5", "5.", "1_0", " 1", "+1", "", "abc", "0x1", "-0", "61"]),
    st.integers(59, 3_000_000).map(str),
)
_STYLE = st.integers(0, _FORMATS + 1).map(lambda i: f' s="{i}"') | st.just("")
_FORMULA = st.sampled_from(
    [
        *(
            "",
            "",
            "<f>A1+1</f>",
            '<f t="shared" ref="A1:A3" si="0">A1</f>',
            '<f t="shared" si="0"/>',
        ),
        *('<f aca="false">B1&amp;"x"</f>', "<f/>", "<f></f>"),
    ]
)
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
            letters = a1.letters(column)
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


def _xlsxwriter(path: Path) -> None:
    workbook = xlsxwriter.Workbook(path)
    page = workbook.add_worksheet("S")
    day = workbook.add_format({"num_format": "yyyy-mm-dd", "bold": True})
    for line in range(3000):
        page.write_row(line, 0, [f"T{line}", " kept ", line / 4, True, "Größe & <b>"])
        page.write_datetime(line, 5, dt.datetime(2026, 1, 1) + dt.timedelta(line), day)  # noqa: DTZ001 - a day of no zone
        page.write_formula(line, 6, "=1/0", day, "#DIV/0!")
        page.write_formula(line, 7, f"=A{line + 1}&1", None, "x")
        page.write_blank(line, 8, None, day)
    workbook.close()


def _openpyxl(path: Path) -> None:
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert page is not None
    page.title = "S"
    for line in range(2000):
        page.append([f"T{line}", "Größe & <b>", line / 4, None, line % 2 == 0, dt.date(2026, 1, 1)])
    workbook.save(path)


@pytest.mark.parametrize("make", [_xlsxwriter, _openpyxl])
def test_what_programs_write_is_plain(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(path := tmp_path / "x.xlsx")
    assert plain(path.read_bytes())
    same(path.read_bytes())


@pytest.mark.office
def test_what_libreoffice_writes_is_plain(tmp_path: Path) -> None:
    _xlsxwriter(tmp_path / "x.xlsx")
    convert([tmp_path / "x.xlsx"], "xlsx", tmp_path / "again")
    data = (tmp_path / "again" / "x.xlsx").read_bytes()
    assert plain(data)
    same(data)


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[3] / "workbook_templates").glob("*.en.xlsx")), ids=str
)
def test_our_own_workbooks_read_the_same_in_both_ways(path: Path) -> None:
    data = path.read_bytes()
    found = read(data, 0)
    assert found
    same(data)


def test_a_large_workbook_is_read_without_the_other_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _xlsxwriter(path := tmp_path / "x.xlsx")
    monkeypatch.setattr(grids, "PLAIN_FROM", 1 << 19)
    monkeypatch.delattr(grids, "CalamineWorkbook")
    (found,) = grids.read_grids(open_package(path.read_bytes(), "x.xlsx"))
    assert found.rows[2999][:6] == (
        "T2999",
        " kept ",
        749.75,
        True,
        "Größe & <b>",
        dt.date(2034, 3, 19),
    )
    assert found.rows[2999][6] == CellError("#DIV/0!")
    assert found.formulas[3000, 8] == "=A3000&1"


def test_hidden_lines_merged_areas_and_notes(tmp_path: Path) -> None:
    workbook = xlsxwriter.Workbook(path := tmp_path / "x.xlsx")
    page = workbook.add_worksheet("Own")
    page.write_column(0, 0, ["Who", "a", "b", "a", "c", "d"])
    page.autofilter(0, 0, 5, 0)
    page.filter_column_list(0, ["a"])
    for line in (2, 4):
        page.set_row(line, options={"hidden": True})
    page.set_row(5, 0)
    page.merge_range("C2:D4", "wide")
    page.write_comment("A2", "Ask Anna <again>\nsoon", {"author": "Ben"})
    page.write_comment("F9", " ")
    workbook.close()
    (found,) = grids.read_grids(open_package(path.read_bytes(), "x.xlsx"))
    assert found.hidden >= {3, 5}
    assert not found.hidden & {1, 2, 4}
    assert found.merged == ((2, 3, 4, 4),)
    assert found.notes == {(2, 1): "Ask Anna <again>\nsoon"}


def test_notes_nobody_can_read_are_a_damaged_workbook(tmp_path: Path) -> None:
    workbook = xlsxwriter.Workbook(path := tmp_path / "x.xlsx")
    workbook.add_worksheet("Own").write_comment("A2", "soon")
    workbook.close()
    name = "xl/comments1.xml"
    broken = parts(path)[name].replace(b'ref="A2"', b'ref="2"')
    with pytest.raises(DamagedWorkbookError) as refused:
        grids.read_grids(open_package(changed(path, **{name: broken}).read_bytes(), "x.xlsx"))
    assert refused.value.facts["place"] == name


def test_many_small_sheets_are_counted_together_before_their_rows_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook = xlsxwriter.Workbook(path := tmp_path / "x.xlsx")
    for number in range(5):
        page = workbook.add_worksheet(f"S{number}")
        page.write(0, 0, "a")
        page.write(99, 9, "b")
    workbook.close()
    monkeypatch.setattr(limits, "CELLS", 4999)
    with pytest.raises(UnsafeWorkbookError) as refused:
        grids.read_grids(open_package(path.read_bytes(), "x.xlsx"))
    assert refused.value.facts["place"] == "S4"
    monkeypatch.setattr(limits, "CELLS", 5000)
    assert len(grids.read_grids(open_package(path.read_bytes(), "x.xlsx"))) == 5
