"""Decides what else changes when a table gets rows at its end: ranges, tags, the table's part."""

import re
from collections.abc import Iterable

from cjm_sheets.adapters.xlsx_file.edits import Growth, Place
from cjm_sheets.adapters.xlsx_file.outline import Area, parse_area
from cjm_sheets.tables import a1

_RANGES = re.compile(rb"""(\ssqref\s*=\s*["']|<(?:\w+:)?sqref>)([A-Z0-9:$ ]+)""")
_DIMENSION = re.compile(rb"""(<dimension\s+ref\s*=\s*["'])([A-Z0-9:]+)""")
_MERGED = re.compile(rb"""<mergeCell\s[^>]*?\bref\s*=\s*["']([A-Z]+[0-9]+:[A-Z]+[0-9]+)["']""")
_REF = re.compile(rb"""(\sref\s*=\s*["'])([A-Z0-9:]+)""")
_NOT_COPIED = re.compile(rb"""\s+(?:r|hidden|collapsed|spans)\s*=\s*(?:"[^"]*"|'[^']*')""")


def grown_ranges(tail: bytes, more: Growth) -> bytes:
    """Return what follows the rows, with the ranges that end where the table ended made longer.

    Validations, conditional formats, protected ranges; merged and filtered ranges stay.
    """

    def longer(found: re.Match[bytes]) -> bytes:
        ranges = found[2].decode().split(" ")
        return bytes(found[1]) + " ".join(_longer(ref, more) for ref in ranges).encode()

    return _RANGES.sub(longer, tail)


def merged_line(tail: bytes, more: Growth) -> int | None:
    """Return the first new line in which cells are merged: but one of them nobody would see."""
    lines = []
    for ref in _MERGED.findall(tail):
        try:
            top, left, bottom, right = parse_area(ref.decode())
        except ValueError:
            continue
        beside = right < more.columns[0] or left > more.columns[1]
        if not beside and top <= more.last + more.more and bottom > more.last:
            lines.append(max(top, more.last + 1))
    return min(lines, default=None)


def grown_dimension(head: bytes, written: Iterable[Place]) -> bytes:
    """Return what precedes the rows, with the sheet's extent around every written cell."""
    places = list(written)
    found = _DIMENSION.search(head)
    if found is None or not places:
        return head
    try:
        old = parse_area(found[2].decode())
    except ValueError:
        return head
    lines, columns = zip(*places, old[:2], old[2:], strict=True)
    area = (min(lines), min(columns), max(lines), max(columns))
    if area == old:
        return head
    return head[: found.start(2)] + area_text(area).encode() + head[found.end(2) :]


def without_ranges(tail: bytes) -> bytes:
    """Return what follows the rows, without the ranges that may grow."""
    return _RANGES.sub(rb"\1", tail)


def without_dimension(head: bytes) -> bytes:
    """Return what precedes the rows, without the sheet's extent."""
    return _DIMENSION.sub(rb"\1", head)


def grown_table(xml: bytes, more: Growth) -> bytes | None:
    """Return the part of a table object after it got rows; None if it has a totals row."""
    if more.table is None or re.search(rb"""\stotalsRowCount\s*=\s*["'][1-9]""", xml):
        return None
    top, left, bottom, right = more.table.area
    old = area_text(more.table.area).encode()
    new = area_text((top, left, max(bottom, more.last) + more.more, right)).encode()
    return _REF.sub(lambda found: found[1] + (new if found[2] == old else found[2]), xml)


def row_tag(like: bytes, line: int) -> bytes:
    """Return the attributes of a new row that looks like another one, but is not hidden."""
    return b' r="%d"' % line + _NOT_COPIED.sub(b"", like)


def area_text(area: Area) -> str:
    """Return a range as it is written.

    >>> area_text((4, 1, 9, 3)), area_text((4, 1, 4, 1))
    ('A4:C9', 'A4')
    """
    first, last = a1.cell(*area[:2]), a1.cell(*area[2:])
    return first if first == last else f"{first}:{last}"


def _longer(ref: str, more: Growth) -> str:
    """Return a range that ends with the table's last line, ending with its new last line."""
    try:
        top, left, bottom, right = parse_area(ref.replace("$", ""))
    except ValueError:
        return ref
    inside = more.columns[0] <= left and right <= more.columns[1]
    if bottom != more.last or not inside or "$" in ref:
        return ref
    return area_text((top, left, bottom + more.more, right))
