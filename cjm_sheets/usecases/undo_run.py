"""Decides what undoing a run puts back: only what still shows what the run made.

Both sides agreed on what a run made, so that an edit of the workbook is enough: the next sync
carries it. What somebody changed since stays, and is told.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from cjm_sheets.errors import BusyError
from cjm_sheets.errors.asked import NoSuchRunError, OtherWorkbookError
from cjm_sheets.merge.packing import as_json, from_json, value_from_json
from cjm_sheets.merge.remembered import remembered, with_run
from cjm_sheets.merge.rows import Content
from cjm_sheets.model.past import Entry, Run
from cjm_sheets.ports.clock import Chance, Clock
from cjm_sheets.ports.history import History
from cjm_sheets.ports.store import AddRow, Changes, DropRow, SetCell, Snapshot, Store
from cjm_sheets.sync.history import new_key
from cjm_sheets.sync.sides import rows_of
from cjm_sheets.tables.codec import Decoded, Value, decode, encode
from cjm_sheets.tables.from_words import value_from
from cjm_sheets.usecases.known_link import Known, known
from cjm_sheets.usecases.recalculate import refresh_results

Reason = Literal["changed", "gone", "there", "formula", "own", "no_column", "unnamed"]


@dataclass(frozen=True, slots=True)
class Notebook:
    """What is needed to note a run: a diary, the time, keys to draw, and a name to sign with."""

    history: History
    clock: Clock
    chance: Chance
    login: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that a run made and that stays: `now` is what shows there, as JSON text."""

    entry: Entry
    reason: Reason
    now: str = "null"


@dataclass(frozen=True)
class Undone:
    """What was put back, as changes of the workbook, and what was left as it is."""

    run: Run
    entries: tuple[Entry, ...]
    kept: tuple[Kept, ...]
    dry_run: bool
    as_run: Run | None = None


@dataclass(frozen=True)
class _Here:
    """One table of the workbook as it is now."""

    decoded: Decoded
    contents: Mapping[str, Content]
    lines: Mapping[str, int]

    def value(self, row: str, column: str) -> Value:
        """Return what a cell of a row that is there says."""
        return self.contents[row].get(column)

    def has_formula(self, row: str, column: str) -> bool:
        """Tell whether somebody put a formula into a cell."""
        table = self.decoded.table
        return (self.lines[row], table.by_key[column].at) in table.formulas


_Step = SetCell | AddRow | DropRow


def undo_run(workbook: Store, name: str, notebook: Notebook, *, dry_run: bool) -> Undone:
    """Put back what a run replaced, in the workbook.

    Raises:
        NoSuchRunError: neither this machine nor the workbook knows the run.
        OtherWorkbookError: the run was one of another shared copy.
    """
    here = known(workbook)
    run = _run_meant(name, here, notebook)
    steps: list[_Step] = []
    entries: list[Entry] = []
    kept: list[Kept] = []
    tables = {table.spec.key: _here(decode(table)) for table in here.snapshot.tables}
    for entry in _once_each(run):
        match _judged(entry, run, tables.get(entry.table), here.snapshot):
            case Kept() as stays:
                kept.append(stays)
            case step, put_back:
                steps.append(step)
                entries.append(put_back)
    if dry_run or not steps:
        return Undone(run, tuple(entries), tuple(kept), dry_run)
    workbook.refuse_if_busy()
    as_run = _as_run(here, tuple(entries), notebook)
    number = notebook.history.begin(as_run)
    workbook.apply(_changes(steps, with_run(here.snapshot.memory, as_run)), here.snapshot)
    notebook.history.finish(number)
    with suppress(BusyError):
        # What live formulas show can wait for the next calculation.
        refresh_results(workbook, notebook.clock.today())
    return Undone(run, tuple(entries), tuple(kept), dry_run, as_run)


def _run_meant(name: str, here: Known, notebook: Notebook) -> Run:
    """Return the run that a person names, by its number on this machine or by its key."""
    base = here.base
    run = notebook.history.find(name)
    if run is None:
        run = next((each for each in remembered(base) if each.key == name), None)
    if run is None:
        raise NoSuchRunError(name)
    if run.spreadsheet != base.spreadsheet or run.service not in {"", base.service}:
        raise OtherWorkbookError(name, run.workbook, here.name)
    return run


def _once_each(run: Run) -> Iterator[Entry]:
    """Yield what a run did to each cell, once: lists that it merged changed on both sides.

    What the workbook said before is put back then, since that is where it is put.
    """
    ours = {(e.table, e.row, e.column) for e in run.entries if e.side == "workbook"}
    for entry in run.entries:
        if entry.side == "workbook" or (entry.table, entry.row, entry.column) not in ours:
            yield entry


