"""Decides how a curve runs through points without ever leaving their range.

Monotone cubic interpolation after F. N. Fritsch and R. E. Carlson, SIAM Journal on Numerical
Analysis 17 (1980), with the weighted harmonic mean of F. N. Fritsch and J. Butland (1984) as slope.
"""

from collections.abc import Sequence
from itertools import pairwise

from cjm_sheets.drawing.shapes import Step

Point = tuple[float, float]


def smooth(points: Sequence[Point]) -> tuple[Step, ...]:
    """Return the steps of a curve through points of rising x; () for fewer than two points.

    Between two points the curve rises, falls or stays level, as they do, and never beyond them.
    """
    if len(points) <= 1:
        return ()
    slopes = _slopes(points)
    steps: list[Step] = [("M", points[0])]
    for (one, other), (m1, m2) in zip(pairwise(points), pairwise(slopes), strict=True):
        third = (other[0] - one[0]) / 3
        leaving = (one[0] + third, one[1] + m1 * third)
        arriving = (other[0] - third, other[1] - m2 * third)
        steps.append(("C", (*leaving, *arriving, *other)))
    return tuple(steps)


def _slopes(points: Sequence[Point]) -> list[float]:
    rises = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(points)]
    runs = [b[0] - a[0] for a, b in pairwise(points)]
    inner = [
        _between(rises[i], rises[i + 1], (runs[i], runs[i + 1])) for i in range(len(rises) - 1)
    ]
    return [0.0, *inner, 0.0]


def _between(before: float, after: float, runs: tuple[float, float]) -> float:
    """Return the slope at a point between two rises: none at a peak, in a valley, on a level."""
    if before * after <= 0:
        return 0.0
    w1, w2 = 2 * runs[1] + runs[0], runs[1] + 2 * runs[0]
    return (w1 + w2) / (w1 / before + w2 / after)
