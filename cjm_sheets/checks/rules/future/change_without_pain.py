"""Decides what is new on a map of the future without relieving anybody."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.futures import with_today
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.tables import naming
from cjm_sheets.words.mark import N_


@rule(
    "CJ091",
    Severity.WARNING,
    table="Touchpoints",
    reads=("Touchpoints.name", "Touchpoints.resolves", "Maps.based_on", "Pains.touchpoint"),
    summary=N_("a touchpoint of the future relieves no pain of today"),
    message=N_("This is new on the map of the future, and it relieves no pain of today."),
    fix=N_("Name the pains that it takes away under {column}, or leave it out."),
)
def change_without_pain(view: View) -> Iterator[Found]:
    """CJ091: a touchpoint of the future relieves no pain of today.

    Why: what is built for its own sake costs as much as what helps; a future is an answer to what
        hurts now.
    Fires: a touchpoint whose name is not on the map of today, with nothing under resolves.
    Silent: one that names a pain; one of the same name as today, which stays as it is; a map of
        today without pains.
    """
    for rows, today in with_today(view):
        if not any(other.pains for other in today):
            continue
        stays = {naming.plain(step.name) for other in today for step in other.touchpoints}
        for step in rows.touchpoints:
            blank = not view.shown("Touchpoints", "resolves", step.line).strip()
            if step.name and blank and naming.plain(step.name) not in stays:
                yield Found("Touchpoints", step.line, step.id, "resolves")
