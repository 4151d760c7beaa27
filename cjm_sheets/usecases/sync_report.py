"""Decides how a sync is told: as a document of stable shape, and in a few sentences."""

import json
from collections.abc import Mapping
from typing import Any

from cjm_sheets.merge.rows import Content
from cjm_sheets.model.past import Entry
from cjm_sheets.sync.steps import Clash, Move, NotCarried
from cjm_sheets.tables import naming, schema
from cjm_sheets.tables.codec import Value, as_text
from cjm_sheets.usecases.sync_map import LOCAL, Synced
from cjm_sheets.words.catalogue import count, say
from cjm_sheets.words.failures import SIDES
from cjm_sheets.words.mark import N_, NN_

_LEFT = {
    "column": N_("Column {what} of {sheet} is on one side only ({side}) and stays there."),
    "table": N_("Sheet {what} is in the shared copy only and stays there."),
    "ids": N_(
        "{sheet} of the shared copy has no column {what} and is left alone until it is back."
    ),
    "row": N_("{what} of {sheet} says nothing that both sides have a column for; it stays."),
    "length": N_("{what} of {sheet} has a text too long for a cell of {side}; it stays."),
    "remarked": N_(
        "{what} of {sheet} was deleted in the workbook, and has a note or comment in the shared"
        " copy: there it stays until somebody takes that away."
    ),
    "locked": N_("{what} of the shared copy is protected from this account; it stays as it is."),
    "locked_row": N_(
        "{what} of {sheet} can neither come nor go where the shared copy is protected from this"
        " account; it is left out."
    ),
    "looks": N_("{what}: another text took the place of one whose parts looked different."),
    "formula": N_("The formula in {what} shows an error; the last good value stays."),
}
_WITHOUT_BASE = N_(
    "What the workbook remembered of its last sync was damaged. Both sides are put together:"
    " nothing is deleted, and cells that differ are conflicts."
)
_MOST_LINES = 12


def document(synced: Synced) -> dict[str, Any]:
    """Return what a sync did as a JSON-able document; bytes are whole requests and answers."""
    plan = synced.plan
    return {
        "schema": "cjm-sheets/1",
        "spreadsheet": {"id": synced.link.spreadsheet, "url": synced.shared_copy},
        "generation": plan.base.generation,
        "pushed": [_move(move) for move in plan.pushed],
        "pulled": [_move(move) for move in plan.pulled],
        "conflicts": [_clash(clash) for clash in plan.conflicts],
        "restored": [
            {"table": each.table, "row": each.row, "side": each.side} for each in plan.restored
        ],
        "recovered": [
            {
                "table": each.table,
                "row": each.row,
                "column": each.column,
                "before": json.loads(each.before),
                "after": json.loads(each.after),
            }
            for each in synced.recovered
        ],
        "left": [
            {"kind": each.kind, "table": each.table, "what": each.what, "side": each.side}
            for each in plan.left
        ],
        "requests": {
            "read": synced.traffic.read,
            "write": synced.traffic.write,
            "bytes_sent": synced.traffic.bytes_sent,
            "bytes_received": synced.traffic.bytes_received,
        },
        "without_base": synced.without_base,
        "dry_run": synced.dry_run,
        "workbook_waits": synced.waiting is not None,
    }


def _move(move: Move) -> dict[str, Any]:
    """Return a value that crossed."""
    return {
        "table": move.table,
        "row": move.row,
        "column": move.column,
        "before": plain(move.before),
        "after": plain(move.after),
    }


def _clash(clash: Clash) -> dict[str, Any]:
    """Return a conflict."""
    return {
        "table": clash.table,
        "row": clash.row,
        "column": clash.column,
        "name": clash.name,
        "base": plain(clash.base),
        "workbook": plain(clash.workbook),
        "shared": plain(clash.shared),
        "workbook_cell": clash.workbook_cell,
        "shared_cell": clash.shared_cell,
    }


def plain(value: Value | Content) -> Any:  # noqa: ANN401 - JSON
    """Return a value as JSON has it: numbers and truth as they are, all else as text."""
    if isinstance(value, Mapping):
        return {key: plain(cell) for key, cell in value.items()}
    if value is None or isinstance(value, bool | int | float):
        return value
    return as_text(value)


