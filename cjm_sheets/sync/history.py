"""Decides which values of a plan the history keeps: all that are replaced on either side."""

import json
from collections.abc import Iterable, Mapping

from cjm_sheets.merge.rows import Content
from cjm_sheets.ports.history import Entry
from cjm_sheets.sync.steps import Move, Plan
from cjm_sheets.tables.codec import Value, as_text


def entries_of(plan: Plan) -> tuple[Entry, ...]:
    """Return an entry for every value that the plan replaces or takes away."""
    return (*_entries("sheet", plan.pushed), *_entries("workbook", plan.pulled))


def _entries(side: str, moves: Iterable[Move]) -> Iterable[Entry]:
    """Return the entries of one side; what was blank before is not lost and not kept."""
    return [
        Entry(side, move.table, move.row, move.column, text(move.before), text(move.after))
        for move in moves
        if move.before is not None
    ]


def text(value: Value | Content) -> str:
    """Return a value, or a row of values, as JSON text."""
    if isinstance(value, Mapping):
        return json.dumps({key: as_text(cell) for key, cell in value.items()}, ensure_ascii=False)
    return json.dumps(as_text(value), ensure_ascii=False)
