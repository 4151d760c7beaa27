"""Decides what each column offers and explains: drop-downs, bounds, and the hint beside a cell."""

from dataclasses import replace

from cjm_sheets.tables import naming, spec
from cjm_sheets.tables.hints import HINTS
from cjm_sheets.templates.content import name_column
from cjm_sheets.templates.plan import Validation
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.labels import hint
from cjm_sheets.words.mark import N_

LIST_NAME = "cjm_list_{}"
"""The name of the cells of a list on the sheet of lists."""

PICK_NAME = "cjm_pick_{}"
"""The name of the cells on Calc that hold the rows of a table as they are picked."""

_LONGEST_TITLE = 32
_LONGEST_MESSAGE = 255
_FIRST_DATE = 36526
"""2000-01-01 as a serial date: nothing that a map speaks of is older."""

_NOT_LISTED = N_("The list does not have this. Keep it if you mean it.")
_NO_WHOLE = N_("A whole number from {low} to {high} belongs here.")
_NO_COUNT = N_("A whole number belongs here, {low} or more.")
_NO_SHARE = N_("A share from 0 % to 100 % belongs here.")
_NO_DATE = N_("A date belongs here, such as 2026-03-31.")


def validation(
    language: str, of: spec.Table, column: spec.Column, at: int, lines: tuple[int, int]
) -> Validation | None:
    """Return what the cells of a column offer; None where there is nothing to offer or to say."""
    context = f"{of.key}.{column.key}"
    words = HINTS.get(context)
    offer = Validation(at, *lines, "any")
    if not column.computed:
        offer = _bounded(language, column, offer)
    if words:
        title = _cut(naming.column_label(language, of, column), _LONGEST_TITLE)
        said = _cut(hint(language, context, words), _LONGEST_MESSAGE)
        return replace(offer, title=title, message=said)
    return None if offer.kind == "any" else offer


def _bounded(language: str, column: spec.Column, offer: Validation) -> Validation:
    """Return the offer with the list or the bounds of a column's kind."""
    kind = column.kind
    match kind.name:
        case "list" | "yes_no":
            source = _filled(LIST_NAME.format(kind.target))
            return replace(offer, kind="list", source=source, objection=say(language, _NOT_LISTED))
        case "ref" if name_column(kind.target):
            source = _filled(PICK_NAME.format(kind.target))
            return replace(offer, kind="list", source=source, objection=say(language, _NOT_LISTED))
        case "int":
            low, high = kind.low or 0, kind.high
            words = _NO_COUNT if high is None else _NO_WHOLE
            said = say(language, words, low=low, high=high)
            return replace(offer, kind="whole", low=low, high=high, objection=said)
        case "pct":
            said = say(language, _NO_SHARE)
            return replace(offer, kind="decimal", low=0, high=1, objection=said)
        case "date":
            said = say(language, _NO_DATE)
            return replace(offer, kind="date", low=_FIRST_DATE, objection=said)
    return offer


def _filled(name: str) -> str:
    """Return the formula of the filled first cells of a named column, so that no blanks show."""
    return f'=OFFSET({name},0,0,MAX(1,SUMPRODUCT(--({name}<>""))),1)'


def _cut(text: str, longest: int) -> str:
    """Return a text that a spreadsheet accepts: cut at a blank if it is too long."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0] + "…"
