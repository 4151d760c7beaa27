"""Decides what is made of a shared map for people: the wall map, its health, a workbook."""

from datetime import UTC, date, datetime

from cjm_sheets.checks.finding import Finding
from cjm_sheets.checks.health import counts, grade
from cjm_sheets.errors import CjmError
from cjm_sheets.ports.builder import Builder
from cjm_sheets.service.a1 import parse_area
from cjm_sheets.service.page.content import Moment
from cjm_sheets.service.refusals import Json, not_found
from cjm_sheets.usecases.as_workbook import as_workbook
from cjm_sheets.usecases.check_map import Wanted, check
from cjm_sheets.usecases.draw_map import drawn
from cjm_sheets.words.counts import findings as in_words
from cjm_sheets.words.failures import sentence

_MOST_FINDINGS = 200


def today() -> date:
    """Return the day for which maps are drawn and checked."""
    return datetime.now(tz=UTC).date()


def wall_map(moment: Moment, map_id: str) -> str:
    """Return the drawing of a map, the first one without an id, "" where there is nothing to draw.

    Raises ``RefusedError`` for a map that is not there.
    """
    reading = moment.reading
    if not reading.snapshot.tables:
        return ""
    try:
        return drawn(reading, "map.svg", today(), map_id or None)
    except CjmError as error:
        raise not_found(sentence(error, "en")) from error


def maps(moment: Moment) -> list[Json]:
    """Return id and title of each map of a spreadsheet."""
    return [{"id": one.id, "title": one.title or one.id} for one in moment.reading.workbook.maps]


def health(moment: Moment, language: str) -> Json:
    """Return what a check finds, in the visitor's language, each finding with its cell."""
    if not moment.reading.snapshot.tables:
        return {"grade": "", "said": "", "findings": []}
    found = check(moment.reading, Wanted(today(), language)).findings
    number = counts(found)
    return {
        "grade": grade(found),
        "said": in_words(language, number["error"], number["warning"], number["info"]),
        "findings": [_finding(moment, finding) for finding in found[:_MOST_FINDINGS]],
    }


def _finding(moment: Moment, finding: Finding) -> Json:
    title, cell = finding.place
    sheet = moment.book.titled(title) if title else None
    area = parse_area(cell, sheet.id) if sheet is not None and cell else None
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "cell": finding.cell,
        "message": finding.message,
        "fix": finding.fix,
        "sheet": sheet.id if sheet is not None else -1,
        "row": area.top if area is not None and area.top is not None else -1,
        "column": area.left if area is not None and area.left is not None else -1,
    }


def workbook(moment: Moment, builder: Builder) -> bytes:
    """Return the map as a workbook of ours, with its drop-downs and live formulas."""
    return as_workbook(moment.reading, builder, datetime.now().astimezone())
