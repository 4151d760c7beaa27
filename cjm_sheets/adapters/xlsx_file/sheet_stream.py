"""Decides how a sheet is changed as it passes by, a stretch of rows at a time.

What does not change is copied as it is. A sheet that is written in any other way than programs
write sheets, or one in which rows are added, is left to those who look at it as a whole.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from cjm_sheets.adapters.xlsx_file import growth, limits, plain_cells
from cjm_sheets.adapters.xlsx_file.cell_proof import CellProof
from cjm_sheets.adapters.xlsx_file.edits import Place, SheetEdit
from cjm_sheets.adapters.xlsx_file.row_proof import changed_cells
from cjm_sheets.adapters.xlsx_file.rows import DATA, ROOT, lay_out_rows
from cjm_sheets.adapters.xlsx_file.sheet_patch import Patched, SheetPatch
from cjm_sheets.adapters.xlsx_file.styles import Styles

_ROW = re.compile(rb'<row r="([0-9]{1,7})"')
_END, _ALL = b"</row>", b"</sheetData>"
_HEAD = 1 << 20
"""Bytes within which the rows begin; more than a sheet has of columns and views."""

_STRETCH = 1 << 18


class NotPlainError(Exception):
    """A sheet that has to be looked at as a whole."""


@dataclass
class SheetStream:
    """The changing of one sheet; `done` and `differs` are complete once all pieces are taken."""

    edit: SheetEdit
    styles: Styles
    since_1904: bool
    done: Patched = field(default_factory=Patched)
    differs: bool = False

    def __post_init__(self) -> None:
        """Put the cells into their order."""
        self._places = sorted(self.edit.cells)
        self._taken = self._line = 0
        self._proof = CellProof(
            self.edit.sheet.title, self.styles, self.since_1904, self.done.formulas
        )

    def run(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Yield the new sheet, given the old one in pieces; each changed cell has been proven.

        Raises NotPlainError, and CannotWriteSafelyError as patch_sheet does.
        """
        if self.edit.growth or self.edit.has_likes:
            raise NotPlainError
        head, rest = self._head(pieces)
        grown = growth.grown_dimension(head, _corners(self._places))
        self.differs = grown != head
        yield grown
        ended = False
        gathered, size = [rest], len(rest)
        for piece in pieces:
            gathered.append(piece)
            size += len(piece)
            if size < _STRETCH:
                continue
            stretch = b"".join(gathered)
            if _ALL in stretch:
                gathered = [stretch]
                break
            cut = stretch.rfind(_END) + len(_END)
            if cut < len(_END):
                raise NotPlainError
            yield self._rows(stretch[:cut], None)
            gathered = [stretch[cut:]]
            size = len(gathered[0])
        tail = b"".join((*gathered, *pieces))
        at = tail.find(_ALL)
        ended = at >= 0
        if not ended or _foreign(tail[at:]) or DATA.search(tail, at):
            raise NotPlainError
        yield self._rows(tail[:at], len(self._places))
        yield tail[at:]
        self._proof.end()

    def _head(self, pieces: Iterator[bytes]) -> tuple[bytes, bytes]:
        """Return what precedes the rows, and what of the pieces follows."""
        head = b""
        for piece in pieces:
            head += piece
            opened = DATA.search(head)
            if opened:
                if opened[1] or not ROOT.match(head) or b"<!" in head[: opened.start()]:
                    break
                return head[: opened.end()], head[opened.end() :]
            if len(head) > _HEAD:
                break
        raise NotPlainError

    def _rows(self, xml: bytes, stop: int | None) -> bytes:
        """Return a stretch of whole rows with the changes of its lines, up to a given one."""
        lines = list(map(int, _ROW.findall(xml)))
        closed = xml.count(_END) == len(lines)
        if not (closed or xml.count(b"<row") == len(lines)) or _foreign(xml) or _arrays(xml):
            raise NotPlainError
        if lines:
            if lines[0] <= self._line or lines != sorted(set(lines)) or lines[-1] > limits.LINES:
                raise NotPlainError
            self._line = lines[-1]
        if stop is None:
            stop = bisect_left(self._places, (self._line + 1, 0))
        if stop == self._taken:
            return xml
        places = self._places[self._taken : stop]
        self._taken = stop
        new = self._changed(xml, lines if closed else None, places)
        self.differs = self.differs or new != xml
        return new

    def _changed(self, xml: bytes, lines: list[int] | None, places: list[Place]) -> bytes:
        """Return rows with these cells changed."""
        fast = plain_cells.replaced(xml, lines, places, self.edit.cells)
        if fast is not None:
            self._proof.add(fast.places, fast.old, fast.new, fast.values)
            return fast.xml
        title = self.edit.sheet.title
        old = lay_out_rows(xml, title, self.styles.file)
        some = SheetEdit(self.edit.sheet, {place: self.edit.cells[place] for place in places})
        done = SheetPatch(some, old, self.styles, self.since_1904, Patched()).run()
        self.done.formulas |= done.formulas
        new = lay_out_rows(done.xml, title, self.styles.file)
        self._proof.add_changed(changed_cells(old, new, some.cells.__contains__, done.must(some)))
        return done.xml


def _corners(places: list[Place]) -> list[Place]:
    """Return the first and the last cell of the rectangle around sorted places."""
    columns = {column for _, column in places}
    return [(places[0][0], min(columns)), (places[-1][0], max(columns))] if places else []


def _foreign(xml: bytes) -> bool:
    """Tell whether there are comments, CDATA or instructions, in which tags are no tags."""
    # A single byte is found much faster than two.
    return (b"!" in xml and b"<!" in xml) or (b"?" in xml and b"<?" in xml)


def _arrays(xml: bytes) -> bool:
    """Tell whether there may be formulas that fill other cells than their own."""
    return b"f" in xml and (b"array" in xml or b"dataTable" in xml)
