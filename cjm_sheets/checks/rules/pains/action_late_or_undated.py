"""Decides which actions have no day, or one that has passed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.gaps import gaps, is_blank
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.to_do import CLOSED, is_bare, live_actions, taken_up
from cjm_sheets.checks.view import View
from cjm_sheets.model.journey import Action
from cjm_sheets.words.mark import N_

_WIDELY = N_("{missing} of {all} open actions do not say until when they will be done.")
_LATE = N_("This was due on {date}, and it is not done.")
_LATE_WIDELY = N_("{missing} of {all} open actions are past their day, the oldest since {date}.")
_MEND_LATE = N_("Set {status} to what is true, or agree on a new day with {owner}.")
_MEND_LATE_OF_NOBODY = N_("Set {status} to what is true, or agree on a new day.")


@rule(
    "CJ075",
    Severity.WARNING,
    table="Actions",
    reads=("Actions.action", "Actions.due", "Actions.status", "Actions.owner"),
    summary=N_("an action has no day by which it is due, or is overdue"),
    message=N_("This does not say until when it will be done."),
    fix=N_("Agree on a day with whoever does it, and fill in {column}."),
)
def action_late_or_undated(view: View) -> Iterator[Found]:
    """CJ075: an action has no day by which it is due, or is overdue.

    Why: what has no day is done last; what is past its day without a word is forgotten or done,
        and nobody can tell which. Six or more late ones are told once, on the oldest.
    Fires: a planned action without a day; one that was due yesterday and is doing, planned, an
        idea or without a status.
    Silent: due today; an action that is done or dropped; an idea without a day; an action of which
        there are only words so far (that is CJ074); a date that cannot be read (that is CJ011); a
        workbook without the column; an action of an archived map.
    """
    rows = taken_up(view)
    lacking = [
        row
        for row in rows
        if row.due is None and not is_bare(row) and is_blank(view, "Actions", "due", row.line)
    ]
    yield from gaps(("Actions", "due"), rows, lacking, _WIDELY)
    yield from _late(view, [row for row in live_actions(view) if row.status not in CLOSED])


def _late(view: View, rows: Sequence[Action]) -> Iterator[Found]:
    """Yield what is found of the open actions that were due before the day of the check."""
    due = [(row.due, row) for row in rows if row.due is not None and row.due < view.as_of]
    late = [row for _, row in sorted(due, key=lambda pair: (pair[0], pair[1].line))]
    status = view.label("Actions", "status")

    def facts(row: Action) -> dict[str, object]:
        return {"date": row.due, "status": status, "owner": row.owner}

    for found in gaps(("Actions", "due"), rows, late, _LATE_WIDELY, facts):
        named = found.facts["owner"] and not found.message
        mend = _MEND_LATE if named else _MEND_LATE_OF_NOBODY
        yield replace(found, message=found.message or _LATE, fix=mend)
