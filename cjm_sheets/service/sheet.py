"""Decides how one tab is held: sparse rows of cells, both axes, and what lies over the grid."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from cjm_sheets.service.area import Box
from cjm_sheets.service.refusals import Json

Row: TypeAlias = Mapping[int, Json]
"""Column to cell: the fields of CellData that people and programs set, no computed ones.

A row, a cell and every JSON object in a sheet are replaced, never changed.
"""

EMPTY_ROW: Row = {}
DEFAULT_PIXELS = {"ROWS": 21, "COLUMNS": 100}


@dataclass(slots=True)
class Sheet:
    """One tab. ``properties`` is SheetProperties without ``index``."""

    properties: Json
    rows: list[Row] = field(default_factory=list)
    axes: dict[str, dict[int, Json]] = field(default_factory=lambda: {"ROWS": {}, "COLUMNS": {}})
    objects: dict[str, list[Json]] = field(default_factory=dict)
    """Lists by their name in the API: merges, protectedRanges, bandedRanges, charts …"""
    basic_filter: Json | None = None

    @property
    def id(self) -> int:
        """The sheet id, unique in the spreadsheet."""
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        """The title of the tab."""
        return str(self.properties["title"])

    @property
    def row_count(self) -> int:
        """The number of rows of the grid."""
        return int(self.properties["gridProperties"]["rowCount"])

    @property
    def column_count(self) -> int:
        """The number of columns of the grid."""
        return int(self.properties["gridProperties"]["columnCount"])

    def size(self, dimension: str) -> int:
        """Return the length of an axis, ``ROWS`` or ``COLUMNS``."""
        return self.row_count if dimension == "ROWS" else self.column_count

    def resize(self, dimension: str, size: int) -> None:
        """Set the length of an axis; cells outside the new grid go."""
        name = "rowCount" if dimension == "ROWS" else "columnCount"
        grid = self.properties["gridProperties"] | {name: size}
        self.properties = self.properties | {"gridProperties": grid}
        self.axes[dimension] = {at: part for at, part in self.axes[dimension].items() if at < size}
        if dimension == "ROWS":
            del self.rows[size:]
        else:
            self.rows = [{c: cell for c, cell in row.items() if c < size} for row in self.rows]

    def box(self) -> Box:
        """Return the whole grid."""
        return Box(self.id, 0, self.row_count, 0, self.column_count)

    def row(self, index: int) -> Row:
        """Return a row; an empty one beyond the last used row."""
        return self.rows[index] if index < len(self.rows) else EMPTY_ROW

    def cell(self, row: int, column: int) -> Json:
        """Return a cell; an empty one where nothing is."""
        return self.row(row).get(column, {})

    def put_row(self, index: int, cells: Row) -> None:
        """Replace a whole row; empty cells are dropped."""
        while len(self.rows) <= index:
            self.rows.append(EMPTY_ROW)
        self.rows[index] = {column: cell for column, cell in cells.items() if cell}
        while self.rows and not self.rows[-1]:
            self.rows.pop()

    def cells(self) -> Iterator[tuple[int, int, Json]]:
        """Yield (row, column, cell) of all that is there."""
        for index, row in enumerate(self.rows):
            for column, cell in row.items():
                yield index, column, cell

    def listed(self, name: str) -> list[Json]:
        """Return the objects of one kind, by their name in the API's Sheet (``merges`` …)."""
        return self.objects.get(name, [])

    def copy(self) -> "Sheet":
        """Return a copy that can be changed without touching this one; parts are shared."""
        return Sheet(
            self.properties,
            list(self.rows),
            {name: dict(parts) for name, parts in self.axes.items()},
            {name: list(parts) for name, parts in self.objects.items()},
            self.basic_filter,
        )

    def stored(self) -> Json:
        """Return the JSON that ``restored`` reads."""
        return {
            "properties": self.properties,
            "rows": [{str(c): cell for c, cell in row.items()} for row in self.rows],
            "axes": {
                name: {str(at): part for at, part in parts.items()}
                for name, parts in self.axes.items()
            },
            "objects": self.objects,
            "basicFilter": self.basic_filter,
        }

    @staticmethod
    def restored(source: Json) -> "Sheet":
        """Return the sheet that ``stored`` wrote."""
        return Sheet(
            source["properties"],
            [{int(c): cell for c, cell in row.items()} for row in source["rows"]],
            {
                name: {int(at): part for at, part in parts.items()}
                for name, parts in source["axes"].items()
            },
            source["objects"],
            source["basicFilter"],
        )
