"""Decides the values of a sheet whose XML is plainly written; None where that is not certain.

A parser says every tag to Python, which takes ten times as long as reading. So one regular
expression takes a whole row, and the cells of many rows become values column by column. It
knows what Excel, LibreOffice, XlsxWriter and openpyxl write: rows and cells that say where they
are, in their order, and nothing between them. Everything else is left to the other reader (see
grids), which must say the same.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from itertools import pairwise

from cjm_sheets.adapters.xlsx_file import limits, plain_texts
from cjm_sheets.adapters.xlsx_file.sheet_scan import Holds
from cjm_sheets.tables import a1
from cjm_sheets.tables.codec import EPOCH
from cjm_sheets.tables.table import Raw

WIDEST = 256
"""Columns of a plain sheet; each costs a little in every row."""

_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>\s*)?<worksheet[\s>]")
_DATA, _END = b"<sheetData>", b"</sheetData>"
_LAST_CELL = re.compile(rb'.*<c r="([A-Z]{1,3})[0-9]', re.DOTALL)
_ATTRIBUTES = re.compile(rb'(?: s="([0-9]{1,5})")?(?: t="([a-zA-Z]+)")?')
_NUMBER = re.compile(rb"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_ERRORS = {b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!"}
_YES_NO: dict[bytes, Raw] = {b"1": True, b"0": False}
_FIRST_SURE_DAY, _LAST_DAY = 61, 2_958_465
_AT_ONCE = 128  # few enough to stay in the processor's own memory
_REMEMBERED = 50_000

NUMBER, DAY, UNSURE = "number", "day", ""
"""What a format of cells shows."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What rows hold: so many columns, and whether there are formulas and texts in the cells."""

    width: int
    formulas: bool = False
    inline: bool = False


Column = list[Raw]
Read = Callable[[Sequence[bytes]], Column]
"""From what stands in the filled cells of a column to their values."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the numbers in cells stand for: shared strings, and formats (NUMBER, DAY, UNSURE)."""

    texts: Sequence[str | None]
    formats: Sequence[str]


@dataclass(frozen=True, slots=True)
class Plain:
    """The rows of a sheet from A1 to its last used row and column, and what else it may hold."""

    rows: list[tuple[Raw, ...]]
    holds: Holds


def plain_rows(xml: bytes, meaning: Meaning) -> Plain | None:
    """Return what a sheet holds; None if we cannot be sure."""
    begin, end = xml.find(_DATA) + len(_DATA), xml.rfind(_END)
    beside = xml[:begin] + xml[end:]
    if end < begin or not _ROOT.match(xml) or b"<!" in beside or xml.find(b"\r", begin, end) >= 0:
        return None
    reading = _Reading(meaning)
    shape = Shape(0)
    try:
        for shape, matched in _matched(xml, begin, end):
            reading.take(shape, matched)
    except (ValueError, LookupError, OverflowError):
        return None
    return Plain(reading.rows(), Holds(shape.formulas, reading.errors))


def _matched(xml: bytes, at: int, end: int) -> Iterator[tuple[Shape, list[tuple[bytes, ...]]]]:
    """Yield rows as a pattern takes them apart, many of one shape at once."""
    shape = Shape(0)
    while at < end:
        shape = _wider(xml, at, end, shape)
        match = _row(shape).match
        rows: list[tuple[bytes, ...]] = []
        while found := match(xml, at, end):
            at = found.end()
            rows.append(found.groups())
            if len(rows) == _AT_ONCE:
                yield shape, rows
                rows = []
        if rows:
            yield shape, rows


def _wider(xml: bytes, at: int, end: int, shape: Shape) -> Shape:
    """Return a shape for the row at which a pattern stopped; ValueError if it is not the shape."""
    row = xml[at : xml.find(b"</row>", at, end)]
    last = _LAST_CELL.match(row)
    width = max(shape.width, a1.number(last[1].decode()) if last else 1)
    wider = Shape(width, shape.formulas or b"<f" in row, shape.inline or b"<is>" in row)
    if wider == shape or width > WIDEST:
        raise ValueError(width)
    return wider


@lru_cache(maxsize=32)
def _row(shape: Shape) -> re.Pattern[bytes]:
    """Return the pattern of a row: its line; of each cell its attributes and what stands in it.

    Nothing is tried twice (the groups are atomic), so that a row that does not fit costs no time.
    """
    inline = b"|<is>(<t[^<>]*+>[^<]*+)</t></is>" if shape.inline else b""
    value = rb"(?:<v>([^<]*+)</v>%s)" % inline
    if shape.formulas:
        value = rb"(?:<f(?:\s[^<>]*+)?(?:(?<=/)>|>[^<]*+</f>)|)" + value + b"?"
    cells = b"".join(
        rb'(?><c r="%s\1"([^<>/]*+)(?:/>|>%s</c>)|)' % (a1.letters(at).encode(), value)
        for at in range(1, shape.width + 1)
    )
    return re.compile(rb'<row r="([0-9]{1,7})"[^<>/]*+(?:/>|>' + cells + rb"</row>)\s*+")


