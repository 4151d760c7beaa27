"""Decides what is told of past runs: those of this machine and of the workbook, each once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Any

from cjm_sheets.errors.asked import NoSuchColumnError, UnknownTableError
from cjm_sheets.merge.packing import from_json
from cjm_sheets.merge.remembered import remembered
from cjm_sheets.model.past import Entry, Run
from cjm_sheets.ports.history import History
from cjm_sheets.ports.store import Store
from cjm_sheets.tables import naming, schema
from cjm_sheets.usecases.known_link import known, link_of
from cjm_sheets.usecases.sync_map import Link
from cjm_sheets.usecases.sync_report import plain, shown
from cjm_sheets.words.catalogue import count, say
from cjm_sheets.words.mark import N_, NN_

_KINDS = {
    "sync": N_("sync"),
    "first": N_("first sync"),
    "undo": N_("undo"),
    "recovered": N_("overwritten while somebody worked there"),
}
_SIDES = {"workbook": N_("in the workbook"), "sheet": N_("in the shared copy")}


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the history is asked for, by keys; "" means all. `most` changes are told."""

    table: str = ""
    row: str = ""
    columns: frozenset[str] = frozenset()
    most: int = 50

    def fits(self, entry: Entry) -> bool:
        """Tell whether a change is asked for; a whole row is one of each of its columns."""
        if self.table and entry.table != self.table:
            return False
        if self.row and entry.row.casefold() != self.row.casefold():
            return False
        return not self.columns or not self.columns.isdisjoint(_columns(entry))


def _columns(entry: Entry) -> Iterator[str]:
    """Yield the columns that a change is one of."""
    if entry.column:
        yield entry.column
        return
    for content in (from_json(entry.before), from_json(entry.after)):
        if isinstance(content, Mapping):
            yield from content


def asked(table: str, row: str, column: str, most: int) -> Asked:
    """Return what a person asks for, who names tables and columns in any of the six languages.

    Raises:
        UnknownTableError, NoSuchColumnError
    """
    found = naming.known_titles().get(naming.plain(table)) if table else None
    if table and found is None:
        raise UnknownTableError(table, ", ".join(of.key for of in schema.TABLES))
    tables = (found,) if found else schema.TABLES
    of_each = (naming.known_columns(of.key).get(naming.plain(column)) for of in tables)
    columns = frozenset(filter(None, of_each)) if column else frozenset()
    if column and not columns:
        keys = sorted({each.key for of in tables for each in of.typed})
        raise NoSuchColumnError(found.label if found else "*", column, ", ".join(keys))
    return Asked(found.key if found else "", row, columns, most)


@dataclass(frozen=True)
class Told:
    """Runs of a shared copy, newest first, with the changes that were asked for."""

    link: Link
    runs: tuple[Run, ...]
    left_out: int

    def document(self) -> dict[str, Any]:
        """Return the runs as a JSON-able document."""
        return {
            "spreadsheet": {"id": self.link.spreadsheet, "service": self.link.service},
            "runs": [_run(run) for run in self.runs],
            "left_out": self.left_out,
        }

    def lines(self, language: str, zone: tzinfo | None = None) -> list[str]:
        """Return the runs in sentences, with times as they were where one is."""
        if not self.runs:
            return [say(language, N_("No run has changed anything of this."))]
        told = [line for run in self.runs for line in _run_lines(run, language, zone)]
        if self.left_out:
            one, many = NN_(
                "{n} older change is not shown; --limit shows more.",
                "{n} older changes are not shown; --limit shows more.",
            )
            told.append(count(language, one, many, self.left_out))
        return told


def tell_history(workbook: Store, history: History, wanted: Asked) -> Told:
    """Return what is known of the past of a workbook; NotLinkedError if it was never synced."""
    here = known(workbook)
    link = link_of(here)
    noted = history.runs(link.service, link.spreadsheet)
    keys = {run.key for run in noted if run.key}
    elsewhere = (run for run in remembered(here.base) if run.key not in keys)
    newest = sorted((*noted, *elsewhere), key=lambda run: (run.when, run.number), reverse=True)
    fitting = [
        replace(run, entries=entries)
        for run in newest
        if (entries := tuple(filter(wanted.fits, run.entries)))
    ]
    shown_runs = tuple(_first(fitting, wanted.most))
    told = sum(len(run.entries) for run in shown_runs)
    return Told(link, shown_runs, sum(len(run.entries) for run in fitting) - told)


def _first(runs: Iterable[Run], most: int) -> Iterator[Run]:
    """Yield runs until so many changes are told; the last one may be cut."""
    for run in runs:
        if most <= 0:
            return
        yield replace(run, entries=run.entries[:most])
        most -= len(run.entries)


def _run(run: Run) -> dict[str, Any]:
    """Return a run as a JSON-able document; its number is null if it ran on another machine."""
    return {
        "run": run.number or None,
        "key": run.key,
        "time": run.when.isoformat(),
        "kind": run.kind,
        "who": run.who,
        "workbook": run.workbook,
        "generation": run.generation,
        "finished": run.finished,
        "changes": [
            {
                "side": entry.side,
                "table": entry.table,
                "row": entry.row,
                "column": entry.column,
                "before": plain(from_json(entry.before)),
                "after": plain(from_json(entry.after)),
            }
            for entry in run.entries
        ],
    }


def _run_lines(run: Run, language: str, zone: tzinfo | None) -> Iterator[str]:
    """Yield a run in a line, and each of its changes in one."""
    when = f"{run.when.astimezone(zone):%Y-%m-%d %H:%M}"
    parts = [run.name, when, say(language, _KINDS[run.kind]), run.who, run.workbook]
    if not run.finished:
        parts.append(say(language, N_("broke off; the next sync finds out how far it came")))
    yield "  ".join(filter(None, parts))
    for entry in run.entries:
        yield f"    {change_line(entry, language)} ({say(language, _SIDES[entry.side])})"


def change_line(entry: Entry, language: str) -> str:
    """Return a change in a line."""
    of = schema.BY_KEY.get(entry.table)
    sheet = naming.table_label(language, of) if of else entry.table
    before, after = from_json(entry.before), from_json(entry.after)
    if not entry.column:
        words = N_("{sheet} {row}: new row") if before is None else N_("{sheet} {row}: deleted")
        content = after if before is None else before
        said = say(language, words, sheet=sheet, row=entry.row)
        return f"{said} – {words_of(content)}" if isinstance(content, Mapping) else said
    column = of.by_key.get(entry.column) if of else None
    label = naming.column_label(language, of, column) if of and column else entry.column
    return f"{sheet} {entry.row} {label}: {shown(before)} → {shown(after)}"


def words_of(content: Mapping[str, Any]) -> str:
    """Return a row in a few words: its first texts, quoted."""
    texts = [value for value in content.values() if isinstance(value, str)]
    return shown(" · ".join(texts))
