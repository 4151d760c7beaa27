"""Decides how the colours of findings lie over cells, so that the cells keep their own formats.

They are conditional looks whose condition names us, so that they are known again and can go.
"""

import re
from collections.abc import Mapping, Sequence

from cjm_sheets.adapters.xlsx_file.sheet_order import place_for
from cjm_sheets.adapters.xlsx_file.style_merge import with_looks
from cjm_sheets.adapters.xlsx_file.workbook_parts import WorkbookParts
from cjm_sheets.ports.sheets import MARK_LOOKS as LOOKS

_OURS = b"cjm-sheets "
_RULE = re.compile(rb"<cfRule\b(?:(?!</cfRule>).)*?</cfRule>", re.DOTALL)
_EMPTY = re.compile(
    rb"<conditionalFormatting\b[^>]*>\s*</conditionalFormatting>|<conditionalFormatting\b[^>]*/>"
)
_PRIORITY = re.compile(rb'(<(?:\w+:)?cfRule\b[^>]*?\bpriority=")([0-9]+)"')
_LOOK = (
    b'<dxf><font><color rgb="FF%s"/></font><fill><patternFill patternType="solid">'
    b'<fgColor rgb="FF%s"/><bgColor rgb="FF%s"/></patternFill></fill></dxf>'
)


def look_numbers(parts: WorkbookParts, styles: str) -> dict[str, int]:
    """Add the looks to the formats of a workbook, and return their numbers."""
    looks = [_LOOK % (ink.encode(), fill.encode(), fill.encode()) for fill, ink in LOOKS.values()]
    xml, numbers = with_looks(parts.get(styles), looks, parts.package.file, styles)
    parts.put(styles, xml)
    return dict(zip(LOOKS, numbers, strict=True))


def is_coloured(xml: bytes) -> bool:
    """Tell whether findings colour any cell of a sheet."""
    return any(_OURS in rule[0] for rule in _RULE.finditer(xml))


def coloured(
    xml: bytes, cells: Mapping[str, Sequence[str]], looks: Mapping[str, int], where: tuple[str, str]
) -> bytes:
    """Return a sheet with the colours of these cells by severity, and of no others.

    `looks` has the numbers of the looks; `where` names file and sheet for errors.
    """
    if is_coloured(xml):
        xml = _RULE.sub(lambda rule: b"" if _OURS in rule[0] else rule[0], xml)
        xml = _EMPTY.sub(b"", xml)
        if all(int(found[2]) > len(LOOKS) for found in _PRIORITY.finditer(xml)):
            xml = _with_ranks(xml, -len(LOOKS))  # as they were before ours came
    if not any(cells.values()):
        return xml
    xml = _with_ranks(xml, len(LOOKS))
    new = b"".join(
        _block(cells[severity], severity, looks[severity], rank)
        for rank, severity in enumerate(LOOKS, start=1)
        if cells.get(severity)
    )
    # in front of other looks, which it does not matter to come before: their order is a number
    at = place_for(xml, "phoneticPr", *where)
    return xml[:at] + new + xml[at:]


def _with_ranks(xml: bytes, later: int) -> bytes:
    """Return a sheet in which all looks come so many ranks later, in the same order."""
    return _PRIORITY.sub(lambda m: m[1] + b'%d"' % (int(m[2]) + later), xml)


def _block(cells: Sequence[str], severity: str, look: int, rank: int) -> bytes:
    said = b'"%s%s"&lt;&gt;""' % (_OURS, severity.encode())
    rule = b'<cfRule type="expression" dxfId="%d" priority="%d"><formula>%s</formula></cfRule>'
    rule %= (look, rank, said)
    tag = b'<conditionalFormatting sqref="%s">' % " ".join(cells).encode()
    return tag + rule + b"</conditionalFormatting>"
