"""Decides where the columns and stages of a wall map lie across the page."""

from dataclasses import dataclass
from itertools import accumulate

from cjm_sheets.drawing import styles
from cjm_sheets.drawing.content import View


@dataclass(frozen=True, slots=True)
class Grid:
    """Left edges and widths: of the page, of every column, and of every stage (left, width)."""

    page: float
    column: float
    columns: tuple[float, ...]
    bands: tuple[tuple[float, float], ...]

    @property
    def left(self) -> float:
        """Where the first column begins."""
        return styles.MARGIN + styles.LABELS

    @property
    def right(self) -> float:
        """Where the last column ends."""
        return self.page - styles.MARGIN


def narrowest(view: View) -> float:
    """Return the least width of a page on which every column has its least width."""
    gaps = styles.GAP * max(len(view.bands) - 1, 0)
    return 2 * styles.MARGIN + styles.LABELS + gaps + styles.NARROWEST * len(view.columns)


def grid(view: View, page: float) -> Grid:
    """Return the places of the columns on a page; all are equally wide."""
    gaps = styles.GAP * max(len(view.bands) - 1, 0)
    room = page - 2 * styles.MARGIN - styles.LABELS - gaps
    column = room / max(len(view.columns), 1)
    left = styles.MARGIN + styles.LABELS
    columns: list[float] = []
    bands: list[tuple[float, float]] = []
    ends = accumulate(band.columns for band in view.bands)
    for index, (band, end) in enumerate(zip(view.bands, ends, strict=True)):
        begin = left + (end - band.columns) * column + index * styles.GAP
        bands.append((begin, band.columns * column))
        columns += [begin + n * column for n in range(band.columns)]
    return Grid(page, column, tuple(columns), tuple(bands))
