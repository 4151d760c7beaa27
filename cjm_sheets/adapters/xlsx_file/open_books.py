"""Decides how the file of a workbook that a program holds open is read, and changed exactly."""

import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from cjm_sheets.adapters.xlsx_file import defined_names, texts
from cjm_sheets.adapters.xlsx_file.defined_names import Name
from cjm_sheets.adapters.xlsx_file.edits import (
    Calculate,
    Edit,
    Growth,
    Place,
    Refresh,
    SheetEdit,
    Write,
)
from cjm_sheets.adapters.xlsx_file.finding_notes import SheetNotes
from cjm_sheets.adapters.xlsx_file.grids import read_grids
from cjm_sheets.adapters.xlsx_file.open_file import read_bytes
from cjm_sheets.adapters.xlsx_file.outline import Sheet, outline
from cjm_sheets.adapters.xlsx_file.package import Package, open_package
from cjm_sheets.adapters.xlsx_file.patch import apply_edits, styles_of
from cjm_sheets.adapters.xlsx_file.plain_looks import with_plain_looks, without_looks
from cjm_sheets.adapters.xlsx_file.proof import rebuilt
from cjm_sheets.adapters.xlsx_file.read_back import Expected, check
from cjm_sheets.adapters.xlsx_file.replace import replace_file
from cjm_sheets.adapters.xlsx_file.sheet_patch import Patched
from cjm_sheets.adapters.xlsx_file.whole_sheets import put_whole, writable
from cjm_sheets.adapters.xlsx_file.workbook_parts import WorkbookParts
from cjm_sheets.errors.workbook import CannotReplaceError, CannotWriteSafelyError, TextTooLongError
from cjm_sheets.ports.open_books import BookChange, BookRead, Drawn, SheetChange, Written
from cjm_sheets.tables import a1
from cjm_sheets.tables.characters import EXCEL, length
from cjm_sheets.tables.table import Grid
from cjm_sheets.templates.titles import MEMORY

_ANCHOR = re.compile(
    rb"<(?:\w+:)?(twoCellAnchor|oneCellAnchor|absoluteAnchor)\b.*?</(?:\w+:)?\1>", re.DOTALL
)
_SIZE = re.compile(rb"<(?:\w+:)?ext\s+cx=\"([0-9]+)\"\s+cy=\"([0-9]+)\"")
_A_POINT = 12_700
_SHAPE = re.compile(rb"<(?:\w+:)?cNvPr\b[^>]*?\bname=\"([^\"]*)\"")


class OpenXlsx:
    """Reads and changes .xlsx files for whoever holds them open."""

    @staticmethod
    def read(file: str) -> BookRead:
        """Return what a file holds."""
        data = read_bytes(Path(file))
        package = open_package(data, file)
        return BookRead(data, read_grids(package), _drawn(package))

    @staticmethod
    def changed(file: str, read: BookRead, change: BookChange) -> bytes:
        """Return the bytes of a file with changes, each cell of which has been read back."""
        package = open_package(read.data, file)
        parts = WorkbookParts(package, outline(package))
        grids = {grid.sheet: grid for grid in read.grids}
        by_title = {sheet.title: sheet for sheet in parts.plan.sheets}
        edits = tuple(
            _edit(by_title[said.title], said, grids[said.title], file)
            for said in change.sheets
            if said.title in by_title and (said.cells or said.grown)
        )
        styles = styles_of(parts)
        patched = apply_edits(parts, edits, styles, whole=True)
        put = put_whole(parts, change)
        for said in change.sheets:
            _put_beside(parts, said, styles.part)
        _put_names(parts, change)
        if not parts.changed:
            return read.data
        parts.write_types()
        if put:
            parts.drop_calculation_order()
            parts.recalculate_on_load()
        new = rebuilt(parts)
        _prove(read.grids, new, patched, put, since_1904=parts.plan.since_1904)
        return new.data

    @staticmethod
    def replace(file: str, data: bytes, since: bytes) -> None:
        """Put new bytes in place of a file that holds `since`."""
        replace_file(Path(file), data, since)

    @staticmethod
    def put(file: str, data: bytes) -> None:
        """Write a file; an older one under its name is replaced."""
        path = Path(file)
        if path.exists():
            replace_file(path, data, read_bytes(path))
        else:
            _write_new(path, data)


def _write_new(path: Path, data: bytes) -> None:
    """Write a file under a free name, whole or not at all."""
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        new.write_bytes(data)
        new.replace(path)
    except OSError as refused:
        new.unlink(missing_ok=True)
        raise CannotReplaceError(str(path), refused.strerror or str(refused)) from None


