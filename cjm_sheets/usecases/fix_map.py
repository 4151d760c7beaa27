"""Decides what mending a map is: find what is safe, show it, write it, say what is left to do."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cjm_sheets.checks import report
from cjm_sheets.checks.finding import Finding
from cjm_sheets.checks.mends.mend import Mend
from cjm_sheets.checks.mends.safe import safe_mends
from cjm_sheets.ports.sheets import SheetStore
from cjm_sheets.ports.store import Changes, SetCell, Snapshot, Store
from cjm_sheets.tables import naming, schema
from cjm_sheets.tables.codec import as_text, value_of
from cjm_sheets.tables.table import CellError, Placed, Raw, Table
from cjm_sheets.usecases.check_map import Wanted, check, view_of
from cjm_sheets.usecases.reading import Reading, read_map, reading_of
from cjm_sheets.usecases.recalculate import refresh_results
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_ROUNDS = 5
"""One mend makes room for the next (a number that can be read gets its place); more do not."""

_NOTHING = N_("Nothing can be mended without judgement.")
_BLANK = N_("blank")
_SHEET = N_("{sheet}  CJ001  The sheet is missing: an empty one comes back.")
_MISSING = "CJ001"


@dataclass(frozen=True, slots=True)
class Shown:
    """One mend as people get to see it: where it is, what stands there, what shall stand there."""

    mend: Mend
    cell: str
    place: tuple[int, int]
    label: str
    before: str
    after: str
    quoted: bool = False
    """Whether a text stands there that should not be one, or has blanks around it."""


@dataclass(frozen=True)
class Fixed:
    """A map as it was read, what is to be mended, and what is found once that is done."""

    reading: Reading
    mends: tuple[Shown, ...]
    left: tuple[Finding, ...]
    sheets: tuple[str, ...] = ()
    """Tables that the map needs and the workbook lacks, to be brought back without rows."""

    @property
    def does_nothing(self) -> bool:
        """Tell whether there is nothing to mend."""
        return not self.mends and not self.sheets

    def document(self, *, written: bool) -> dict[str, Any]:
        """Return it as a JSON-able document."""
        return {
            "changes": [
                {
                    "rule": shown.mend.rule,
                    "table": shown.mend.table,
                    "row": shown.mend.row,
                    "column": shown.mend.column,
                    "cell": shown.cell,
                    "before": shown.before,
                    "after": shown.after,
                }
                for shown in self.mends
            ],
            "sheets": list(self.sheets),
            "written": written,
            "left": report.document(self.left),
        }

    def lines(self, language: str) -> list[str]:
        """Return the mends as lines of text, each with its cell."""
        if self.does_nothing:
            return [say(language, _NOTHING)]
        blank = f"({say(language, _BLANK)})"
        wide = max((len(shown.cell) for shown in self.mends), default=0)
        titles = (naming.table_label(language, schema.BY_KEY[key]) for key in self.sheets)
        return [say(language, _SHEET, sheet=title) for title in titles] + [
            f"{shown.cell:<{wide}}  {shown.mend.rule}  {shown.label}: "
            + (f'"{shown.before}"' if shown.quoted else shown.before or blank)
            + f" → {shown.after}"
            for shown in self.mends
        ]

    def left_lines(self, language: str) -> list[str]:
        """Return what a person has to mend, in a line."""
        return [report.summary(self.left, language)]


def plan_fix(store: Store, wanted: Wanted, draw: Callable[[int], int]) -> Fixed:
    """Read a map and return what can be mended in it; draw(n) returns a number below n.

    Mends are tried on the map as it was read until nothing more is found, so that a second run has
    nothing to do.
    """
    reading = read_map(store)
    asked = replace(wanted, select=(_MISSING,))
    sheets = _missing(check(reading, asked).findings) if isinstance(store, SheetStore) else ()
    mended, all_mends = reading, dict[tuple[str, int, str], Mend]()
    for _ in range(_ROUNDS):
        mends = safe_mends(view_of(mended, wanted), draw)
        if not mends:
            break
        all_mends |= {(mend.table, mend.line, mend.column): mend for mend in mends}
        mended = reading_of(_with(mended.snapshot, mends))
    shown = tuple(_shown(reading, mend) for mend in all_mends.values())
    tables = [table.key for table in schema.TABLES]
    ordered = sorted(shown, key=lambda each: (tables.index(each.mend.table), each.place))
    left = check(mended, wanted).findings
    stays = tuple(each for each in left if each.rule != _MISSING or each.table not in sheets)
    return Fixed(reading, tuple(ordered), stays, sheets)


def _missing(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the tables whose whole sheet is missing."""
    return tuple(each.table for each in findings if each.rule == _MISSING and not each.column)


def write_fix(store: Store, fixed: Fixed, wanted: Wanted, now: datetime) -> None:
    """Write the mends into the map that they were planned for; nothing else is touched."""
    cells = tuple(
        SetCell(mend.table, mend.line, mend.column, mend.after)
        for mend in (shown.mend for shown in fixed.mends)
    )
    if cells:
        store.apply(Changes(cells=cells), fixed.reading.snapshot)
        refresh_results(store, wanted.today)
    if fixed.sheets and isinstance(store, SheetStore):
        from cjm_sheets.usecases.add_table import add_table  # noqa: PLC0415 - rarely needed

        for key in fixed.sheets:
            add_table(store, key, now)


def _shown(reading: Reading, mend: Mend) -> Shown:
    table = reading.decoded[mend.table].table
    column = table.spec.by_key[mend.column]
    before = table.cell(mend.column, mend.line)
    is_text = isinstance(mend.after, str)
    return Shown(
        mend,
        table.place(mend.column, mend.line),
        (mend.line, table.by_key[mend.column].at),
        table.by_key[mend.column].label,
        _text(before),
        str(mend.after) if is_text else as_text(value_of(mend.after, column)),
        quoted=isinstance(before, str) and (not is_text or before.strip() != before),
    )


def _text(cell: Raw) -> str:
    """Return what stands in a cell, with its blanks."""
    return cell.code if isinstance(cell, CellError) else "" if cell is None else str(cell)


def _with(snapshot: Snapshot, mends: Iterable[Mend]) -> Snapshot:
    """Return a map as it will be once the mends are made."""
    by_table: dict[str, dict[str, dict[int, Raw]]] = {}
    for mend in mends:
        by_table.setdefault(mend.table, {}).setdefault(mend.column, {})[mend.line] = mend.after
    tables = tuple(_mended(table, by_table.get(table.spec.key, {})) for table in snapshot.tables)
    return replace(snapshot, tables=tables)


def _mended(table: Table, cells: Mapping[str, Mapping[int, Raw]]) -> Table:
    def lying(placed: Placed) -> Placed:
        new = cells.get(placed.key or "", {})
        old = zip(table.lines, placed.cells, strict=True)
        return replace(placed, cells=tuple(new.get(line, cell) for line, cell in old))

    return replace(table, columns=tuple(map(lying, table.columns)))
