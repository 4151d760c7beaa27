"""Decides what a workbook says of its own health: what a check finds in it on a day."""

from collections.abc import Iterable
from datetime import date

from cjm_sheets.checks.finding import Finding
from cjm_sheets.checks.health import counts, grade
from cjm_sheets.ports.store import Snapshot
from cjm_sheets.templates.blank import FRAME
from cjm_sheets.templates.content import Content, as_tables
from cjm_sheets.templates.facts import Health
from cjm_sheets.usecases.check_map import Wanted, check
from cjm_sheets.usecases.reading import Reading, reading_of


def health_of(content: Content, today: date) -> Health | None:
    """Return the health of a new workbook with this content."""
    tables = as_tables(content)
    read = Snapshot(title="", tables=tables, others=(), language=content.language, stamp="")
    return health_of_reading(reading_of(read), today)


def health_of_reading(
    reading: Reading, today: date, found: Iterable[Finding] | None = None
) -> Health | None:
    """Return the health of a workbook that was read; None while it holds only its frame.

    `found` is what all rules find in it, if that is known already.
    """
    if not {key for key, decoded in reading.decoded.items() if decoded.lines} - FRAME:
        return None
    if found is None:
        found = check(reading, Wanted(today, reading.snapshot.language)).findings
    return health(found, today)


def health(findings: Iterable[Finding], day: date) -> Health:
    """Return the health that findings of a day tell of."""
    found = tuple(findings)
    number = counts(found)
    return Health(grade(found), number["error"], number["warning"], number["info"], day)