def _here(decoded: Decoded) -> _Here:
    """Return a table of the workbook by the names of its rows."""
    rows = rows_of(decoded)
    names = [" ".join(filter(None, row.identity)) for row in rows]
    contents = {name: row.content for name, row in zip(names, rows, strict=True)}
    lines = {name: row.line for name, row in zip(names, rows, strict=True)}
    return _Here(decoded, contents, lines)


def _judged(
    entry: Entry, run: Run, table: _Here | None, snapshot: Snapshot
) -> tuple[_Step, Entry] | Kept:
    """Return what puts a change back and how the history tells it, or why it stays."""
    if table is None or (entry.column and entry.column not in table.decoded.table.by_key):
        return Kept(entry, "no_column")
    before, after = from_json(entry.before), from_json(entry.after)
    if entry.column:
        return _cell(entry, table, snapshot.language)
    if after is None and isinstance(before, Mapping):
        return _row_back(entry, before, table, snapshot.language)
    if entry.side == "sheet" and run.kind == "first":
        # That run only copied the rows that were there; they are not its own.
        return Kept(entry, "own")
    return _row_away(entry, after if isinstance(after, Mapping) else {}, table)


def _cell(entry: Entry, table: _Here, language: str) -> tuple[_Step, Entry] | Kept:
    """Judge a cell: it is put back if it still says what the run made it say."""
    if entry.row not in table.contents:
        return Kept(entry, "gone")
    column = table.decoded.table.spec.by_key[entry.column]
    now = table.value(entry.row, entry.column)
    before, after = (
        value_from(value_from_json(said), column) for said in (entry.before, entry.after)
    )
    if table.has_formula(entry.row, entry.column):
        return Kept(entry, "formula", as_json(now))
    if now != after:
        return Kept(entry, "changed", as_json(now))
    step = SetCell(
        entry.table, table.lines[entry.row], entry.column, encode(before, column, language)
    )
    return step, _put_back(entry, as_json(now), as_json(before))


def _row_back(
    entry: Entry, content: Content, table: _Here, language: str
) -> tuple[_Step, Entry] | Kept:
    """Judge a row that the run deleted: it comes back unless there is one of its name."""
    if entry.row in table.contents:
        return Kept(entry, "there", as_json(table.contents[entry.row]))
    of = table.decoded.table.spec
    cells = {
        key: encode(value_from(value, of.by_key[key]), of.by_key[key], language)
        for key, value in content.items()
        if key in table.decoded.table.by_key
    }
    names = (entry.row,) if len(of.identity) == 1 else tuple(entry.row.split(" "))
    if len(names) > len(of.identity):
        # A blank within one of several names: where it ends nobody can tell.
        return Kept(entry, "unnamed")
    named = dict(zip(of.identity, names, strict=False))
    return AddRow(entry.table, None, {**named, **cells}), _put_back(entry, "null", entry.before)


def _row_away(entry: Entry, content: Content, table: _Here) -> tuple[_Step, Entry] | Kept:
    """Judge a row that the run added: it goes if nobody wrote into it since."""
    if entry.row not in table.contents:
        return Kept(entry, "gone")
    of = table.decoded.table.spec
    now = table.contents[entry.row]
    made = {key: value_from(value, of.by_key[key]) for key, value in content.items()}
    formulas = (key for key in now if table.has_formula(entry.row, key))
    if now != made or any(formulas):
        return Kept(entry, "changed", as_json(now))
    step = DropRow(entry.table, table.lines[entry.row])
    return step, _put_back(entry, as_json(now), "null")


def _put_back(entry: Entry, now: str, then: str) -> Entry:
    return Entry("workbook", entry.table, entry.row, entry.column, now, then)


def _changes(steps: list[_Step], memory: tuple[str, ...]) -> Changes:
    """Return the steps as changes of a store, with what the workbook then remembers."""
    return Changes(
        cells=tuple(step for step in steps if isinstance(step, SetCell)),
        added=tuple(step for step in steps if isinstance(step, AddRow)),
        dropped=tuple(step for step in steps if isinstance(step, DropRow)),
        memory=memory,
    )


def _as_run(here: Known, entries: tuple[Entry, ...], notebook: Notebook) -> Run:
    """Return the undoing as a run of its own."""
    base = here.base
    return Run(
        key=new_key(notebook.chance.below),
        when=notebook.clock.now(),
        workbook=here.name,
        service=base.service,
        spreadsheet=base.spreadsheet,
        generation=base.generation,
        who=notebook.login,
        kind="undo",
        entries=entries,
    )
