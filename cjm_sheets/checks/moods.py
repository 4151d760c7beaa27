"""Decides which moods of a map are judged together, and whether they are enough for that."""

from collections.abc import Sequence

from cjm_sheets.checks.proof import BEGUN, SHOWS_TODAY, steps
from cjm_sheets.checks.view import View
from cjm_sheets.model.by_map import MapRows
from cjm_sheets.model.journey import Touchpoint

_WORST, _BEST = -2, 2


def mood_of(step: Touchpoint) -> int | None:
    """Return the mood of a step, None if there is none on the scale.

    >>> mood_of(Touchpoint(emotion=-2)), mood_of(Touchpoint(emotion=7))
    (-2, None)
    """
    mood = step.emotion
    return mood if mood is not None and _WORST <= mood <= _BEST else None


def of_today(of: MapRows) -> tuple[int, ...]:
    """Return the moods of a map of today, -2 to 2, in the order of the way."""
    if of.row.type not in SHOWS_TODAY:
        return ()
    return tuple(mood for mood in map(mood_of, steps(of)) if mood is not None)


def are_enough(of: MapRows, found: Sequence[int], view: View) -> bool:
    """Tell whether so many steps have a mood that something can be said of all of them."""
    every = len(steps(of))
    return len(found) >= BEGUN and every - len(found) <= view.limit("unrated_share") * every


def is_flat(found: Sequence[int], view: View) -> bool:
    """Tell whether moods hardly differ."""
    return max(found) - min(found) <= view.limit("flat_range")


def is_flat_at_zero(found: Sequence[int], view: View) -> bool:
    """Tell whether moods hardly differ from 0: nobody was happy or unhappy."""
    return is_flat(found, view) and min(found) <= 0 <= max(found)
