"""Shows what is read from OpenDocument spreadsheets, and which of them are refused."""

import contextlib
import time
from datetime import date, datetime
from pathlib import Path

import pytest

from cjm_sheets.adapters.xlsx_file import limits, ods_content
from cjm_sheets.adapters.xlsx_file.apart import Limits, read_apart
from cjm_sheets.adapters.xlsx_file.doors import OdsFile, store_of
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.errors import CjmError, InputError
from cjm_sheets.errors.workbook import (
    DamagedWorkbookError,
    ForeignEncodingError,
    NoTablesError,
    NotAWorkbookError,
    OnlyReadError,
    TruncatedWorkbookError,
    UnsafeWorkbookError,
)
from cjm_sheets.ports.store import Changes
from cjm_sheets.tables.table import CellError, Grid
from cjm_sheets.words.failures import sentence
from tests.adapters.xlsx_file.ods import (
    HEAD,
    MIMETYPE,
    STAGES,
    cell,
    document,
    packed,
    row,
    sheet,
    write,
)
from tests.adapters.xlsx_file.packages import pack
from tests.adapters.xlsx_file.sample import Sample

TIGHT = Limits(memory=500 << 20, waiting=5.0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "map.ods"


def own(path: Path, rows: str) -> Grid:
    """Return a sheet of somebody's own as it is read."""
    return store_of(write(path, sheet(rows))).read().others[0]


def refused(path: Path) -> CjmError:
    """Return why a file is not read: the same here and apart, soon, and in one sentence."""
    began = time.monotonic()
    with pytest.raises(InputError) as here:
        store_of(path).read()
    with pytest.raises(InputError) as there:
        read_apart(str(path), allowed=TIGHT)
    assert str(there.value) == str(here.value)
    assert time.monotonic() - began < 2 * TIGHT.waiting
    assert here.value.facts["file"] == str(path)
    assert len(sentence(here.value, "en").splitlines()) == 1
    return here.value


def test_a_map_is_read_and_known_by_its_content(path: Path) -> None:
    store = store_of(write(path))
    found = store.read()
    assert isinstance(store, OdsFile)
    assert (store.name, found.title, found.language) == ("map.ods", "map.ods", "en")
    (stages,) = found.tables
    assert stages.by_key["name"].cells == ("Aware", "Buy")
    assert read_apart(str(path)) == found
    path.rename(path.with_suffix(".xlsx"))
    assert store_of(path.with_suffix(".xlsx")).read().tables == found.tables


def test_a_workbook_with_the_wrong_ending_can_be_written(path: Path) -> None:
    Sample(path).tables(["Stages"]).save()
    assert isinstance(store_of(path), XlsxFile)


def test_it_is_only_read(path: Path) -> None:
    store = store_of(write(path))
    found, before = store.read(), path.read_bytes()
    assert store.apply(Changes(), found).stamp == found.stamp
    with pytest.raises(OnlyReadError):
        store.apply(Changes(memory=("x",)), found)
    with pytest.raises(OnlyReadError) as raised:
        store.refuse_if_busy()
    assert ".xlsx" in sentence(raised.value, "en")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ('office:value-type="float" office:value="12"', 12),
        ('office:value-type="percentage" office:value="0.25"', 0.25),
        ('office:value-type="currency" office:value="9.5"', 9.5),
        ('office:value-type="float" office:value="nan"', "nan"),
        ('office:value-type="float"', None),
        ('office:value-type="boolean" office:boolean-value="true"', True),
        ('office:value-type="boolean" office:boolean-value="false"', False),
        ('office:value-type="date" office:date-value="2026-10-16"', date(2026, 10, 16)),
        (
            'office:value-type="date" office:date-value="2026-10-16T08:30:00"',
            datetime(2026, 10, 16, 8, 30),  # noqa: DTZ001 - a sheet knows no time zones
        ),
        ('office:value-type="date" office:date-value="soon"', "soon"),
        ('office:value-type="time" office:time-value="PT08H30M00S"', "08:30"),
        ('office:value-type="string"', "x"),
        ('office:value-type="string" office:string-value="said"', "said"),
        ('office:value-type="string" office:string-value="" calcext:value-type="error"', "error"),
        ("", "x"),
    ],
)
def test_what_a_cell_holds(path: Path, written: str, means: object) -> None:
    found = own(path, row(cell("x", written) + cell("y")))
    wanted = CellError("x") if means == "error" else means
    assert found.rows == ((wanted, "y"),)
    assert type(found.rows[0][0]) is type(wanted)


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("a  \n b", "a b"),
        ("<text:s/>a<text:s text:c='2'/>b", " a  b"),
        ("a<text:tab/>b<text:line-break/>c", "a\tb\nc"),
        ("a</text:p><text:p>b</text:p><text:p/><text:p>c", "a\nb\n\nc"),
        ("a <text:span>b <text:a>c</text:a></text:span> d", "a b c d"),
        ("a<text:note><text:p>no</text:p></text:note>b", "ab"),
        ("a</text:p><draw:frame><text:p>no</text:p></draw:frame><text:p>b", "a\nb"),
        ("</text:p><office:annotation><text:p>no</text:p></office:annotation><text:p>b", "\nb"),
        ("&lt;b&gt; &amp;amp; 😀", "<b> &amp; 😀"),
        ("", None),
    ],
)
def test_the_text_of_a_cell(path: Path, written: str, means: str | None) -> None:
    assert own(path, row(cell(written) + cell("y"))).rows == ((means, "y"),)


