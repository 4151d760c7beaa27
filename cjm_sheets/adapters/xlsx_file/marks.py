"""Decides which sheets show findings on their cells: all that are named, and none any more else."""

from collections.abc import Sequence

from cjm_sheets.adapters.xlsx_file.finding_colours import coloured, is_coloured, look_numbers
from cjm_sheets.adapters.xlsx_file.finding_notes import SheetNotes
from cjm_sheets.adapters.xlsx_file.patch import styles_of
from cjm_sheets.adapters.xlsx_file.workbook_parts import WorkbookParts
from cjm_sheets.ports.sheets import CellMark
from cjm_sheets.tables import a1


def put_marks(parts: WorkbookParts, marks: Sequence[CellMark]) -> None:
    """Let these be all marks of the workbook: what was mended loses its own."""
    looks = look_numbers(parts, styles_of(parts).part) if marks else {}
    for sheet in parts.plan.sheets:
        mine = [mark for mark in marks if mark.sheet == sheet.title]
        xml = parts.get(sheet.part)
        if mine or is_coloured(xml):
            cells: dict[str, list[str]] = {}
            for mark in mine:
                cells.setdefault(mark.severity, []).append(a1.cell(mark.line, mark.column))
            where = (parts.package.file, sheet.title)
            parts.put(sheet.part, coloured(xml, cells, looks, where))
        notes = {a1.cell(mark.line, mark.column): mark.note for mark in mine}
        SheetNotes(parts, sheet.part, sheet.title).put(notes)
