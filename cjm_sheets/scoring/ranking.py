"""Decides in which order pains stand: by what is shown, and by what would be if all were true."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cjm_sheets.model.scores import PainScore

_ALIKE = 12
"""Significant digits in which two scores must agree to be a tie and no accident of rounding."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The two ranks of a scored pain, from 1; position is its index in the workbook's pains."""

    position: int
    rank: int
    rank_if_true: int


def ranking(scores: Iterable[PainScore]) -> tuple[Ranked, ...]:
    """Return the scored pains, worst first; unscored pains have no rank and are left out.

    Ties of the evidenced score go by the score if true, then by id, and the other way about.
    """
    scored = [score for score in scores if score.evidenced is not None]
    by_shown = sorted(scored, key=lambda s: (-_rounded(s.evidenced), -_rounded(s.if_true), s.id))
    by_truth = sorted(scored, key=lambda s: (-_rounded(s.if_true), -_rounded(s.evidenced), s.id))
    if_true = {score.position: rank for rank, score in enumerate(by_truth, start=1)}
    return tuple(
        Ranked(score.position, rank, if_true[score.position])
        for rank, score in enumerate(by_shown, start=1)
    )


def research_next(scores: Sequence[PainScore], most: int = 5) -> tuple[int, ...]:
    """Return the positions of the pains about which better evidence could change most."""
    gaps = [(gap, score) for score in scores if (gap := score.gap) is not None and gap > 0]
    gaps.sort(key=lambda pair: (-_rounded(pair[0]), pair[1].id))
    return tuple(score.position for _, score in gaps[:most])


def _rounded(score: float | None) -> float:
    """Return a score to the digits that count when scores are compared."""
    return float(f"{score or 0:.{_ALIKE}g}")
