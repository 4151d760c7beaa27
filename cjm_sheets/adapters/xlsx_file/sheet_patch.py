"""Decides what the XML of a sheet becomes when cells change and a table grows at its end."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cjm_sheets.adapters.xlsx_file import cell_xml, growth, texts
from cjm_sheets.adapters.xlsx_file.edits import (
    Calculate,
    Edit,
    Growth,
    Place,
    Refresh,
    SheetEdit,
    Write,
)
from cjm_sheets.adapters.xlsx_file.outline import parse_area
from cjm_sheets.adapters.xlsx_file.rows import Cell, Layout, Row, lay_out, without_spans
from cjm_sheets.adapters.xlsx_file.styles import Styles
from cjm_sheets.errors.workbook import CannotWriteSafelyError, NoRoomError
from cjm_sheets.tables import a1
from cjm_sheets.tables.table import Raw

_FORMULA = re.compile(rb"<f(\s[^>]*?)?(?:/>|>[^<]*</f>)")
_GROUP = re.compile(rb"""\bt\s*=\s*["'](?:shared|array|dataTable)["']""")
_OVER = re.compile(rb"""\bref\s*=\s*["']([^"']*)""")
_FLAG = re.compile(rb"""<c\s[^>]*?(\scm\s*=\s*["'][0-9]+["'])""")
_SPANS = re.compile(rb"""\s+spans\s*=\s*(?:"[^"]*"|'[^']*')""")


@dataclass
class Patched:
    """A sheet's new XML; `formulas` tells which cells lost (None) or got a formula (its text)."""

    xml: bytes = b""
    formulas: dict[Place, str | None] = field(default_factory=dict)
    written: dict[Place, Raw] = field(default_factory=dict)

    def must(self, edit: SheetEdit) -> dict[Place, Raw]:
        """Return what cells must say: all that were to be written, and results of formulas."""
        asked = {p: e.value for p, e in edit.cells.items() if isinstance(e, Write)}
        return self.written | asked


@dataclass(frozen=True)
class SheetPatch:
    """The patching of one sheet; `since_1904` as in Outline."""

    edit: SheetEdit
    layout: Layout
    styles: Styles
    since_1904: bool
    done: Patched

    def run(self) -> Patched:
        """Return the new XML and what was written; raises if a cell cannot be changed safely."""
        layout, wanted = self.layout, self._by_line()
        pieces: list[bytes] = []
        at = layout.start
        for line in sorted(wanted):
            row = layout.row(line)
            index = layout.index(line)
            begin = layout.rows[index].start if index < len(layout.rows) else layout.end
            pieces += (layout.xml[at:begin], self._row(line, row, wanted[line]))
            at = row.end if row else begin
        pieces.append(layout.xml[at : layout.end])
        head, tail = layout.xml[: layout.start], layout.xml[layout.end :]
        for more in self.edit.growth:
            merged = growth.merged_line(tail, more)
            if merged is not None:
                raise NoRoomError(layout.file, layout.place, merged)
            tail = growth.grown_ranges(tail, more)
        head = growth.grown_dimension(head, self.done.written)
        self.done.xml = b"".join((head, *pieces, tail))
        return self.done

    def _by_line(self) -> Mapping[int, dict[int, Edit]]:
        """Return the edits of each line, those of new rows included."""
        lines: dict[int, dict[int, Edit]] = defaultdict(dict)
        for (line, column), edit in self.edit.cells.items():
            lines[line][column] = edit
        for more in self.edit.growth:
            for line in range(more.last + 1, more.last + more.more + 1):
                lines.setdefault(line, {})
        return lines

    def _row(self, line: int, row: Row | None, edits: Mapping[int, Edit]) -> bytes:
        """Return a row with its edits."""
        if row and not self._grown(line):
            spliced = self._spliced(row, edits)
            if spliced is not None:
                return spliced
        old = {cell.column: cell for cell in self.layout.cells(row)} if row else {}
        like: dict[int, Cell] = {}
        for more in self._grown(line):
            self._refuse_occupied(line, old, more)
            like |= self._pattern(more)
        new = {column: cell.raw for column, cell in old.items()}
        for column, cell in like.items():
            new[column] = self._copied(line, column, cell)
        for column, edit in edits.items():
            new[column] = self._cell((line, column), edit, old.get(column) or like.get(column))
        tag = self.layout.tag(row) if row else self._tag(line)
        if new.keys() - old.keys():
            tag = without_spans(tag)
        body = b"".join(new[column] for column in sorted(new))
        return b"<row" + tag + (b">" + body + b"</row>" if body else b"/>")

    def _spliced(self, row: Row, edits: Mapping[int, Edit]) -> bytes | None:
        """Return a row in which all edited cells are there already; None if one is not."""
        pieces: list[bytes] = []
        at = row.start
        for column in sorted(edits):
            found = self.layout.find(row, column)
            if found is None or found[0] < at:
                return None
            cell = self.layout.cell(row.line, found)
            pieces.append(self.layout.xml[at : found[0]])
            pieces.append(self._cell((row.line, column), edits[column], cell))
            at = found[1]
        pieces.append(self.layout.xml[at : row.end])
        return b"".join(pieces)

    def _tag(self, line: int) -> bytes:
        """Return the attributes of a new row, those of the last one if a table grows."""
        grown = self._grown(line)
        above = self.layout.row(grown[0].last) if grown else None
        return growth.row_tag(self.layout.tag(above) if above else b"", line)

    def _grown(self, line: int) -> list[Growth]:
        """Return the tables that get this line."""
        return [m for m in self.edit.growth if m.last < line <= m.last + m.more]

    def _pattern(self, more: Growth) -> dict[int, Cell]:
        """Return the cells that new rows of a table look like."""
        row = self.layout.row(more.last)
        first, last = more.columns
        cells = self.layout.cells(row) if row else ()
        return {cell.column: cell for cell in cells if first <= cell.column <= last}

    def _copied(self, line: int, column: int, cell: Cell) -> bytes:
        """Return a cell of a new row: the format of the one above, and the column's formula."""
        name, style = a1.cell(line, column), cell.style
        for more in self._grown(line):
            text = more.formulas.get(column)
            if text is not None:
                self.done.formulas[line, column] = text
                above = _FORMULA.search(cell.content)
                array = bool(above and b"array" in (above[1] or b""))
                new = cell_xml.uncalculated(name, style, text, array=array)
                return _flagged(new, cell) if array else new
        return cell_xml.cell(name, style, None, since_1904=self.since_1904)

    def _refuse_occupied(self, line: int, old: Mapping[int, Cell], more: Growth) -> None:
        """Refuse to write over something that lies below a table."""
        first, last = more.columns
        if any(cell.content for column, cell in old.items() if first <= column <= last):
            raise NoRoomError(self.layout.file, self.layout.place, line)

    def _cell(self, place: Place, edit: Edit, old: Cell | None) -> bytes:
        """Return a cell after its edit."""
        name = a1.cell(*place)
        style = old.style if old else None
        formula = _FORMULA.search(old.content) if old else None
        try:
            match edit:
                case Refresh(value):
                    if old is None or formula is None:
                        return old.raw if old else b""
                    epoch = {"since_1904": self.since_1904}
                    self.done.written[place] = value
                    return _flagged(cell_xml.result(name, style, formula[0], value, **epoch), old)
                case Write(value, like):
                    self._forget_formula(place, formula)
                    style = style or self._style_at(like)
                    if cell_xml.is_day(value):
                        style = self.styles.for_date(style)
                    self.done.written[place] = value
                    return cell_xml.cell(name, style, value, since_1904=self.since_1904)
                case Calculate(text, value):
                    self._forget_formula(place, formula)
                    self.done.formulas[place] = text
                    self.done.written[place] = value
                    tag = b"<f>" + texts.escape(text) + b"</f>"
                    return cell_xml.result(name, style, tag, value, since_1904=self.since_1904)
        except cell_xml.UnwritableError:
            raise self._unsure(place) from None

    def _style_at(self, like: Place | None) -> bytes | None:
        """Return the format of another cell of the sheet."""
        row = self.layout.row(like[0]) if like else None
        cells = self.layout.cells(row) if row else ()
        return next((cell.style for cell in cells if like and cell.column == like[1]), None)

    def _forget_formula(self, place: Place, formula: re.Match[bytes] | None) -> None:
        """Note that a cell loses its formula; refuse if other cells live on it."""
        if formula is None:
            return
        if _GROUP.search(formula[1] or b"") and _OVER.search(formula[1] or b""):
            first, _, last = _OVER.findall(formula[1])[0].partition(b":")
            if last not in {b"", first}:
                raise self._unsure(place)
        self.done.formulas[place] = None

    def _unsure(self, place: Place) -> CannotWriteSafelyError:
        title = self.layout.place
        return CannotWriteSafelyError(self.layout.file, a1.place(title, *place))


def _flagged(new: bytes, like: Cell) -> bytes:
    """Return a cell that calculates arrays as another one does: without asking for braces."""
    flag = _FLAG.match(like.raw)
    return new.replace(b">", flag[1] + b">", 1) if flag else new


def patch_sheet(xml: bytes, edit: SheetEdit, styles: Styles, *, since_1904: bool) -> Patched:
    """Return what a sheet becomes; raises CannotWriteSafelyError or NoRoomError."""
    layout = lay_out(xml, edit.sheet.title, styles.file)
    patch = SheetPatch(edit, layout, styles, since_1904, Patched())
    for place in _spilled(layout, edit):
        raise CannotWriteSafelyError(styles.file, a1.place(edit.sheet.title, *place))
    return patch.run()


def _spilled(layout: Layout, edit: SheetEdit) -> Iterator[Place]:
    """Return the cells to write that show a part of another cell's array formula."""
    data = layout.xml[layout.start : layout.end]
    if b"array" not in data and b"dataTable" not in data:
        return
    for formula in _FORMULA.finditer(data):
        over = _OVER.search(formula[1] or b"")
        if not over or not _GROUP.search(formula[1]) or b"shared" in formula[1]:
            continue
        top, left, bottom, right = parse_area(over[1].decode())
        for line, column in edit.cells:
            if top <= line <= bottom and left <= column <= right and (top, left) != (bottom, right):
                yield line, column
