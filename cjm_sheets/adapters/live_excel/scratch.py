"""Decides how cells of a sheet are kept until their change has come to stay: as a copy beside them.

xlwings can copy a block of cells with all that it shows in one call, on every platform and without
the clipboard, but it cannot read one back look by look in any bearable time. The copy lies on a
sheet of its own, at the same place, so that formulas come back as they were.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from cjm_sheets.adapters.live_excel import refusals
from cjm_sheets.adapters.live_excel.taking_back import Undo
from cjm_sheets.tables.table import Area

_TITLE = "_cjm before "


def sheets(book: Any) -> list[Any]:
    """Return the sheets of a workbook, without those that keep something."""
    return [sheet for sheet in book.sheets if not _keeps(sheet)]


def keep(book: Any, sheet: Any, area: Area, lines: Iterable[int], undo: Undo) -> None:
    """Keep a block of cells, and the heights of some lines, until it is settled what stays.

    In a workbook whose structure is protected there is no room for a copy; then nothing is kept,
    and a sheet that cannot be put back is told of.
    """
    title = sheet.name
    known = undo.kept.get(title)
    if known is not None and _within(area, known):
        return
    undo.later(title, _line_up, sheet, _heights(sheet, lines))
    copy = _beside(book, undo)
    if copy is None:
        undo.later(title, _lost, title)
        return
    top, left, bottom, right = area
    block = sheet.range((top, left), (bottom, right))
    block.copy(copy.range((top, left)))
    for shape in list(copy.shapes):  # charts come along, and would come back twice
        shape.delete()
    undo.kept[title] = area
    undo.later(title, _put_back, sheet, copy, area)


def added(book: Any, title: str, undo: Undo, near: Any = None) -> Any:
    """Return a new sheet in front of another one, or behind all of them."""
    if near is not None:
        made = book.sheets.add(before=near)
    else:
        made = book.sheets.add(after=book.sheets[len(book.sheets) - 1])
    # It is named only then: a name that Excel refuses must not leave a sheet behind.
    undo.later(title, delete, made)
    made.name = title
    return made


def sweep(book: Any) -> None:
    """Take away what a run left that was killed."""
    for sheet in [sheet for sheet in book.sheets if _keeps(sheet)]:
        delete(sheet)


def delete(sheet: Any) -> None:
    """Delete a sheet; Excel deletes none that is hidden deeply."""
    if not sheet.visible:
        sheet.visible = True
    sheet.delete()


def _keeps(sheet: Any) -> bool:
    return str(sheet.name).startswith(_TITLE)


def _within(area: Area, other: Area) -> bool:
    return area[:2] >= other[:2] and area[2] <= other[2] and area[3] <= other[3]


def _beside(book: Any, undo: Undo) -> Any:
    """Return a new hidden sheet, None if the workbook takes none."""
    taken = {sheet.name for sheet in book.sheets}
    title = next(name for n in range(1, len(taken) + 2) if (name := f"{_TITLE}{n}") not in taken)
    try:
        made = book.sheets.add(after=book.sheets[len(book.sheets) - 1])
    except Exception:
        if refusals.takes_no_sheets(book):
            return None
        raise
    undo.in_any_case(delete, made)
    made.name = title
    made.visible = False
    return made


def _heights(sheet: Any, lines: Iterable[int]) -> Mapping[int, tuple[float, bool]]:
    """Return how high lines are, and whether they are hidden."""
    found = {}
    for line in lines:
        cell = sheet.range((line, 1))
        hidden = bool(cell.rows.hidden)
        found[line] = (0.0 if hidden else cell.row_height, hidden)
    return found


def _line_up(sheet: Any, heights: Mapping[int, tuple[float, bool]]) -> None:
    for line, (height, hidden) in heights.items():
        cell = sheet.range((line, 1))
        cell.rows.hidden = hidden
        if not hidden:
            cell.row_height = height


def _put_back(sheet: Any, copy: Any, area: Area) -> None:
    top, left, bottom, right = area
    block = sheet.range((top, left), (bottom, right))
    block.unmerge()  # Excel copies nothing over cells that are merged otherwise
    block.clear_formats()
    copy.range((top, left), (bottom, right)).copy(block)


def _lost(title: str) -> None:
    raise LookupError(title)
