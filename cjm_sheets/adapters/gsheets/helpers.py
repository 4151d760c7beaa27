"""Decides what the sheets hold that tables rest on: the lists of drop-downs, the hidden Calc."""

from cjm_sheets.adapters.gsheets.formats import cell_format
from cjm_sheets.adapters.gsheets.layout import Layout, formula
from cjm_sheets.adapters.gsheets.making import Places, Request
from cjm_sheets.adapters.gsheets.reading import Sheet
from cjm_sheets.adapters.gsheets.writing import cell_data, formula_data, update
from cjm_sheets.tables import a1, calc, lists, naming
from cjm_sheets.tables.calc import Named
from cjm_sheets.templates import looks
from cjm_sheets.words.labels import label

_SPARE_ROWS = 30
"""Rows below the lists for values that people add."""

_TOP = Named(
    "cjm_top",
    (
        (
            '=IFERROR(LARGE(Pains[evidenced],1),"")',
            '=IFERROR(MATCH(LARGE(Pains[evidenced],1),Pains[[#All],[evidenced]],0),"")',
        ),
    ),
)
"""The highest score and its place, of which the map speaks."""

_WIDTH = 170  # pixels


def list_range(title: str, name: str) -> str:
    """Return the range of a list on the sheet of lists, open below for values people add."""
    letters = a1.letters(list(lists.LISTS).index(name) + 1)
    return f"{a1.title(title)}!${letters}$2:${letters}"


def lists_sheet(language: str, places: Places) -> tuple[Sheet, list[Request]]:
    """Return the sheet of lists and the requests that make it."""
    most, wide = max(len(values) for values in lists.LISTS.values()), len(lists.LISTS)
    title = label(language, lists.LISTS_KEY, lists.LISTS_LABEL)
    making = places.make("Lists", title, (most + 1 + _SPARE_ROWS, wide))
    header = cell_format(looks.header(looks.TONES["slate"], computed=False))
    heads = [
        cell_data(label(language, f"list.{name}", lists.LIST_LABELS[name]))
        | {"userEnteredFormat": header}
        for name in lists.LISTS
    ]
    rows = [{"values": heads}]
    for i in range(most):
        cells = []
        for name, values in lists.LISTS.items():
            keys = list(values)
            cells.append(cell_data(naming.word(language, name, keys[i]) if i < len(keys) else None))
        rows.append({"values": cells})
    start = {"sheetId": making.sheet.id, "rowIndex": 0, "columnIndex": 0}
    columns = {
        "sheetId": making.sheet.id,
        "dimension": "COLUMNS",
        "startIndex": 0,
        "endIndex": wide,
    }
    return making.sheet, [
        making.request(frozen=(1, 0), tab=looks.TAB_OF_OTHERS),
        {
            "updateCells": {
                "start": start, "rows": rows, "fields": "userEnteredValue,userEnteredFormat",
            }
        },
        {
            "updateDimensionProperties": {
                "range": columns, "properties": {"pixelSize": _WIDTH}, "fields": "pixelSize",
            }
        },
    ]  # fmt: skip


def calc_sheet(language: str, layout: Layout, places: Places) -> list[Request]:
    """Return the requests that make the hidden sheet at which live formulas read Settings."""
    names = _names(language)
    lines = sum(len(named.rows) for named in names)
    making = places.make(calc.SHEET, calc.SHEET, (lines, 3), hidden=True)
    requests: list[Request] = [making.request(), *calc_cells(making.sheet, language, layout)]
    line = 1
    for named in names:
        area = {
            "sheetId": making.sheet.id, "startRowIndex": line - 1,
            "endRowIndex": line - 1 + len(named.rows),
            "startColumnIndex": 1, "endColumnIndex": 1 + len(named.rows[0]),
        }  # fmt: skip
        requests.append({"addNamedRange": {"namedRange": {"name": named.name, "range": area}}})
        line += len(named.rows)
    return requests


def calc_cells(sheet: Sheet, language: str, layout: Layout) -> list[Request]:
    """Return the requests that fill the hidden sheet, from the tables that there are."""
    requests, line = [], 1
    for named in _names(language):
        requests.append(update(sheet, line, 1, [cell_data(named.name)]))
        for offset, row in enumerate(named.rows):
            cells = [_calc_cell(cell, layout) for cell in row]
            requests.append(update(sheet, line + offset, 2, cells))
        line += len(named.rows)
    return requests


def _names(language: str) -> tuple[Named, ...]:
    known = calc.names(lambda n, key: naming.word(language, n, key), naming.every_word)
    return (*known, _TOP)


def _calc_cell(cell: str | float, layout: Layout) -> Request:
    """Return a cell of Calc: a value, or a formula for this shared copy.

    What comes from a table that is not there is not known, as where a setting is missing.
    """
    if isinstance(cell, str) and cell.startswith("="):
        try:
            return formula_data(formula(cell, layout, "Settings", 1))
        except KeyError:
            return formula_data('=""')
    return cell_data(cell)
