"""Decides what the workbook shows of a sync: fresh results, and what is left to settle."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

from cjm_sheets.errors import BusyError
from cjm_sheets.errors.workbook import CannotWriteSafelyError, SheetInTheWayError
from cjm_sheets.ports.clock import Clock
from cjm_sheets.ports.sheets import SheetStore
from cjm_sheets.ports.store import Snapshot, Store
from cjm_sheets.sync.apply import Done
from cjm_sheets.sync.steps import Plan
from cjm_sheets.usecases.list_conflicts import ROLE, refresh_conflicts
from cjm_sheets.usecases.recalculate import refresh_results, stale_results


def shown(
    plan: Plan, done: Done | None, workbook: Store, ours: Snapshot, clock: Clock
) -> BusyError | None:
    """Let the workbook show what a sync came to; return why it has to wait with anything."""
    waiting = done.waiting if done else None
    if done and done.results_are_old:
        waiting = _refreshed(workbook, clock.today()) or waiting
    if not waiting:
        _list_conflicts(plan, workbook, ours, clock)
    return waiting


def with_results(plan: Plan, today: date) -> Plan:
    """Return the plan in which the workbook shows at once what follows from the values it gets."""
    to_workbook = replace(plan.to_workbook, then_results=lambda now: stale_results(now, today))
    return replace(plan, to_workbook=to_workbook)


def _refreshed(workbook: Store, today: date) -> BusyError | None:
    """Refresh what live formulas show; return why it has to wait for the next calculation."""
    try:
        refresh_results(workbook, today)
    except BusyError as busy:
        return busy
    return None


def _list_conflicts(plan: Plan, workbook: Store, ours: Snapshot, clock: Clock) -> None:
    """Let the workbook list what is left to settle; a list is no reason for a sync to fail."""
    if not isinstance(workbook, SheetStore) or not (plan.base.pending or ROLE in ours.made):
        return
    written = not (plan.writes_nothing and plan.reminder.is_nothing)
    with suppress(BusyError, CannotWriteSafelyError, SheetInTheWayError):
        now = workbook.read() if written else ours
        refresh_conflicts(workbook, now, clock.now().astimezone())
