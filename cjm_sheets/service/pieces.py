"""Decides in which pieces a spreadsheet is stored: a small change rewrites a small piece.

A tab is one part without its rows; its rows are parts of ``PIECE_ROWS`` each. Rows and JSON objects
are replaced, never changed (see ``sheet``), so what is still the same object is still the same.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import is_

from cjm_sheets.service.refusals import Json
from cjm_sheets.service.sheet import Row, Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet

PIECE_ROWS = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a tab that are stored together; ``size`` is the length of their text."""

    number: int
    rows: Sequence[Row]
    size: int


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab as it is stored: the part without rows, and the pieces of its rows."""

    number: int
    sheet: Sheet
    pieces: tuple[Piece, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A spreadsheet as it is stored; parts have numbers below ``following``."""

    head: str = ""
    tabs: tuple[Tab, ...] = ()
    following: int = 0

    def size(self) -> int:
        """Return the characters stored."""
        pieces = sum(piece.size for tab in self.tabs for piece in tab.pieces)
        return len(self.head) + sum(tab.size for tab in self.tabs) + pieces


@dataclass(slots=True)
class Changes:
    """What must be written so that a stored spreadsheet is the new one: texts by part number."""

    layout: Layout
    written: dict[int, str] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)


def laid_out(book: Spreadsheet, old: Layout) -> Changes:
    """Return how a spreadsheet is stored, and what of it differs from the layout before."""
    pen = _Pen(old.following)
    stored = {tab.sheet.id: tab for tab in old.tabs}
    tabs = tuple(_tab(sheet, stored.get(sheet.id), pen) for sheet in book.sheets)
    head = {
        "id": book.id,
        "properties": book.properties,
        "namedRanges": book.named_ranges,
        "developerMetadata": book.metadata,
        "tabs": [tab.number for tab in tabs],
        "following": pen.following,
    }
    layout = Layout(json.dumps(head), tabs, pen.following)
    kept = {tab.number for tab in tabs}
    for tab in old.tabs:
        if tab.number not in kept:
            pen.gone |= {tab.number, *(piece.number for piece in tab.pieces)}
    return Changes(layout, pen.written, pen.gone)


def restored(head: str, part: Callable[[int], str]) -> tuple[Spreadsheet, Layout]:
    """Return the spreadsheet that was stored, and its layout; ``part`` gives the text of a part."""
    source: Json = json.loads(head)
    tabs = tuple(_restored_tab(number, part) for number in source["tabs"])
    book = Spreadsheet(
        source["id"],
        source["properties"],
        [tab.sheet for tab in tabs],
        source["namedRanges"],
        source["developerMetadata"],
    )
    return book, Layout(head, tabs, source["following"])


@dataclass(slots=True)
class _Pen:
    """Gives the next numbers; keeps what is written under them, and what is used no more."""

    following: int
    written: dict[int, str] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)

    def write(self, content: object, number: int | None = None) -> tuple[int, int]:
        """Write under a number, a new one if none is given; return it and the length."""
        if number is None:
            number = self.following
            self.following += 1
        text = self.written[number] = json.dumps(content)
        return number, len(text)


def _tab(sheet: Sheet, old: Tab | None, pen: _Pen) -> Tab:
    before = () if old is None else old.pieces
    pieces = tuple(_recut(before, sheet.rows, pen))
    numbers, earlier = ([piece.number for piece in each] for each in (pieces, before))
    if numbers != earlier:
        pen.gone |= set(earlier) - set(numbers)
    elif old is not None and _is_same(sheet, old.sheet):
        return Tab(old.number, sheet, pieces, old.size)
    content = {
        "properties": sheet.properties,
        "axes": sheet.axes,
        "objects": sheet.objects,
        "basicFilter": sheet.basic_filter,
        "pieces": numbers,
    }
    number, size = pen.write(content, None if old is None else old.number)
    return Tab(number, sheet, pieces, size)


