"""Decides which evidence is so old that it may no longer be true."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from cjm_sheets.checks import proof
from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model.by_map import MapRows
from cjm_sheets.model.journey import Evidence
from cjm_sheets.words.mark import N_


@rule(
    "CJ036",
    Severity.WARNING,
    table="Evidence",
    reads=("Evidence.date", "Evidence.source", "Evidence.who", "*.evidence"),
    summary=N_("evidence is too old to rest on"),
    message=N_("This evidence is {days} days old, and nothing newer of its kind takes its place."),
    fix=N_("Ask again, or see whether it still holds, and add what you find as a new row."),
)
def old_evidence(view: View) -> Iterator[Found]:
    """CJ036: evidence is too old to rest on.

    Why: products, prices and customers change; what was true before last winter may be believed
        long after it was mended. Old is more than evidence_days in Settings (365).
    Fires: interviews with current customers of 366 days ago, and none since.
    Silent: 365 days ago; last year's survey where there is one of this year with the same people,
        for then it is history; evidence that no row of a map names, if there are several maps; a
        date that is missing, cannot be read (that is CJ011) or lies ahead; an archived map.
    """
    days = view.workbook.settings.evidence_days
    if days is None:
        return
    told: set[int] = set()
    for of in view.maps:
        newest = _newest(of)
        for row in proof.sources(of):
            if row.date is None or row.line in told:
                continue
            age = (view.as_of - row.date).days
            if age > days and newest[_kind(row)] == row.date:
                told.add(row.line)
                yield Found("Evidence", row.line, row.id, "date", facts={"days": age})


def _kind(row: Evidence) -> tuple[str, str]:
    """Return what a newer row must have in common with one to take its place."""
    return row.source, row.who


def _newest(of: MapRows) -> dict[tuple[str, str], date]:
    """Return the latest day of each kind of evidence of a map."""
    newest: defaultdict[tuple[str, str], date] = defaultdict(lambda: date.min)
    for row in proof.sources(of):
        newest[_kind(row)] = max(newest[_kind(row)], row.date or date.min)
    return newest
