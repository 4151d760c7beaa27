"""Decides under which sets of weights a ranking is tried, and when two scores are the same there.

In logarithms a score is linear in the weights up to its cap at 100. They are compared in whole
steps, so that rounding decides nothing, and two ways to compute them decide all ties alike.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from cjm_sheets.scoring.weights import Weights

STEPS = (0.5, 0.75, 1.0, 1.25, 1.5)
"""What each weight is multiplied by: every combination is one set of the grid."""

SETS = len(STEPS) ** 3

SMALL_MOVE = 0.1
"""Part of a weight whose move must not turn the order of two pains that are not tied."""

TOP = 3
"""Pains at the top of which one wants to know whether they stay the same ones."""

QUANTUM = 2.0**35
"""Steps in 1 of a logarithm: within one step, a 3e-11th part, two scores are the same."""

LEAST = -(2**42) + 1
"""The step of a score that is none, or less than 100 times e to the -128."""


@dataclass(frozen=True, slots=True)
class Held:
    """How the pains of a ranking, by rank, fare over the grid, and which neighbours are tied.

    In how many sets each holds its rank, its best and worst ranks, in how many sets the top stays
    the same, and for each neighbouring pair whether a small move of one weight turns it.
    """

    held: Sequence[int]
    best: Sequence[int]
    worst: Sequence[int]
    same_top: int
    tied: Sequence[bool]


def grid(base: Weights) -> list[Weights]:
    """Return all sets of the grid, as parts of their sum."""
    sets = []
    for x, y, z in itertools.product(STEPS, repeat=3):
        a, b, c = base[0] * x, base[1] * y, base[2] * z
        total = a + b + c
        sets.append((a / total, b / total, c / total))
    return sets
