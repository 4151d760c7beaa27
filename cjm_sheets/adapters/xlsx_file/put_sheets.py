"""Decides what the bytes of a workbook file become when sheets of ours are put into it."""

from collections.abc import Sequence

from cjm_sheets.adapters.xlsx_file.defined_names import Name, names, put_names
from cjm_sheets.adapters.xlsx_file.edits import Edit, Place, SheetEdit, Write
from cjm_sheets.adapters.xlsx_file.graft import as_counted_from_1904, counted_from_1904, graft
from cjm_sheets.adapters.xlsx_file.grids import read_grids
from cjm_sheets.adapters.xlsx_file.marks import put_marks
from cjm_sheets.adapters.xlsx_file.outline import outline
from cjm_sheets.adapters.xlsx_file.package import Package, open_package
from cjm_sheets.adapters.xlsx_file.patch import styles_of
from cjm_sheets.adapters.xlsx_file.proof import rebuilt
from cjm_sheets.adapters.xlsx_file.read_back import Expected, check
from cjm_sheets.adapters.xlsx_file.sheet_patch import Patched, patch_sheet
from cjm_sheets.adapters.xlsx_file.workbook_parts import WorkbookParts
from cjm_sheets.ports.builder import Builder
from cjm_sheets.ports.sheets import AddedList, PutSheets
from cjm_sheets.tables import a1
from cjm_sheets.tables.table import Grid


def put_sheets(
    package: Package, put: PutSheets, builder: Builder, before: Sequence[Grid] | None
) -> bytes:
    """Return the file with the sheets in it, the same bytes if it says all of that already.

    What was written has been read back: the sheets say what they say where they were made, all
    others what they said before. `before` are the sheets as they are, if they have been read.
    """
    file = package.file
    parts = WorkbookParts(package, outline(package))
    old = read_grids(package) if before is None else before
    book = counted_from_1904(put.book) if parts.plan.since_1904 else put.book
    ours: dict[str, Grid] = {}
    if book.sheets:
        donor = open_package(builder.build(book), file)
        graft(parts, put, donor)
        ours = {grid.sheet: grid for grid in read_grids(donor)}
        if parts.plan.since_1904:
            ours = {title: as_counted_from_1904(grid) for title, grid in ours.items()}
    for title in put.unhidden:
        parts.unhide(title)
    if put.marks is not None:
        put_marks(parts, put.marks)
    patched = _lists(parts, put.lists, old)
    if not parts.changed:
        return package.data
    parts.write_types()
    parts.drop_calculation_order()
    parts.recalculate_on_load()
    new = rebuilt(parts)
    expected = Expected(patched, parts.plan.since_1904, ours)
    check(old, read_grids(new), expected, file)
    return new.data


def _lists(
    parts: WorkbookParts, lists: Sequence[AddedList], old: Sequence[Grid]
) -> dict[str, Patched]:
    """Put lists into the first free columns of their sheets."""
    cells: dict[str, dict[Place, Edit]] = {}
    places: list[Name] = []
    known = {of.name for of in names(parts.get(parts.plan.part))}
    for more in lists:
        if more.name in known:
            continue
        grid = next(grid for grid in old if grid.sheet == more.sheet)
        mine = cells.setdefault(more.sheet, {})
        used = max((len(row) for row in grid.rows), default=0)
        at = max([used, *(column for _, column in mine)]) + 1
        for line, word in enumerate(more.words, start=1):
            mine[line, at] = Write(word, like=(line, used))
        letter = a1.letters(at)
        place = f"{a1.title(more.sheet)}!${letter}$2:${letter}${more.last_line}"
        places.append(Name(more.name, None, place))
    styles = styles_of(parts)
    done: dict[str, Patched] = {}
    for title, edits in cells.items():
        sheet = next(sheet for sheet in parts.plan.sheets if sheet.title == title)
        edit = SheetEdit(sheet, edits)
        xml = parts.get(sheet.part)
        done[title] = patch_sheet(xml, edit, styles, since_1904=parts.plan.since_1904)
        parts.put(sheet.part, done[title].xml)
    if places:
        parts.put_main(lambda main: put_names(main, places))
    return done
