"""Decides in NumPy what firmness_plain decides: how very many pains hold their ranks.

Every number comes from the same operations in the same order as there, so that both agree to the
last bit; the two are only arranged differently: columns in place of rows, and one sort of whole
numbers in place of a sort with a key. A whole number holds the score in steps above and the order
in which equal scores stand below, so that no two are equal and the fastest sort will do.

Time for n pains: 125 sorts of n whole numbers and some twenty passes over n floats for each.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cjm_sheets.model.scales import Settings
from cjm_sheets.model.scores import PainScore
from cjm_sheets.scoring.ranking import Ranked
from cjm_sheets.scoring.weight_grid import LEAST, QUANTUM, SMALL_MOVE, TOP, Held, grid
from cjm_sheets.scoring.weights import Weights

_CHUNK = 1 << 15
"""Pains whose columns fit into the fast memory of a processor."""

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Columns:
    """The logarithms of the factors of pains, and whether one of them is 0 and so the score is."""

    severity: Floats
    frequency: Floats
    reach: Floats
    moment: Floats
    grade: Floats
    none: NDArray[np.bool_]

    def taken(self, at: Any) -> "Columns":  # noqa: ANN401 - whatever picks rows
        """Return some rows."""
        return Columns(
            self.severity[at],
            self.frequency[at],
            self.reach[at],
            self.moment[at],
            self.grade[at],
            self.none[at],
        )

    def under(self, a: Any, b: Any, c: Any) -> Wholes:  # noqa: ANN401 - numbers or columns of them
        """Return the logarithms of the scores from 0 to 1 under weights of sum 1, in steps."""
        mean = a * self.severity
        mean += b * self.frequency
        mean += c * self.reach
        mean += self.moment
        np.minimum(mean, 0.0, out=mean)
        mean += self.grade
        mean *= QUANTUM
        np.rint(mean, out=mean)
        np.maximum(mean, LEAST, out=mean)
        steps: Wholes = mean.astype(np.int64)
        steps[self.none] = LEAST
        return steps


def hold(
    ranked: Sequence[Ranked], scores: Sequence[PainScore], settings: Settings, base: Weights
) -> Held:
    """Return how the ranked pains hold their ranks; base are the weights that ranked them."""
    logs = columns([scores[each.position] for each in ranked], settings, base)
    if_true = np.array([each.rank_if_true for each in ranked], np.int64)
    held, best, worst, same_top = over_the_grid(logs, if_true, base)
    tied = _turns(logs.taken(slice(None, -1)), logs.taken(slice(1, None)), base)
    return Held(held.tolist(), best.tolist(), worst.tolist(), same_top, tied.tolist())


def columns(scores: Sequence[PainScore], settings: Settings, base: Weights) -> Columns:
    """Return the logarithms of scored pains; a factor of weight 0 counts as 1."""
    factors = [
        [score.severity or 0.0 for score in scores],
        [score.frequency_low or 0.0 for score in scores],
        [score.reach or 0.0 for score in scores],
    ]
    factors = [
        found if weight else [1.0] * len(scores)
        for found, weight in zip(factors, base, strict=True)
    ]
    left = {grade: factor or 0.0 for grade, factor in settings.grades}
    factors += [
        [score.moment or 0.0 for score in scores],
        [left.get(score.grade, 0.0) for score in scores],
    ]
    none = np.any(np.array(factors) <= 0, axis=0)
    # The logarithms are those of plain Python: those of NumPy may differ in their last bit.
    s, f, r, m, g = (
        np.where(none, 0.0, [math.log(of) if of > 0 else 0.0 for of in found]) for found in factors
    )
    return Columns(s, f, r, m, g, none)


def over_the_grid(
    logs: Columns, if_true: Wholes, base: Weights
) -> tuple[Wholes, Wholes, Wholes, int]:
    """Return in how many sets each holds its rank, best and worst ranks, sets with the same top.

    The rows lie by rank; `if_true` has the order in which equal scores stand.
    """
    many = len(if_true)
    start = np.argsort(if_true, kind="stable")
    lying, rows = logs.taken(start), np.arange(many)
    bits = many.bit_length()
    held, ranks = np.zeros(many, np.int64), np.empty(many, np.int64)
    best, worst = np.full(many, many), np.ones(many, np.int64)
    top, same_top = set(range(min(TOP, many))), 0
    for parts in grid(base):
        keys = _keys(lying, parts, bits)
        keys.sort()
        keys &= (1 << bits) - 1
        order = start[keys]
        same_top += set(order[:TOP].tolist()) == top
        held += order == rows
        ranks[order] = rows
        np.minimum(best, ranks + 1, out=best)
        np.maximum(worst, ranks + 1, out=worst)
    return held, best, worst, same_top


def _keys(lying: Columns, parts: Weights, bits: int) -> Wholes:
    """Return numbers that sort like the scores, the highest first, and hold their rows below."""
    many = len(lying.none)
    keys = np.empty(many, np.int64)
    for begin in range(0, many, _CHUNK):
        chunk = slice(begin, min(many, begin + _CHUNK))
        steps = lying.taken(chunk).under(*parts)
        np.negative(steps, out=steps)
        steps <<= bits
        steps += np.arange(chunk.start, chunk.stop)
        keys[chunk] = steps
    return keys


def _turns(above: Columns, below: Columns, base: Weights) -> NDArray[np.bool_]:
    """Tell of each pair whether a small move of one weight makes it equal or turns its order."""
    turned = np.zeros(len(above.none), np.bool_)
    for index in range(3):
        ends = (base[index] * (1 - SMALL_MOVE), base[index] * (1 + SMALL_MOVE))
        for weight in (*ends, _cap(above, base, index), _cap(below, base, index)):
            a, b, c = (weight if i == index else base[i] for i in range(3))
            total = a + b + c
            with np.errstate(all="ignore"):  # where there is no cap, nothing is asked
                parts = (a / total, b / total, c / total)
                turns = above.under(*parts) <= below.under(*parts)
            turned |= turns & (ends[0] <= weight) & (weight <= ends[1])
    return np.where(above.none | below.none, above.none & below.none, turned)


def _cap(logs: Columns, base: Weights, index: int) -> Floats:
    """Return the value of one weight at which each score reaches its cap; NaN if there is none."""
    slopes = [part + logs.moment for part in (logs.severity, logs.frequency, logs.reach)]
    first, second = (base[i] * slopes[i] for i in range(3) if i != index)
    with np.errstate(all="ignore"):
        cap: Floats = -(first + second) / slopes[index]
    return np.where(slopes[index] == 0, np.nan, cap)
