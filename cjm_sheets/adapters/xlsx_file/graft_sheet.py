"""Decides what the XML of a sheet of ours is in another workbook: its texts, formats and parts.

The sheet comes from our own builder, so that its XML is written in one known way.
"""

import re
from collections.abc import Mapping, Sequence
from functools import partial

from cjm_sheets.adapters.xlsx_file.style_merge import Merged

PREFIX = b"cjm"
"""What the ids of relationships begin with that come from our builder."""

_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"(?: s="([0-9]+)")?(?: t="s"><v>([0-9]+)</v>)?')
_STYLE = re.compile(rb'(<(?:row|col) [^>]*?\b(?:s|style)=")([0-9]+)"')
_LOOK = re.compile(rb'(\s(?:dxfId|\w+DxfId)=")([0-9]+)"')
_TEXT = re.compile(rb"<si>(.*?)</si>", re.DOTALL)
_CHOSEN = b' tabSelected="1"'
_RELATION = re.compile(rb'(\sr:id=")(\w+)"')
_AFTER_NOTES = re.compile(rb"<tableParts|<extLst|</worksheet>")
_OPENING = re.compile(rb"(<sheetView\b)")


def shared_texts(strings: bytes) -> tuple[bytes, ...]:
    """Return the texts that cells of a workbook share, as XML."""
    return tuple(_TEXT.findall(strings))


def moved_sheet(xml: bytes, styles: Merged, strings: Sequence[bytes], *, chosen: bool) -> bytes:
    """Return a sheet with our formats under their new numbers and its texts in its cells.

    `chosen` says that it is the sheet in front; two in front would both take what is typed.
    """
    xml = _CELL.sub(partial(_cell, styles.formats, strings), xml)
    xml = _STYLE.sub(lambda m: m[1] + b'%d"' % styles.formats[int(m[2])], xml)
    xml = moved_looks(xml, styles.looks)
    xml = _RELATION.sub(lambda m: m[1] + PREFIX + m[2] + b'"', xml)
    xml = xml.replace(_CHOSEN, b"")
    return _OPENING.sub(rb"\1" + _CHOSEN, xml, count=1) if chosen else xml


def moved_looks(xml: bytes, looks: Sequence[int]) -> bytes:
    """Return XML with conditional looks under their new numbers."""
    return _LOOK.sub(lambda m: m[1] + b'%d"' % looks[int(m[2])], xml)


def with_notes(xml: bytes, relation: bytes) -> bytes:
    """Return a sheet that shows the notes which people wrote on it."""
    after = _AFTER_NOTES.search(xml, xml.rindex(b"<pageMargins"))
    at = after.start() if after else len(xml)
    return xml[:at] + b'<legacyDrawing r:id="%s"/>' % relation + xml[at:]


def table_part(xml: bytes, number: int, looks: Sequence[int]) -> bytes:
    """Return the part of a table under a number that no other table has."""
    return moved_looks(re.sub(rb'(<table [^>]*?\bid=")[0-9]+"', rb'\g<1>%d"' % number, xml), looks)


def renamed(xml: bytes, names: Mapping[bytes, bytes]) -> bytes:
    """Return XML in which relationships are named otherwise."""
    return _RELATION.sub(lambda m: m[1] + names.get(m[2], m[2]) + b'"', xml)


def _cell(formats: Sequence[int], strings: Sequence[bytes], found: re.Match[bytes]) -> bytes:
    opened = b'<c r="' + found[1] + b'"'
    if found[2] is not None:
        opened += b' s="%d"' % formats[int(found[2])]
    if found[3] is not None:
        opened += b' t="inlineStr"><is>' + strings[int(found[3])] + b"</is>"
    return opened
