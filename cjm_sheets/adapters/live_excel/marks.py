"""Decides how findings show on the cells of an open workbook: a note, and a colour over the cell.

The colours are conditional looks, so that the cells keep their own. A cell on which somebody wrote
a note keeps that one alone.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from cjm_sheets.adapters.live_excel import refusals
from cjm_sheets.ports.sheets import AUTHOR, MARK_LOOKS, SIGNED, CellMark

_SAYS = '="{author} {severity}"<>""'
"""The condition of our looks: always true, and known again by our name."""


def put_marks(book: Any, file: str, marks: Sequence[CellMark], undo: ExitStack) -> None:
    """Let these be all marks of the workbook: what was mended loses its own."""
    for sheet in book.sheets:
        mine = [mark for mark in marks if mark.sheet == sheet.name]
        with refusals.told(book, file, sheet.name):
            _notes(sheet, mine, undo)
            _colours(sheet, mine, undo)


def is_ours(note: Any) -> bool:
    """Tell whether a note tells of a finding."""
    return bool(note.text.endswith(SIGNED)) or note.author == AUTHOR


def _notes(sheet: Any, marks: Sequence[CellMark], undo: ExitStack) -> None:
    wanted = {(mark.line, mark.column): mark.note + SIGNED for mark in marks}
    for note in list(sheet.notes):
        place = (note.location.row, note.location.column)
        text = note.text
        if not is_ours(note):
            wanted.pop(place, None)
        elif _plain(text) == _plain(wanted.get(place, "")):
            del wanted[place]
        else:
            undo.callback(sheet.range(place).add_note, text)
            note.delete()
    for place, text in wanted.items():
        undo.callback(_take_off, sheet, place)
        sheet.range(place).add_note(text)


def _plain(text: str) -> str:
    return text.removesuffix(SIGNED)


def _take_off(sheet: Any, place: tuple[int, int]) -> None:
    note = sheet.range(place).note
    if note is not None:
        note.delete()


def _colours(sheet: Any, marks: Sequence[CellMark], undo: ExitStack) -> None:
    """Let these cells have the colours of findings, and no others."""
    ours = {_SAYS.format(author=AUTHOR, severity=name): name for name in MARK_LOOKS}
    block = sheet.used_range
    for look in list(block.conditional_formats):
        if look.type == "custom" and _said(look.formula) in map(_said, ours):
            look.delete()
    for mark in marks:
        fill, ink = (f"#{colour}" for colour in MARK_LOOKS[mark.severity])
        cell = sheet.range((mark.line, mark.column))
        formula = _SAYS.format(author=AUTHOR, severity=mark.severity)
        look = cell.conditional_formats.add_custom(formula, fill_color=fill, font_color=ink)
        undo.callback(look.delete)


def _said(formula: str) -> str:
    return formula.removeprefix("=").replace(" ", "")
