"""Decides how a few cells are read by the reader of workbooks without the rest of their sheet.

They come as a workbook of one sheet, with the formats of theirs, so that what is read is what any
later reading of the whole file will say.
"""

from collections.abc import Sequence

from cjm_sheets.adapters.xlsx_file.edits import Place
from cjm_sheets.adapters.xlsx_file.grids import plain_row, used_cells
from cjm_sheets.adapters.xlsx_file.zip_patch import archive
from cjm_sheets.tables.table import Raw

_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="%s/%%s" Target="%%s"/>'
    b'<Relationship Id="r2" Type="%s/%%s" Target="%%s"/></Relationships>'
) % (_OFFICE, _OFFICE)
_AROUND = {
    "_rels/.rels": _RELATIONS % (b"officeDocument", b"xl/workbook.xml", b"none", b"none"),
    "xl/_rels/workbook.xml.rels": _RELATIONS
    % (b"worksheet", b"worksheets/sheet1.xml", b"styles", b"styles.xml"),
}
_BOOK = (
    b'<workbook xmlns="%s" xmlns:r="%s"><workbookPr date1904="%%d"/>'
    b'<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
) % (_MAIN, _OFFICE)
_SHEET = b'<worksheet xmlns="%s"><sheetData>%%s</sheetData></worksheet>' % _MAIN


def read_cells(
    rows: bytes, places: Sequence[Place], styles: bytes, *, since_1904: bool
) -> list[Raw]:
    """Return what the cells at these places say, given their rows; places are in their order.

    Raises ValueError if the reader makes nothing of it.
    """
    parts = _AROUND | {
        "xl/workbook.xml": _BOOK % since_1904,
        "xl/styles.xml": styles or b'<styleSheet xmlns="%s"/>' % _MAIN,
        "xl/worksheets/sheet1.xml": _SHEET % rows,
    }
    found, (top, left) = used_cells(archive(parts))
    lines, width = len(found), len(found[0]) if found else 0
    ends = (places[0], places[-1]) if places else ()
    if width == 1 and lines == len(places) and ends == ((top, left), (top + lines - 1, left)):
        return list(
            plain_row([row[0] for row in found])
        )  # one column without a gap, as is most common
    return list(
        plain_row(
            [
                found[line - top][column - left]
                if 0 <= line - top < lines and 0 <= column - left < width
                else ""
                for line, column in places
            ]
        )
    )
