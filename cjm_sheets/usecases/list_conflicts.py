"""Decides when the sheet of conflicts of a workbook is written anew: when it says something else.

A workbook gets one with its first conflict, and keeps it.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from cjm_sheets.checks.unsettled import unsettled
from cjm_sheets.merge.base import pending_of
from cjm_sheets.ports.sheets import PutSheets, SheetStore
from cjm_sheets.ports.store import Snapshot
from cjm_sheets.tables import a1
from cjm_sheets.tables.codec import Decoded, as_text, decode
from cjm_sheets.templates import again
from cjm_sheets.templates.conflicts_sheet import Clashing, conflicts_sheet
from cjm_sheets.templates.plan import Sheet
from cjm_sheets.usecases.as_content import facts_of
from cjm_sheets.usecases.reading import reading_of

ROLE = "Conflicts"


def clashing(snapshot: Snapshot, decoded: Mapping[str, Decoded]) -> Iterator[Clashing]:
    """Yield what the last sync left to settle, as far as nobody has settled it here since."""
    for each, at in unsettled(pending_of(snapshot.memory), decoded):
        table = decoded[each.table].table
        sheet, cell = a1.split_place(table.place(each.column, decoded[each.table].lines[at]))
        row = " ".join(filter(None, (each.row, _name_of(decoded[each.table], at))))
        label = table.by_key[each.column].label
        yield Clashing(sheet, cell, row, label, each.agreed, each.ours, each.theirs)


def _name_of(decoded: Decoded, at: int) -> str:
    """Return the words by which people know a row: the first text that a complete row has."""
    typed = decoded.table.spec.typed
    named = (c.key for c in typed if c.required and c.kind.is_text and c.key in decoded.columns)
    return next((as_text(decoded.values(key)[at]) for key in named), "")


def refresh_conflicts(store: SheetStore, snapshot: Snapshot, now: datetime) -> None:
    """Let the sheet of conflicts say what is left to settle; `snapshot` is the workbook of now."""
    if not pending_of(snapshot.memory) and ROLE not in snapshot.made:
        return
    pending = {each.table for each in pending_of(snapshot.memory)}
    decoded = {t.spec.key: decode(t) for t in snapshot.tables if t.spec.key in pending}
    found = tuple(clashing(snapshot, decoded))
    if (not found and ROLE not in snapshot.made) or _says(snapshot, found):
        return
    facts = again.promised(facts_of(reading_of(snapshot), now.date()), [ROLE])
    sheet = conflicts_sheet(snapshot.language, found)
    book = again.with_sheets(again.again(facts, (), now), facts, (sheet,))
    store.put_sheets(PutSheets(book, again.before(facts, book)), snapshot)


def _says(snapshot: Snapshot, found: tuple[Clashing, ...]) -> bool:
    """Tell whether the sheet of the workbook lists just these conflicts."""
    title = snapshot.made.get(ROLE)
    grid = next((grid for grid in snapshot.others if grid.sheet == title), None)
    if grid is None:
        return False
    wanted = _texts(conflicts_sheet(snapshot.language, found))
    there = {
        (line, at): str(cell)
        for line, row in enumerate(grid.rows, start=1)
        for at, cell in enumerate(row, start=1)
        if cell not in {None, ""}
    }
    return wanted == there


def _texts(sheet: Sheet) -> dict[tuple[int, int], str]:
    """Return what a planned sheet says, by line and column."""
    return {
        (cell.line, cell.column): str(cell.value)
        for cell in sheet.cells
        if cell.value not in {None, ""}
    }
