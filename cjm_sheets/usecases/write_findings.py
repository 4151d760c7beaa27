"""Decides how what a check found comes into the workbook: on the cells, on a sheet, on Start."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from cjm_sheets.checks.finding import Finding
from cjm_sheets.ports.sheets import CellMark, PutSheets, SheetStore
from cjm_sheets.tables import a1
from cjm_sheets.templates import again
from cjm_sheets.templates.conflicts_sheet import conflicts_sheet
from cjm_sheets.templates.facts import Facts
from cjm_sheets.templates.findings_sheet import Noted, findings_sheet
from cjm_sheets.templates.plan import Book
from cjm_sheets.usecases.as_content import facts_of
from cjm_sheets.usecases.check_map import Checked, Wanted, check
from cjm_sheets.usecases.list_conflicts import ROLE as CONFLICTS
from cjm_sheets.usecases.list_conflicts import clashing
from cjm_sheets.usecases.map_health import health_of_reading
from cjm_sheets.usecases.reading import Reading, read_map

_WORST_FIRST = ("error", "warning", "info")
_FINDINGS = "Findings"


def write_findings(store: SheetStore, wanted: Wanted, now: datetime) -> Checked:
    """Check a workbook and write what is found into it; what was mended since goes.

    The notes on its cells are in the language of the workbook. The health on Start is that of a
    check with all rules, whichever were asked for.
    """
    reading = read_map(store)
    language, made = reading.snapshot.language, reading.snapshot.made
    checked = check(reading, replace(wanted, language=language))
    found = checked.findings
    every = None if wanted.select or wanted.ignore else found
    health = health_of_reading(reading, wanted.today, every)
    facts = facts_of(reading, wanted.today, health=health)
    listed = bool(found) or _FINDINGS in made
    unsettled = tuple(clashing(reading.snapshot, reading.decoded))
    settles = bool(unsettled) or CONFLICTS in made
    shown = ((_FINDINGS, listed), (CONFLICTS, settles))
    facts = again.promised(facts, [role for role, is_shown in shown if is_shown])
    book = again.again(facts, [again.START] if again.START in made else [], now)
    book = _with_findings(book, facts, found, now) if listed else book
    if settles:
        sheet = conflicts_sheet(language, unsettled)
        book = again.with_sheets(book, facts, (sheet,))
    marks = tuple(_marks(reading, found))
    put = PutSheets(book, again.before(facts, book), marks=marks)
    store.put_sheets(put, reading.snapshot)
    return checked if wanted.language == language else check(reading, wanted)


def _with_findings(book: Book, facts: Facts, found: Sequence[Finding], now: datetime) -> Book:
    """Return the book with the sheet that lists the findings."""
    noted = list(map(_noted, found))
    sheet = findings_sheet(facts.content.language, noted, facts.health, now.date())
    return again.with_sheets(book, facts, (sheet,))


def _noted(finding: Finding) -> Noted:
    sheet, cell = finding.place
    return Noted(finding.severity.value, finding.rule, sheet, cell, finding.message, finding.fix)


def _marks(reading: Reading, found: Sequence[Finding]) -> Iterator[CellMark]:
    """Yield a mark for each cell with findings; several findings share one."""
    on_sheets = {table.sheet for table in reading.snapshot.tables}
    on_cells = [(f.place, f) for f in found if f.place[0] in on_sheets and f.place[1]]
    on_cells.sort(key=lambda pair: pair[0])
    for (sheet, cell), group in itertools.groupby(on_cells, key=lambda pair: pair[0]):
        here = sorted((f for _, f in group), key=lambda f: _WORST_FIRST.index(f.severity.value))
        note = "\n\n".join(f"{f.rule}: {f.message}\n{f.fix}" for f in here)
        line, column = a1.parse_cell(cell.replace("$", ""))
        yield CellMark(sheet, line, column, here[0].severity.value, note)
