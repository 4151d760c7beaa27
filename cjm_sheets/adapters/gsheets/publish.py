"""Decides what the first push makes: Start, Map, the tables, and the sheets they rest on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cjm_sheets.adapters.gsheets import looks, start, wall
from cjm_sheets.adapters.gsheets.helpers import calc_cells, calc_sheet, list_range, lists_sheet
from cjm_sheets.adapters.gsheets.layout import Layout, Lies, row_formulas
from cjm_sheets.adapters.gsheets.making import Making, Places, Request
from cjm_sheets.adapters.gsheets.reading import Sheet, own_id
from cjm_sheets.adapters.gsheets.rules import rules
from cjm_sheets.adapters.gsheets.writing import cell_data, formula_data
from cjm_sheets.ports.store import NewTable
from cjm_sheets.tables import calc, lists, naming, spec
from cjm_sheets.tables.hints import HINTS
from cjm_sheets.tables.table import Grid
from cjm_sheets.templates import looks as tones
from cjm_sheets.templates import titles
from cjm_sheets.templates.map_shared import SharedMap
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.labels import hint, label
from cjm_sheets.words.languages import LANGUAGES
from cjm_sheets.words.mark import N_

SPARE_ROWS = 30
"""Rows below the data that have formats, drop-downs and live formulas for what people add."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a spreadsheet has beside new tables: sheets, tables that are known, our helper sheets.

    `lists` and `calc` are the titles of the sheets of lists and of Calc, "" where there is none of
    ours: a sheet of somebody else's that happens to be called so is none. `start` is our first
    sheet, as long as nothing stands there.
    """

    sheets: Sequence[Sheet]
    known: Layout
    lists: str = ""
    calc: str = ""
    start: Sheet | None = None


def around(sheets: Sequence[Sheet], known: Layout, others: Iterable[Grid]) -> Around:
    """Return what a spreadsheet has, by the sheets that hold none of our tables."""
    grids = {grid.sheet: grid for grid in others if any(map(any, grid.rows))}
    first = {title: str(grid.rows[0][0]) for title, grid in grids.items() if grid.rows[0]}
    name = next(iter(lists.LISTS))
    heads = {label(code, f"list.{name}", lists.LIST_LABELS[name]) for code in LANGUAGES}
    ours = next((sheet for sheet, cell in first.items() if cell in heads), "")
    reckons = next((sheet for sheet, cell in first.items() if cell == calc.FIRST_NAME), "")
    blank = (s for s in sheets if s.id == own_id(start.NAME) and s.title not in grids)
    return Around(sheets, known, ours, reckons, next(blank, None))


def publish(
    tables: Sequence[NewTable], beside: Around, drawn: SharedMap | None = None
) -> list[Request]:
    """Return the requests that make sheets for tables, beside those that are there already.

    A spreadsheet without any of our tables also gets what stands around them: a first sheet that
    leads, and the map.
    """
    if not tables:
        return []
    language, places = tables[0].language, Places(beside.sheets)
    front = None if beside.known else _Front.of(beside, places, language, drawn)
    makings = {table.spec.key: _making(table, places) for table in tables}
    made = {t.spec.key: _lies(t, makings[t.spec.key].sheet.title) for t in tables}
    layout = {**beside.known, **made}
    requests = front.requests() if front else []
    for table in tables:
        columns = [table.spec.by_key[name] for name in table.columns]
        view = looks.frozen(table.spec, columns, language)
        requests.append(makings[table.spec.key].request(frozen=view, tab=tones.tab(table.spec.key)))
    words = next((sheet for sheet in beside.sheets if sheet.title == beside.lists), None)
    if words is None:
        words, helpers = lists_sheet(language, places)
        requests += helpers
    reckons = next((sheet for sheet in beside.sheets if sheet.title == beside.calc), None)
    if reckons is None:
        requests += calc_sheet(language, layout, places)
    elif not made.keys().isdisjoint({"Settings", "Pains"}):
        requests += calc_cells(reckons, language, layout)
    for table in tables:
        sheet = makings[table.spec.key].sheet
        requests += _content(table, sheet, layout)
        requests += _dress(table, sheet, words.title)
    if front:
        sheets = {key: each.sheet for key, each in makings.items()}
        requests += front.fill(tables, {**sheets, "Lists": words}, layout, places)
    return requests


@dataclass(frozen=True, slots=True)
class _Front:
    """What stands before the tables of a fresh shared copy: the sheet that leads, and the map."""

    language: str
    start: Sheet
    making: Making | None
    map: Making | None
    drawn: SharedMap | None

    @classmethod
    def of(cls, beside: Around, places: Places, language: str, drawn: SharedMap | None) -> "_Front":
        """Return what to make and fill."""
        making = None
        if beside.start is None:
            making = places.make(start.NAME, titles.start(language), start.SIZE)
        sheet = making.sheet if making else beside.start
        assert sheet is not None  # noqa: S101 - one of both is
        tab = wall.make(places, drawn) if drawn else None
        return cls(language, sheet, making, tab, drawn)

    def requests(self) -> list[Request]:
        """Return the requests that add the sheets, in their order."""
        made = []
        if self.making:
            made.append(self.making.request(tab=tones.DEEP, gridlines=False))
        if self.map:
            made.append(self.map.request(tab=tones.DEEP, gridlines=False))
        return made

    def fill(
        self,
        tables: Sequence[NewTable],
        sheets: Mapping[str, Sheet],
        layout: Layout,
        places: Places,
    ) -> list[Request]:
        """Return the requests that fill them, once all other sheets are there."""
        there = {"Map": self.map.sheet, **sheets} if self.map else sheets
        leads = [start.Led(at, start.lead_of(self.language, name)) for name, at in there.items()]
        maps = next((table.rows for table in tables if table.spec.key == "Maps"), ())
        title = start.title_of(maps, self.language)
        requests = start.fill(self.start, title, self.language, leads, layout)
        if self.map and self.drawn:
            behind = wall.make_behind(places, self.drawn)
            made = wall.Made.make(self.drawn, self.map.sheet, behind.sheet, layout)
            requests += [behind.request(), *wall.draw(made)]
        return requests


def _making(table: NewTable, places: Places) -> Making:
    """Return a sheet to make for a table."""
    size = (1 + len(table.rows) + SPARE_ROWS, len(table.columns))
    return places.make(table.spec.key, naming.table_label(table.language, table.spec), size)


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
        looks.header_height(sheet, table.spec, columns, language),
        *_guards(table, sheet),
        looks.bands(sheet, key, len(columns)),
    ]
    for at, column in enumerate(columns, start=1):
        requests += looks.column_requests(sheet, table.spec, column, at, language)
        requests.append(looks.column_mark(sheet, key, column, at))
        if column.kind.name in {"list", "yes_no"} and not column.computed:
            values = list_range(lists_title, column.kind.target)
            requests.append(looks.drop_down(sheet, at, values))
    places = {column.key: at for at, column in enumerate(columns, start=1)}
    # Last, when all that decides how high a line must be is there.
    return [*requests, *rules(key, sheet.id, places, language), looks.fitted(sheet, table.rows)]


def _guards(table: NewTable, sheet: Sheet) -> list[Request]:
    """Return the requests that make the header and the ids warn before they are changed."""
    language, columns = table.language, table.columns
    said = say(language, N_("The names of the columns. Rename and move them as you like."))
    guards = [looks.guard(looks.header_area(sheet, len(columns)), said)]
    if table.spec.identity == ("id",) and "id" in columns:
        said = say(language, N_("Ids tell the rows apart. New rows get theirs with the next sync."))
        guards.append(looks.guard(looks.column_area(sheet, columns.index("id") + 1), said))
    return guards


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
