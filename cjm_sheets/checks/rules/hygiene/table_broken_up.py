"""Decides where a table is broken up by merged cells, blank rows or totals."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.tables import a1, naming
from cjm_sheets.tables.codec import Decoded
from cjm_sheets.words.mark import N_

_MERGED = N_("The cells {area} are merged; all but one of them count as blank.")
_UNMERGE = N_("Undo the merge, and type the value into each row that it is meant for.")
_TOTAL = N_("This row looks like a total, and it counts as a row like the others.")
_MOVE = N_("Move it above or beside the table, or to a sheet of your own.")

_TOTALS = frozenset(
    {
        "total", "sum", "totals", "summe", "gesamt", "i alt", "ialt", "sum i alt", "kopā", "summa",
        "pavisam", "totaal", "som", "итого", "всего", "сумма",
    }
)  # fmt: skip
"""What rows of totals are called in the six languages, as compared by naming.plain."""

_LONGEST = max(map(len, _TOTALS)) + 4
"""With a few blanks, colons or the like around it."""


@rule(
    "CJ113",
    Severity.WARNING,
    table="",
    reads=("*.*",),
    summary=N_("merged cells, blank rows or totals within a table"),
    message=N_("Blank rows lie between the rows of this table: {count}."),
    fix=N_("Delete them, or sort the table; Excel's sorting and filters stop at a blank row."),
)
def table_broken_up(view: View) -> Iterator[Found]:
    """CJ113: merged cells, blank rows or totals within a table.

    Why: sorting, filters, formulas and the shared copy take a table row by row; what belongs to
        several rows at once, or to none, is lost or counted twice.
    Fires: a stage merged over three touchpoints; two blank rows in the middle; a row that is called
        Total.
    Silent: merged cells above the header; blank rows below the last one; rows with nothing but an
        id, which wait to be filled in; a pain in which the word total occurs.
    """
    for key, decoded in view.tables.items():
        yield from _merged(key, decoded)
        yield from _blank(view, key, decoded)
        yield from _totals(view, key, decoded)


def _merged(key: str, decoded: Decoded) -> Iterator[Found]:
    table = decoded.table
    columns = [column.at for column in table.columns]
    for top, left, bottom, right in table.merged:
        if bottom > table.header_line and any(left <= at <= right for at in columns):
            area = f"{a1.cell(top, left)}:{a1.cell(bottom, right)}"
            column = next((c.key or "" for c in table.columns if left <= c.at <= right), "")
            line = max(top, table.header_line + 1)
            place = (key, line, "", column)
            yield Found(*place, "", {"area": area}, message=_MERGED, fix=_UNMERGE)


def _blank(view: View, key: str, decoded: Decoded) -> Iterator[Found]:
    """Yield the first blank row between others, with the number of them."""
    if not decoded.lines:
        return
    filled = set(decoded.lines)
    gaps = [line for line in range(decoded.lines[0], decoded.lines[-1]) if line not in filled]
    blank = [line for line in gaps if not view.shown(key, "id", line).strip()]
    if blank and view.has(key, "id"):
        yield Found(key, blank[0], "", "id", "", {"count": len(blank)})


def _totals(view: View, key: str, decoded: Decoded) -> Iterator[Found]:
    texts = [column.key for column in decoded.table.spec.typed if column.kind.name != "list"]
    ids = view.row_ids(key)
    for column in texts:
        for at, value in enumerate(decoded.columns.get(column, ())):
            if not isinstance(value, str) or len(value) > _LONGEST:
                continue
            if naming.plain(value.strip(" :=")) in _TOTALS:
                place = (key, decoded.lines[at], ids[at], column)
                yield Found(*place, message=_TOTAL, fix=_MOVE)
