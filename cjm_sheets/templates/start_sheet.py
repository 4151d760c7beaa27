"""Decides in which order the parts of Start stand, and on which pages.

What people need first comes first: what this is, what to fill in, what to do next, what hurts
most. Behind it stand the work, the health of the map and whom to ask next; what is looked up now
and then comes last. An empathy map has no pains, so it says nothing of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from cjm_sheets.templates import (
    looks,
    start_glossary,
    start_health,
    start_links,
    start_questions,
    start_work,
    titles,
)
from cjm_sheets.templates import start_words as words
from cjm_sheets.templates.facts import Facts
from cjm_sheets.templates.plan import Cell, Condition, Page, Sheet, Style
from cjm_sheets.templates.start_fill import filling, opening
from cjm_sheets.templates.start_pains import asking, following, worst
from cjm_sheets.templates.start_part import WIDTHS, B, C, D, E, F, Part
from cjm_sheets.words.catalogue import say

_PAGE = 566
"""Points of height that fit on a page of A4 when all columns fit side by side."""

_STRETCH = 1.15
"""The lines of later pages may be made higher by so much, to fill them."""

_GAP = 9.0
_WAYS_HEIGHT = 20.0
_WAY = Style(size=9, bold=True, color="#22567C", fill="#F3F6F9", align="left", indent=1)


def start_sheet(facts: Facts) -> Sheet:
    """Return the sheet; every number on it is a formula, but for the health of a certain day."""
    language, parts = facts.content.language, dict(_parts(facts))
    stack = _Stack()
    for part in parts.values():
        stack.add(part)
    first = dict(zip(parts, stack.first, strict=True))
    ways = _ways(language, first)
    bottom = max(stack.heights)
    return Sheet(
        titles.start(language),
        cells=(*stack.cells, *ways),
        columns=WIDTHS,
        heights=_stretched(stack),
        conditions=tuple(stack.bars),
        page=Page(breaks=tuple(stack.breaks), last=(bottom, F)),
        tab=looks.DEEP,
    )


def _parts(facts: Facts) -> Iterator[tuple[str, Part]]:
    """Yield the parts by their names, from top to bottom."""
    has_pains = "Pains" in facts.content.shown
    yield "opening", opening(facts)
    yield "ways", Part((), {1: _WAYS_HEIGHT})
    yield "filling", filling(facts)
    if has_pains:
        yield "following", following(facts)
        yield "worst", worst(facts)
    if "Steps" in facts.content.shown:
        yield "working", start_work.working(facts)
    yield "health", start_health.health(facts)
    if has_pains:
        yield "asking", asking(facts)
    yield "links", start_links.links(facts)
    yield "questions", start_questions.questions(facts)
    yield "glossary", start_glossary.glossary(facts)


@dataclass
class _Stack:
    """Parts below one another, each whole on one page."""

    cells: list[Cell] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    bars: list[Condition] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    """The first line of each part."""
    used: float = 0
    """Points of the page that are taken."""

    def add(self, part: Part) -> None:
        """Add a part below the others, on a new page if it does not fit on this one."""
        if self.used + part.tall > _PAGE:
            self.breaks.append(len(self.heights))
            self.used = 0
        line = len(self.heights)
        self.first.append(line + 1)
        placed = part.below(line)
        self.cells += placed.cells
        self.heights |= placed.heights
        self.heights[line + part.lines + 1] = _GAP
        self.bars += placed.bars
        self.used += part.tall + _GAP


def _stretched(stack: _Stack) -> dict[int, float]:
    """Return the heights of all lines; those of later pages fill their page a little better."""
    heights = dict(stack.heights)
    ends = (*stack.breaks, len(heights))
    for first, last in pairwise(ends):
        lines = range(first + 1, last + 1)
        factor = min(_STRETCH, _PAGE / sum(heights[line] for line in lines))
        heights |= {line: round(heights[line] * max(1, factor), 1) for line in lines}
    return heights


def _ways(language: str, first: dict[str, int]) -> Iterator[Cell]:
    """Yield the links to what stands further down."""
    to = {
        C: ("working", start_work.TITLE),
        D: ("health", words.HEALTH_AND_ASK if "asking" in first else start_health.TITLE),
        E: ("links", start_links.TITLE),
        F: ("questions", words.QUESTIONS),
    }
    yield Cell(first["ways"], B, None, _WAY)
    for column, (part, title) in to.items():
        if part not in first:
            continue
        said, spot = f"↓ {say(language, title)}", f"A{first[part]}"
        yield Cell(first["ways"], column, said, _WAY, link=titles.start(language), spot=spot)
