"""Decides what the bytes of a workbook file become when changes are applied to it."""

from collections.abc import Sequence

from cjm_sheets.adapters.xlsx_file.edits import SheetEdit, Write
from cjm_sheets.adapters.xlsx_file.following import follow
from cjm_sheets.adapters.xlsx_file.grids import read_grids
from cjm_sheets.adapters.xlsx_file.growth import grown_table
from cjm_sheets.adapters.xlsx_file.memory_sheet import put_memory
from cjm_sheets.adapters.xlsx_file.outline import outline
from cjm_sheets.adapters.xlsx_file.package import open_package
from cjm_sheets.adapters.xlsx_file.plan import plan_edits
from cjm_sheets.adapters.xlsx_file.read_back import Expected, check
from cjm_sheets.adapters.xlsx_file.sheet_patch import Patched, patch_sheet
from cjm_sheets.adapters.xlsx_file.styles import Styles
from cjm_sheets.adapters.xlsx_file.workbook_parts import WorkbookParts
from cjm_sheets.adapters.xlsx_file.zip_patch import rebuild
from cjm_sheets.errors import CannotWriteSafelyError
from cjm_sheets.ports.store import Changes, Snapshot
from cjm_sheets.tables.table import Grid


def patch(
    data: bytes, changes: Changes, since: Snapshot, file: str, before: Sequence[Grid] | None
) -> bytes:
    """Return the file after the changes, the same bytes if all of them are there already.

    What was written has been read back and found to be what was asked for, and nothing else.
    `before` are the sheets as they are, if somebody has read them already.
    """
    package = open_package(data, file)
    parts = WorkbookParts(package, outline(package))
    edits = plan_edits(changes, since, parts.plan, file)
    styles = styles_of(parts)
    patched = {edit.sheet.title: _patch(parts, edit, styles) for edit in edits}
    parts.put(styles.part, styles.xml)
    if any(done.formulas for done in patched.values()):
        parts.drop_calculation_order()
    if any(_moves_formulas(edit, patched[edit.sheet.title]) for edit in edits):
        parts.recalculate_on_load()
    follow(parts, edits, patched)
    if changes.memory is not None and changes.memory != since.memory:
        put_memory(parts, changes.memory)
    if not parts.changed:
        return data
    new = rebuild(data, package.directory, parts.changed, file)
    expected = Expected(patched, changes.memory, since_1904=parts.plan.since_1904)
    old = read_grids(package) if before is None else before
    check(old, read_grids(open_package(new, file)), expected, file)
    return new


def _patch(parts: WorkbookParts, edit: SheetEdit, styles: Styles) -> Patched:
    """Change a sheet and the tables that grow on it."""
    since_1904 = parts.plan.since_1904
    done = patch_sheet(parts.get(edit.sheet.part), edit, styles, since_1904=since_1904)
    parts.put(edit.sheet.part, done.xml)
    for more in edit.growth:
        if more.table is not None:
            xml = grown_table(parts.get(more.table.part), more)
            if xml is None:
                raise CannotWriteSafelyError(parts.package.file, more.table.name)
            parts.put(more.table.part, xml)
    return done


def styles_of(parts: WorkbookParts) -> Styles:
    """Return the formats of cells."""
    package = parts.package
    part = package.related(parts.plan.part, "styles")
    return Styles(parts.get(part) if part else b"", part, package.file)


def _moves_formulas(edit: SheetEdit, done: Patched) -> bool:
    """Tell whether formulas may show something else now."""
    written = any(isinstance(cell, Write) for cell in edit.cells.values())
    return written or bool(edit.growth) or bool(done.formulas)
