"""Decides how pieces of a drawing are stacked: a block knows its size and starts at (0, 0)."""

from collections.abc import Iterable
from dataclasses import dataclass

from cjm_sheets.drawing import tidy
from cjm_sheets.drawing.measure import width, wrap
from cjm_sheets.drawing.shapes import LEADING, Group, Rect, Shape, Text
from cjm_sheets.drawing.styles import Style


@dataclass(frozen=True, slots=True)
class Block:
    """Shapes in a box with its upper left corner at (0, 0)."""

    width: float
    height: float
    shapes: tuple[Shape, ...] = ()


NOTHING = Block(0, 0)


def paragraph(words: str, style: Style, room: float, anchor: str = "start") -> Block:
    """Return a text, wrapped into a room that many pixels wide; nothing for an empty text."""
    lines = wrap(words, style.font, room)
    if not lines:
        return NOTHING
    rtl = tidy.runs_leftwards(words)
    shape = Text(0, 0, room, lines, style.font, style.colour, anchor, rtl)
    return Block(room, shape.height, (shape,))


def one_line(words: str, style: Style) -> Block:
    """Return a text on one line, as wide as it is."""
    room = width(words, style.font)
    shape = Text(0, 0, room, (words,), style.font, style.colour)
    return Block(room, style.font.size * LEADING, (shape,))


def moved(block: Block, x: float, y: float) -> Group:
    """Return a block at another place."""
    return Group(x, y, block.shapes, width=block.width, height=block.height)


def stack(blocks: Iterable[Block], gap: float) -> Block:
    """Return blocks below one another; empty ones take no room."""
    y, shapes, widest = 0.0, [], 0.0
    for block in blocks:
        if block.height:
            shapes.append(moved(block, 0, y))
            y += block.height + gap
            widest = max(widest, block.width)
    return Block(widest, max(y - gap, 0), tuple(shapes))


def flow(blocks: Iterable[Block], room: float, gaps: tuple[float, float]) -> Block:
    """Return blocks beside one another, in as many rows as they need; gaps: (across, down)."""
    across, down = gaps
    shapes: list[Shape] = []
    x = y = tallest = 0.0
    for block in blocks:
        if x and x + block.width > room:
            x, y, tallest = 0.0, y + tallest + down, 0.0
        shapes.append(moved(block, x, y))
        x += block.width + across
        tallest = max(tallest, block.height)
    return Block(room, y + tallest, tuple(shapes)) if shapes else NOTHING


def side_by_side(blocks: Iterable[Block], gap: float) -> Block:
    """Return blocks beside one another, their middles on one line."""
    row = tuple(blocks)
    tallest = max((block.height for block in row), default=0)
    x, shapes = 0.0, []
    for block in row:
        shapes.append(moved(block, x, (tallest - block.height) / 2))
        x += block.width + gap
    return Block(max(x - gap, 0), tallest, tuple(shapes))


def padded(block: Block, across: float, down: float) -> Block:
    """Return a block with air around it."""
    group = moved(block, across, down)
    return Block(block.width + 2 * across, block.height + 2 * down, (group,))


@dataclass(frozen=True, slots=True)
class Look:
    """How a card looks: fill, edge, and the colour of a bar at its left side ("" for none)."""

    fill: str
    edge: str
    bar: str = ""


def card(inside: Block, look: Look, room: float) -> Block:
    """Return a block on a card of a given width; the block has to fit the card less its insets."""
    height = inside.height + 2 * CARD_DOWN
    shapes: list[Shape] = [Rect(0, 0, room, height, look.fill, look.edge, 5)]
    if look.bar:
        shapes.append(Rect(0, 0, CARD_BAR, height, look.bar, radius=1.5))
    shapes.append(moved(inside, CARD_ACROSS, CARD_DOWN))
    group = Group(0, 0, tuple(shapes), role="card", width=room, height=height)
    return Block(room, height, (group,))


CARD_ACROSS, CARD_DOWN, CARD_BAR = 8.0, 7.0, 3.0


def inner(room: float) -> float:
    """Return how wide the inside of a card of this width may be."""
    return room - 2 * CARD_ACROSS
