"""Decides what is read from the XML of a sheet beside its values: extent, formulas, hidden lines.

Plain searching of bytes, since a parser costs ten times as much; what it finds at a cell's place
is checked against nothing, so writing has its own, stricter reader (see rows).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cjm_sheets.adapters.xlsx_file import limits
from cjm_sheets.adapters.xlsx_file.outline import parse_area
from cjm_sheets.adapters.xlsx_file.texts import unescape
from cjm_sheets.errors.workbook import DamagedWorkbookError, UnsafeWorkbookError
from cjm_sheets.tables import a1
from cjm_sheets.tables.table import Area

Place = tuple[int, int]
_PREFIX = re.compile(rb"<([A-Za-z_][\w.-]*:)worksheet[\s>]")
_FAR = re.compile(rb"""r\s*=\s*["'](?:([A-Za-z]{2,})([0-9]{6,})?|[A-Za-z]?([0-9]{6,}))""")
_LINE = re.compile(rb"""r\s*=\s*["'][A-Za-z]{0,3}([0-9]+)""")
_EMPTY_CELL = re.compile(rb'<c r="[A-Za-z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?/>')
_EMPTY_ROW = re.compile(rb"<row\s[^<>]*(?:/>|>\s*</row>)")
_NO_ROWS = re.compile(rb"<sheetData\s*/>")
_MERGED = re.compile(rb"""<mergeCell\s[^>]*?ref\s*=\s*["']([^"']*)""")
_ERROR = re.compile(rb"""<c\b([^>]*?\bt\s*=\s*["']e["'][^>]*)>(.*?)</c>""", re.DOTALL)
_VALUE = re.compile(rb"<v\b[^>]*>([^<]*)</v>")
_REF = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3}[1-9][0-9]{0,6})["']""")
_SHARED = re.compile(rb"""\bsi\s*=\s*["']([0-9]+)["']""")
_HIDDEN = re.compile(rb"""<row\s[^<>]*?\bhidden\s*=\s*["'](?:1|true)["'][^<>]*>""")
_ROW_LINE = re.compile(rb"""\sr\s*=\s*["']([0-9]{1,7})["']""")
_FORMULA = re.compile(rb"<f(\s[^>]*?)?(?:/>|>([^<]*)</f>)")
_FEW_LINES = 99_999
_ROOT_WITHIN = 1 << 16
_ONE_LETTER = 26


@dataclass(frozen=True, slots=True)
class Facts:
    """What the XML of a sheet says; `hidden` are lines, `merged` areas as in a Grid."""

    formulas: dict[Place, str]
    errors: dict[Place, str]
    hidden: frozenset[int]
    merged: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Holds:
    """What is known already of a sheet: whether there can be formulas, and errors."""

    formulas: bool
    errors: bool


ANY = Holds(formulas=True, errors=True)


def scan(xml: bytes, title: str, part: str, file: str, holds: Holds = ANY) -> Facts:
    """Return the facts of a sheet; raises if it has none, or merges more cells than it may."""
    xml, begin, end = _data(xml, part, file)
    merged = tuple(_merged(xml[end:], title, file))
    formulas = dict(formulas_in(xml, begin, end)) if holds.formulas else {}
    errors = dict(errors_in(xml, begin, end)) if holds.errors else {}
    return Facts(formulas, errors, frozenset(_hidden(xml, begin, end)), merged)


def span(xml: bytes, title: str, part: str, file: str) -> int:
    """Return how many cells the rectangle from A1 on has; raises if we do not dare to read them."""
    xml, begin, end = _data(xml, part, file)
    body = xml[begin:end]
    used = body.count(b"<c")
    lines, columns, cells = _extent(body, used)
    place = f"{a1.title(title)}!{a1.cell(min(lines, limits.LINES), min(columns, limits.COLUMNS))}"
    if lines > limits.LINES or columns > limits.COLUMNS:
        raise DamagedWorkbookError(file, place)
    if cells > limits.SPARSE_CELLS and cells > limits.USED * used:
        raise UnsafeWorkbookError(file, place)
    return cells


def _data(xml: bytes, part: str, file: str) -> tuple[bytes, int, int]:
    """Return the XML without a prefix, and where its rows begin and end."""
    prefix = _PREFIX.search(xml, 0, _ROOT_WITHIN)
    if prefix:
        xml = xml.replace(b"<" + prefix[1], b"<").replace(b"</" + prefix[1], b"</")
    begin, end = xml.find(b"<sheetData"), xml.rfind(b"</sheetData")
    if begin < 0:
        raise DamagedWorkbookError(file, part)
    if _NO_ROWS.match(xml, begin):
        end = begin  # what follows are no cells
    return xml, begin, end if end >= begin else len(xml)


