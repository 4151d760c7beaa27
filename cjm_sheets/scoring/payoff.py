"""Decides what an opportunity pays: evidenced pain it relieves, for each unit of effort."""

from collections.abc import Iterable, Mapping, Sequence

from cjm_sheets.model.scores import PainScore
from cjm_sheets.scoring.factors import is_share

Evidenced = Mapping[str, Sequence[float]]
"""The evidenced scores of the scored pains of each id; ids should be unique, but copies exist."""


def evidenced_by_id(scores: Iterable[PainScore]) -> Evidenced:
    """Return the evidenced scores by pain id."""
    found: dict[str, list[float]] = {}
    for score in scores:
        if score.id and score.evidenced is not None:
            found.setdefault(score.id, []).append(score.evidenced)
    return found


def payoff(
    ids: Sequence[str], relief: float | None, effort: float | None, evidenced: Evidenced
) -> float | None:
    """Return the sum of evidenced scores times relief over effort.

    None unless every id as typed names exactly one scored pain and none is named twice, relief is
    0..1 and effort at least 1.
    """
    if not ids or relief is None or not is_share(relief) or effort is None or not effort >= 1:
        return None
    found = [evidenced.get(id_, ()) for id_ in ids]
    if len(set(ids)) < len(ids) or any(len(scores) != 1 for scores in found):
        return None
    return sum(scores[0] for scores in found) * relief / effort
