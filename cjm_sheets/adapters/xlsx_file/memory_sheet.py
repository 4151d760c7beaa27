"""Decides how the texts of the record sheet lie in it: one a cell, down its first column."""

from cjm_sheets.adapters.xlsx_file import cell_xml
from cjm_sheets.adapters.xlsx_file.workbook_parts import WorkbookParts
from cjm_sheets.templates.titles import MEMORY

LONGEST = 32_000
"""Characters of one text."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def put_memory(parts: WorkbookParts, memory: tuple[str, ...]) -> None:
    """Write the record sheet, into the one that is there or a new very hidden one."""
    if any(len(text) > LONGEST for text in memory):
        raise ValueError(LONGEST)
    strict = _STRICT.encode() in parts.get(parts.plan.part)
    content = _xml(memory, _STRICT if strict else _MAIN)
    sheet = next((sheet for sheet in parts.plan.sheets if sheet.title == MEMORY), None)
    if sheet is None:
        parts.add_sheet(MEMORY, content, "veryHidden")
        parts.write_types()
    else:
        parts.put(sheet.part, content)


def _xml(memory: tuple[str, ...], namespace: str) -> bytes:
    """Return the XML of the sheet."""
    rows = b"".join(
        b'<row r="%d">%s</row>' % (line, cell_xml.cell(f"A{line}", None, text, since_1904=False))
        for line, text in enumerate(memory, start=1)
    )
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="%s">'
    return head % namespace.encode() + b"<sheetData>" + rows + b"</sheetData></worksheet>"