def _extent(body: bytes, used: int) -> tuple[int, int, int]:
    """Return the last line and column that a name says, and how many cells all of them span.

    Never too small; exact where it matters, since to look at every name takes long.
    """
    more_lines, more_columns = _unnamed(body, used)
    lines, columns = _named(body)
    if (lines + more_lines) * (columns + more_columns) > limits.SPARSE_CELLS:
        if not more_lines and not more_columns:
            # Programs write empty rows and formatted cells far out; the reader takes none of them.
            body = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", body))
            lines, columns = _named(body)
        if lines <= _FEW_LINES:
            lines = max(map(int, set(_LINE.findall(body))), default=0)
    return lines, columns, (lines + more_lines) * (columns + more_columns)


def _named(body: bytes) -> tuple[int, int]:
    """Return bounds of the last line and column that a name says, exact for six digits."""
    far = set(_FAR.findall(body))
    columns = max((_number(letters) for letters, *_ in far if letters), default=_ONE_LETTER)
    return max((int(a or b) for _, a, b in far if a or b), default=_FEW_LINES), columns


def _unnamed(body: bytes, used: int) -> tuple[int, int]:
    """Return how many lines and columns rows and cells may reach that do not say where they are.

    Both are counted onwards from the one before; those written in an odd way count as well.
    """
    rows = body.count(b"<row")
    if used > body.count(b'<c r="'):
        return rows, max(chunk.count(b"<c") for chunk in body.split(b"<row"))
    return (rows if rows > body.count(b'<row r="') else 0), 0


def _number(letters: bytes) -> int:
    """Return the number of a column, one beyond the last for absurd ones."""
    return a1.number(letters.decode().upper()) if len(letters) <= 3 else limits.COLUMNS + 1  # noqa: PLR2004 - XFD


def _merged(tail: bytes, title: str, file: str) -> Iterator[Area]:
    """Yield merged areas; refuse those that other readers would unfold into millions of cells."""
    for ref in _MERGED.findall(tail):
        try:
            top, left, bottom, right = parse_area(ref.decode())
        except ValueError:
            continue
        if (bottom - top + 1) * (right - left + 1) > limits.MERGED:
            raise UnsafeWorkbookError(file, f"{a1.title(title)}!{ref.decode()}")
        yield top, left, bottom, right


def _hidden(xml: bytes, begin: int, end: int) -> Iterator[int]:
    """Yield the lines that nobody sees, of rows that say where they are."""
    if xml.find(b"hidden", begin, end) >= 0:
        for tag in _HIDDEN.finditer(xml, begin, end):
            line = _ROW_LINE.search(tag[0])
            if line:
                yield int(line[1])


def formulas_in(xml: bytes, start: int, end: int) -> Iterator[tuple[Place, str]]:
    """Yield the formulas; those that share one carry the text of the first, as it stands there."""
    for place, text, _ in shared_formulas_in(xml, start, end):
        yield place, text


def shared_formulas_in(xml: bytes, start: int, end: int) -> Iterator[tuple[Place, str, Place]]:
    """Yield the formulas, each with the place of the one whose text it carries."""
    shared: dict[bytes, tuple[str, Place]] = {}
    at = xml.find(b"<f", start, end)
    while at >= 0:
        found = _FORMULA.match(xml, at, end)
        begin = xml.rfind(b"<c", start, at)
        ref = _REF.search(xml, begin, at) if begin >= 0 else None
        if found and ref:
            place = a1.parse_cell(ref[1].decode())
            text, home = ("=" + unescape(found[2]) if found[2] else ""), place
            group = _SHARED.search(found[1] or b"")
            if group:
                if not text:
                    text, home = shared.get(group[1], ("", place))
                shared[group[1]] = (text, home)
            yield place, text or "=", home
        at = xml.find(b"<f", at + 2, end)


def errors_in(xml: bytes, begin: int, end: int) -> Iterator[tuple[Place, str]]:
    """Yield the cells that show an error."""
    if xml.find(b't="e"', begin, end) < 0 and xml.find(b"t='e'", begin, end) < 0:
        return
    for found in _ERROR.finditer(xml, begin, end):
        ref, value = _REF.search(found[1]), _VALUE.search(found[2])
        if ref:
            yield a1.parse_cell(ref[1].decode()), unescape(value[1]) if value else "#N/A"
