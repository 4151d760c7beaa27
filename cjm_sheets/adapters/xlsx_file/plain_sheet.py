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
_AT_ONCE = 2048
_REMEMBERED = 50_000

NUMBER, DAY, UNSURE = "number", "day", ""
"""What a format of cells shows."""

Column = list[Raw]
Read = Callable[[Sequence[bytes]], Column]
"""From what stands in the filled cells of a column to their values."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the numbers in cells stand for: shared strings, and formats (NUMBER, DAY, UNSURE)."""

    texts: Sequence[str]
    formats: Sequence[str]


def plain_rows(xml: bytes, meaning: Meaning) -> list[tuple[Raw, ...]] | None:
    """Return the values from A1 to the last used row and column; None if we cannot be sure."""
    begin, end = xml.find(_DATA) + len(_DATA), xml.rfind(_END)
    if end < begin or not _ROOT.match(xml) or b"<!" in xml or xml.find(b"\r", begin, end) >= 0:
        return None
    inline = xml.find(b"<is>", begin, end) >= 0
    reading = _Reading(meaning, inline=inline)
    try:
        for matched in _matched(xml, begin, end, inline=inline):
            reading.take(matched)
    except (ValueError, LookupError, OverflowError):
        return None
    return reading.rows()


def _matched(
    xml: bytes, begin: int, end: int, *, inline: bool
) -> Iterator[list[tuple[bytes, ...]]]:
    """Yield rows as a pattern takes them apart, many that are equally long at once."""
    formulas = xml.find(b"<f", begin, end) >= 0
    width, done = 0, begin
    while done < end:
        width = _wider(xml, done, end, width)
        match = _row(width, formulas=formulas, inline=inline).match
        rows: list[tuple[bytes, ...]] = []
        while found := match(xml, done, end):
            done = found.end()
            rows.append(found.groups())
            if len(rows) == _AT_ONCE:
                yield rows
                rows = []
        if rows:
            yield rows


def _wider(xml: bytes, at: int, end: int, width: int) -> int:
    """Return how many columns the row has at which a pattern of this width stopped."""
    close = xml.find(b"</row>", at, end)
    last = _LAST_CELL.match(xml, at, close) if close >= 0 else None
    needed = a1.number(last[1].decode()) if last else 1
    if not width < needed <= WIDEST:
        raise ValueError(width)
    return needed


@lru_cache(maxsize=32)
def _row(width: int, *, formulas: bool, inline: bool) -> re.Pattern[bytes]:
    """Return the pattern of a row: its line; of each cell its attributes and what stands in it."""
    value = rb"(?:<v>([^<]*+)</v>|<v ?/>%s)" % (b"|<is>(<t[^<>]*+>[^<]*+)</t></is>" * inline)
    if formulas:
        value = rb"(?:<f(?:\s[^<>]*+)?(?:(?<=/)>|>[^<]*+</f>)|)" + value + b"?"
    cells = b"".join(
        rb'(?><c r="%s\1"([^<>/]*+)(?:/>|>%s</c>)|)' % (a1.letters(at).encode(), value)
        for at in range(1, width + 1)
    )
    return re.compile(rb'<row r="([0-9]{1,7})"[^<>/]*+(?:/>|>' + cells + rb"</row>)\s*+")


class _Reading:
    """The rows so far, and how each kind of cell is read; behind `_lines`, `_width` all is empty."""

    def __init__(self, meaning: Meaning, *, inline: bool) -> None:
        self._meaning, self._inline = meaning, inline
        self._rows: list[tuple[Raw, ...]] = []
        self._lines = self._width = 0
        self._reads: dict[bytes, Read] = {}
        self._ways = {
            b"s": self._shared,
            b"str": lambda said: [plain_texts.told(each.decode()) or None for each in said],
            b"inlineStr": lambda said: list(map(_inline, said)),
            b"b": lambda said: [_YES_NO[each] for each in said],
            b"e": _error,
        }
        self._numbers, self._days = _Numbers(), _Days()

    def take(self, matched: Sequence[tuple[bytes, ...]]) -> None:
        """Take rows that the pattern took apart; ValueError or LookupError if one is not plain."""
        lines, *groups = zip(*matched, strict=True)
        step = 3 if self._inline else 2
        before = self._before(list(map(int, lines)), len(groups) // step)
        columns: list[Column] = []
        for at in range(0, len(groups), step):
            attributes, said = groups[at : at + 2]
            if self._inline:
                said = [
                    a if a is not None else b for a, b in zip(said, groups[at + 2], strict=True)
                ]
            columns.append(self._column(attributes, said))
            blank = next((i for i, v in enumerate(reversed(said)) if v is not None), len(said))
            if blank < len(said):
                self._width = max(self._width, at // step + 1)
                self._lines = max(self._lines, before + int(lines[-1 - blank]) - int(lines[0]) + 1)
        self._append(list(map(int, lines)), list(zip(*columns, strict=True)))

    def rows(self) -> list[tuple[Raw, ...]]:
        """Return all rows, equally long, without what is empty behind the last used cell."""
        width, blank = self._width, (None,) * self._width
        return [
            row if len(row) == width else (row + blank)[:width] for row in self._rows[: self._lines]
        ]

    def _before(self, lines: Sequence[int], width: int) -> int:
        """Return how many lines lie above these, which must ascend; ValueError if too many."""
        if lines[0] <= len(self._rows) or any(a >= b for a, b in pairwise(lines)):
            raise ValueError(lines[0])
        if lines[-1] > limits.LINES or lines[-1] * max(width, self._width) > limits.CELLS:
            raise ValueError(lines[-1])
        return lines[0] - 1

    def _append(self, lines: Sequence[int], rows: Sequence[tuple[Raw, ...]]) -> None:
        """Add rows at their lines; what lies between them is blank."""
        for line, row in zip(lines, rows, strict=True):
            if line > len(self._rows) + 1:
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
        return [texts[int(each)] for each in said]


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
