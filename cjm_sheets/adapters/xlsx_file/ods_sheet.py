"""Decides how the rows of an OpenDocument sheet are unfolded, and when there are too many of them.

Rows and cells that are alike are written once with a number beside. What is empty behind the last
content is millions of cells in every file, and is never unfolded; content that is repeated often is
no map.
"""

from cjm_sheets.adapters.xlsx_file import limits
from cjm_sheets.errors.workbook import DamagedWorkbookError, UnsafeWorkbookError
from cjm_sheets.tables import a1
from cjm_sheets.tables.table import Grid, Raw

REPEATED = 500_000
"""Cells of a file that may come from repeating others."""

Area = tuple[int, int, int, int]


class SheetInTheMaking:
    """One sheet while its rows come in; `used` counts the cells with content as they are written.

    `repeated` counts the cells that came from repeating others, in the sheets before it as well.
    What is empty waits (`_blank_rows`, `_blank_cells`) until something follows it.
    """

    def __init__(self, title: str, file: str, repeated: int) -> None:
        self.title, self.file, self.repeated = title, file, repeated
        self.rows: list[tuple[Raw, ...]] = []
        self.formulas: dict[tuple[int, int], str] = {}
        self.used = self.width = 0
        self._blank_rows = self._blank_cells = 0
        self._row: list[Raw] = []
        self._row_formulas: dict[int, str] = {}

    @property
    def cells(self) -> int:
        """How many cells the rectangle from A1 on has."""
        return len(self.rows) * self.width

    def cell(self, value: Raw, formula: str, times: int) -> None:
        """Add a cell to the row that comes in."""
        if value is None and not formula:
            self._blank_cells += times
            return
        self._room(len(self.rows) + self._blank_rows + 1, self._here() + times)
        self._repeat(times - 1)
        self._row.extend([None] * self._blank_cells)
        self._blank_cells = 0
        if formula:
            first = len(self._row) + 1
            self._row_formulas.update(dict.fromkeys(range(first, first + times), formula))
        self._row.extend([value] * times)
        self.used += 1

    def end_row(self, times: int) -> None:
        """Take the row that came in, so many times."""
        if not self._row:
            self._blank_rows += times
        else:
            last = len(self.rows) + self._blank_rows + times
            self._room(last, len(self._row))
            self._repeat((times - 1) * len(self._row))
            self.width = max(self.width, len(self._row))
            cells = last * self.width
            if cells > limits.SPARSE_CELLS and cells > limits.USED * self.used:
                raise UnsafeWorkbookError(self.file, self._place(last, self.width))
            self.rows.extend([()] * self._blank_rows)
            self._blank_rows = 0
            for line in range(len(self.rows) + 1, last + 1):
                for column, formula in self._row_formulas.items():
                    self.formulas[line, column] = formula
            self.rows.extend([tuple(self._row)] * times)
        self._blank_cells = 0
        self._row.clear()
        self._row_formulas.clear()

    def grid(self, areas: dict[str, Area]) -> Grid:
        """Return the sheet."""
        return Grid(self.title, tuple(self.rows), self.formulas, areas)

    def _here(self) -> int:
        return len(self._row) + self._blank_cells

    def _repeat(self, more: int) -> None:
        """Count what is there only because something is repeated."""
        self.repeated += more
        if self.repeated > REPEATED:
            raise UnsafeWorkbookError(
                self.file, self._place(len(self.rows) + self._blank_rows + 1, self._here() + 1)
            )

    def _room(self, line: int, column: int) -> None:
        """Refuse cells beyond the last line or column that a sheet can have."""
        if line > limits.LINES or column > limits.COLUMNS:
            raise DamagedWorkbookError(self.file, self._place(line, column))

    def _place(self, line: int, column: int) -> str:
        line, column = min(line, limits.LINES), min(column, limits.COLUMNS)
        return f"{a1.title(self.title)}!{a1.cell(line, column)}"
