"""Decides which actions would change something for its own sake."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.gaps import gaps
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.to_do import CLOSED, live_actions
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_WIDELY = N_("{missing} of {all} actions name neither a pain nor an opportunity.")


@rule(
    "CJ077",
    Severity.WARNING,
    table="Actions",
    reads=(
        "Actions.action",
        "Actions.pains",
        "Actions.opportunity",
        "Actions.status",
        "Pains.pain",
        "Opportunities.opportunity",
    ),
    summary=N_("an action names neither a pain nor an opportunity"),
    message=N_("This action relieves no pain and takes up no opportunity."),
    fix=N_("Fill in {pains} or {opportunity}, or drop the action."),
)
def action_without_cause(view: View) -> Iterator[Found]:
    """CJ077: an action names neither a pain nor an opportunity.

    Why: not every touchpoint should be changed because it can be; work that relieves nothing takes
        the time of work that would.
    Fires: a planned action with neither, on a map with pains; an idea with neither.
    Silent: one of the two is named, even one that does not exist (that is CJ004); an action that is
        done or dropped; a workbook without pains and opportunities, where there is nothing to
        name yet; a workbook without either column; an action of an archived map.
    """
    book = view.workbook
    columns = [column for column in ("pains", "opportunity") if view.has("Actions", column)]
    causes = any(row.pain for row in book.pains) or any(i.opportunity for i in book.opportunities)
    if not columns or not causes:
        return
    rows = [row for row in live_actions(view) if row.status not in CLOSED]
    lacking = [row for row in rows if not row.pains and not row.opportunity]
    labels = {column: view.label("Actions", column) for column in ("pains", "opportunity")}
    yield from gaps(("Actions", columns[0]), rows, lacking, _WIDELY, facts=lambda _: labels)
