"""Decides the order of the pains on a map, and what an unscored pain lacks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cjm_sheets.drawing import tidy
from cjm_sheets.model.journey import Pain
from cjm_sheets.model.scores import PainScore
from cjm_sheets.words.mark import N_

NO_SEVERITY = N_("severity")
NO_FREQUENCY = N_("how many had it, out of how many")
NO_REACH = N_("reach")
NO_TOUCHPOINT = N_("a touchpoint")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A pain with its scores 0..100 and its rank from 1; without a score these are None.

    `position` is the index of the pain in the workbook; `missing` names in
    English what keeps a pain from being scored; `grade` is A to D or "".
    """

    position: int
    pain: Pain
    rank: int | None = None
    shown: float | None = None
    if_true: float | None = None
    grade: str = ""
    sources: int = 0
    missing: tuple[str, ...] = ()


def ranked(pains: Iterable[tuple[int, Pain]], scores: Iterable[PainScore]) -> tuple[Ranked, ...]:
    """Return (position in the workbook, pain) pairs by score shown, the unscored ones last."""
    by_position = {score.position: score for score in scores}
    found = [_unranked(position, pain, by_position.get(position)) for position, pain in pains]
    with_score = sorted((r for r in found if r.shown is not None), key=_worst_first)
    without = [r for r in found if r.shown is None]
    return (*(_with_rank(r, rank) for rank, r in enumerate(with_score, start=1)), *without)


def _unranked(position: int, pain: Pain, score: PainScore | None) -> Ranked:
    if score is None:
        return Ranked(position, pain, missing=_missing_in_row(pain))
    shown, if_true = tidy.number(score.evidenced), tidy.number(score.if_true)
    if shown is None or if_true is None:
        return Ranked(position, pain, grade=score.grade, missing=_missing(pain, score))
    return Ranked(
        position, pain, shown=shown, if_true=if_true, grade=score.grade, sources=score.sources
    )


def _missing(pain: Pain, score: PainScore) -> tuple[str, ...]:
    parts = (
        (NO_TOUCHPOINT, tidy.text(pain.touchpoint)),
        (NO_SEVERITY, tidy.number(score.severity) is not None),
        (NO_FREQUENCY, tidy.number(score.frequency) is not None),
        (NO_REACH, tidy.number(score.reach) is not None),
    )
    return tuple(name for name, there in parts if not there)


def _missing_in_row(pain: Pain) -> tuple[str, ...]:
    """Return what a row without any score lacks; its reach may lie at the touchpoint."""
    counted = tidy.number(pain.hit) is not None and tidy.number(pain.observed) is not None
    parts = (
        (NO_TOUCHPOINT, tidy.text(pain.touchpoint)),
        (NO_SEVERITY, tidy.number(pain.severity) is not None),
        (NO_FREQUENCY, counted or tidy.share(pain.guess) is not None),
    )
    return tuple(name for name, there in parts if not there)


def _worst_first(found: Ranked) -> tuple[float, float, str]:
    """Order by score shown, then score if true, then id; scores alike in 12 digits are equal."""
    return (-_rounded(found.shown), -_rounded(found.if_true), tidy.words(found.pain.id))


def _rounded(score: float | None) -> float:
    return float(f"{score or 0:.12g}")


def _with_rank(found: Ranked, rank: int) -> Ranked:
    return replace(found, rank=rank)