class _Reading:
    """The rows so far; nothing stands beyond `_lines` and `_width`."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning
        self._rows: list[tuple[Raw, ...]] = []
        self._lines = self._width = 0
        self._reads: dict[bytes, Read] = {}
        self._ways: dict[bytes, Read] = {
            b"s": self._shared,
            b"str": lambda said: [plain_texts.told(each.decode()) or None for each in said],
            b"inlineStr": lambda said: list(map(_inline, said)),
            b"b": lambda said: [_YES_NO[each] for each in said],
            b"e": _error,
        }
        self._numbers, self._days = _Numbers(), _Days()

    @property
    def errors(self) -> bool:
        """Whether a cell says that it shows an error."""
        return any(read is _error for read in self._reads.values())

    def take(self, shape: Shape, matched: Sequence[tuple[bytes, ...]]) -> None:
        """Take rows that the pattern took apart; ValueError or LookupError if one is not plain."""
        named, *groups = zip(*matched, strict=True)
        lines = list(map(int, named))
        self._place(lines, shape.width)
        columns: list[Column] = []
        step = 3 if shape.inline else 2
        for at in range(0, len(groups), step):
            attributes, said = groups[at : at + 2]
            if shape.inline:
                said = tuple(map(_either, said, groups[at + 2]))
            columns.append(self._column(attributes, said))
            blank = next((i for i, v in enumerate(reversed(said)) if v is not None), len(said))
            if blank < len(said):
                self._width = max(self._width, at // step + 1)
                self._lines = max(self._lines, lines[-1 - blank])
        self._append(lines, list(zip(*columns, strict=True)))

    def rows(self) -> list[tuple[Raw, ...]]:
        """Return all rows, equally long, without what is empty behind the last used cell."""
        width, blank = self._width, (None,) * self._width
        return [
            row if len(row) == width else (row + blank)[:width] for row in self._rows[: self._lines]
        ]

    def _place(self, lines: Sequence[int], width: int) -> None:
        """Refuse lines that do not ascend, or lie so far below that there is no room for them."""
        first, last = lines[0], lines[-1]
        alike = lines == list(range(first, first + len(lines)))
        if first <= len(self._rows) or not (alike or all(a < b for a, b in pairwise(lines))):
            raise ValueError(first)
        if last > limits.LINES or last * max(width, self._width) > limits.CELLS:
            raise ValueError(last)

    def _append(self, lines: Sequence[int], rows: Sequence[tuple[Raw, ...]]) -> None:
        """Add rows at their lines; what lies between them is blank."""
        if lines[-1] == len(self._rows) + len(lines):
            self._rows.extend(rows)
            return
        for line, row in zip(lines, rows, strict=True):
            self._rows.extend([()] * (line - len(self._rows) - 1))
            self._rows.append(row)

    def _column(self, attributes: Sequence[bytes], said: Sequence[bytes | None]) -> Column:
        """Return the values of a column from the attributes and the content of its cells."""
        filled = [each for each in said if each is not None]
        if not filled:
            return [None] * len(said)
        kinds = attributes
        if len(filled) < len(said):
            kinds = [of for of, each in zip(attributes, said, strict=True) if each is not None]
        values = self._values(kinds, filled)
        if len(filled) == len(said):
            return values
        rest = iter(values)
        return [None if each is None else next(rest) for each in said]

    def _values(self, kinds: Sequence[bytes], filled: Sequence[bytes]) -> Column:
        """Return the values of filled cells, each kind of cell in its own way."""
        reads = {of: self._read(of) for of in set(kinds)}
        if len(set(map(id, reads.values()))) == 1:
            return next(iter(reads.values()))(filled)
        values: Column = [None] * len(filled)
        for of, read in reads.items():
            places = [i for i, kind in enumerate(kinds) if kind == of]
            for i, value in zip(places, read([filled[i] for i in places]), strict=True):
                values[i] = value
        return values

    def _read(self, attributes: bytes) -> Read:
        """Return how cells with these attributes are read."""
        if attributes not in self._reads:
            found = _ATTRIBUTES.fullmatch(attributes)
            if found is None:
                raise ValueError(attributes)
            self._reads[attributes] = self._way(int(found[1] or 0), found[2] or b"n")
        return self._reads[attributes]

    def _way(self, style: int, kind: bytes) -> Read:
        if kind != b"n":
            return self._ways[kind]
        formats = self._meaning.formats
        shown = formats[style] if style < len(formats) else NUMBER
        return {NUMBER: self._numbers.column, DAY: self._days.column}[shown]

    def _shared(self, said: Sequence[bytes]) -> Column:
        if not b"".join(said).isdigit():
            raise ValueError(said)
        texts = self._meaning.texts
        return [texts[place] for place in map(int, said)]


class _Numbers(dict[bytes, Raw]):
    """Numbers by what stands in their cells; not all of them are remembered."""

    def __missing__(self, said: bytes) -> Raw:
        if not _NUMBER.fullmatch(said):
            raise ValueError(said)
        value = self.value(float(said))
        if len(self) < _REMEMBERED:
            self[said] = value
        return value

    def value(self, number: float) -> Raw:
        """Return what the number says."""
        return number

    def column(self, said: Sequence[bytes]) -> Column:
        """Return the values of cells."""
        return [self[each] for each in said]


class _Days(_Numbers):
    """Days by what stands in their cells: only whole ones, of which there is no doubt."""

    def value(self, number: float) -> Raw:
        """Return the day that the number says."""
        if not number.is_integer() or not _FIRST_SURE_DAY <= number <= _LAST_DAY:
            raise ValueError(number)
        return EPOCH + timedelta(days=int(number))


def _either(value: bytes | None, inline: bytes | None) -> bytes | None:
    return inline if value is None else value


def _inline(said: bytes) -> Raw:
    """Return the text of a cell that holds it itself; blanks around it are only kept if it says."""
    opening, _, text = said.decode().partition(">")
    if opening not in {"<t", '<t xml:space="preserve"'} or (
        opening == "<t" and text != text.strip()
    ):
        raise ValueError(said)
    return plain_texts.told(text) or None


def _error(said: Sequence[bytes]) -> Column:
    """Return nothing for errors, which are found otherwise (see sheet_scan)."""
    if not _ERRORS.issuperset(said):
        raise ValueError(said)
    return [None] * len(said)
