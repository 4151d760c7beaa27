"""Decides how a persona's way feels as a whole: the emotion curve, its peak and its end.

People remember a way by its most extreme moment and by its end rather than by its mean (Kahneman,
Fredrickson, Schreiber and Redelmeier, When more pain is preferred to less, Psychological Science 4
(1993), 401-405), so (peak + end) / 2 is shown beside the mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from cjm_sheets.model.journey import Map, Touchpoint
from cjm_sheets.model.workbook import Workbook

_LAST = 10_000
"""Order of what has none: behind all that have one (they go to 9999)."""

LOWEST, HIGHEST = -2, 2


@dataclass(frozen=True, slots=True)
class EmotionCurve:
    """The moods of one persona along one map; persona is "" for a map that names none.

    `moods` are (index into the workbook's touchpoints, mood -2..2) in the order of the way, rated
    touchpoints only; the other numbers are on the same scale.
    """

    map: str
    persona: str
    moods: tuple[tuple[int, int], ...]
    mean: float
    peak: int
    end: int

    @property
    def remembered(self) -> float:
        """What is left of the way in memory: half its peak, half its end."""
        return (self.peak + self.end) / 2


def emotion_curves(workbook: Workbook) -> tuple[EmotionCurve, ...]:
    """Return the curve of each map's personas, in their order; none without a rated touchpoint.

    A touchpoint that names no persona belongs to all personas of its map. Stages that name no map
    belong to the only one, if there is one.
    """
    curves = [
        _curve(workbook, row, persona, way)
        for row in workbook.maps
        if (way := _way(workbook, row))
        for persona in _personas(workbook.touchpoints, row, way)
    ]
    return tuple(curve for curve in curves if curve is not None)


def peak(moods: Sequence[int]) -> int:
    """Return the mood furthest from neutral; of a low and a high equally far off, the low.

    Bad is remembered better than good (Baumeister et al., Review of General Psychology 5 (2001)).

    >>> peak([1, -2, 2]), peak([0, 1])
    (-2, 1)
    """
    return max(moods, key=lambda mood: (abs(mood), -mood))


def _curve(workbook: Workbook, row: Map, persona: str, way: Sequence[int]) -> EmotionCurve | None:
    """Return the curve of one persona along the touchpoints of a map."""
    moods = []
    for at in way:
        touchpoint = workbook.touchpoints[at]
        mood, personas = touchpoint.emotion, touchpoint.personas
        concerns = not personas or not persona or persona in personas
        if concerns and mood is not None and LOWEST <= mood <= HIGHEST:
            moods.append((at, mood))
    if not moods:
        return None
    felt = [mood for _, mood in moods]
    return EmotionCurve(row.id, persona, tuple(moods), fmean(felt), peak(felt), felt[-1])


def _personas(touchpoints: Sequence[Touchpoint], row: Map, way: Sequence[int]) -> Sequence[str]:
    """Return the personas of a map, else those of its touchpoints, else one without a name."""
    named = (persona for at in way for persona in touchpoints[at].personas)
    return row.personas or tuple(dict.fromkeys(named)) or ("",)


def _way(workbook: Workbook, row: Map) -> list[int]:
    """Return the touchpoints of a map by their stage, then by their order, then by their row."""
    only = len(workbook.maps) == 1
    stages = {
        stage.id: (stage.order or _LAST, at)
        for at, stage in enumerate(workbook.stages)
        if stage.id and (stage.map == row.id or (only and not stage.map))
    }
    placed = [
        (stages[touchpoint.stage], touchpoint.order or _LAST, at)
        for at, touchpoint in enumerate(workbook.touchpoints)
        if touchpoint.stage in stages
    ]
    return [at for _, _, at in sorted(placed)]