def test_repeated_rows_and_cells_lie_where_they_are(path: Path) -> None:
    empty = "<table:table-cell table:number-columns-repeated='3'/>"
    far = "<table:table-cell table:number-columns-repeated='16000'/>"
    found = own(
        path,
        row(empty, "table:number-rows-repeated='2'")
        + "<table:table-header-rows>"
        + row(empty + cell("a", "table:number-columns-repeated='2'") + far)
        + "</table:table-header-rows>"
        + row(cell("b"), "table:number-rows-repeated='2'")
        + row("<table:covered-table-cell/>" + cell("c"))
        + row(far, "table:number-rows-repeated='1048000'"),
    )
    blank = (None, None, None)
    assert found.rows == ((), (), (*blank, "a", "a"), ("b",), ("b",), (None, "c"))


def test_formulas_areas_and_names(path: Path) -> None:
    sheets = sheet(
        row(cell("1", 'table:formula="of:=[.A2]*2" table:number-columns-repeated="2"')),
        "It's 5.5",
    )
    ranges = (
        "<table:named-expressions><table:named-range table:name='cjm_sheet_Start' "
        "table:cell-range-address=\"$'It''s 5.5'.$A$1\"/></table:named-expressions>"
        "<table:database-ranges><table:database-range table:name='Stages' "
        "table:target-range-address='Stages.A1:.C3'/><table:database-range table:name='b' "
        "table:target-range-address=\"'It''s 5.5'.B2:'It''s 5.5'.D9\"/></table:database-ranges>"
    )
    found = store_of(write(path, sheets + ranges)).read()
    assert found.others[0].formulas == {(1, 1): "=[.A2]*2", (1, 2): "=[.A2]*2"}
    assert found.others[0].areas == {"b": (2, 2, 9, 4)}
    assert found.made == {"Start": "It's 5.5"}
    assert found.tables[0].is_object


def test_what_is_no_sheet_is_passed_over(path: Path) -> None:
    inner = sheet(row(cell("no")), "Inner")
    cache = sheet(row(cell("no")), "'file:///other.ods'#$Sheet1")
    links = f"<table:dde-links><table:dde-link>{inner}</table:dde-link></table:dde-links>"
    rows = row(f"<table:table-cell>{inner}<text:p>yes</text:p></table:table-cell>" + cell("too"))
    found = store_of(write(path, sheet(rows) + cache + links)).read()
    assert [(grid.sheet, grid.rows) for grid in found.others] == [("Own", (("yes", "too"),))]


def test_the_hidden_record_is_the_memory(path: Path) -> None:
    found = store_of(write(path, sheet(row(cell("a")) + row(cell("b")), "_cjm"))).read()
    assert (found.memory, found.others) == (("a", "b"), ())


MANY_ROWS, MANY_CELLS = "table:number-rows-repeated='{}'", "table:number-columns-repeated='{}'"


@pytest.mark.parametrize(
    "rows",
    [
        row(cell(), MANY_ROWS.format(1_048_576)),
        row(cell(), MANY_ROWS.format(600_000)),
        row(cell("x", MANY_CELLS.format(16_384)), MANY_ROWS.format(1_048_576)),
        row(cell("x", MANY_CELLS.format(16_384))) * 32,
        row(cell("x", MANY_CELLS.format(2)) * 6_000, MANY_ROWS.format(50)),
        row(cell("", 'table:formula="of:=1"'), MANY_ROWS.format(1_000_000)),
        row("<table:table-cell/>", MANY_ROWS.format(1_048_575)) + row(cell() * 4),
        row(cell()) * 999 + row(f"<table:table-cell {MANY_CELLS.format(16_000)}/>" + cell()),
        row(cell("<text:s text:c='2000000000'/>")),
        row(cell("<text:s text:c='30000'/>") * 40),
        row("<draw:g>" * 300 + "</draw:g>" * 300),
        row(cell("<text:span>" * 300 + "</text:span>" * 300)),
    ],
)
def test_bombs(path: Path, rows: str) -> None:
    assert isinstance(refused(write(path, sheet(rows))), UnsafeWorkbookError)