def _edit(sheet: Sheet, said: SheetChange, now: Grid, file: str) -> SheetEdit:
    """Return the edit of a sheet of which cells and tables changed."""
    cells: dict[Place, Edit] = {}
    for place, written in said.cells.items():
        if isinstance(written.value, str) and length(written.value) > EXCEL:
            named = a1.place(said.title, *place)
            raise TextTooLongError(file, named, length(written.value), EXCEL)
        if (edit := _of(written, place, now)) is not None:
            cells[place] = edit
    growth = tuple(
        Growth(table, top, bottom, said.grown[table.name] - bottom, (left, right), {})
        for table in sheet.tables
        for top, left, bottom, right in [table.area]
        if said.grown.get(table.name, bottom) > bottom
    )
    return SheetEdit(sheet, cells, growth)


def _of(written: Written, place: Place, now: Grid) -> Edit | None:
    """Return how a cell is edited; None if it says so already."""
    line, column = place
    row = now.rows[line - 1] if line <= len(now.rows) else ()
    there = row[column - 1] if column <= len(row) else None
    old = now.formulas.get(place, "")
    value = writable(written.value)
    if written.formula and written.formula == old:
        same = type(there) is type(value) and there == value
        return None if same else Refresh(value)
    if written.formula:
        return Calculate(written.formula.removeprefix("="), value)
    same = not old and (there in {None, ""} if value in {None, ""} else there == value)
    return None if same and isinstance(there, bool) == isinstance(value, bool) else Write(value)


def _put_beside(parts: WorkbookParts, said: SheetChange, styles: str) -> None:
    """Put notes and conditional looks on a sheet, which may have come just now."""
    if not (said.notes or said.looks or said.looks_gone):
        return
    now = dict(zip(parts.every_title(), _parts_of(parts), strict=True))
    part = now[said.title]
    parts.put(part, without_looks(parts.get(part), said.looks_gone))
    with_plain_looks(parts, part, said.looks, styles)
    if said.notes:
        notes = {a1.cell(*place): note for place, note in said.notes.items()}
        SheetNotes(parts, part, said.title).change(notes)


def _parts_of(parts: WorkbookParts) -> list[str]:
    """Return the parts of all sheets in their order, those that came just now as well."""
    targets = {hung.id: hung.target for hung in parts.hung(parts.plan.part)}
    tags = re.findall(rb"<sheet\s[^>]*>", parts.get(parts.plan.part))
    ids = (re.search(rb"""\br:id\s*=\s*["']([^"']+)""", tag) for tag in tags)
    return [targets.get(found[1].decode(), "") if found else "" for found in ids]


def _put_names(parts: WorkbookParts, change: BookChange) -> None:
    """Let names and the sight of sheets be as they are now."""
    wanted = [Name(name, None, text) for name, text in change.names.items() if text is not None]
    gone = [name for name, text in change.names.items() if text is None]
    if gone:
        parts.put_main(lambda main: defined_names.without_names(main, gone))
    if wanted:
        parts.put_main(lambda main: defined_names.put_names(main, wanted))
    for title, state in change.states.items():
        parts.put_state(title, "" if state == "visible" else state)


def _prove(
    old: tuple[Grid, ...],
    new: Package,
    patched: dict[str, Patched],
    put: dict[str, Grid],
    *,
    since_1904: bool,
) -> None:
    """Read the whole file back: raise CannotWriteSafelyError at the first cell that is wrong."""
    found = read_grids(new)
    shown = {title: grid for title, grid in put.items() if title != MEMORY}
    check(old, found, Expected(patched, since_1904, shown), new.file)
    memory = put.get(MEMORY)
    now = next((grid for grid in found if grid.sheet == MEMORY), None)
    if memory is not None and (now is None or now.rows != memory.rows):
        raise CannotWriteSafelyError(new.file, MEMORY)


def _drawn(package: Package) -> dict[str, tuple[Drawn, ...]]:
    """Return what is drawn on each sheet."""
    found: dict[str, tuple[Drawn, ...]] = {}
    for sheet in outline(package).sheets:
        parts = (r.target for r in package.relations(sheet.part) if r.kind == "drawing")
        found[sheet.title] = tuple(
            thing for part in parts if package.has(part) for thing in _things(package.part(part))
        )
    return found


def _things(xml: bytes) -> Iterator[Drawn]:
    """Yield what a drawing has, anchor by anchor."""
    for anchor in _ANCHOR.finditer(xml):
        size = _SIZE.findall(anchor[0])
        wide, high = size[-1] if size else (b"0", b"0")
        width, height = (int(length) / _A_POINT for length in (wide, high))
        is_picture = b":pic>" in anchor[0] or b"<pic>" in anchor[0]
        for name in _SHAPE.findall(anchor[0]):
            yield Drawn(texts.unescape(name), width, height, is_picture)
