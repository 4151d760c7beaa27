"""Decides which numbers and dates stand in their cells as text, and what they mean."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.meant import what_is_meant
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_EITHER = N_("{value} stands here as text, and may mean {one} or {other}.")
_CHOOSE = N_("Type it anew, so that it can mean one thing only.")


@rule(
    "CJ115",
    Severity.WARNING,
    table="",
    reads=("*.*",),
    summary=N_("a number or a date stands there as text"),
    message=N_("{value} stands here as text, so no formula counts with it."),
    fix=N_("It means {meant}: type it anew, or let cjm-sheets fix do it."),
)
def number_or_date_as_text(view: View) -> Iterator[Found]:
    """CJ115: a number or a date stands there as text.

    Why: a number that was pasted as text looks right and counts nowhere: the score stays blank, and
        nobody sees why.
    Fires: 12 as text; 0,45 with a comma in a workbook that has points; 31.3.2026 as text; 3/4/2026,
        which may be in March or in April.
    Silent: words and other things that mean no number (that is CJ011); a real number or date.
    """
    for key, decoded in view.tables.items():
        rows = view.row_ids(key)
        for column in decoded.table.spec.typed:
            if not (column.kind.is_number or column.kind.name == "date"):
                continue
            for at, value in enumerate(decoded.columns.get(column.key, ())):
                meant = what_is_meant(value, column.kind)
                if meant is None:
                    continue
                place = (key, decoded.lines[at], rows[at], column.key)
                if meant.either:
                    facts = {"one": meant.either[0], "other": meant.either[1]}
                    yield Found(*place, facts=facts, message=_EITHER, fix=_CHOOSE)
                else:
                    yield Found(*place, facts={"meant": str(meant.value)})
