"""Decides how findings show on the cells of an open workbook: a note, and a colour over the cell.

The colours are conditional looks, so that the cells keep their own. A cell on which somebody wrote
a note keeps that one alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cjm_sheets.adapters.live_excel import refusals
from cjm_sheets.adapters.live_excel.scratch import sheets
from cjm_sheets.adapters.live_excel.taking_back import Undo
from cjm_sheets.adapters.live_excel.typing_in import Place
from cjm_sheets.ports.sheets import AUTHOR, MARK_LOOKS, SIGNED, CellMark

_SAYS = '="{author} {severity}"<>""'
"""The condition of our looks: always true, and known again by our name."""


def put_marks(book: Any, file: str, marks: Sequence[CellMark], undo: Undo) -> None:
    """Let these be all marks of the workbook: what was mended loses its own."""
    for sheet in sheets(book):
        mine = [mark for mark in marks if mark.sheet == sheet.name]
        with refusals.told(book, file, sheet.name):
            noted = [(note.location.row, note.location.column) for note in sheet.notes]
            _notes(sheet, mine, undo)
            _colours(sheet, mine, noted, undo)


def is_ours(note: Any) -> bool:
    """Tell whether a note tells of a finding."""
    return bool(note.text.endswith(SIGNED)) or note.author == AUTHOR


def _notes(sheet: Any, marks: Sequence[CellMark], undo: Undo) -> None:
    wanted = {(mark.line, mark.column): mark.note + SIGNED for mark in marks}
    for note in list(sheet.notes):
        place = (note.location.row, note.location.column)
        text = note.text
        if not is_ours(note):
            wanted.pop(place, None)
        elif _plain(text) == _plain(wanted.get(place, "")):
            del wanted[place]
        else:
            # Nobody can say who wrote a note; one that is put on again says itself that it is ours.
            with undo.doing(sheet.name, _put_on, sheet, place, _plain(text) + SIGNED):
                note.delete()
    for place, text in wanted.items():
        with undo.doing(sheet.name, _take_off, sheet, place):
            sheet.range(place).add_note(text)


def _plain(text: str) -> str:
    return text.removesuffix(SIGNED)


def _put_on(sheet: Any, place: Place, text: str) -> None:
    _take_off(sheet, place)
    sheet.range(place).add_note(text)


def _take_off(sheet: Any, place: Place) -> None:
    note = sheet.range(place).note
    if note is not None:
        note.delete()


def _colours(sheet: Any, marks: Sequence[CellMark], places: Iterable[Place], undo: Undo) -> None:
    """Let these cells have the colours of findings, and no others.

    `places` are the cells that may have one: those that had a note.
    """
    there = _our_looks(sheet.used_range)
    if not there and not marks:
        return
    was = _coloured(sheet, places) if there else {}
    undo.later(sheet.name, _recolour, sheet, was)
    _recolour(sheet, {(mark.line, mark.column): mark.severity for mark in marks})


def _recolour(sheet: Any, severities: Mapping[Place, str]) -> None:
    """Let cells have the colours of how bad it is, and all others none."""
    for look in reversed(_our_looks(sheet.used_range)):  # on macOS they are known by their number
        look.delete()
    for first, last, severity in _runs(severities):
        fill, ink = (f"#{colour}" for colour in MARK_LOOKS[severity])
        formula = _SAYS.format(author=AUTHOR, severity=severity)
        cells = sheet.range(first, last)
        cells.conditional_formats.add_custom(formula, fill_color=fill, font_color=ink)


def _runs(severities: Mapping[Place, str]) -> Iterator[tuple[Place, Place, str]]:
    """Yield first and last of the cells below each other that are equally bad."""
    open_runs: dict[int, tuple[Place, Place, str]] = {}
    for (line, column), severity in sorted(severities.items()):
        run = open_runs.get(column)
        if run is not None and run[1:] == ((line - 1, column), severity):
            open_runs[column] = (run[0], (line, column), severity)
            continue
        if run is not None:
            yield run
        open_runs[column] = ((line, column), (line, column), severity)
    yield from open_runs.values()


def _coloured(sheet: Any, places: Iterable[Place]) -> dict[Place, str]:
    """Return how bad it is according to the colours of cells."""
    found = {}
    for place in places:
        for look in _our_looks(sheet.range(place)):
            found[place] = _OURS[_said(look.formula)]
    return found


def _our_looks(block: Any) -> list[Any]:
    """Return the colours of findings on a block of cells."""
    looks = list(block.conditional_formats)
    return [look for look in looks if look.type == "custom" and _said(look.formula) in _OURS]


def _said(formula: str) -> str:
    return formula.removeprefix("=").replace(" ", "")


_OURS = {_said(_SAYS.format(author=AUTHOR, severity=name)): name for name in MARK_LOOKS}
"""How bad it is, by what our conditions say."""