@pytest.mark.parametrize(
    "rows",
    [
        row(cell("x", MANY_CELLS.format(16_385))),
        row(cell("x", MANY_CELLS.format("9" * 40))),
        row(cell("x", MANY_CELLS.format("9" * 9000))),
        row(cell("x", MANY_CELLS.format(0))),
        row(cell("x", MANY_CELLS.format(-1))),
        row(cell("x", MANY_CELLS.format("1_0"))),
        row(cell(), MANY_ROWS.format(1_048_577)),
        row("", MANY_ROWS.format(10**30)) + row(cell()),
        row(f"<table:table-cell {MANY_CELLS.format(10**30)}/>" + cell()),
        row(cell("a</text:p>")),
        row(cell("&unknown;")),
        "</table:table>" + sheet("", "own") + '<table:table table:name="x">',
    ],
)
def test_broken_sheets(path: Path, rows: str) -> None:
    assert isinstance(refused(write(path, sheet(rows))), DamagedWorkbookError)


def test_many_sheets_may_not_repeat_too_much_together(path: Path) -> None:
    formula = 'table:formula="of:=1"'
    rows = row(cell("1", formula), MANY_ROWS.format(90_000))
    write(path, "".join(sheet(rows, f"Own {number}") for number in range(20)))
    assert isinstance(refused(path), UnsafeWorkbookError)


def test_many_sheets_may_not_span_too_much_together(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CELLS", 10)
    write(path, sheet(row(cell() * 2)))
    with pytest.raises(UnsafeWorkbookError):
        store_of(path).read()


CONTENT = document(sheet(STAGES, "Stages"))
DTD = '<!DOCTYPE x [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (CONTENT.replace("?>", f"?>{DTD}", 1).encode(), UnsafeWorkbookError),
        (CONTENT.replace("UTF-8", "UTF-16", 1).encode("utf-16"), ForeignEncodingError),
        (CONTENT.replace("UTF-8", "ISO-8859-1", 1).encode("latin-1"), ForeignEncodingError),
        (CONTENT.replace("UTF-8", "UTF-7", 1).encode(), ForeignEncodingError),
        (CONTENT.encode()[:-9], DamagedWorkbookError),
        (CONTENT.encode().replace(b"Aware", b"\xff\xfe"), DamagedWorkbookError),
        (CONTENT.encode() + b" " * (40 << 20), UnsafeWorkbookError),
        (b"", DamagedWorkbookError),
        (f"{HEAD}<a/>".encode(), NoTablesError),
    ],
)
def test_content_that_is_refused(path: Path, content: bytes, error: type[CjmError]) -> None:
    path.write_bytes(packed(content))
    assert isinstance(refused(path), error)


def test_other_files_of_the_format_and_what_needs_a_password(path: Path) -> None:
    encrypted = b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    for content, kind in (
        (packed(b"x", **{"META-INF/manifest.xml": encrypted}), "encrypted"),
        (pack({"mimetype": MIMETYPE, "encrypted-package": b"x"}), "encrypted"),
        (
            pack({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"x"}),
            "other-opendocument",
        ),
        (b"a;b\n", "csv"),
        (b"", "empty"),
    ):
        path.write_bytes(content)
        error = refused(path)
        assert isinstance(error, NotAWorkbookError)
        assert error.facts["kind"] == kind


def test_a_directory_that_lies_and_a_part_that_is_missing(path: Path) -> None:
    path.write_bytes(pack({"mimetype": MIMETYPE}))
    assert refused(path).facts["place"] == ods_content.PART
    data = write(path).read_bytes()
    path.write_bytes(data + data)
    assert isinstance(refused(path), DamagedWorkbookError)
    path.write_bytes(data[: len(data) // 2])
    assert isinstance(refused(path), TruncatedWorkbookError)


def test_every_single_damaged_byte_is_survived(path: Path) -> None:
    data = write(path, sheet(row(cell("a", MANY_CELLS.format(3))))).read_bytes()
    for at in range(0, len(data), 7):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        with contextlib.suppress(InputError):
            assert store_of(path).read().tables
