"""Decides which figures are older than they should be."""

from collections.abc import Iterator
from datetime import timedelta

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model.journey import Metric
from cjm_sheets.words.mark import N_


@rule(
    "CJ106",
    Severity.WARNING,
    table="Metrics",
    reads=("Metrics.name", "Metrics.value", "Metrics.date", "Metrics.cadence_days"),
    summary=N_("a figure was not measured anew in time"),
    message=N_("{name} was last measured on {value}, and is due again after so many days: {days}."),
    fix=N_("Look the figure up anew and fill in {column}, or measure it less often."),
)
def metric_not_refreshed(view: View) -> Iterator[Found]:
    """CJ106: a figure was not measured anew in time.

    Why: an old figure beside a new map looks like a fact of today. Of several rows with the same
        name at the same place the latest counts, so that older ones can stay as history.
    Fires: a monthly figure that is 31 days old.
    Silent: one that is 30 days old; a row without days, date or value.
    """
    latest: dict[tuple[str, ...], Metric] = {}
    for row in view.workbook.metrics:
        key = (row.name.casefold(), row.definition, row.stage, row.touchpoint)
        if row.date is not None and row.value is not None:
            before = latest.get(key)
            if before is None or before.date is None or before.date <= row.date:
                latest[key] = row
    for row in sorted(latest.values(), key=lambda each: each.line):
        days = row.cadence_days
        if row.date is None or days is None or days <= 0:
            continue
        if view.as_of > row.date + timedelta(days=days):
            facts = {"name": row.name or row.id, "days": days}
            yield Found("Metrics", row.line, row.id, "date", facts=facts)
