"""Decides whether a changed file may take the place of the old one.

It may if every part that was not to change is there byte for byte, every one that changed unpacks
to just what was made and is well-formed, the sheets, their tables and the record are what they must
be, and the old formats of cells are what they were. Cells are proven where they are changed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cjm_sheets.adapters.xlsx_file import growth, small_xml
from cjm_sheets.adapters.xlsx_file.cell_proof import CellProof
from cjm_sheets.adapters.xlsx_file.edits import Growth, Place, SheetEdit
from cjm_sheets.adapters.xlsx_file.outline import Area, Outline, TableObject, outline
from cjm_sheets.adapters.xlsx_file.package import Package, open_package
from cjm_sheets.adapters.xlsx_file.read_cells import read_cells
from cjm_sheets.adapters.xlsx_file.row_proof import changed_cells
from cjm_sheets.adapters.xlsx_file.rows import Layout, lay_out
from cjm_sheets.adapters.xlsx_file.sheet_patch import Patched
from cjm_sheets.adapters.xlsx_file.styles import Styles
from cjm_sheets.adapters.xlsx_file.workbook_parts import WorkbookParts
from cjm_sheets.adapters.xlsx_file.zip_directory import Entry, pieces
from cjm_sheets.adapters.xlsx_file.zip_patch import Packing, rebuild
from cjm_sheets.errors.workbook import CannotWriteSafelyError, DamagedWorkbookError
from cjm_sheets.templates.titles import MEMORY

_CELL_FORMAT = re.compile(rb"<cellXfs\b.*?</cellXfs>", re.DOTALL)
_DATA = re.compile(rb"<sheetData>(.*)</sheetData>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Meant:
    """What was to be changed: cells and tables, the record (None: nothing), and the old formats."""

    edits: Sequence[SheetEdit]
    memory: tuple[str, ...] | None
    styles: bytes


def rebuilt(parts: WorkbookParts) -> Package:
    """Return the file with all changed parts, each of them proven to be there as it was made.

    Raises CannotWriteSafelyError.
    """
    package = parts.package
    data = rebuild(package.data, package.directory, parts.changed, package.file)
    new = open_package(data, package.file)
    _prove_parts(parts, new)
    return new


def prove(parts: WorkbookParts, new: Package, meant: Meant) -> None:
    """Raise CannotWriteSafelyError if a rebuilt file says anything else than was meant."""
    _prove_styles(parts, meant)
    sheets = {parts.name(sheet.part) for sheet in parts.plan.sheets}
    grows = any(edit.growth for edit in meant.edits)
    if parts.changed.keys() <= sheets and meant.memory is None and not grows:
        return  # every part that says which sheets and tables there are is what it was
    file = new.file
    try:
        now = outline(new)
    except DamagedWorkbookError as broken:
        raise CannotWriteSafelyError(file, str(broken.facts.get("place", ""))) from None
    _prove_outline(parts.plan, now, meant, file)
    if meant.memory is not None:
        _prove_memory(new, now, meant.memory)


def _prove_parts(parts: WorkbookParts, new: Package) -> None:
    """Show that all parts are there, as they were or as they were made."""
    old = {entry.name: entry for entry in parts.package.directory.entries}
    now = {entry.name: entry for entry in new.directory.entries}
    wanted = (old.keys() | parts.changed.keys()) - {
        n for n, c in parts.changed.items() if c is None
    }
    if now.keys() != wanted:
        raise CannotWriteSafelyError(new.file, min(now.keys() ^ wanted))
    for name, entry in now.items():
        made = parts.changed.get(name)
        if made is None:
            same = _packed(parts.package, old[name]) == _packed(new, entry)
            if not same or entry.crc != old[name].crc or entry.size != old[name].size:
                raise CannotWriteSafelyError(new.file, name)
        elif isinstance(made, Packing):
            if (entry.size, entry.crc) != (made.size, made.crc):
                raise CannotWriteSafelyError(new.file, name)
            for _ in pieces(new.data, entry, new.file):
                pass  # to unpack it all is what shows its checksum
        elif new.part(name) != made or not _well_formed(name, made):
            raise CannotWriteSafelyError(new.file, name)


def _packed(package: Package, entry: Entry) -> memoryview:
    return memoryview(package.data)[entry.start : entry.start + entry.packed]


def _well_formed(name: str, content: bytes) -> bool:
    """Tell whether a part can be read; drawings of notes are not always what XML asks for."""
    return not name.endswith((".xml", ".rels")) or small_xml.is_well_formed(content)


def _prove_outline(old: Outline, now: Outline, meant: Meant, file: str) -> None:
    """Show that sheets and tables are what they were, but for those that grew."""
    areas = {
        more.table.part: _grown(more.table.area, more)
        for edit in meant.edits
        for more in edit.growth
        if more.table
    }
    sheets = [
        (sheet.title, sheet.part, tuple(_as_grown(table, areas) for table in sheet.tables))
        for sheet in old.sheets
    ]
    found = [(sheet.title, sheet.part, sheet.tables) for sheet in now.sheets]
    if [sheet for sheet in found if sheet[0] != MEMORY] != [s for s in sheets if s[0] != MEMORY]:
        raise CannotWriteSafelyError(file, now.part)
    if (old.part, old.since_1904) != (now.part, now.since_1904):
        raise CannotWriteSafelyError(file, now.part)


def _as_grown(table: TableObject, areas: dict[str, Area]) -> TableObject:
    return TableObject(table.name, table.part, areas.get(table.part, table.area))


def _grown(area: Area, more: Growth) -> Area:
    top, left, bottom, right = area
    return top, left, max(bottom, more.last) + more.more, right


def _prove_styles(parts: WorkbookParts, meant: Meant) -> None:
    """Show that the old formats of cells kept their numbers, and nothing else changed."""
    part = parts.package.related(parts.plan.part, "styles")
    content = parts.changed.get(parts.name(part)) if part else None
    if not isinstance(content, bytes):
        return
    before, after = (Styles(xml, part, parts.package.file) for xml in (meant.styles, content))
    others = (_CELL_FORMAT.sub(b"", xml) for xml in (meant.styles, content))
    kept = before.formats()
    if after.formats()[: len(kept)] != kept or len(set(others)) != 1:
        raise CannotWriteSafelyError(parts.package.file, part)


def _prove_memory(new: Package, now: Outline, memory: tuple[str, ...]) -> None:
    """Show that the record says what it must."""
    part = next((sheet.part for sheet in now.sheets if sheet.title == MEMORY), "")
    if not part and not memory:
        return
    rows = _DATA.search(new.part(part)) if part else None
    places = [(line, 1) for line in range(1, len(memory) + 2)]
    try:
        found = read_cells(rows[1] if rows else b"", places, b"", since_1904=False)
    except ValueError:
        found = []
    if tuple(found) != (*memory, None):
        raise CannotWriteSafelyError(new.file, MEMORY)


def prove_sheet(
    xml: bytes, done: Patched, edit: SheetEdit, styles: Styles, *, since_1904: bool
) -> None:
    """Raise CannotWriteSafelyError if a sheet changed otherwise than was meant."""
    title, file = edit.sheet.title, styles.file
    old, new = lay_out(xml, title, file), lay_out(done.xml, title, file)
    if _around(old) != _around(new):
        raise CannotWriteSafelyError(file, title)
    if old.xml == new.xml:
        return

    def may(place: Place) -> bool:
        line, column = place
        return place in edit.cells or any(
            more.last < line <= more.last + more.more
            and more.columns[0] <= column <= more.columns[1]
            for more in edit.growth
        )

    proof = CellProof(title, styles, since_1904, done.formulas)
    proof.add_changed(changed_cells(old, new, may, done.must(edit)))
    proof.end()


def _around(layout: Layout) -> tuple[bytes, bytes]:
    """Return what precedes and follows the rows, without the ranges that grow with a table."""
    head, tail = layout.xml[: layout.start], layout.xml[layout.end :]
    return growth.without_dimension(head), growth.without_ranges(tail)
