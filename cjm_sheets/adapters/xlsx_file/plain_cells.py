"""Decides how many cells of one stretch of rows change at once, where all are written plainly.

One search finds all of them, so that a cell costs a fraction of what a closer look does. Whatever
the search does not know - a cell that is not there yet, a formula to be overwritten, a day, other
attributes - leaves the stretch to that closer look.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from cjm_sheets.adapters.xlsx_file import cell_xml
from cjm_sheets.adapters.xlsx_file.edits import Edit, Place, Refresh, Write
from cjm_sheets.tables import a1
from cjm_sheets.tables.table import CellError, Raw

_ROW, _ROW_ENDS = b'<row r="', b"</row"
_GROUPS = 6
_KNOWN = (str, bool, int, float, type(None))


@dataclass(frozen=True, slots=True)
class Replaced:
    """A stretch of rows as it becomes, and its changed cells in their order."""

    xml: bytes
    places: Sequence[Place]
    old: Sequence[bytes]
    new: Sequence[bytes]
    values: Sequence[Raw]


def replaced(xml: bytes, places: list[Place], edits: Mapping[Place, Edit]) -> Replaced | None:
    """Return rows with these cells changed; None if not all of them are plain."""
    letters = tuple(sorted({a1.letters(column) for _, column in places}))
    parts = _pattern(letters).split(xml)
    texts, old, lines = parts[::_GROUPS], parts[1::_GROUPS], parts[3::_GROUPS]
    numbers = {word.encode(): a1.number(word) for word in letters}
    found = list(zip(map(int, lines), map(numbers.__getitem__, parts[2::_GROUPS]), strict=True))
    at: Sequence[int] = range(len(found))
    if found != places:
        at = [k for k, place in enumerate(found) if place in edits]
        if [found[k] for k in at] != places:
            return None
    if not _in_their_rows(texts, lines):
        return None
    try:
        new = _new(parts, at, places, edits)
    except cell_xml.UnwritableError:
        return None  # the closer look says which cell it is
    if new is None:
        return None
    pieces: list[bytes] = [b""] * (2 * len(old) + 1)
    pieces[::2], pieces[1::2] = texts, old
    if b"".join(pieces) != xml:
        return None
    for k, cell in zip(at, new, strict=True):
        pieces[2 * k + 1] = cell
    values = [edits[place].value for place in places]
    kept = old if len(at) == len(old) else [old[k] for k in at]
    return Replaced(b"".join(pieces), places, kept, new, values)


@cache
def _pattern(letters: tuple[str, ...]) -> re.Pattern[bytes]:
    """Return what finds the plain cells of some columns: whole, column, line, format, formula."""
    columns = "|".join(letters).encode()
    return re.compile(
        rb'(<c r="(%b)([0-9]{1,7})"(?: s="([0-9]{1,9})")?(?: t="[A-Za-z]+")?(?:/>|>'
        rb"(<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>))?"
        rb'(?:<v>[^<]*</v>|<v/>|<is><t(?: xml:space="preserve")?>[^<]*</t></is>)?</c>))' % columns
    )


def _in_their_rows(texts: Sequence[bytes], lines: Sequence[bytes]) -> bool:
    """Tell whether each cell stands in the row of its line, given what precedes each."""
    before = b""
    for text, line in zip(texts, lines, strict=False):
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
    parts: Sequence[bytes | None],
    at: Sequence[int],
    places: Sequence[Place],
    edits: Mapping[Place, Edit],
) -> list[bytes] | None:
    """Return the new cells; None if one needs a closer look."""
    columns, lines = parts[2::_GROUPS], parts[3::_GROUPS]
    styles, formulas = parts[4::_GROUPS], parts[5::_GROUPS]
    new: list[bytes] = []
    for k, place in zip(at, places, strict=True):
        edit, style, formula = edits[place], styles[k], formulas[k]
        value = edit.value
        if type(value) not in _KNOWN and not isinstance(value, CellError):
            return None
        if type(edit) is Refresh:
            if formula is None:
                return None
            name = b"%b%b" % (columns[k], lines[k])
            new.append(cell_xml.result(name.decode(), style, formula, value, since_1904=False))
            continue
        if formula is not None or (type(edit) is Write and edit.like is not None):
            return None
        kind, content = _number(value) if type(value) in {int, float} else _other(value)
        if style is None and not content:
            new.append(b"")
            continue
        styled = b' s="%b"' % style if style is not None else b""
        if content:
            cell = b'<c r="%b%b"%b%b>%b</c>' % (columns[k], lines[k], styled, kind, content)
        else:
            cell = b'<c r="%b%b"%b/>' % (columns[k], lines[k], styled)
        new.append(cell)
    return new


def _other(value: Raw) -> tuple[bytes, bytes]:
    kind, content = cell_xml.written(value, since_1904=False)
    return (b' t="%b"' % kind if kind else b""), content


_number = lru_cache(maxsize=4096)(_other)
"""As _other, for numbers: those of a column recur."""
