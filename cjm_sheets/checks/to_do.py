"""Decides what is still to be done: which actions and pains are not settled."""

from cjm_sheets.checks.view import View
from cjm_sheets.model.journey import Action

CLOSED = frozenset({"done", "dropped"})
"""Statuses of actions and opportunities about which nobody does anything any more."""

SETTLED = frozenset({"solved", "accepted"})
"""Statuses of pains about which a decision has been made."""


def live_actions(view: View) -> tuple[Action, ...]:
    """Return the actions that have words and belong to no archived map."""
    archived = {row.id for row in view.workbook.maps if row.status == "archived"}
    return tuple(
        row
        for row in view.workbook.actions
        if row.action and (not archived or view.map_of("Actions", row.line) not in archived)
    )


def taken_up(view: View) -> tuple[Action, ...]:
    """Return the live actions that are more than an idea and neither done nor dropped."""
    return tuple(row for row in live_actions(view) if row.status not in CLOSED | {"idea"})


def is_bare(row: Action) -> bool:
    """Tell whether an action is only words so far, so that who does it is the first question."""
    return not (row.status or row.owner or row.due or row.kpi)
