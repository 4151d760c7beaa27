"""Decides which values of a plan the history keeps: all that cross, with what they replace."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from cjm_sheets.merge.packing import as_json
from cjm_sheets.merge.remembered import with_run
from cjm_sheets.model.past import Entry, Run
from cjm_sheets.sync.steps import Move, Plan

_LETTERS = "bcdfghjkmnpqrstvwxz"  # no vowels, so no words; none that is taken for a digit


def new_key(draw: Callable[[int], int]) -> str:
    """Return a key for a run: short enough to type, and no number."""
    return "".join(_LETTERS[draw(len(_LETTERS))] for _ in range(7))


def entries_of(plan: Plan) -> tuple[Entry, ...]:
    """Return an entry for every value that the plan carries."""
    return (*_entries("sheet", plan.pushed), *_entries("workbook", plan.pulled))


def _entries(side: str, moves: Iterable[Move]) -> Iterable[Entry]:
    """Return the entries of one side."""
    return [
        Entry(side, move.table, move.row, move.column, as_json(move.before), as_json(move.after))
        for move in moves
    ]


def with_record(plan: Plan, runs: Sequence[Run], memory: Sequence[str]) -> Plan:
    """Return a plan by which the workbook remembers runs; `memory` is what it remembers now."""
    if plan.to_workbook.memory is not None:
        told = _told(plan.to_workbook.memory, runs)
        return replace(plan, to_workbook=replace(plan.to_workbook, memory=told))
    now = plan.reminder.memory or tuple(memory)
    told = _told(now, runs)
    return plan if told == now else replace(plan, reminder=replace(plan.reminder, memory=told))


def _told(memory: tuple[str, ...], runs: Sequence[Run]) -> tuple[str, ...]:
    """Return the texts of a base that remembers runs, if there is one to remember them."""
    for run in runs if memory else ():
        memory = with_run(memory, run)
    return memory
