"""Decides in NumPy what ranking decides: in which order very many pains stand, ties alike.

Time for n pains: one sort of n floats, and a second one of those that are equal to another.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cjm_sheets.scoring.alike import BITS

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


def order(first: Sequence[float], second: Sequence[float], ids: Sequence[str]) -> list[int]:
    """Return places by falling first scores; equal ones by falling second ones, then by id.

    Scores are compared as alike.rounded compares them.
    """
    found: list[int] = order_of_columns(np.asarray(first), np.asarray(second), ids).tolist()
    return found


def order_of_columns(first: Floats, second: Floats, ids: Sequence[str]) -> Places:
    """Return the order of columns of scores."""
    falling = -rounded(first)
    places = np.argsort(falling)
    sorted_ = falling[places]
    same = sorted_[1:] == sorted_[:-1]
    tied = np.zeros(len(places), np.bool_)
    tied[1:] |= same
    tied[:-1] |= same
    if tied.any():
        places[tied] = _untied(np.sort(places[tied]), falling, second, ids)
    return places


def rounded(scores: Floats) -> Floats:
    """Return scores to the digits that count when they are compared, as alike.rounded does."""
    part, power = np.frexp(scores)
    kept: Floats = np.ldexp(np.rint(np.ldexp(part, BITS)), power - BITS)
    return kept


def _untied(places: Places, falling: Floats, second: Floats, ids: Sequence[str]) -> Places:
    """Return some places, given as they lie, in their order by all that counts."""
    named = [ids[at] for at in places.tolist()]
    by_id = np.empty(len(named), np.int64)
    by_id[sorted(range(len(named)), key=named.__getitem__)] = np.arange(len(named))
    return places[np.lexsort((by_id, -rounded(second[places]), falling[places]))]
