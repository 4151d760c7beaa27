"""Shows what the guard refuses before any parser sees the file, and what it says."""

import contextlib
import os
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cjm_sheets.adapters.xlsx_file import grids, limits
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.errors import CjmError, InputError
from cjm_sheets.errors.workbook import (
    DamagedWorkbookError,
    FileNotReadableError,
    ForeignEncodingError,
    IsAFolderError,
    NoSuchFileError,
    NotAWorkbookError,
    TruncatedWorkbookError,
    UnsafeWorkbookError,
)
from tests.adapters.xlsx_file.packages import SHEET, changed, pack, parts, sheet
from tests.adapters.xlsx_file.sample import Sample

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return Sample(tmp_path / "map.xlsx").tables(["Stages"]).save()


def refused(path: Path) -> CjmError:
    with pytest.raises(CjmError) as raised:
        XlsxFile(path).read()
    assert raised.value.facts["file"] == str(path)
    return raised.value


def test_no_file_a_folder_and_what_is_no_plain_file(tmp_path: Path) -> None:
    assert isinstance(refused(tmp_path / "none.xlsx"), NoSuchFileError)
    assert isinstance(refused(tmp_path), IsAFolderError)
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert isinstance(refused(tmp_path / "pipe.xlsx"), FileNotReadableError)


