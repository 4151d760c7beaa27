"""Decides what goes along when a block of cells is copied onto another one.

Conditional looks do not, nor do the rules for what cells should hold. Where a chart or a picture
lies is not known here: it goes along with a block that begins in A1.
"""

from copy import copy

from cjm_sheets.adapters.xlwings_engine.owners import Block
from cjm_sheets.ports.open_books import Place


def copied(block: Block, there: Block) -> None:
    """Copy values, formulas, looks, notes, links and merged cells; there counts its first cell."""
    down, right = (new - old for new, old in zip(there.area[:2], block.area[:2], strict=True))
    model, other = block.sheet.model, there.sheet.model
    for line, column in list(block.places()):
        _cell(block, (line, column), there, (line + down, column + right))
    for merged in [m for m in model.looks_like.merged_cells.ranges if block.meets(m)]:
        new = copy(merged)
        new.shift(right, down)
        if str(new) not in map(str, other.looks_like.merged_cells.ranges):
            other.looks_like.merge_cells(str(new))
    if block.area[:2] == (1, 1):
        other.drawn = (*other.drawn, *model.drawn)
    other.reshaped = True


def _cell(block: Block, place: Place, there: Block, to: Place) -> None:
    model, other = block.sheet.model, there.sheet.model
    held = (model.cells.get(place), model.formulas.get(place, ""))
    if held != (other.cells.get(to), other.formulas.get(to, "")):
        other.put(to, *held)
    cell, new = model.looks_like.cell(*place), other.looks_like.cell(*to)
    new._style = copy(cell._style)  # noqa: SLF001 - openpyxl has no other way
    new.hyperlink = copy(cell.hyperlink)
    if new.hyperlink is not None:
        new.hyperlink.ref = new.coordinate
    if (cell.comment and cell.comment.text) != (new.comment and new.comment.text):
        new.comment = copy(cell.comment)
        other.noted.add(to)