def _restored_tab(number: int, part: Callable[[int], str]) -> Tab:
    text = part(number)
    source: Json = json.loads(text)
    pieces = tuple(_restored_piece(one, part(one)) for one in source["pieces"])
    axes = {
        name: {int(at): line for at, line in lines.items()}
        for name, lines in source["axes"].items()
    }
    rows = [row for piece in pieces for row in piece.rows]
    sheet = Sheet(source["properties"], rows, axes, source["objects"], source["basicFilter"])
    return Tab(number, sheet, pieces, len(text))


def _restored_piece(number: int, text: str) -> Piece:
    rows = [{int(column): cell for column, cell in row.items()} for row in json.loads(text)]
    return Piece(number, rows, len(text))


def _is_same(sheet: Sheet, old: Sheet) -> bool:
    """Say whether two states of a tab are the same object by object, their rows aside."""
    return (
        sheet.properties is old.properties
        and sheet.basic_filter is old.basic_filter
        and sheet.axes.keys() == old.axes.keys()
        and all(_are_same_lines(sheet.axes[name], old.axes[name]) for name in sheet.axes)
        and sheet.objects.keys() == old.objects.keys()
        and all(_are_same(sheet.objects[name], old.objects[name]) for name in sheet.objects)
    )


def _are_same(new: Sequence[object], old: Sequence[object]) -> bool:
    return len(new) == len(old) and all(map(is_, new, old))


def _are_same_lines(new: Mapping[int, Json], old: Mapping[int, Json]) -> bool:
    return new.keys() == old.keys() and all(new[at] is line for at, line in old.items())


def _recut(old: Sequence[Piece], rows: Sequence[Row], pen: _Pen) -> list[Piece]:
    """Return the pieces of rows: old ones where their rows still stand together, else new ones.

    New pieces take the numbers of those they stand for, so that the tab need not be written too.
    """
    if sum(len(piece.rows) for piece in old) == len(rows):
        return [*_edited_in_place(old, rows, pen)]
    places = {id(row): at for at, row in enumerate(rows) if row}
    pieces: list[Piece] = []
    free: list[int] = []
    at = 0
    for piece in old:
        start = _place(piece, places)
        end = at if start is None else start + len(piece.rows)
        if start is None or start < at or not _are_same(rows[start:end], piece.rows):
            free.append(piece.number)
            continue
        _fill(pieces, rows[at:start], free, pen)
        free.clear()
        pieces.append(piece)
        at = end
    _fill(pieces, rows[at:], free, pen)
    return pieces


def _edited_in_place(old: Sequence[Piece], rows: Sequence[Row], pen: _Pen) -> Iterator[Piece]:
    at = 0
    for piece in old:
        present = rows[at : at + len(piece.rows)]
        at += len(piece.rows)
        if _are_same(present, piece.rows):
            yield piece
        else:
            number, size = pen.write(present, piece.number)
            yield Piece(number, present, size)


def _place(piece: Piece, places: Mapping[int, int]) -> int | None:
    """Return where the rows of a piece stand now, by its first row that is not empty."""
    for offset, row in enumerate(piece.rows):
        if row:
            at = places.get(id(row))
            return None if at is None or at < offset else at - offset
    return None


def _fill(pieces: list[Piece], rows: Sequence[Row], free: Sequence[int], pen: _Pen) -> None:
    """Add rows as pieces of equal length; a last piece that has room is written anew with them."""
    if not rows:
        return
    numbers = list(free)
    if pieces and len(pieces[-1].rows) < PIECE_ROWS:
        last = pieces.pop()
        rows = [*last.rows, *rows]
        numbers = [last.number, *numbers]
    count = -(-len(rows) // PIECE_ROWS)
    bounds = [len(rows) * n // count for n in range(count + 1)]
    for at, (start, end) in enumerate(pairwise(bounds)):
        some = rows[start:end]
        number, size = pen.write(some, numbers[at] if at < len(numbers) else None)
        pieces.append(Piece(number, some, size))
