"""Decides which notes in the shared copy tell of conflicts: one a cell, in the map's language.

Our part of a note is marked, and stands below what a person wrote there. It goes when the conflict
is settled, whether or not that run writes notes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from cjm_sheets.ports.store import SetNote
from cjm_sheets.sync.own_notes import by_person, is_told_in, marked
from cjm_sheets.sync.plan import Copies
from cjm_sheets.sync.steps import Clash, Options, Plan
from cjm_sheets.tables import a1
from cjm_sheets.tables.codec import Value, as_text
from cjm_sheets.tables.locks import holds_cell
from cjm_sheets.tables.table import Table
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_TEXT = N_(
    "Both sides changed this cell since the last sync.\nIn the workbook: {ours}\nHere: {theirs}\n"
    "Before: {agreed}\nType what shall hold on either side."
)
_MOST = 300  # characters of a value; a note is read in a small window

Place = tuple[int, str]
"""Line and column key of a cell."""


def annotated(plan: Plan, copies: Copies, options: Options) -> Plan:
    """Return a plan that also writes the notes that shall change, if it may write there at all."""
    if not options.pushes:
        return plan
    language = copies.shared.language or copies.workbook.language
    notes = tuple(
        note
        for table in copies.shared.tables
        for note in _notes(table, plan, language, adds=options.annotate)
        if not holds_cell(table.locks, note.line, table.by_key[note.column].at)
    )
    return replace(plan, to_shared=replace(plan.to_shared, notes=notes)) if notes else plan


def _notes(table: Table, plan: Plan, language: str, *, adds: bool) -> Iterator[SetNote]:
    """Yield the notes of a table that shall change."""
    key = table.spec.key
    clashes = {_place(clash): clash for clash in plan.conflicts if clash.table == key}
    there = _there(table)
    dropped = {drop.line for drop in plan.to_shared.dropped if drop.table == key}
    for place, note in there.items():
        if is_told_in(note) and place not in clashes and place[0] not in dropped:
            yield SetNote(key, *place, by_person(note))
    for place, clash in clashes.items() if adds else ():
        note = there.get(place, "")
        wanted = _with_ours(note, clash, language)
        if wanted != note.strip():
            yield SetNote(key, *place, wanted)


def _there(table: Table) -> Mapping[Place, str]:
    """Return the notes on cells of ours."""
    keys = {placed.at: key for key, placed in table.by_key.items()}
    return {(line, keys[at]): note for (line, at), note in table.notes.items() if at in keys}


def _place(clash: Clash) -> Place:
    """Return where in the shared copy a conflict is."""
    _, cell = a1.split_place(clash.shared_cell)
    line, _ = a1.parse_cell(cell.replace("$", ""))
    return line, clash.column


def _with_ours(note: str, clash: Clash, language: str) -> str:
    """Return a note with our part below a person's."""
    text = say(
        language,
        _TEXT,
        ours=_quoted(clash.workbook),
        theirs=_quoted(clash.shared),
        agreed=_quoted(clash.base),
    )
    person = by_person(note)
    return "\n\n".join(filter(None, [person, marked(text)]))


def _quoted(value: Value) -> str:
    """Return a value in one line, cut if it is long."""
    shown = " ".join(as_text(value).split())
    return f"“{shown[:_MOST]}…”" if len(shown) > _MOST else f"“{shown}”" if shown else "–"
