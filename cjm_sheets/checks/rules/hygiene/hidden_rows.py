"""Decides which tables hold rows that nobody sees."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ120",
    Severity.INFO,
    table="",
    reads=("*.*",),
    summary=N_("rows are hidden or filtered away"),
    message=N_("Rows of this sheet that are hidden or filtered away: {count}."),
    fix=N_("Look at them before you share the map: they are checked, scored and shared, too."),
)
def hidden_rows(view: View) -> Iterator[Found]:
    """CJ120: rows are hidden or filtered away.

    Why: who shares a map looks at what is on the screen; a hidden row goes along.
    Fires: a filter that leaves out two pains.
    Silent: hidden rows in which nothing stands; hidden columns.
    """
    for key, decoded in view.tables.items():
        rows = view.row_ids(key)
        hidden = [at for at, line in enumerate(decoded.lines) if line in decoded.table.hidden]
        if hidden:
            first = hidden[0]
            facts = {"count": len(hidden)}
            yield Found(key, decoded.lines[first], rows[first], "", "", facts)
