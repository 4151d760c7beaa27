"""Decides how cells stand below each other in lines of text, and how long a text in them may be."""

from collections.abc import Sequence

_WIDEST = 60
"""Characters of a pain's words in a line."""


def aligned(rows: Sequence[Sequence[str]], numbers: int) -> list[str]:
    """Return rows of cells as lines with columns below each other, the first ones to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if at < numbers else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def shortened(text: str, most: int = _WIDEST) -> str:
    r"""Return a text on one line, cut at a blank if it is too long.

    >>> shortened("a long way\nto go", 12)
    'a long way…'
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0] + "…"
