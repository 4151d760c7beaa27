"""Decides what the map is where nothing calculates it: the Map sheet as plain words and colours.

It is laid out as the sheet of the workbook is. Colours that depend on what stands in a cell are
worked out, words are what the formulas show, and the curve is told as rows of moods.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cjm_sheets.templates import map_colours, map_shape, titles
from cjm_sheets.templates import map_words as words
from cjm_sheets.templates.facts import Facts
from cjm_sheets.templates.map_panel import LABELS, Curved, Sketch
from cjm_sheets.templates.map_sheet import laid_out
from cjm_sheets.templates.plan import Block, Cell, Sheet, Shown, Style
from cjm_sheets.words.catalogue import say

_SMALL = Style(size=8, color="#8A94A0", align="left")


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve to draw over a block: the line with the names of steps, and lines of moods.

    All these lines begin with what they are called, in the column before the block.
    """

    place: Block
    names: int
    moods: tuple[int, ...]


@dataclass(frozen=True)
class Still:
    """The map: a sheet of values without formulas, and its curves.

    `coloured` are the lines whose cells are filled by what stands in them, or below them.
    """

    sheet: Sheet
    curves: tuple[Curve, ...]
    language: str
    coloured: frozenset[int]


def still(facts: Facts) -> Still | None:
    """Return the map; None for a kind of map that has no way."""
    content = facts.content
    if not map_shape.has_map(content):
        return None
    laid = laid_out(facts, growing=False)
    sketch, last = laid.sketch, laid.sketch.line - 1
    told = say(content.language, words.STILL)
    cells = [*_coloured(sketch), Cell(last, LABELS, told, replace(_SMALL, size=9))]
    curves = []
    for drawn in sketch.curves:
        below = (at for at, kind in sketch.kinds.items() if kind == "emotion")
        moods = [next(at for at in below if at > drawn.place.first_line)]
        if len(drawn.lines) > 1:
            moods = list(range(last + 1, last + 1 + len(drawn.lines)))
            cells += _told(drawn, moods)
            last = moods[-1]
        curves.append(Curve(drawn.place, drawn.names, tuple(moods)))
    sheet = Sheet(
        titles.map_sheet(content.language),
        cells=tuple(cell for cell in cells if not cell.link),
        columns=laid.columns,
        heights=sketch.heights,
        # A row that is copied whole must not carry a part of a block over several rows.
        merged=tuple(block for block in sketch.merged if block.first_line == block.last_line),
    )
    coloured = (line for line, kind in sketch.kinds.items() if map_colours.takes_colour(kind))
    return Still(sheet, tuple(curves), content.language, frozenset(coloured))


def _coloured(sketch: Sketch) -> Iterator[Cell]:
    """Yield the cells as values, in the colours that their words ask for; the foot is left out."""
    shown = {(cell.line, cell.column): cell.value for cell in sketch.cells}
    for cell in sketch.cells:
        if cell.line == sketch.line - 1:
            continue
        fill = ""
        if cell.line in sketch.kinds and cell.column > LABELS:
            below = shown.get((cell.line + 1, cell.column))
            fill = map_colours.fill(sketch.kinds[cell.line], cell.value, below)
        style = replace(cell.style, fill=fill) if fill else cell.style
        yield replace(cell, style=style, formula="", tip="")


def _told(drawn: Curved, lines: Sequence[int]) -> Iterator[Cell]:
    """Yield the moods of people who go different ways, a line each."""
    first = drawn.place.first_column
    for line, of in zip(lines, drawn.lines, strict=True):
        yield Cell(line, first - 1, of.people, _SMALL)
        for column, mood in enumerate(of.felt, start=first):
            yield Cell(line, column, _or_none(mood), _SMALL)


def _or_none(mood: Shown) -> Shown:
    return mood if mood != "" else None
