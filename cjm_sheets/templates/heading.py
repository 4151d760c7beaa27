"""Decides what stands at the top of a sheet of ours: its title, the way back, what it is for."""

from collections.abc import Iterator

from cjm_sheets.templates import looks, titles
from cjm_sheets.templates.plan import Cell
from cjm_sheets.words.catalogue import say

HEIGHTS = {1: 27.0, 2: 17.0}
"""Of the lines of the title and of the lead, in points."""


def heading(language: str, title: str, lead: str, *, leads_to: str = "") -> Iterator[Cell]:
    """Yield the title in the first cell, where screen readers begin, and below it the lead.

    `leads_to` is the title of the sheet to which the lead is a link.
    """
    yield Cell(1, 1, title, looks.TITLE)
    yield Cell(2, 1, "←", looks.BACK, link=titles.start(language), tip=say(language, titles.BACK))
    yield Cell(2, 2, lead, looks.LEAD, link=leads_to)