def lines(synced: Synced, language: str, *, whole: bool = False) -> list[str]:
    """Return what a sync did in sentences; whole: every single change, and the network's part."""
    plan = synced.plan
    most = len(plan.pushed) + len(plan.pulled) if whole else _MOST_LINES
    told = [*_moves(synced, language, most), *_conflicts(synced, language)]
    if plan.writes_nothing:
        nothing = N_("Both sides say the same; nothing was written.")
        nothing_else = (
            N_("Nothing else to do; nothing was written.")
            if plan.reminder.is_nothing
            else N_("Nothing else to do; the workbook remembers what is left to settle.")
        )
        one_way = N_("Nothing to do in this direction; nothing was written.")
        text = nothing_else if plan.conflicts else one_way if synced.one_way else nothing
        told.append(say(language, text))
    told += [
        say(
            language,
            N_("{row} of {sheet} was deleted on one side and edited on the other; it came back."),
            row=each.row,
            sheet=_sheet(each.table, language),
        )
        for each in plan.restored
    ]
    if synced.without_base:
        told.insert(0, say(language, _WITHOUT_BASE))
    told += [_recovered(each, language) for each in dict.fromkeys(synced.recovered)]
    told += [_left(each, language) for each in dict.fromkeys(plan.left)]
    if whole:
        told.append(_network(synced, language))
    if synced.link.service == LOCAL:
        # The address of a service that stops with the command would lead nowhere.
        told.append(say(language, N_("Shared copy: on this machine; see it with cjm-sheets serve")))
    elif synced.shared_copy:
        told.append(say(language, N_("Shared copy: {address}"), address=synced.shared_copy))
    return told


def _network(synced: Synced, language: str) -> str:
    """Return how often and how much was said over the network."""
    traffic = synced.traffic
    return say(
        language,
        N_("Requests: {read} to read, {write} to write; {sent} bytes sent, {received} received."),
        read=traffic.read,
        write=traffic.write,
        sent=traffic.bytes_sent,
        received=traffic.bytes_received,
    )


def _moves(synced: Synced, language: str, most: int) -> list[str]:
    """Return how many values crossed, and the first ones of them."""
    told = []
    for moves, (one, many) in (
        (
            synced.plan.pushed,
            NN_("{n} change to the shared copy:", "{n} changes to the shared copy:"),
        ),
        (
            synced.plan.pulled,
            NN_("{n} change to the workbook:", "{n} changes to the workbook:"),
        ),
    ):
        if moves:
            told.append(count(language, one, many, len(moves)))
            told += [f"  {_told(move, language)}" for move in moves[:most]]
            rest = len(moves) - most
            if rest > 0:
                told.append("  " + count(language, "and {n} more", "and {n} more", rest))
    return told


def _told(move: Move, language: str) -> str:
    """Return one change in a line."""
    sheet = _sheet(move.table, language)
    if not move.column:
        words = (
            N_("{sheet} {row}: new row") if move.before is None else N_("{sheet} {row}: deleted")
        )
        return say(language, words, sheet=sheet, row=move.row)
    of = schema.BY_KEY[move.table]
    column = naming.column_label(language, of, of.by_key[move.column])
    return f"{sheet} {move.row} {column}: {shown(move.before)} → {shown(move.after)}"


def _conflicts(synced: Synced, language: str) -> list[str]:
    """Return the conflicts, each with what both sides say and where."""
    clashes = synced.plan.conflicts
    if not clashes:
        return []
    one, many = NN_(
        "{n} conflict: both sides keep their own. Edit either side so that they agree.",
        "{n} conflicts: both sides keep their own. Edit either side so that they agree.",
    )
    return [
        count(language, one, many, len(clashes)),
        *(f"  {_clash_line(clash, language)}" for clash in clashes),
    ]


def _clash_line(clash: Clash, language: str) -> str:
    """Return a conflict in a line."""
    return say(
        language,
        N_("{row} {name}: {ours} in the workbook ({place}), {theirs} in the shared copy"),
        row=clash.row,
        name=shown(clash.name),
        ours=shown(clash.workbook),
        place=clash.workbook_cell,
        theirs=shown(clash.shared),
    )


def _recovered(each: Entry, language: str) -> str:
    """Return the sentence about a value that was overwritten while somebody worked beside it."""
    return say(
        language,
        N_(
            "{row} of {sheet}: {value} was overwritten while somebody changed the sheet. It was put"
            " back where that was possible, and it is in the history."
        ),
        row=each.row or "–",
        sheet=_sheet(each.table, language) if each.table else "–",
        value=shown(json.loads(each.before)),
    )


def _left(each: NotCarried, language: str) -> str:
    """Return the sentence about something that stays on its side."""
    return say(
        language,
        _LEFT[each.kind],
        what=each.what,
        sheet=_sheet(each.table, language),
        side=say(language, SIDES[each.side]),
    )


def _sheet(table: str, language: str) -> str:
    """Return the title of a table's sheet."""
    return naming.table_label(language, schema.BY_KEY[table])


def shown(value: Value | Content) -> str:
    """Return a value as it is quoted in a line."""
    if value is None or isinstance(value, Mapping):
        return "–"
    shown = " ".join(as_text(value).split())
    return f"“{shown[:57]}…”" if len(shown) > 60 else f"“{shown}”"  # noqa: PLR2004 - fits a line
