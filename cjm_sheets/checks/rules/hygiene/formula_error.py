"""Decides which cells of texts and lists show the error of a formula."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.tables.codec import Unread
from cjm_sheets.words.mark import N_


@rule(
    "CJ114",
    Severity.WARNING,
    table="",
    reads=("*.*",),
    summary=N_("a formula failed where a text should stand"),
    message=N_("This cell shows the error {value} in place of a value."),
    fix=N_("Repair the formula, or type the value."),
)
def formula_error(view: View) -> Iterator[Found]:
    """CJ114: a formula failed where a text should stand.

    Why: the cell counts as blank, so the name, the stage or the evidence is missing on the map.
    Fires: #REF! in a name, a list or a reference.
    Silent: an error in a number or a date (that is CJ011); one in a column of your own.
    """
    for key, decoded in view.tables.items():
        rows = view.row_ids(key)
        for column in decoded.table.spec.typed:
            if column.kind.is_number or column.kind.name == "date":
                continue
            for at, value in enumerate(decoded.columns.get(column.key, ())):
                if isinstance(value, Unread) and value.failed:
                    yield Found(key, decoded.lines[at], rows[at], column.key, value.shown)
