"""Decides where the rows and cells of a sheet's XML begin and end, or that nobody can be sure.

Strict where reading is lenient: whatever is not a plain row of plain cells is refused, so that a
change never lands beside its cell.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from cjm_sheets.adapters.xlsx_file import limits
from cjm_sheets.errors.workbook import CannotWriteSafelyError
from cjm_sheets.tables import a1

ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?<worksheet[\s>]")
DATA = re.compile(rb"<sheetData\s*(/?)>")
_CELL = re.compile(rb"<c(\s[^>]*?)?(?:/>|>(.*?)</c>)\s*", re.DOTALL)
_ATTRIBUTE = re.compile(rb"""\s+([\w:.-]+)\s*=\s*("[^"<]*"|'[^'<]*')""")
_SPANS = re.compile(rb"""\s+spans\s*=\s*(?:"[^"]*"|'[^']*')""")
_END = b"</row>"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its line, and where its opening tag, its cells and itself end; offsets in bytes."""

    line: int
    start: int
    opened: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its column, the number of its format, its content, its raw bytes."""

    column: int
    style: bytes | None
    content: bytes
    raw: bytes


@dataclass(frozen=True)
class Layout:
    """A sheet's XML cut at the edges of its rows; `start` and `end` are those of all rows."""

    xml: bytes
    rows: tuple[Row, ...]
    start: int
    end: int
    place: str
    file: str

    def row(self, line: int) -> Row | None:
        """Return the row of a line, None if the XML has none."""
        at = self.index(line)
        return self.rows[at] if at < len(self.rows) and self.rows[at].line == line else None

    def index(self, line: int) -> int:
        """Return how many rows lie above a line."""
        return bisect_left(self.rows, line, key=lambda row: row.line)

    def tag(self, row: Row) -> bytes:
        """Return the attributes of a row's opening tag, as they are written."""
        return self.xml[row.start + len(b"<row") : row.opened].rstrip(b">").rstrip(b"/")

    def cells(self, row: Row) -> tuple[Cell, ...]:
        """Return the cells of a row."""
        body = self.xml[row.opened : row.end].removesuffix(_END)
        found: list[Cell] = []
        done = len(body) - len(body.lstrip())
        for match in _CELL.finditer(body):
            if match.start() != done:
                raise self.unsure(row.line)
            done = match.end()
            found.append(self._cell(match, row.line, found[-1].column if found else 0))
        if done != len(body):
            raise self.unsure(row.line)
        return tuple(found)

    def find(self, row: Row, column: int) -> tuple[int, int] | None:
        """Return where a cell that is written in the usual way begins and ends, quickly."""
        begin = self.xml.find(
            b'<c r="%s"' % a1.cell(row.line, column).encode(), row.opened, row.end
        )
        opened = self.xml.find(b">", begin, row.end) if begin >= 0 else -1
        if opened < 0:
            return None
        if self.xml[opened - 1] == ord("/"):
            return begin, opened + 1
        end = self.xml.find(b"</c>", opened, row.end)
        return (begin, end + len(b"</c>")) if end >= 0 else None

    def cell(self, line: int, place: tuple[int, int]) -> Cell:
        """Return the cell between two offsets."""
        match = _CELL.fullmatch(self.xml, *place)
        if match is None:
            raise self.unsure(line)
        return self._cell(match, line, 0)

    def unsure(self, line: int) -> CannotWriteSafelyError:
        """Return the error that names a line."""
        return CannotWriteSafelyError(self.file, f"{a1.title(self.place)}!{line}:{line}")

    def _cell(self, match: re.Match[bytes], line: int, before: int) -> Cell:
        named = attributes(match[1] or b"")
        try:
            at_line, column = a1.parse_cell((named or {}).get(b"r", b"").decode())
        except ValueError:
            raise self.unsure(line) from None
        if named is None or at_line != line or not before < column <= limits.COLUMNS:
            raise self.unsure(line)
        return Cell(column, named.get(b"s"), match[2] or b"", match[0])


def attributes(tag: bytes) -> dict[bytes, bytes] | None:
    """Return the attributes of a tag, raw and without quotes; None if they are not plain."""
    found = {match[1]: match[2][1:-1] for match in _ATTRIBUTE.finditer(tag)}
    return None if _ATTRIBUTE.sub(b"", tag).strip() else found


def without_spans(tag: bytes) -> bytes:
    """Return the attributes of a row without those that only help a program to read it."""
    return _SPANS.sub(b"", tag)


def lay_out_rows(xml: bytes, title: str, file: str) -> Layout:
    """Return the rows of a stretch of a sheet, as lay_out does for a whole one."""
    rows = _rows(xml, 0, len(xml), CannotWriteSafelyError(file, title))
    return Layout(xml, rows, 0, len(xml), title, file)


def lay_out(xml: bytes, title: str, file: str) -> Layout:
    """Return the rows of a sheet; raises if it is written in a way we cannot be sure of."""
    unsure = CannotWriteSafelyError(file, title)
    opened = DATA.search(xml)
    if opened is None or not ROOT.match(xml) or b"<!" in xml:
        raise unsure
    if opened[1]:
        xml = xml[: opened.start()] + b"<sheetData></sheetData>" + xml[opened.end() :]
    start = opened.end() - len(opened[1])
    end = xml.find(b"</sheetData>", start)
    if end < 0 or xml.count(b"<sheetData") != 1:
        raise unsure
    return Layout(xml, _rows(xml, start, end, unsure), start, end, title, file)


def _rows(xml: bytes, start: int, end: int, unsure: CannotWriteSafelyError) -> tuple[Row, ...]:
    """Return the rows; all must say their line, in ascending order, with nothing between them."""
    rows: list[Row] = []
    done, line = start, 0
    while (at := xml.find(b"<row", done, end)) >= 0:
        opened = xml.find(b">", at, end) + 1
        named = attributes(xml[at + 4 : opened].rstrip(b">").rstrip(b"/"))
        number = (named or {}).get(b"r", b"")
        if not number.isdigit() or not line < int(number) <= limits.LINES or xml[done:at].strip():
            raise unsure
        line = int(number)
        done = opened if xml[opened - 2] == ord("/") else xml.find(_END, opened, end) + len(_END)
        if done < opened:
            raise unsure
        rows.append(Row(line, at, opened, done))
    if xml[done:end].strip():
        raise unsure
    return tuple(rows)
