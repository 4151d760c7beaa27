"""Decides what a part of Start is made of: lines below one another, a title, the looks they share.

Parts count their lines from 1; the sheet puts them under one another and on pages. Text that is
too long for its cell runs over the empty ones beside it, or wraps, and then its line is as high
as it needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cjm_sheets.templates import looks, titles
from cjm_sheets.templates.facts import Facts
from cjm_sheets.templates.live import Live
from cjm_sheets.templates.plan import Cell, ColumnLook, Condition, Style
from cjm_sheets.templates.row_heights import row_heights
from cjm_sheets.templates.structure import structured
from cjm_sheets.words.catalogue import say

WIDTHS = tuple(map(ColumnLook, (2.5, 6, 29, 70, 35, 18)))
B, C, D, E, F = 2, 3, 4, 5, 6

SOFT = "#5B6672"
"""Grey words, still dark enough to read on white."""

HEAD = Style(size=10, bold=True, color="#FFFFFF", fill=looks.DEEP, align="left", indent=1)
NUMBER = Style(size=11, bold=True, color=SOFT, line=looks.RULE, align="center")
TEXT = Style(line=looks.RULE, indent=1, align="left", wrap=True)
LINK = replace(TEXT, color="#22567C", underline=True)
LIVE = replace(TEXT, fill=looks.COMPUTED, color=looks.COMPUTED_INK)
LEAD = Style(size=10, color=SOFT)
_PART = Style(size=14, bold=True, color=looks.DEEP)
_UP = replace(LEAD, bold=True, align="right")
_TITLE_HEIGHT, _LEAD_HEIGHT, _HEAD_HEIGHT = 27.0, 18.0, 20.0
_ROOM = tuple(ColumnLook(look.width * 1.07) for look in WIDTHS)
"""Room for words: sentences of this sheet are long, and long ones fill their lines well."""

_SINGLE = 21.0
"""Points; a line that needs more has text that wraps."""

_LINE = 0
"""The line of a cell that has none yet."""


@dataclass(frozen=True)
class Part:
    """Lines of cells with their heights, from line 1 on, and bars that lie in them."""

    cells: tuple[Cell, ...]
    heights: Mapping[int, float]
    bars: tuple[Condition, ...] = ()

    @property
    def lines(self) -> int:
        """The number of lines."""
        return len(self.heights)

    @property
    def tall(self) -> float:
        """The height of all lines in points."""
        return sum(self.heights.values())

    def below(self, line: int) -> "Part":
        """Return the part as it stands below a line of the sheet."""
        return Part(
            tuple(replace(cell, line=cell.line + line) for cell in self.cells),
            {at + line: height for at, height in self.heights.items()},
            tuple(
                replace(bar, first_line=bar.first_line + line, last_line=bar.last_line + line)
                for bar in self.bars
            ),
        )


@dataclass
class Draft:
    """A part while lines are added to it."""

    facts: Facts
    cells: list[Cell] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    bars: list[Condition] = field(default_factory=list)

    @property
    def language(self) -> str:
        """The language of the workbook."""
        return self.facts.content.language

    def say(self, words: str, **facts: object) -> str:
        """Return a sentence in the language of the workbook."""
        return say(self.language, words, **facts)

    def add(self, least: float, *cells: Cell) -> int:
        """Add a line at least so high, higher if text that wraps needs it; return its number."""
        line = len(self.heights) + 1
        placed = [replace(cell, line=line) for cell in cells]
        self.cells += placed
        needed = row_heights(placed, _ROOM).get(line, 0)
        self.heights[line] = max(least, needed) if needed > _SINGLE else least
        return line

    def title(self, words: str, lead: str = "") -> None:
        """Add a title with a way back to the top, and a line below it that says more."""
        start, back = titles.start(self.language), self.say(titles.BACK)
        self.add(
            _TITLE_HEIGHT,
            Cell(_LINE, B, words, _PART),
            Cell(_LINE, F, "↑", _UP, link=start, tip=back),
        )
        if lead:
            self.add(_LEAD_HEIGHT, Cell(_LINE, B, lead, LEAD))

    def head(self, *texts: str) -> None:
        """Add the header of a table, from column B on."""
        self.add(_HEAD_HEIGHT, *(put(at, of or None, HEAD) for at, of in enumerate(texts, start=B)))

    def bar(self, color: str, top: float, count: int) -> None:
        """Draw bars in column F of the lines that were added last."""
        last = len(self.heights)
        self.bars.append(Condition(F, last - count + 1, last, "bar", color=color, top=top))

    def live(self, column: int, of: Live, look: Style) -> Cell:
        """Return a cell that works itself out."""
        formula = structured(self.facts.content, f"={of.formula}")
        return Cell(_LINE, column, of.value, look, formula)

    def part(self) -> Part:
        """Return what was added."""
        return Part(tuple(self.cells), self.heights, tuple(self.bars))


def put(column: int, value: str | float | None, look: Style, link: str = "") -> Cell:
    """Return a cell for the line that is added next."""
    return Cell(_LINE, column, value, look, link=link)
