"""Decides which maps nobody has looked at for too long."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model.journey import Map
from cjm_sheets.words.mark import N_

_NEVER = N_("This map is agreed, but it does not say when anybody last reviewed it.")


@rule(
    "CJ100",
    Severity.WARNING,
    table="Maps",
    reads=("Maps.last_reviewed", "Maps.cadence_days", "Maps.status"),
    summary=N_("a map was not reviewed for long"),
    message=N_("This map was last reviewed {days} days ago, on {date}."),
    fix=N_("Walk through the map, correct what has changed, and fill in {column}."),
)
def map_not_reviewed(view: View) -> Iterator[Found]:
    """CJ100: a map was not reviewed for long.

    Why: products, channels and customers change; a map that shows how things were half a year ago
        is believed all the same. It is a note after the map's own number of days between reviews
        (else review_days in Settings), a warning after overdue_days, or after the map's own number
        if that is longer.
    Fires: last reviewed 91 days ago (a note), 183 days ago (a warning); an agreed map that was
        never reviewed (a warning).
    Silent: reviewed 90 days ago; reviewed 300 days ago on a map to review once a year; an archived
        map; a draft without a date, which is still being made; a date that cannot be read (that is
        CJ011) or lies ahead.
    """
    for row in view.workbook.maps:
        if row.status == "archived":
            continue
        if row.last_reviewed is None:
            if row.status == "agreed" and not view.shown("Maps", "last_reviewed", row.line):
                yield Found("Maps", row.line, row.id, "last_reviewed", "", message=_NEVER)
            continue
        days = (view.as_of - row.last_reviewed).days
        severity = _severity(view, row, days)
        if severity is not None:
            facts = {"days": days, "date": row.last_reviewed.isoformat()}
            yield Found("Maps", row.line, row.id, "last_reviewed", facts=facts, severity=severity)


def _severity(view: View, row: Map, days: int) -> Severity | None:
    """Return how bad it is that a map was last reviewed so many days ago, None if it is not."""
    settings = view.workbook.settings
    own = row.cadence_days if row.cadence_days and row.cadence_days > 0 else None
    cadence = own or settings.review_days
    overdue = settings.overdue_days
    if overdue is not None and days > max(overdue, cadence or 0):
        return Severity.WARNING
    return Severity.INFO if cadence is not None and days > cadence else None
