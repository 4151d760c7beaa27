"""Decides which columns hold blanks and signs that nobody sees."""

from collections.abc import Iterator

from cjm_sheets.checks.blanks import tidied
from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ112",
    Severity.WARNING,
    table="",
    reads=("*.*",),
    summary=N_("blanks around a text, or small letters in an id"),
    message=N_("Cells of {column} with unseen blanks, or with small letters in an id: {count}."),
    fix=N_("Let cjm-sheets fix take them away; filters and formulas take them for other values."),
)
def stray_blanks(view: View) -> Iterator[Found]:
    """CJ112: blanks around a text, or small letters in an id.

    Why: the program reads t4 with a blank as T4, but a filter, a pivot table or a formula of your
        own takes them for two. It is said once a column.
    Fires: a name with a blank behind it; an id t4; a zero-width sign that came from a web page.
    Silent: blanks between words; new lines within a text; a cell of nothing but blanks.
    """
    for key, decoded in view.tables.items():
        for column in decoded.table.spec.typed:
            if not (column.kind.is_text or column.kind.name in {"id", "list"}):
                continue
            is_id = column.kind.name == "id"
            bad = [
                (line, row)
                for line, row, cell in view.cells(key, column.key)
                if isinstance(cell, str) and tidied(cell, is_id=is_id) not in {"", cell}
            ]
            if bad:
                line, row = bad[0]
                yield Found(key, line, row, column.key, facts={"count": len(bad)})
