"""Decides what a write leaves behind in the shared copy, and what of it tells a write gone astray.

Each write copies the rows that it is about to touch into a hidden tab, in the same batch, and notes
beside them what it took them for. Where the two differ, somebody inserted, sorted, deleted or typed
between our reading and our writing. The tab stays until the next write replaces it, so that whoever
comes next can mend what a job left that died.

The tab has the note in its first column, cut into texts of a length that a cell takes; the copied
rows follow below, from the second column on: headers first, then rows, in the order of the note.
"""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cjm_sheets.tables.codec import EPOCH
from cjm_sheets.tables.table import CellError, Grid, Raw

TITLE = "_cjm"
_MARK = "cjm-sheets 1 "
_CHUNK = 40_000
SET, DROP, ADD = "set", "drop", "add"
"""What becomes of a row that is touched."""

Face = str | float | bool | tuple[str] | None
"""What a cell says, as JSON holds it: an error is its code in a list."""

Faces = Mapping[int, Face]
"""What cells of a row say, by 0-based column."""


@dataclass(frozen=True, slots=True)
class Touch:
    """A row that a write changes; `index` is 0-based, as rows lay when it was read.

    `knows` is what tells the row from others, `was` what stood in the cells that it overwrites,
    `new` what stands there afterwards. Of a row that goes, `was` ends with the first column behind
    its last cell, in which nothing stood.
    """

    kind: str
    sheet: int
    index: int
    knows: Faces
    was: Faces
    new: Faces


@dataclass(frozen=True, slots=True)
class Head:
    """A header that a write relied on: its sheet, its 0-based line, the labels it relied on."""

    sheet: int
    index: int
    labels: Faces


@dataclass(frozen=True, slots=True)
class Record:
    """What one write was about to do. The generation counts the writes to a shared copy."""

    generation: int
    heads: tuple[Head, ...]
    touches: tuple[Touch, ...]

    @property
    def copied(self) -> tuple[Head | Touch, ...]:
        """The rows that are copied, in the order of their copies; a new row has none to copy."""
        return (*self.heads, *(touch for touch in self.touches if touch.kind != ADD))


@dataclass(frozen=True, slots=True)
class Astray:
    """A row that was not what it was taken for: what the write did, and the row as it was then.

    `other`: it was another row, or its columns were others; else somebody had edited it.
    """

    touch: Touch
    image: tuple[Face, ...]
    other: bool


def tab_id(spreadsheet: str, generation: int) -> int:
    """Return the id of the record tab of a generation.

    Everybody derives the same one, so that of two writes that both follow the same generation the
    second is refused: a tab of that id exists, and the one before is gone.
    """
    number = zlib.crc32(f"cjm-sheets {spreadsheet} {generation}".encode())
    return (number & 0x7FFFFFFF) or 1


def face(cell: Raw) -> Face:
    """Return what a cell says, as it is noted.

    >>> face(3), face(""), face(CellError("#N/A"))
    (3.0, None, ('#N/A',))
    """
    match cell:
        case None | "":
            return None
        case bool() | str():
            return cell
        case int() | float():
            return float(cell)
        case CellError(code):
            return (code,)
    return float(serial(cell))


def written(cell: Raw) -> Face:
    """Return what a cell says once this was written into it: an error goes as plain text."""
    return cell.code if isinstance(cell, CellError) else face(cell)


def serial(day: date) -> int:
    """Return a day as spreadsheets count them."""
    return ((day.date() if isinstance(day, datetime) else day) - EPOCH).days


def faces_of(grid: Grid, index: int) -> tuple[Face, ...]:
    """Return what a 0-based row of a sheet says."""
    return tuple(map(face, grid.rows[index])) if 0 <= index < len(grid.rows) else ()


def at(faces: Sequence[Face], column: int) -> Face:
    """Return what a 0-based column of a row says; a row ends with its last filled cell."""
    return faces[column] if column < len(faces) else None


# ---- noting ------------------------------------------------------------------------


def texts(record: Record) -> tuple[str, ...]:
    """Return the note of a write in texts that each fit into a cell."""
    plain = {
        "g": record.generation,
        "h": [[head.sheet, head.index, _packed(head.labels)] for head in record.heads],
        "t": [
            [t.kind, t.sheet, t.index, _packed(t.knows), _packed(t.was), _packed(t.new)]
            for t in record.touches
        ],
    }
    whole = _MARK + json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return tuple(whole[i : i + _CHUNK] for i in range(0, len(whole), _CHUNK))


def read(grid: Grid) -> tuple[Record, int] | None:
    """Return the note in a record tab and how many lines it takes; None if none is whole."""
    first = grid.rows[0][0] if grid.rows and grid.rows[0] else None
    if not isinstance(first, str) or not first.startswith(_MARK):
        return None
    whole = ""
    for lines, row in enumerate(grid.rows, start=1):
        if not row or not isinstance(row[0], str):
            break
        whole += row[0]
        found = _parsed(whole.removeprefix(_MARK))
        if found is not None:
            return found, lines
    return None


def _parsed(text: str) -> Record | None:
    try:
        plain = json.loads(text)
        heads = tuple(Head(s, i, _unpacked(labels)) for s, i, labels in plain["h"])
        touches = tuple(
            Touch(kind, s, i, *map(_unpacked, parts)) for kind, s, i, *parts in plain["t"]
        )
        return Record(int(plain["g"]), heads, touches)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _packed(faces: Faces) -> list[Any]:
    """Return faces as columns and what they say in turns, which is shorter than an object."""
    pairs = ((c, list(f) if isinstance(f, tuple) else f) for c, f in faces.items())
    return [part for pair in pairs for part in pair]


def _unpacked(plain: Sequence[Any]) -> dict[int, Face]:
    pairs = zip(plain[::2], plain[1::2], strict=True)
    return {int(c): (str(f[0]),) if isinstance(f, list) else f for c, f in pairs}


# ---- judging -----------------------------------------------------------------------


def astray(record: Record, lines: int, tab: Grid) -> tuple[Astray, ...]:
    """Return the rows of a write that were not what they were taken for.

    `tab` is the record tab, in which the note takes so many `lines`.
    """
    copies = [faces_of(tab, lines + i)[1:] for i in range(len(record.copied))]
    return tuple(_judged(record, copies))


def _judged(record: Record, copies: Sequence[tuple[Face, ...]]) -> Iterator[Astray]:
    heads, rest = copies[: len(record.heads)], iter(copies[len(record.heads) :])
    moved = {
        head.sheet
        for head, copy in zip(record.heads, heads, strict=True)
        if any(at(copy, column) != label for column, label in head.labels.items())
    }
    for touch in record.touches:
        image = () if touch.kind == ADD else next(rest)
        other = touch.sheet in moved or _differs(image, touch.knows)
        if other or _differs(image, touch.was) or _takes_more(touch, image):
            yield Astray(touch, image, other)


def _takes_more(touch: Touch, image: Sequence[Face]) -> bool:
    """Tell whether more went with a row than it had when it was read: something behind its end."""
    end = max(touch.was, default=0)
    return touch.kind == DROP and any(said is not None for said in image[end:])


def _differs(image: Sequence[Face], expected: Faces) -> bool:
    return any(at(image, column) != said for column, said in expected.items())
