"""Decides which rows came back because one side had deleted and the other had edited them."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_HERE = N_("This row was deleted here and edited in the shared copy; it came back.")


@rule(
    "CJ118",
    Severity.WARNING,
    table="",
    reads=("*.*",),
    summary=N_("a row was deleted on one side and edited on the other"),
    message=N_("This row was deleted in the shared copy and edited here; it came back."),
    fix=N_("Keep it, or delete it once more, on either side; then sync."),
)
def deleted_and_edited(view: View) -> Iterator[Found]:
    """CJ118: a row was deleted on one side and edited on the other.

    Why: an edit is never lost, so the row came back; but somebody wanted it gone, and should know.
    Fires: a pain that was deleted here while a colleague changed its severity, as the last sync
        found.
    Silent: once the next sync that changes something is done, or the row is gone again.
    """
    for each in view.pending:
        if each.kind != "restored" or each.table not in view.tables:
            continue
        ids = view.row_ids(each.table) if view.has(each.table, "id") else ()
        if each.row in ids:
            line = view.tables[each.table].lines[ids.index(each.row)]
            here = each.ours == "workbook"
            yield Found(each.table, line, each.row, "id", message=_HERE if here else "")
