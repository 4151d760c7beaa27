"""Decides in which order pains stand: by what is shown, and by what would be if all were true."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cjm_sheets.model.scores import PainScore
from cjm_sheets.scoring.alike import rounded

MANY = 20_000
"""Pains from which on NumPy, which is loaded only then, saves more time than loading it takes."""


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
    shown = [score.evidenced or 0.0 for score in scored]
    if_true = [score.if_true or 0.0 for score in scored]
    ids = [score.id for score in scored]
    ranks = {at: rank for rank, at in enumerate(_order(if_true, shown, ids), start=1)}
    return tuple(
        Ranked(scored[at].position, rank, ranks[at])
        for rank, at in enumerate(_order(shown, if_true, ids), start=1)
    )


def first(scores: Iterable[PainScore]) -> int | None:
    """Return the position of the pain that ranking puts first, without ranking the others."""
    scored = [score for score in scores if score.evidenced is not None]
    if not scored:
        return None
    return min(scored, key=lambda s: (-rounded(s.evidenced), -rounded(s.if_true), s.id)).position


def _order(first: Sequence[float], second: Sequence[float], ids: Sequence[str]) -> list[int]:
    """Return places by falling first scores; equal ones by falling second ones, then by id."""
    if len(ids) >= MANY:
        from cjm_sheets.scoring import ranking_large  # noqa: PLC0415 - it loads NumPy

        return ranking_large.order(first, second, ids)
    keys = [
        (-rounded(one), -rounded(other), id_)
        for one, other, id_ in zip(first, second, ids, strict=True)
    ]
    return sorted(range(len(ids)), key=keys.__getitem__)


def research_next(scores: Sequence[PainScore], most: int = 5) -> tuple[int, ...]:
    """Return the positions of the pains about which better evidence could change most."""
    gaps = [(gap, score) for score in scores if (gap := score.gap) is not None and gap > 0]
    gaps.sort(key=lambda pair: (-rounded(pair[0]), pair[1].id))
    return tuple(score.position for _, score in gaps[:most])
