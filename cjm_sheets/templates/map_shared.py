"""Decides what the map of a shared copy is: the Map sheet of the workbook, by what Sheets can do.

Every word on it is a formula on the tables, so that it says what they say without a sync. The chart
of moods joins points by their column there, so it is told as lines of moods, which lie out of sight
below the map.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cjm_sheets.templates import map_shape, titles
from cjm_sheets.templates import map_words as words
from cjm_sheets.templates.facts import Facts
from cjm_sheets.templates.map_panel import LABELS, Curved
from cjm_sheets.templates.map_sheet import laid_out
from cjm_sheets.templates.plan import Block, Cell, Sheet, Style
from cjm_sheets.words.catalogue import say

_OUT_OF_SIGHT = Style(size=8, color="#8A94A0", align="left")


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve to draw over a block: the line with the names of steps, and lines of moods.

    All these lines begin with what they are called, in the column before the block.
    """

    place: Block
    names: int
    moods: tuple[int, ...]


@dataclass(frozen=True)
class SharedMap:
    """The map and the hidden sheet behind it, their formulas in canonical text, and its curves."""

    sheet: Sheet
    behind: Sheet
    curves: tuple[Curve, ...]
    language: str


def shared_map(facts: Facts) -> SharedMap | None:
    """Return the map; None for a kind of map that has no way."""
    content = replace(facts.content, canonical=True)
    if not map_shape.has_map(content):
        return None
    laid = laid_out(Facts(content, facts.results))
    sketch, last = laid.sketch, laid.sketch.line - 1
    cells = [replace(cell, tip="") for cell in sketch.cells if not cell.link]
    curves, hidden = [], list(sketch.hidden)
    for drawn in sketch.curves:
        moods = range(last + 1, last + 1 + len(drawn.lines))
        cells += _told(drawn, moods, say(content.language, words.CURVE))
        curves.append(Curve(drawn.place, drawn.names, tuple(moods)))
        hidden += moods
        last += len(moods)
    sheet = Sheet(
        titles.map_sheet(content.language),
        cells=tuple(cells),
        columns=laid.columns,
        heights=sketch.heights,
        hidden_lines=tuple(hidden),
        folded_lines=tuple(sketch.folded),
        # A row that is copied whole must not carry a part of a block over several rows.
        merged=tuple(block for block in sketch.merged if block.first_line == block.last_line),
        conditions=tuple(sketch.conditions),
        frozen=(0, LABELS),
    )
    return SharedMap(sheet, laid.lists.sheet(), tuple(curves), content.language)


def _told(drawn: Curved, lines: Sequence[int], name: str) -> Iterator[Cell]:
    """Yield the moods of people who go the same way, a line each; no mood leaves a cell empty."""
    first = drawn.place.first_column
    for line, of in zip(lines, drawn.lines, strict=True):
        called = f"={of.name}" if of.name else ""
        yield Cell(line, first - 1, name, _OUT_OF_SIGHT, called)
        for at in range(len(of.felt.values)):
            mood = of.felt.at(at)
            text = f"=IF(ISNUMBER({mood.formula}),{mood.formula},)"
            yield Cell(line, first + at, mood.value, _OUT_OF_SIGHT, text)
