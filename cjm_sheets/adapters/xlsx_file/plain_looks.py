"""Decides how conditional looks that a formula asks for come onto a sheet and go again.

All others of the sheet stay as they are, those that newer programs know as well.
"""

import re
from collections.abc import Collection, Sequence

from cjm_sheets.adapters.xlsx_file import texts
from cjm_sheets.adapters.xlsx_file.sheet_order import place_for
from cjm_sheets.adapters.xlsx_file.style_merge import with_looks
from cjm_sheets.adapters.xlsx_file.workbook_parts import WorkbookParts
from cjm_sheets.ports.open_books import Look

_RULE = re.compile(
    rb"<cfRule\b(?:(?!</cfRule>).)*?<formula>([^<]*)</formula>(?:(?!</cfRule>).)*?</cfRule>",
    re.DOTALL,
)
_EMPTY = re.compile(
    rb"<conditionalFormatting\b[^>]*>\s*</conditionalFormatting>|<conditionalFormatting\b[^>]*/>"
)
_PRIORITY = re.compile(rb'(<(?:\w+:)?cfRule\b[^>]*?\bpriority=")([0-9]+)"')


def without_looks(xml: bytes, formulas: Collection[str]) -> bytes:
    """Return a sheet without the looks that these formulas (without "=") ask for."""

    def kept(rule: re.Match[bytes]) -> bytes:
        return b"" if texts.unescape(rule[1].replace(b"&quot;", b'"')) in formulas else rule[0]

    return _EMPTY.sub(b"", _RULE.sub(kept, xml)) if formulas else xml


def with_plain_looks(parts: WorkbookParts, sheet: str, looks: Sequence[Look], styles: str) -> None:
    """Put looks on the sheet of a part, in front of all others that it has."""
    if not looks:
        return
    made, numbers = with_looks(
        parts.get(styles), list(map(_look, looks)), parts.package.file, styles
    )
    parts.put(styles, made)
    xml = parts.get(sheet)
    xml = _PRIORITY.sub(lambda m: m[1] + b'%d"' % (int(m[2]) + len(looks)), xml)
    new = b"".join(
        b'<conditionalFormatting sqref="%s"><cfRule type="expression" dxfId="%d" priority="%d">'
        b"<formula>%s</formula></cfRule></conditionalFormatting>"
        % (" ".join(look.cells).encode(), number, rank, texts.escape(look.formula))
        for rank, (look, number) in enumerate(zip(looks, numbers, strict=True), start=1)
    )
    at = place_for(xml, "phoneticPr", parts.package.file, sheet)
    parts.put(sheet, xml[:at] + new + xml[at:])


def _look(look: Look) -> bytes:
    """Return the colours of a look as a style sheet says them."""
    ink = b'<font><color rgb="FF%s"/></font>' % look.ink.encode() if look.ink else b""
    color = b'<fgColor rgb="FF%s"/><bgColor rgb="FF%s"/>' % ((look.fill.encode(),) * 2)
    fill = b'<fill><patternFill patternType="solid">%s</patternFill></fill>' % color
    return b"<dxf>" + ink + (fill if look.fill else b"") + b"</dxf>"
