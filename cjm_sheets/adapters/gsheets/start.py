"""Decides what the first sheet of a shared copy tells colleagues: what is where, and how to work.

Its links lead to sheets by their ids, so that they hold when somebody renames one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cjm_sheets.adapters.gsheets.formats import cell_format
from cjm_sheets.adapters.gsheets.layout import Layout, column_range
from cjm_sheets.adapters.gsheets.making import Request
from cjm_sheets.adapters.gsheets.reading import Sheet
from cjm_sheets.adapters.gsheets.writing import cell_data, formula_data
from cjm_sheets.templates import leads, looks
from cjm_sheets.templates.plan import Style
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

NAME = "Start"
SIZE = (60, 4)
_WIDTHS = (24, 230, 960, 24)  # pixels of the columns

_LEAD = Style(size=11, color=looks.QUIET, wrap=True, valign="top")
_HEAD = Style(size=12, bold=True, color=looks.DEEP, valign="bottom")
_LINK = Style(size=11, bold=True, color="#22567C", underline=True, valign="top")
_TEXT = Style(size=10, color=looks.INK, wrap=True, valign="top")
_NAME = replace(_TEXT, bold=True)
_HEIGHTS = {"title": 52, "head": 44, "": 25}

_MAP = N_(
    "The whole way on one page: what people do, feel and suffer. It says what the sheets say."
)
_LISTS = N_("The words of the drop-down lists. Add your own below them.")
_HOW = (
    (
        N_("Edit"),
        N_("Edit anything: your changes reach the workbook with its next sync."),
    ),
    (
        N_("Sort and add"),
        N_("Sort, filter, add rows, columns and notes of your own: they stay."),
    ),
    (
        N_("Ids"),
        N_(
            "The first column tells rows apart, wherever they stand. Leave it empty in a new row:"
            " its id comes with the next sync."
        ),
    ),
    (
        N_("Tinted columns"),
        N_("They work themselves out from the columns beside them. Nothing is typed there."),
    ),
    (
        N_("Drop-downs"),
        N_("They propose words and forbid none. The note on a header says what belongs there."),
    ),
    (
        N_("Both changed a cell?"),
        N_("Then each side keeps its own, and whoever runs the sync is told. Nothing is lost."),
    ),
)


@dataclass(frozen=True, slots=True)
class Led:
    """Where the first sheet leads to: a sheet, and what stands there."""

    sheet: Sheet
    lead: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A line: its cells from the second column on, their looks, and its kind for the height."""

    cells: Sequence[tuple[Request, Style]]
    kind: str = ""


def lead_of(language: str, name: str) -> str:
    """Return what stands on a sheet of ours, in a sentence."""
    known = {"Map": _MAP, "Lists": _LISTS}
    return say(language, known[name] if name in known else leads.LEADS[name])


def fill(
    sheet: Sheet, title: str, language: str, leads_to: Sequence[Led], layout: Layout
) -> list[Request]:
    """Return the requests that fill the empty first sheet."""
    rows = list(_rows(title, language, leads_to, layout))
    data = [{"values": [{}, *(_cell(*cell) for cell in row.cells)]} for row in rows]
    start = {"sheetId": sheet.id, "rowIndex": 0, "columnIndex": 0}
    sizes = [
        _size(sheet, "COLUMNS", at, wide) for at, wide in enumerate(_WIDTHS)
    ] + [
        _size(sheet, "ROWS", at, _HEIGHTS[row.kind]) for at, row in enumerate(rows)
    ]  # fmt: skip
    fields = "userEnteredValue,userEnteredFormat"
    return [{"updateCells": {"start": start, "rows": data, "fields": fields}}, *sizes]


def _cell(value: Request, look: Style) -> Request:
    return {**value, "userEnteredFormat": cell_format(look)}


def _size(sheet: Sheet, dimension: str, at: int, pixels: int) -> Request:
    area = {"sheetId": sheet.id, "dimension": dimension, "startIndex": at, "endIndex": at + 1}
    return {
        "updateDimensionProperties": {
            "range": area, "properties": {"pixelSize": pixels}, "fields": "pixelSize",
        }
    }  # fmt: skip


def _rows(title: str, language: str, leads_to: Sequence[Led], layout: Layout) -> Iterator[_Row]:
    """Yield the lines from top to bottom."""
    yield _Row([(cell_data(title), looks.TITLE)], "title")
    lead = say(language, N_("The copy of a journey map that you share. Everybody may work in it."))
    yield _Row([(cell_data(lead), replace(_LEAD, wrap=False))])
    yield _head(language, N_("What is where"))
    for led in leads_to:
        link = formula_data(f'=HYPERLINK("#gid={led.sheet.id}";"{_quoted(led.sheet.title)}")')
        yield _Row([(link, _LINK), (cell_data(led.lead), _TEXT)])
    yield _head(language, N_("How to work here"))
    for name, said in _HOW:
        yield _Row(
            [(cell_data(say(language, name)), _NAME), (cell_data(say(language, said)), _TEXT)]
        )
    yield _head(language, N_("Whom to ask"))
    yield _Row(
        [
            (cell_data(say(language, N_("Owner of the map"))), _NAME),
            (_owner(language, layout), _TEXT),
        ]
    )


def _head(language: str, words: str) -> _Row:
    return _Row([(cell_data(say(language, words)), _HEAD)], "head")


def _owner(language: str, layout: Layout) -> Request:
    """Return who owns the map, as the sheet of maps says it at any time."""
    nobody = say(language, N_("Nobody is named yet: write it on the sheet of the maps."))
    if "Maps" not in layout or "owner" not in layout["Maps"].columns:
        return cell_data(nobody)
    owners = column_range(layout, "Maps", "owner", "Data")
    first = f"INDEX({owners};1)"
    return formula_data(f'=IF({first}="";"{_quoted(nobody)}";{first})')


def _quoted(words: str) -> str:
    return words.replace('"', '""')


def title_of(rows: Sequence[Mapping[str, object]], language: str) -> str:
    """Return what the map is called, by the rows of the sheet of maps."""
    named = next((f"{row['title']}" for row in rows if row.get("title")), "")
    return named or say(language, N_("Customer journey map"))
