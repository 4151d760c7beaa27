"""Decides which maps are older than a change of what they show."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ101",
    Severity.WARNING,
    table="Maps",
    reads=("Maps.last_reviewed", "Changes.date", "Changes.significant", "Changes.what"),
    summary=N_("something changed since a map was reviewed"),
    message=N_("Reviewed on {value}; since then changed: {what} ({date})."),
    fix=N_("Walk through the map with this change in mind, and fill in {column} anew."),
)
def changed_since_review(view: View) -> Iterator[Found]:
    """CJ101: something changed since a map was reviewed.

    Why: after a big change of product or service the map shows a way that no longer exists, however
        fresh it looks.
    Fires: a significant change a day after the last review; of several the latest is named.
    Silent: a change on the day of the review; one that is not significant, without a date, or in
        the future; a map without a review (that is CJ100); a map of the future, which is ahead of
        all changes.
    """
    changes = [
        (row.date, row.what or row.id)
        for row in view.workbook.changes
        if row.significant and row.date is not None and row.date <= view.as_of
    ]
    if not changes:
        return
    latest, what = max(changes)
    for rows in view.maps:
        reviewed = rows.row.last_reviewed
        if reviewed is not None and latest > reviewed and rows.row.type != "future":
            facts = {"what": what, "date": latest.isoformat()}
            yield Found("Maps", rows.row.line, rows.row.id, "last_reviewed", facts=facts)
