"""Decides how cells and cards are arranged in a lane: below their step, moved aside, in a strip."""

import math
from collections.abc import Callable, Iterable

from cjm_sheets.drawing import styles, tidy
from cjm_sheets.drawing.blocks import NOTHING, Block, moved, padded, paragraph, stack
from cjm_sheets.drawing.content import Column, View
from cjm_sheets.drawing.grid import Grid

Cell = Callable[[Column, View, float], Block]
"""Builds the block of a column, as wide as the column."""

Cards = Callable[[Column, View, float], Iterable[Block]]
"""Builds the cards of a column, each so many pixels wide."""

Row = Callable[[View, Grid], tuple[Block, ...]]
"""Builds the blocks of a lane: one for each column, or one as wide as all of them."""

_CARD = 215.0
"""Least width of a card in a strip."""
_WIDEST_CARD = 330.0


def each(cell: Cell) -> Row:
    """Return a row of cells that are built one by one."""

    def row(view: View, places: Grid) -> tuple[Block, ...]:
        return tuple(cell(at, view, places.column) for at in view.columns)

    return row


def in_place(of_column: Cards) -> Row:
    """Return a row that stacks cards below the step to which they belong."""

    def row(view: View, places: Grid) -> tuple[Block, ...]:
        room = places.column - 2 * styles.CARD_INSET
        return tuple(_pile(of_column(at, view, room)) for at in view.columns)

    return row


def spread(of_column: Cards, *, named: bool = False) -> Row:
    """Return a row whose cards may move aside, to a shorter column of the same stage.

    The first card of a step stays below it. So a step with many cards does not make the map tall.
    Where `named`, the name of its step stands above a card that moved.
    """

    def row(view: View, places: Grid) -> tuple[Block, ...]:
        room = places.column - 2 * styles.CARD_INSET
        built = [list(of_column(at, view, room)) for at in view.columns]
        names = [_name(at, room) if named else NOTHING for at in view.columns]
        piles: list[Block] = []
        for band in view.bands:
            here = slice(len(piles), len(piles) + band.columns)
            piles += [_pile(pile) for pile in _evened(built[here], names[here])]
        return tuple(piles)

    return row


def _name(at: Column, room: float) -> Block:
    name = tidy.words(at.touchpoint.name) if at.touchpoint else ""
    return paragraph(f"{name}:", styles.LABEL, room) if name else NOTHING


def _evened(columns: list[list[Block]], names: list[Block]) -> list[list[Block]]:
    piles = [here[:1] for here in columns]
    heights = [sum(block.height for block in pile) for pile in piles]
    for home, here in enumerate(columns):
        for block in here[1:]:
            at = min(range(len(piles)), key=lambda i: (heights[i], abs(i - home)))
            piles[at].append(block if at == home else stack((names[home], block), 1))
            heights[at] += piles[at][-1].height + styles.GAP
    return piles


def _pile(blocks: Iterable[Block]) -> Block:
    built = stack(blocks, styles.GAP)
    return padded(built, styles.CARD_INSET, 0) if built.height else NOTHING


def strip(of_column: Cards) -> Row:
    """Return a row of all cards beside one another, from left to right, as wide as the page."""

    def row(view: View, places: Grid) -> tuple[Block, ...]:
        wide = places.right - places.left
        most = max(int((wide + styles.GAP) // (_CARD + styles.GAP)), 1)
        count = sum(1 for at in view.columns for _ in of_column(at, view, _CARD))
        beside = math.ceil(count / max(math.ceil(count / most), 1)) or 1
        room = min((wide - styles.GAP * (beside - 1)) / beside, _WIDEST_CARD)
        built = [block for at in view.columns for block in of_column(at, view, room)]
        lines = [_line(built[i : i + beside]) for i in range(0, count, beside)]
        return (stack(lines, styles.GAP),)

    return row


def _line(built: list[Block]) -> Block:
    step = built[0].width + styles.GAP
    shapes = tuple(moved(block, at * step, 0) for at, block in enumerate(built))
    return Block(step * len(built), max(block.height for block in built), shapes)
