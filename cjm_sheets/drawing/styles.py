"""Decides the sizes and weights of writing on the wall map, and the distances between things.

At its natural width a map prints on A3 at one pixel to 0.75 points: 11 pixels are 8.25 points.
"""

from dataclasses import dataclass

from cjm_sheets.drawing import palette
from cjm_sheets.drawing.shapes import Font


@dataclass(frozen=True, slots=True)
class Style:
    """A font and its colour."""

    font: Font
    colour: str


TITLE = Style(Font(26, bold=True), palette.INK)
LEAD = Style(Font(13), palette.INK)
KICKER = Style(Font(11, bold=True), palette.MUTED)
HEADING = Style(Font(14, bold=True), palette.INK)
STEP = Style(Font(12.5, bold=True), palette.INK)
BODY = Style(Font(11), palette.INK)
SAID = Style(Font(11, italic=True), palette.INK)
QUOTE = Style(Font(12.5, italic=True), palette.INK)
STRONG = Style(Font(11, bold=True), palette.INK)
SMALL = Style(Font(10.5), palette.MUTED)
LABEL = Style(Font(10.5, bold=True), palette.MUTED)
LANE = Style(Font(11, bold=True), palette.MUTED)
BAND = Style(Font(14, bold=True), palette.PAPER)
BAND_SMALL = Style(Font(10.5), palette.PAPER)

MARGIN = 32.0
"""White around everything: at least 7 mm, what printers leave blank."""

LABELS = 108.0
"""Width of the titles of the lanes."""

GAP = 8.0
"""Between neighbouring stages, cards, and the like."""

INSET = 12.0
"""From the edge of a column to its writing, in a card or not."""

CARD_INSET = 4.0
"""From the edge of a column to its cards."""

LANE_PAD = 6.5
"""Above and below the contents of a lane."""

NARROWEST = 122.0
"""Least width of a column; with more touchpoints than fit the map becomes wider."""

A3_WIDTH, A3_HEIGHT = 1587.0, 1122.0
"""A landscape A3 sheet, 420 by 297 mm, in pixels (whole ones that fit)."""


def coloured(style: Style, colour: str) -> Style:
    """Return a style in another colour."""
    return Style(style.font, colour)
