"""Decides how a ranking holds over the grid of weights and against small moves of one weight.

Time for n scored pains: 125 sorts of n numbers, O(125 n log n), about half a second for 3,000; the
ties cost O(n). firmness_large does the same for many pains.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from cjm_sheets.model.scales import Settings
from cjm_sheets.model.scores import PainScore
from cjm_sheets.scoring.ranking import Ranked, ranking
from cjm_sheets.scoring.weight_grid import LEAST, QUANTUM, SMALL_MOVE, TOP, Held, grid
from cjm_sheets.scoring.weights import Weights, weights


@dataclass(frozen=True, slots=True)
class _Logs:
    """The logarithms of one pain's factors; `none` if one of them is 0 and so the score is."""

    severity: float
    frequency: float
    reach: float
    moment: float
    grade: float
    none: bool

    def under(self, a: float, b: float, c: float) -> int:
        """Return the logarithm of the score from 0 to 1 under weights of sum 1, in steps."""
        if self.none:
            return LEAST
        mean = a * self.severity + b * self.frequency + c * self.reach + self.moment
        return max(LEAST, round((min(0.0, mean) + self.grade) * QUANTUM))


def hold(
    ranked: Sequence[Ranked], scores: Sequence[PainScore], settings: Settings, base: Weights
) -> Held:
    """Return how the ranked pains hold their ranks; base are the weights that ranked them."""
    logs = [_logs(scores[each.position], settings, base) for each in ranked]
    held, best, worst, same_top = _over_the_grid(_tie_order(ranked), logs, base)
    tied = [_turns(above, below, base) for above, below in itertools.pairwise(logs)]
    return Held(held, best, worst, same_top, tied)


def tied_at_the_top(scores: Sequence[PainScore], settings: Settings) -> tuple[tuple[int, ...], ...]:
    """Return groups of neighbours that are tied, as positions by rank.

    Only groups that begin among the first three; scores of 0 rank nothing and are left out.
    """
    base = weights(settings)
    if base is None:
        return ()
    ranked = [each for each in ranking(scores) if scores[each.position].evidenced]
    groups = [[each.position] for each in ranked[:1]]
    for at, (one, other) in enumerate(itertools.pairwise(ranked), start=1):
        above, below = (_logs(scores[each.position], settings, base) for each in (one, other))
        if _turns(above, below, base):
            groups[-1].append(other.position)
        elif at < TOP:
            groups.append([other.position])
        else:
            break
    return tuple(tuple(group) for group in groups if len(group) > 1)


def _logs(score: PainScore, settings: Settings, base: Weights) -> _Logs:
    """Return the logarithms of a scored pain; a factor of weight 0 counts as 1."""
    shares = (score.severity, score.frequency_low, score.reach)
    used = [share or 0.0 if weight else 1.0 for share, weight in zip(shares, base, strict=True)]
    factors = [*used, score.moment or 0.0, settings.grade_factor(score.grade) or 0.0]
    none = min(factors) <= 0
    s, f, r, m, g = (0.0 if none else math.log(factor) for factor in factors)
    return _Logs(s, f, r, m, g, none)


def _tie_order(ranked: Sequence[Ranked]) -> list[int]:
    """Return the indices of ranked pains in the order in which those with equal scores stand."""
    return sorted(range(len(ranked)), key=lambda at: ranked[at].rank_if_true)


def _over_the_grid(
    start: Sequence[int], logs: Sequence[_Logs], base: Weights
) -> tuple[list[int], list[int], list[int], int]:
    """Return in how many sets each holds its rank, best and worst ranks, sets with the same top."""
    many = len(logs)
    held, best, worst = [0] * many, [many] * many, [1] * many
    top, same_top = set(range(min(TOP, many))), 0
    for parts in grid(base):
        value = [each.under(*parts) for each in logs]
        order = sorted(start, key=value.__getitem__, reverse=True)
        same_top += set(order[:TOP]) == top
        for rank, at in enumerate(order, start=1):
            held[at] += rank == at + 1
            best[at] = min(best[at], rank)
            worst[at] = max(worst[at], rank)
    return held, best, worst, same_top


def _turns(above: _Logs, below: _Logs, base: Weights) -> bool:
    """Tell whether a small move of one weight makes two pains equal or turns their order.

    The difference of two scores, times the sum of weights, is linear in one weight between the
    places at which a score reaches its cap, so looking at these places and at the ends is enough.
    """
    if above.none or below.none:
        return above.none and below.none
    return any(
        _difference(above, below, _moved(base, index, weight)) <= 0
        for index in range(3)
        for weight in _places(above, below, base, index)
    )


def _places(above: _Logs, below: _Logs, base: Weights, index: int) -> list[float]:
    """Return the values of one weight at which the order of two pains may turn."""
    ends = (base[index] * (1 - SMALL_MOVE), base[index] * (1 + SMALL_MOVE))
    caps = [_cap(logs, base, index) for logs in (above, below)]
    return [*ends, *(cap for cap in caps if cap is not None and ends[0] < cap < ends[1])]


def _cap(logs: _Logs, base: Weights, index: int) -> float | None:
    """Return the value of one weight at which the score reaches its cap, None if there is none."""
    slopes = [part + logs.moment for part in (logs.severity, logs.frequency, logs.reach)]
    rest = sum(base[i] * slopes[i] for i in range(3) if i != index)
    return -rest / slopes[index] if slopes[index] else None


def _moved(base: Weights, index: int, weight: float) -> Weights:
    """Return the weights with one of them changed, as parts of their sum."""
    a, b, c = (weight if i == index else base[i] for i in range(3))
    total = a + b + c
    return a / total, b / total, c / total


def _difference(above: _Logs, below: _Logs, parts: Weights) -> int:
    """Return by how many steps the logarithm of one score exceeds that of the other."""
    return above.under(*parts) - below.under(*parts)
