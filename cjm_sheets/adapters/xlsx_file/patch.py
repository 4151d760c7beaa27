"""Decides what the bytes of a workbook file become when changes are applied to it."""

from collections.abc import Callable, Sequence

from cjm_sheets.adapters.xlsx_file.edits import SheetEdit, Write
from cjm_sheets.adapters.xlsx_file.following import follow
from cjm_sheets.adapters.xlsx_file.growth import grown_table
from cjm_sheets.adapters.xlsx_file.memory_sheet import put_memory
from cjm_sheets.adapters.xlsx_file.outline import outline
from cjm_sheets.adapters.xlsx_file.package import Package
from cjm_sheets.adapters.xlsx_file.plan import plan_edits
from cjm_sheets.adapters.xlsx_file.proof import Meant, prove, prove_sheet, rebuilt
from cjm_sheets.adapters.xlsx_file.sheet_patch import Patched, patch_sheet
from cjm_sheets.adapters.xlsx_file.sheet_stream import NotPlainError, SheetStream
from cjm_sheets.adapters.xlsx_file.styles import Styles
from cjm_sheets.adapters.xlsx_file.workbook_parts import WorkbookParts
from cjm_sheets.adapters.xlsx_file.zip_directory import pieces
from cjm_sheets.adapters.xlsx_file.zip_patch import Packing, is_large
from cjm_sheets.errors.workbook import CannotWriteSafelyError
from cjm_sheets.ports.store import Changes, Snapshot
from cjm_sheets.tables import circles

_Way = Callable[[WorkbookParts, SheetEdit, Styles], Patched]


def patch(package: Package, changes: Changes, since: Snapshot) -> bytes:
    """Return what `_patched` does, without looking for garbage meanwhile."""
    with circles.not_looked_for():
        return _patched(package, changes, since)


def _patched(package: Package, changes: Changes, since: Snapshot) -> bytes:
    """Return the file after the changes, the same bytes if all of them are there already.

    `since` was read from these very bytes, so that no part is a trap. What was written has been
    proven to be what was asked for, and nothing else.
    """
    parts = WorkbookParts(package, outline(package))
    edits = plan_edits(changes, since, parts.plan, package.file)
    styles = styles_of(parts)
    before = styles.xml
    apply_edits(parts, edits, styles)
    if changes.memory is not None and changes.memory != since.memory:
        put_memory(parts, changes.memory)
    if not parts.changed:
        return package.data
    new = rebuilt(parts)
    prove(parts, new, Meant(edits, changes.memory, before))
    return new.data


def apply_edits(
    parts: WorkbookParts, edits: Sequence[SheetEdit], styles: Styles, *, whole: bool = False
) -> dict[str, Patched]:
    """Change sheets, and all that follows from it; return what was written, by title.

    `whole`: look at each sheet as a whole, whatever changes.
    """
    # Where rows come, other sheets and this one may have to follow: they are kept to be looked at.
    looked_at = whole or any(edit.growth for edit in edits)
    way = _as_a_whole if looked_at else _in_passing
    patched = {edit.sheet.title: _patch(parts, edit, styles, way) for edit in edits}
    parts.put(styles.part, styles.xml)
    if any(done.formulas for done in patched.values()):
        parts.drop_calculation_order()
    if any(_moves_formulas(edit, patched[edit.sheet.title]) for edit in edits):
        parts.recalculate_on_load()
    follow(parts, edits, patched)
    return patched


def _patch(parts: WorkbookParts, edit: SheetEdit, styles: Styles, way: _Way) -> Patched:
    """Change a sheet in one of the two ways, and the tables that grow on it."""
    try:
        done = way(parts, edit, styles)
    except NotPlainError:
        done = _as_a_whole(parts, edit, styles)
    for more in edit.growth:
        if more.table is not None:
            xml = grown_table(parts.get(more.table.part), more)
            if xml is None:
                raise CannotWriteSafelyError(parts.package.file, more.table.name)
            parts.put(more.table.part, xml)
    return done


def _in_passing(parts: WorkbookParts, edit: SheetEdit, styles: Styles) -> Patched:
    """Change a sheet while it is unpacked and packed again."""
    package = parts.package
    entry = package.by_name[edit.sheet.part.casefold()]
    stream = SheetStream(edit, styles, parts.plan.since_1904)
    packing = Packing(is_large(entry.size))
    for piece in stream.run(pieces(package.data, entry, package.file)):
        packing.add(piece)
    packing.end()
    if stream.differs:
        parts.changed[entry.name] = packing
    return stream.done


def _as_a_whole(parts: WorkbookParts, edit: SheetEdit, styles: Styles) -> Patched:
    """Change a sheet that is looked at as a whole."""
    since_1904, xml = parts.plan.since_1904, parts.get(edit.sheet.part)
    done = patch_sheet(xml, edit, styles, since_1904=since_1904)
    prove_sheet(xml, done, edit, styles, since_1904=since_1904)
    parts.put(edit.sheet.part, done.xml)
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
