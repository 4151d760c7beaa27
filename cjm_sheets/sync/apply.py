"""Decides in which order a plan is carried out, so that a crash at any point leaves nothing lost.

Ids into the workbook, then the shared copy, then the workbook with the new base. A crash between
the last two leaves an older base: the next run finds that both sides already say the same.
"""

from contextlib import suppress
from dataclasses import dataclass

from cjm_sheets.errors import BusyError
from cjm_sheets.errors.workbook import ChangedMeanwhileError
from cjm_sheets.ports.store import Store
from cjm_sheets.sync.plan import Copies
from cjm_sheets.sync.steps import Plan


@dataclass(frozen=True, slots=True)
class Done:
    """What was carried out; `waiting` is why the workbook could not take over what it should."""

    results_are_old: bool
    """The workbook was written, and live formulas show what they showed before."""
    waiting: BusyError | None = None


def carry_out(plan: Plan, workbook: Store, shared: Store, copies: Copies) -> Done:
    """Write what the plan says.

    Raises:
        OnlyReadError: the workbook is of a kind that never takes changes; nothing was done.
        BusyError: the workbook could not take over ids that must be there first; nothing was done.
        ChangedMeanwhileError: somebody saved the workbook meanwhile; it is as they saved it.
        ColleaguesAtWorkError: the same of the shared copy; what was overwritten is kept there.
    """
    since = copies.workbook
    if not plan.ids.is_nothing:
        written = workbook.apply(plan.ids, since)
        # Read again: what comes later must be held against the cells as they are now.
        since = workbook.read()
        if since.stamp != written.stamp:
            # Somebody saved it in this very moment; the plan knows nothing of what they typed.
            raise ChangedMeanwhileError(workbook.name)
    if not plan.to_workbook.is_nothing:
        # One that never takes changes says so before the other side has any. One that is busy may
        # be free by then, and has to wait if it is not.
        with suppress(BusyError):
            workbook.refuse_if_busy()
    if not plan.to_shared.is_nothing:
        shared.apply(plan.to_shared, copies.shared)
    if plan.to_workbook.is_nothing:
        if not plan.reminder.is_nothing:
            # A sync of a workbook that is open elsewhere is no failure for want of a reminder.
            with suppress(BusyError):
                workbook.apply(plan.reminder, since)
        return Done(not plan.ids.is_nothing)
    try:
        written_too = workbook.apply(plan.to_workbook, since)
    except ChangedMeanwhileError:
        raise  # what somebody saved has to be merged, which needs another plan
    except BusyError as busy:
        return Done(not plan.ids.is_nothing, busy)
    return Done(results_are_old=not written_too.with_results)
