"""Decides how many cells of one stretch of rows change at once, where all are written plainly.

One search finds all of them, so that a cell costs a fraction of what a closer look does. Whatever
the search does not know - a cell that is not there yet, a formula to be overwritten, a day, other
attributes - leaves the stretch to that closer look.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add

from cjm_sheets.adapters.xlsx_file import cell_xml
from cjm_sheets.adapters.xlsx_file.edits import Edit, Place, Write
from cjm_sheets.tables import a1
from cjm_sheets.tables.table import CellError, Raw

_ROW, _ROW_ENDS = b'<row r="', b"</row"
_GROUPS = 6
_KNOWN = {str, bool, int, float, type(None), CellError}


@dataclass(frozen=True, slots=True)
class Replaced:
    """A stretch of rows as it becomes, and its changed cells in their order."""

    xml: bytes
    places: Sequence[Place]
    old: Sequence[bytes]
    new: Sequence[bytes]
    values: Sequence[Raw]


@dataclass(frozen=True, slots=True)
class _Found:
    """The plain cells of some columns in a stretch of rows, and what lies between them.

    `begun` is a cell up to its format, `formulas` the whole tag of its formula or None.
    """

    between: Sequence[bytes]
    cells: Sequence[bytes]
    begun: Sequence[bytes]
    lines: Sequence[bytes]
    formulas: Sequence[bytes | None]
    places: list[Place]

    def some(self, at: Sequence[int]) -> tuple[Sequence[bytes], Sequence[bytes | None]]:
        """Return how the cells at these positions begin, and their formulas."""
        if len(at) == len(self.cells):
            return self.begun, self.formulas
        return [self.begun[k] for k in at], [self.formulas[k] for k in at]


def replaced(
    xml: bytes, lines: list[int] | None, places: list[Place], edits: Mapping[Place, Edit]
) -> Replaced | None:
    """Return rows with these cells changed; None if not all of them are plain.

    `lines` are those of all rows; None if some are closed where they are opened.
    """
    found = _find(xml, places)
    at: Sequence[int] = range(len(found.places))
    if found.places != places:
        at = [k for k, place in enumerate(found.places) if place in edits]
        if [found.places[k] for k in at] != places:
            return None
    if not (_one_a_row(lines, found) or _in_their_rows(found)):
        return None
    asked = [edits[place] for place in places]
    values = [edit.value for edit in asked]
    try:
        new = _new(asked, values, *found.some(at))
    except cell_xml.UnwritableError:
        return None  # the closer look says which cell it is
    pieces: list[bytes] = [b""] * (2 * len(found.cells) + 1)
    pieces[::2], pieces[1::2] = found.between, found.cells
    # A split whose first group is all that was found gives back every byte; so that it stays so:
    if new is None or sum(map(len, pieces)) != len(xml):
        return None
    if len(at) == len(found.cells):
        pieces[1::2] = new
        return Replaced(b"".join(pieces), places, found.cells, new, values)
    for k, cell in zip(at, new, strict=True):
        pieces[2 * k + 1] = cell
    return Replaced(b"".join(pieces), places, [found.cells[k] for k in at], new, values)


def _find(xml: bytes, places: Sequence[Place]) -> _Found:
    """Return the plain cells of the columns in which places lie."""
    letters = tuple(sorted(map(a1.letters, {column for _, column in places})))
    parts = _pattern(letters).split(xml)
    columns, lines = parts[3::_GROUPS], parts[4::_GROUPS]
    numbers = {word.encode(): a1.number(word) for word in letters}
    found = list(zip(map(int, lines), map(numbers.__getitem__, columns), strict=True))
    return _Found(
        parts[::_GROUPS], parts[1::_GROUPS], parts[2::_GROUPS], lines, parts[5::_GROUPS], found
    )


@cache
def _pattern(letters: tuple[str, ...]) -> re.Pattern[bytes]:
    """Return what finds the plain cells of some columns: whole, begun, column, line, formula."""
    columns = "|".join(letters).encode()
    return re.compile(
        rb'((<c r="(%b)([0-9]{1,7})"(?: s="[0-9]{1,9}")?)(?: t="[A-Za-z]+")?(?:/>|>'
        rb"(<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>))?"
        rb'(?:<v>[^<]*</v>|<v/>|<is><t(?: xml:space="preserve")?>[^<]*</t></is>)?</c>))' % columns
    )


def _one_a_row(lines: list[int] | None, found: _Found) -> bool:
    """Tell whether each row has one of the cells, that of its own line.

    So it is if as many cells as rows are found, in the same order, and between each two of them a
    row ends before one begins, and none is closed where it is opened.
    """
    return [line for line, _ in found.places] == lines and all(
        [text.find(_ROW) > text.rfind(_ROW_ENDS) for text in found.between[:-1]]  # noqa: C419 - a list is faster
    )


def _in_their_rows(found: _Found) -> bool:
    """Tell whether each cell stands in the row of its line, whatever other rows there are."""
    before = b""
    for text, line in zip(found.between, found.lines, strict=False):
        at = text.rfind(_ROW)
        if at < 0:
            if line != before or _ROW_ENDS in text:
                return False
        else:
            opened = text.find(b">", at)
            if (
                not text.startswith(line + b'"', at + len(_ROW))
                or text.find(_ROW_ENDS, opened) >= 0
                or text[opened - 1] == ord("/")
            ):
                return False
        before = line
    return True


def _new(
    asked: Sequence[Edit],
    values: Sequence[Raw],
    begun: Sequence[bytes],
    formulas: Sequence[bytes | None],
) -> list[bytes] | None:
    """Return the new cells; None if one needs a closer look."""
    kinds = set(map(type, values))
    if not kinds <= _KNOWN:
        return None
    if set(map(type, asked)) == {Write} and not any(formulas) and kinds <= {int, float}:
        return list(map(add, begun, map(_number_ends, values)))
    new: list[bytes] = []
    for edit, value, begin, formula in zip(asked, values, begun, formulas, strict=True):
        if isinstance(edit, Write) == (formula is not None):
            return None
        kind, content = (
            cell_xml.written(value, since_1904=False)
            if formula is None
            else cell_xml.shown(value, since_1904=False)
        )
        if not content and formula is None:
            new.append(begin + b"/>" if b" s=" in begin else b"")
        else:
            new.append(begin + _ends(kind, (formula or b"") + content))
    return new


def _ends(kind: bytes, content: bytes) -> bytes:
    """Return how a cell ends, from its type on."""
    return b"%b>%b</c>" % (b' t="%b"' % kind if kind else b"", content)


@lru_cache(maxsize=4096)  # numbers of a column recur
def _number_ends(value: float) -> bytes:
    return _ends(*cell_xml.written(value, since_1904=False))
