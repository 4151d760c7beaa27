"""Decides how the page sees the tabs of a spreadsheet: which table each holds, which columns."""

from dataclasses import dataclass

from cjm_sheets.service.a1 import column_letters, quoted_title
from cjm_sheets.service.fields import parse_mask
from cjm_sheets.service.page.typed import shown_text
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.wire import spreadsheet_json
from cjm_sheets.tables.answered import DATA_MASK, grids_of
from cjm_sheets.tables.recognise import HEADER_WITHIN, recognise
from cjm_sheets.tables.spec import Column as Known
from cjm_sheets.tables.table import Table
from cjm_sheets.usecases.reading import Reading, reading_of
from cjm_sheets.usecases.shared_answer import snapshot_of

_MASK = f"properties(title,locale),sheets(properties(sheetId,title),{DATA_MASK})"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a tab: its 0-based place, its header, and what the schema knows of it."""

    at: int
    heading: str
    spec: Known | None = None

    @property
    def is_fixed(self) -> bool:
        """Tell whether nobody types here: ids and live formulas come by themselves."""
        return self.spec is not None and (self.spec.computed or self.spec.kind.name == "id")

    @property
    def is_text(self) -> bool:
        """Tell whether what is typed here is never a number or a date."""
        return self.spec is not None and self.spec.kind.is_text


@dataclass(frozen=True)
class Tab:
    """A tab with its columns; ``first`` is the row below the header, ``table`` None for others."""

    sheet: Sheet
    table: Table | None
    first: int
    columns: tuple[Column, ...]

    @property
    def id_column(self) -> int | None:
        """The column of row ids, if the tab has one."""
        return next((c.at for c in self.columns if c.spec and c.spec.kind.name == "id"), None)

    def row_id(self, row: int) -> str:
        """Return the id that stands in a row, "" where none does."""
        if self.id_column is None:
            return ""
        value = self.sheet.cell(row, self.id_column).get("userEnteredValue", {})
        return str(value.get("stringValue", "")).strip()

    def is_blank(self, row: int) -> bool:
        """Tell whether nobody typed anything in a row; live formulas do not count."""
        return not any(
            "userEnteredValue" in cell and "formulaValue" not in cell["userEnteredValue"]
            for cell in self.sheet.row(row).values()
        )

    @property
    def used(self) -> int:
        """The row below the last one in which somebody typed something."""
        rows = range(len(self.sheet.rows) - 1, self.first - 1, -1)
        return next((row + 1 for row in rows if not self.is_blank(row)), self.first)


def reading(book: Spreadsheet) -> Reading:
    """Return the map that a spreadsheet holds, as every other part of the program reads one."""
    answer = spreadsheet_json(book, "", parse_mask(_MASK), [], grid=False)
    return reading_of(snapshot_of(answer))


def tables_of(book: Spreadsheet) -> tuple[Table, ...]:
    """Return the tables that the tabs in sight hold, by their first rows alone.

    It calculates no formula, so that it is quick while nobody else can write.
    """
    heads = [
        f"{quoted_title(sheet.title)}!1:{min(HEADER_WITHIN, sheet.row_count)}"
        for sheet in book.sheets
        if not sheet.properties.get("hidden")
    ]
    if not heads:
        return ()
    mask = parse_mask(_MASK.replace("effectiveValue,formattedValue", "note"))
    return recognise(grids_of(spreadsheet_json(book, "", mask, heads, grid=False)))


def tabs(book: Spreadsheet, tables: tuple[Table, ...]) -> list[Tab]:
    """Return the tabs in sight, those of the map's tables with what is known of them."""
    by_title = {table.sheet: table for table in tables}
    return [
        _tab(book, sheet, by_title.get(sheet.title))
        for sheet in book.sheets
        if not sheet.properties.get("hidden")
    ]


def _tab(book: Spreadsheet, sheet: Sheet, table: Table | None) -> Tab:
    if table is None:
        width = max((max(row) + 1 for row in sheet.rows if row), default=0)
        return Tab(sheet, None, 0, tuple(Column(at, column_letters(at)) for at in range(width)))
    header = table.header_line - 1
    columns = (
        Column(
            placed.at - 1,
            shown_text(book, sheet, header, placed.at - 1),
            table.spec.by_key[placed.key] if placed.key else None,
        )
        for placed in table.columns
    )
    return Tab(sheet, table, table.header_line, tuple(columns))
