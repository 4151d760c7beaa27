"""Decides how firmly the pains of a workbook hold their ranks: what is said of each, and how.

Few pains are reckoned in plain Python, many in NumPy, which is loaded only then. Both come to the
very same ranks and ties.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cjm_sheets.model.scales import Settings
from cjm_sheets.model.scores import PainScore
from cjm_sheets.scoring.firmness_plain import hold
from cjm_sheets.scoring.ranking import Ranked, ranking
from cjm_sheets.scoring.weight_grid import SETS, Held
from cjm_sheets.scoring.weights import Weights, weights

LARGE = range(3_000, 2**21)
"""Numbers of scored pains for which NumPy saves more time than loading it takes."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How firmly a pain holds its rank.

    The part of the weightings in which it does, its best and its worst rank over them, and the
    positions (indices into the workbook's pains) of its neighbours with which it is tied.
    """

    position: int
    rank: int
    rank_if_true: int
    firm_share: float
    best_rank: int
    worst_rank: int
    tied_with: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Firmness:
    """Standings of all scored pains by rank, and the part of weightings with the same top three.

    `top3_share` is None if no pain has a score.
    """

    standings: tuple[Standing, ...] = ()
    top3_share: float | None = None


def firmness(scores: Sequence[PainScore], settings: Settings) -> Firmness:
    """Return how firmly the pains of a workbook hold their ranks; settings as they were scored."""
    base, ranked = weights(settings), ranking(scores)
    if base is None or not ranked:
        return Firmness()
    return standings(ranked, _hold(ranked, scores, settings, base))


def standings(ranked: Sequence[Ranked], held: Held) -> Firmness:
    """Return what is said of ranked pains that held their ranks like this."""
    beside = [False, *held.tied, False]
    return Firmness(
        tuple(
            Standing(
                each.position,
                each.rank,
                each.rank_if_true,
                held.held[at] / SETS,
                held.best[at],
                held.worst[at],
                tuple(
                    ranked[neighbour].position
                    for neighbour, is_tied in ((at - 1, beside[at]), (at + 1, beside[at + 1]))
                    if is_tied
                ),
            )
            for at, each in enumerate(ranked)
        ),
        held.same_top / SETS,
    )


def _hold(
    ranked: Sequence[Ranked], scores: Sequence[PainScore], settings: Settings, base: Weights
) -> Held:
    if len(ranked) not in LARGE:
        return hold(ranked, scores, settings, base)
    from cjm_sheets.scoring import firmness_large  # noqa: PLC0415 - it loads NumPy

    return firmness_large.hold(ranked, scores, settings, base)
