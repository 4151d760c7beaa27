"""Decides which texts are longer than a cell can hold."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.tables.characters import EXCEL, SHEETS, length
from cjm_sheets.words.mark import N_

_BOTH = N_("This text has {count} characters; Excel cuts it at {excel}, Google Sheets at {sheets}.")
_SHOWN = 40


@rule(
    "CJ116",
    Severity.WARNING,
    table="",
    reads=("*.*",),
    summary=N_("a text is longer than a cell can hold"),
    message=N_("This text has {count} characters; Excel cuts it at {excel}."),
    fix=N_("Shorten it, or keep the whole text in a file and link to it."),
)
def text_too_long(view: View) -> Iterator[Found]:
    """CJ116: a text is longer than a cell can hold.

    Why: the program that opens the file next cuts it off without a word.
    Fires: 32,768 characters; 50,001, which Google Sheets does not take either.
    Silent: 32,767 characters.
    """
    for key, decoded in view.tables.items():
        rows = view.row_ids(key)
        for column, values in decoded.columns.items():
            for at, value in enumerate(values):
                if isinstance(value, str) and (count := length(value)) > EXCEL:
                    facts = {"count": count, "excel": EXCEL, "sheets": SHEETS}
                    message = _BOTH if count > SHEETS else ""
                    place = (key, decoded.lines[at], rows[at], column)
                    yield Found(*place, value[:_SHOWN], facts, message=message)
