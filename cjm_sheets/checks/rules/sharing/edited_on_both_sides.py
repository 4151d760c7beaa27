"""Decides which cells two people changed, one here and one in the shared copy."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.unsettled import unsettled
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_NOTHING = "–"


@rule(
    "CJ117",
    Severity.ERROR,
    table="",
    reads=("*.*",),
    summary=N_("a cell was changed here and in the shared copy"),
    message=N_("Changed on both sides: {value} here, {theirs} in the shared copy."),
    fix=N_("Agree on one, type it on either side, and sync; or let {command} decide."),
)
def edited_on_both_sides(view: View) -> Iterator[Found]:
    """CJ117: a cell was changed here and in the shared copy.

    Why: neither is lost and neither is taken: each side keeps its own until somebody settles it,
        and until then they disagree.
    Fires: a name that was changed in the workbook and, in another way, in the shared copy, as the
        last sync found.
    Silent: a cell that was changed since that sync, which may have settled it; a row that is gone.
    """
    for each, at in unsettled(view.pending, view.tables):
        facts = {
            "theirs": each.theirs or _NOTHING,
            "command": "cjm-sheets sync --prefer workbook|sheet",
        }
        place = (each.table, view.tables[each.table].lines[at], each.row, each.column)
        yield Found(*place, each.ours or _NOTHING, facts)
