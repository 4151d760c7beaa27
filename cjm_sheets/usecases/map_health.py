"""Decides what a workbook says of its own health: what a check finds in it on a day."""

from collections.abc import Iterable
from datetime import date

from cjm_sheets.checks.finding import Finding
from cjm_sheets.checks.health import counts, grade
from cjm_sheets.checks.runner import run
from cjm_sheets.checks.view import View
from cjm_sheets.scoring.pain_scores import score_pains
from cjm_sheets.tables.codec import decode
from cjm_sheets.tables.to_model import to_model
from cjm_sheets.templates.blank import FRAME, is_blank
from cjm_sheets.templates.content import Content, as_tables
from cjm_sheets.templates.facts import Health
from cjm_sheets.usecases.check_map import Wanted, check
from cjm_sheets.usecases.reading import Reading


def health_of(content: Content, today: date) -> Health | None:
    """Return the health of a workbook with this content; None while it holds only its frame."""
    if is_blank(content):
        return None
    decoded = {table.spec.key: decode(table) for table in as_tables(content)}
    workbook = to_model(decoded.values(), content.language)
    view = View(workbook, decoded, score_pains(workbook), today, language=content.language)
    return health(run(view), today)


def health_of_reading(reading: Reading, today: date) -> Health | None:
    """Return the health of a workbook that was read; None while it holds only its frame."""
    filled = {key for key, decoded in reading.decoded.items() if decoded.lines}
    if not filled - FRAME - {"Settings"}:
        return None
    return health(check(reading, Wanted(today, reading.snapshot.language)).findings, today)


def health(findings: Iterable[Finding], day: date) -> Health:
    """Return the health that findings of a day tell of."""
    found = tuple(findings)
    number = counts(found)
    return Health(grade(found), number["error"], number["warning"], number["info"], day)
