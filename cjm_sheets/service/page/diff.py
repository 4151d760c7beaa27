"""Decides what the history says of a change: which cells, which rows, which tabs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cjm_sheets.service.page.layout import Tab, tables_of, tabs
from cjm_sheets.service.page.typed import typed_text
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.sheet import Row, Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet

MOST = 200
"""Cells of one change that are told one by one; of more only their number is."""

CELL, ADDED, REMOVED, MANY = "cell", "rows-added", "rows-removed", "many"
SHEET_ADDED, SHEET_REMOVED, SHEET_RENAMED = "sheet-added", "sheet-removed", "sheet-renamed"
TITLE = "title"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that changed. ``row`` and ``column`` are 0-based, -1 where they say nothing."""

    kind: str
    sheet: int = -1
    title: str = ""
    row: int = -1
    row_id: str = ""
    name: str = ""
    column: int = -1
    heading: str = ""
    before: str = ""
    after: str = ""
    number: int = 0

    def json(self) -> Json:
        """Return the entry for the browser and the database."""
        names = ("kind", "sheet", "title", "row", "row_id", "name", "column", "heading")
        rest = ("before", "after", "number")
        return {name: getattr(self, name) for name in (*names, *rest)}


def entries(old: Spreadsheet, new: Spreadsheet) -> list[Entry]:
    """Return what differs in titles and in what is typed; formats and drop-downs do not count."""
    found = [*_of_titles(old, new)]
    before = {sheet.id: sheet for sheet in old.sheets}
    # Rows are replaced, never changed, so that to compare them is quick; to look for tables is not.
    other = [s for s in new.sheets if s.id in before and before[s.id].rows != s.rows]
    part = Spreadsheet(new.id, new.properties, other)
    for tab in tabs(part, tables_of(part)) if other else ():
        found += _of_tab(old, before[tab.sheet.id], new, tab)
    cells = [entry for entry in found if entry.kind == CELL]
    if len(cells) <= MOST:
        return found
    others = [entry for entry in found if entry.kind != CELL]
    return [*others, *_counted(cells)]


def _counted(cells: Sequence[Entry]) -> Iterator[Entry]:
    for sheet in dict.fromkeys(entry.sheet for entry in cells):
        mine = [entry for entry in cells if entry.sheet == sheet]
        yield Entry(MANY, sheet, mine[0].title, number=len(mine))


def _of_titles(old: Spreadsheet, new: Spreadsheet) -> Iterator[Entry]:
    was, is_ = str(old.properties["title"]), str(new.properties["title"])
    if was != is_:
        yield Entry(TITLE, before=was, after=is_)
    before = {sheet.id: sheet.title for sheet in old.sheets}
    after = {sheet.id: sheet.title for sheet in new.sheets}
    for id_, title in after.items():
        if id_ not in before:
            yield Entry(SHEET_ADDED, id_, title)
        elif before[id_] != title:
            yield Entry(SHEET_RENAMED, id_, title, before=before[id_], after=title)
    for id_, title in before.items():
        if id_ not in after:
            yield Entry(SHEET_REMOVED, id_, title)


def _of_tab(old: Spreadsheet, there: Sheet, new: Spreadsheet, tab: Tab) -> Iterator[Entry]:
    was, is_ = there.rows, tab.sheet.rows
    start = _same(was, is_)
    end = _same(was[start:][::-1], is_[start:][::-1])
    gone, come = len(was) - end, len(is_) - end
    if gone == come:
        for row in range(start, gone):
            yield from _of_row(old, there.row(row), new, tab, row)
        return
    # Rows came or went, or moved too: told by what they hold.
    before = [(row, mark) for row in range(start, gone) if (mark := _mark(was[row]))]
    after = [(row, mark) for row in range(start, come) if (mark := _mark(is_[row]))]
    yield from (_whole(REMOVED, old, tab, (there, row)) for row in _only(before, after))
    yield from (_whole(ADDED, new, tab, (tab.sheet, row)) for row in _only(after, before))


_Mark = tuple[tuple[int, str], ...]


def _only(these: list[tuple[int, _Mark]], others: list[tuple[int, _Mark]]) -> Iterator[int]:
    """Yield the rows whose mark the other side does not have, or has less often."""
    there = Counter(mark for _, mark in others)
    for row, mark in these:
        if there[mark]:
            there[mark] -= 1
        else:
            yield row


def _mark(row: Row) -> _Mark:
    """Return what tells rows apart; formulas are left out, since they follow rows that move."""
    return tuple(
        (column, repr(value))
        for column, cell in sorted(row.items())
        if (value := cell.get("userEnteredValue")) is not None and "formulaValue" not in value
    )


def _same(one: Sequence[Row], other: Sequence[Row]) -> int:
    """Return how many rows are the same from the start; most are even the same object."""
    at = 0
    while at < min(len(one), len(other)) and (one[at] is other[at] or one[at] == other[at]):
        at += 1
    return at


def _of_row(old: Spreadsheet, was: Row, new: Spreadsheet, tab: Tab, row: int) -> Iterator[Entry]:
    headings = {column.at: column for column in tab.columns}
    now = tab.sheet.row(row)
    for column in sorted({*was, *now}):
        before, after = was.get(column, {}), now.get(column, {})
        if before.get("userEnteredValue") == after.get("userEnteredValue"):
            continue
        known = headings.get(column)
        if known is not None and known.spec is not None and known.spec.computed:
            continue
        yield Entry(
            CELL,
            tab.sheet.id,
            tab.sheet.title,
            row,
            tab.row_id(row),
            _name(new, tab, tab.sheet, row),
            column,
            known.heading if known else "",
            typed_text(old, before),
            typed_text(new, after),
        )


def _whole(kind: str, book: Spreadsheet, tab: Tab, place: tuple[Sheet, int]) -> Entry:
    """Return an entry for a row that came or went, with all that was typed in it."""
    sheet, row = place
    texts = "; ".join(
        text
        for cell in (sheet.row(row).get(column.at, {}) for column in tab.columns)
        if "formulaValue" not in cell.get("userEnteredValue", {})
        and (text := typed_text(book, cell))
    )
    before, after = (texts, "") if kind == REMOVED else ("", texts)
    named = Tab(sheet, tab.table, tab.first, tab.columns)
    row_id, name = named.row_id(row), _name(book, named, sheet, row)
    title = tab.sheet.title
    return Entry(kind, sheet.id, title, row, row_id, name, before=before, after=after, number=1)


_NAMES = ("title", "name", "pain", "high", "opportunity", "action", "note", "what", "step")


def _name(book: Spreadsheet, tab: Tab, sheet: Sheet, row: int) -> str:
    """Return what people know a row by: its name or its first words."""
    keys = {column.spec.key: column.at for column in tab.columns if column.spec}
    at = next((keys[key] for key in _NAMES if key in keys), -1)
    return typed_text(book, sheet.cell(row, at))[:80] if at >= 0 else ""
