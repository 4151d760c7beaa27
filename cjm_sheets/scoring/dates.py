"""Decides when a map is due for its next review, and whether an action is late."""

from datetime import date, timedelta

from cjm_sheets.model.journey import Action, Map
from cjm_sheets.model.scales import Settings

CLOSED = frozenset({"done", "dropped"})
"""Statuses of actions that nobody waits for any more."""


def next_review(row: Map, settings: Settings) -> date | None:
    """Return the day of the next review: the map's own cadence, else that of Settings.

    None while the map was never reviewed, or no cadence is known.
    """
    own = row.cadence_days
    days = own if own is not None and own > 0 else settings.review_days
    if row.last_reviewed is None or days is None:
        return None
    try:
        return row.last_reviewed + timedelta(days=days)
    except OverflowError:  # past the year 9999: a cadence that nobody means
        return None


def is_overdue(action: Action, as_of: date) -> bool | None:
    """Tell whether an open action is past its due date; None if it has none."""
    if action.due is None:
        return None
    return action.due < as_of and action.status not in CLOSED