def test_a_file_that_may_not_be_read(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(_path: Path, _flags: int) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", deny)
    error = refused(good)
    assert isinstance(error, FileNotReadableError)
    assert error.facts["reason"] == "Permission denied"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (bytes(4096), "empty"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + "Workbook".encode("utf-16-le"), "old-excel"),
        (OLE + "WordDocument".encode("utf-16-le"), "word"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"<!DOCTYPE html><html><table>", "html"),
        (b"<table><tr><td>1</td></tr></table>", "html"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "xml-excel",
        ),
        (b'<?xml version="1.0"?><a/>', "xml"),
        ("id;Stufe\nT1;Öffnen\n".encode("cp1252"), "csv"),
        ("id\tname\n".encode("utf-16"), "csv"),
        ("Привет\n".encode(), "text"),
        (bytes(range(256)) * 20, "unknown"),
        (pack({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "opendocument"),
        (pack({"Index/Document.iwa": b"x"}), "numbers"),
        (pack({"readme.txt": b"x"}), "archive"),
        (
            pack({
                "[Content_Types].xml": b"application/vnd.ms-excel.sheet.binary.macroEnabled.main",
                "xl/workbook.bin": b"x",
            }),
            "binary-excel",
        ),
        (
            pack({"[Content_Types].xml": b"...presentationml.presentation.main+xml"}),
            "powerpoint",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_another_kind_of_file_is_named(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "map.xlsx"
    path.write_bytes(content)
    error = refused(path)
    assert isinstance(error, NotAWorkbookError)
    assert error.facts["kind"] == kind


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_off_anywhere(good: Path, kept: float) -> None:
    data = good.read_bytes()
    good.write_bytes(data[: int(len(data) * kept)])
    assert isinstance(refused(good), TruncatedWorkbookError)


def test_every_single_damaged_byte_is_survived(good: Path) -> None:
    data = good.read_bytes()
    for at in range(0, len(data), 211):
        good.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        with contextlib.suppress(InputError):
            assert XlsxFile(good).read().tables


def test_bytes_before_or_behind_the_archive(good: Path) -> None:
    data = good.read_bytes()
    good.write_bytes(data[:4] + data)
    assert isinstance(refused(good), DamagedWorkbookError)
    good.write_bytes(data + data)
    assert isinstance(refused(good), DamagedWorkbookError)


def test_a_part_that_comes_twice(good: Path) -> None:
    with warnings.catch_warnings(), zipfile.ZipFile(good, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(SHEET.upper(), b"other")
    assert refused(good).facts["place"] == SHEET.upper()


def test_two_directory_lines_for_the_same_bytes(good: Path) -> None:
    data = bytearray(good.read_bytes())
    with zipfile.ZipFile(good) as archive:
        first, second = archive.infolist()[:2]
    at = data.index(b"PK\1\2", data.index(b"PK\1\2") + 4)
    data[at + 42 : at + 46] = struct.pack("<I", first.header_offset)
    good.write_bytes(data)
    assert refused(good).facts["place"] == second.filename


def test_an_encrypted_entry_needs_a_password(good: Path) -> None:
    data = bytearray(good.read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1
    good.write_bytes(data)
    assert refused(good).facts["kind"] == "encrypted"


@pytest.mark.parametrize("code", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_sheet_that_is_not_utf_8(good: Path, code: str) -> None:
    text = (
        '<?xml version="1.0" encoding="UTF-16"?>' + parts(good)[SHEET].decode().partition("?>")[2]
    )
    assert isinstance(refused(changed(good, **{SHEET: text.encode(code)})), ForeignEncodingError)


def test_a_sheet_that_says_it_is_latin_1(good: Path) -> None:
    xml = parts(good)[SHEET].replace(b"UTF-8", b"ISO-8859-1", 1)
    assert isinstance(refused(changed(good, **{SHEET: xml})), ForeignEncodingError)


@pytest.mark.parametrize("name", ["xl/styles.xml", "docProps/core.xml", "xl/theme/theme1.xml"])
def test_a_declaration_in_any_part(good: Path, name: str) -> None:
    xml = parts(good)[name].replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1)
    error = refused(changed(good, **{name: xml}))
    assert isinstance(error, UnsafeWorkbookError)
    assert error.facts["place"] == name


def test_a_declaration_in_peoples_own_utf_16(good: Path) -> None:
    own = "customXml/item1.xml"
    fine = '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16")
    assert XlsxFile(changed(good, **{own: fine})).read().tables
    bad = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16")
    assert isinstance(refused(changed(good, **{own: bad})), UnsafeWorkbookError)


CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "body",
    [
        CELL + '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
        CELL + '<row r="2"><c s="0" r="AB1048576"><v>2</v></c></row>',
        CELL + "<row r='2'><c r='XFD99999'><v>2</v></c></row>",
        CELL + '<row r="2"><c\n  r = "xfd1048576"><v>2</v></c></row>',
        CELL + '<row r="1048576"><c><v>1</v></c><c r="ZZ9"><v>2</v></c></row>',
        '<row r="1048570">' + "<c><v>1</v></c>" * 100 + "</row>" + CELL,
    ],
)
def test_far_cells_that_would_abort_the_reader(good: Path, body: str) -> None:
    assert isinstance(refused(changed(good, **{SHEET: sheet(body)})), UnsafeWorkbookError)


@pytest.mark.parametrize(
    "body",
    [
        '<row r="4000000000"><c><v>1</v></c></row>',
        '<row r="1"><c r="A4294967297"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="ABCDEFGH1"><v>1</v></c></row>',
    ],
)
def test_cells_beyond_the_sheet(good: Path, body: str) -> None:
    assert isinstance(refused(changed(good, **{SHEET: sheet(body)})), DamagedWorkbookError)


def test_many_small_sheets_may_not_span_too_much_together(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SPARSE_CELLS", 100)
    monkeypatch.setattr(limits, "USED", 10_000)
    monkeypatch.setattr(limits, "CELLS", 200)
    assert isinstance(refused(good), UnsafeWorkbookError)


def test_a_merged_range_over_the_whole_sheet(good: Path) -> None:
    bomb = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    error = refused(changed(good, **{SHEET: sheet(CELL, bomb)}))
    assert error.facts["place"] == "Stages!A1:XFD1048576"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("xl/workbook.xml", b'name="Stages"', b'name="Stages"><'),
        ("xl/workbook.xml", b'r:id="rId1"', b'r:id="rId99"'),
        ("_rels/.rels", b"xl/workbook.xml", b"xl/nothing.xml"),
        ("xl/worksheets/sheet1.xml", b"sheetData", b"sheetDate"),
    ],
)
def test_broken_parts(good: Path, name: str, old: bytes, new: bytes) -> None:
    xml = parts(good)[name].replace(old, new)
    assert isinstance(refused(changed(good, **{name: xml})), DamagedWorkbookError)


def test_a_panic_of_the_reader_is_a_damaged_workbook(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PanicException(BaseException):
        pass

    def stumble(error: type[BaseException]) -> Callable[[object], None]:
        def read(_source: object) -> None:
            raise error

        return read

    class Reader:
        from_filelike = staticmethod(stumble(PanicException))

    monkeypatch.setattr(grids, "CalamineWorkbook", Reader)
    assert isinstance(refused(good), DamagedWorkbookError)
    monkeypatch.setattr(Reader, "from_filelike", staticmethod(stumble(KeyboardInterrupt)))
    with pytest.raises(KeyboardInterrupt):
        XlsxFile(good).read()
