"""Decides what the first push makes: the sheets of the tables, the lists, and the hidden Calc."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cjm_sheets.adapters.gsheets import looks
from cjm_sheets.adapters.gsheets.layout import Layout, Lies, formula, row_formulas
from cjm_sheets.adapters.gsheets.reading import Sheet, free_title, own_id
from cjm_sheets.adapters.gsheets.writing import cell_data, formula_data, update
from cjm_sheets.ports.store import NewTable
from cjm_sheets.tables import a1, calc, lists, naming, spec
from cjm_sheets.tables.hints import HINTS
from cjm_sheets.tables.table import Grid
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.labels import hint, label
from cjm_sheets.words.languages import LANGUAGES
from cjm_sheets.words.mark import N_

Request = dict[str, Any]

SPARE_ROWS = 30
"""Rows below the data that have formats, drop-downs and live formulas for what people add."""


@dataclass(frozen=True, slots=True)
class Making:
    """A sheet in the making, with where it goes among the others."""

    sheet: Sheet
    index: int

    def request(self, *, frozen: bool = True) -> Request:
        """Return the request that adds the sheet."""
        size: Request = {"rowCount": self.sheet.rows, "columnCount": self.sheet.columns}
        if frozen:
            size |= {"frozenRowCount": 1, "frozenColumnCount": 1}
        properties: Request = {
            "sheetId": self.sheet.id,
            "title": self.sheet.title,
            "index": self.index,
            "gridProperties": size,
        }
        if self.sheet.hidden:
            properties["hidden"] = True
        return {"addSheet": {"properties": properties}}


def sheet_id(name: str, taken: Collection[int]) -> int:
    """Return an id for a new sheet: the same name gets the same one while it is free."""
    number = own_id(name)
    while number in taken or number == 0:
        number = (number + 1) & 0x7FFFFFFF
    return number


@dataclass(frozen=True, slots=True)
class Around:
    """What a spreadsheet has beside new tables: sheets, tables that are known, our helper sheets.

    `lists` and `calc` are the titles of the sheets of lists and of Calc, "" where there is none of
    ours: a sheet of somebody else's that happens to be called so is none.
    """

    sheets: Sequence[Sheet]
    known: Layout
    lists: str = ""
    calc: str = ""


def around(sheets: Sequence[Sheet], known: Layout, others: Iterable[Grid]) -> Around:
    """Return what a spreadsheet has, by the sheets that hold none of our tables."""
    first = {grid.sheet: str(grid.rows[0][0]) for grid in others if grid.rows and grid.rows[0]}
    name = next(iter(lists.LISTS))
    heads = {label(code, f"list.{name}", lists.LIST_LABELS[name]) for code in LANGUAGES}
    ours = next((sheet for sheet, cell in first.items() if cell in heads), "")
    reckons = next((sheet for sheet, cell in first.items() if cell == calc.FIRST_NAME), "")
    return Around(sheets, known, ours, reckons)


def publish(tables: Sequence[NewTable], beside: Around) -> list[Request]:
    """Return the requests that make sheets for tables, beside those that are there already."""
    if not tables:
        return []
    language, there = tables[0].language, beside.sheets
    taken = {sheet.id for sheet in there}
    titles = [sheet.title for sheet in there]
    makings: dict[str, Making] = {}
    for table in tables:
        rows = 1 + len(table.rows) + SPARE_ROWS
        title = free_title(naming.table_label(language, table.spec), titles)
        titles.append(title)
        makings[table.spec.key] = _making(
            table.spec.key, title, rows, len(table.columns), taken, len(there) + len(makings)
        )
    layout = {
        **beside.known,
        **{t.spec.key: _lies(t, makings[t.spec.key].sheet.title) for t in tables},
    }
    requests = [making.request() for making in makings.values()]
    lists_title = beside.lists
    if not lists_title:
        lists_title = free_title(label(language, "Lists", lists.LISTS_LABEL), titles)
        titles.append(lists_title)
        requests += _lists(lists_title, language, taken, len(there) + len(makings))
    if not beside.calc and "Settings" in layout:
        title = free_title(calc.SHEET, titles)
        requests += _calc(title, language, layout, taken, len(there) + len(makings) + 1)
    for table in tables:
        requests += _content(table, makings[table.spec.key].sheet, layout)
        requests += _dress(table, makings[table.spec.key].sheet, lists_title)
    return requests


def _making(  # noqa: PLR0913, PLR0917 - a sheet is all of these
    name: str, title: str, rows: int, columns: int, taken: set[int], index: int
) -> Making:
    """Return a sheet to make, and note its id as taken."""
    number = sheet_id(name, taken)
    taken.add(number)
    return Making(Sheet(number, title, rows, columns, hidden=name == calc.SHEET), index)


def _lies(table: NewTable, title: str) -> Lies:
    """Return where a new table will lie."""
    return Lies(title, 1, {key: at for at, key in enumerate(table.columns, start=1)})


def _content(table: NewTable, sheet: Sheet, layout: Layout) -> list[Request]:
    """Return the requests that write a table's rows, and live formulas down to the last row."""
    rows: list[Request] = []
    for line in range(2, sheet.rows + 1):
        cells: Mapping[str, Any] = table.rows[line - 2] if line - 2 < len(table.rows) else {}
        formulas = row_formulas(layout, table.spec.key, line)
        if not cells and not formulas:
            break
        rows.append(
            {
                "values": [
                    formula_data(formulas[key]) if key in formulas else cell_data(cells.get(key))
                    for key in table.columns
                ]
            }
        )
    start = {"sheetId": sheet.id, "rowIndex": 1, "columnIndex": 0}
    return [{"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}]


def _dress(table: NewTable, sheet: Sheet, lists_title: str) -> list[Request]:
    """Return the requests that write the header and format a table's columns."""
    key, language = table.spec.key, table.language
    columns = [table.spec.by_key[name] for name in table.columns]
    header = [_header(table.spec, column, language) for column in columns]
    requests: list[Request] = [
        {
            "updateCells": {
                "start": {"sheetId": sheet.id, "rowIndex": 0, "columnIndex": 0},
                "rows": [{"values": header}],
                "fields": "userEnteredValue,userEnteredFormat,note",
            }
        },
        looks.header_guard(
            sheet,
            len(columns),
            say(language, N_("The names of the columns. Rename and move them as you like.")),
        ),
    ]
    for at, column in enumerate(columns, start=1):
        requests += looks.column_requests(sheet, key, column, at)
        requests.append(looks.column_mark(sheet, key, column, at))
        if column.kind.name in {"list", "yes_no"} and not column.computed:
            values = list_range(lists_title, column.kind.target)
            requests.append(looks.drop_down(sheet, at, values))
    return requests


def _header(of: spec.Table, column: spec.Column, language: str) -> Request:
    """Return a header cell with its label, look and input hint."""
    place = f"{of.key}.{column.key}"
    cell: Request = {
        "userEnteredValue": {"stringValue": naming.column_label(language, of, column)},
        "userEnteredFormat": looks.header_format(of.key, column),
    }
    if place in HINTS:
        cell["note"] = hint(language, place, HINTS[place])
    return cell


def list_range(title: str, name: str) -> str:
    """Return the range of a list on the sheet of lists, open below for values people add."""
    letters = a1.letters(list(lists.LISTS).index(name) + 1)
    return f"{a1.title(title)}!${letters}$2:${letters}"


def _lists(title: str, language: str, taken: set[int], index: int) -> list[Request]:
    """Return the requests that make the sheet of lists."""
    most = max(len(values) for values in lists.LISTS.values())
    making = _making("Lists", title, most + 1 + SPARE_ROWS, len(lists.LISTS), taken, index)
    rows = [
        {
            "values": [
                cell_data(label(language, f"list.{name}", lists.LIST_LABELS[name]))
                for name in lists.LISTS
            ]
        }
    ]
    for i in range(most):
        cells = []
        for name, values in lists.LISTS.items():
            keys = list(values)
            cells.append(cell_data(naming.word(language, name, keys[i]) if i < len(keys) else None))
        rows.append({"values": cells})
    start = {"sheetId": making.sheet.id, "rowIndex": 0, "columnIndex": 0}
    return [
        making.request(),
        {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}},
    ]


def _calc(title: str, language: str, layout: Layout, taken: set[int], index: int) -> list[Request]:
    """Return the requests that make the hidden sheet at which live formulas read Settings."""
    names = calc.names(lambda n, key: naming.word(language, n, key), naming.every_word)
    lines = sum(len(named.rows) for named in names)
    making = _making(calc.SHEET, title, lines, 3, taken, index)
    requests: list[Request] = [making.request(frozen=False)]
    line = 1
    for named in names:
        width = len(named.rows[0])
        requests.append(update(making.sheet, line, 1, [cell_data(named.name)]))
        for offset, row in enumerate(named.rows):
            cells = [_calc_cell(cell, layout) for cell in row]
            requests.append(update(making.sheet, line + offset, 2, cells))
        area = {
            "sheetId": making.sheet.id, "startRowIndex": line - 1,
            "endRowIndex": line - 1 + len(named.rows),
            "startColumnIndex": 1, "endColumnIndex": 1 + width,
        }  # fmt: skip
        requests.append({"addNamedRange": {"namedRange": {"name": named.name, "range": area}}})
        line += len(named.rows)
    return requests


def _calc_cell(cell: str | float, layout: Layout) -> Request:
    """Return a cell of Calc: a value, or a formula for this shared copy."""
    if isinstance(cell, str) and cell.startswith("="):
        return formula_data(formula(cell, layout, "Settings", 1))
    return cell_data(cell)
