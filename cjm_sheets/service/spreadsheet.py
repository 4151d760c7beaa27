"""Decides how a whole spreadsheet is held: tabs, names, metadata, and what its cells show."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cjm_sheets.service.a1 import box_text
from cjm_sheets.service.area import MAX_CELLS, MAX_COLUMNS, Area, Box, area_of
from cjm_sheets.service.computing import Computed, Scene, computed
from cjm_sheets.service.following import Following
from cjm_sheets.service.refusals import (
    Json,
    exceeds_grid,
    no_grid,
    too_many_cells,
    too_many_columns,
)
from cjm_sheets.service.sheet import Sheet

MAX_TEXT = 50_000
_WHITE: Json = {"red": 1, "green": 1, "blue": 1}
DEFAULT_FORMAT: Json = {
    "backgroundColor": _WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": _WHITE},
}


@dataclass(slots=True)
class Spreadsheet:
    """A spreadsheet. ``sheets`` stand in the order of their tabs."""

    id: str
    properties: Json
    sheets: list[Sheet] = field(default_factory=list)
    named_ranges: list[Json] = field(default_factory=list)
    metadata: list[Json] = field(default_factory=list)
    following: Following | None = None
    """In a batch, what formulas have yet to follow; None where they follow at once."""
    by_another: bool = False
    """A draft that somebody else changes than the user of the service."""
    _computed: Computed | None = None
    _is_fresh: bool = False

    @property
    def language(self) -> str:
        """The language part of the locale: ``de`` of ``de_DE``."""
        return str(self.properties.get("locale", "en_US")).split("_", maxsplit=1)[0]

    def copy(self) -> "Spreadsheet":
        """Return a copy that can be changed without touching this one."""
        sheets = [sheet.copy() for sheet in self.sheets]
        names, metadata = list(self.named_ranges), list(self.metadata)
        draft = Spreadsheet(self.id, self.properties, sheets, names, metadata)
        draft._computed, draft._is_fresh = self._computed, self._is_fresh
        return draft

    def touch(self) -> None:
        """Say that something has changed: computed values may no longer hold."""
        self._is_fresh = False

    def find(self, sheet_id: int) -> Sheet | None:
        """Return the tab with that id, or None."""
        return next((sheet for sheet in self.sheets if sheet.id == sheet_id), None)

    def titled(self, title: str) -> Sheet | None:
        """Return the tab with that title (case does not matter), or None."""
        wanted = title.casefold()
        return next((sheet for sheet in self.sheets if sheet.title.casefold() == wanted), None)

    def grid(self, sheet_id: int) -> Sheet:
        """Return the tab with that id; raises ``RefusedError`` where there is none."""
        sheet = self.find(sheet_id)
        if sheet is None:
            raise no_grid(sheet_id)
        return sheet

    def box(self, range_: Json) -> Box:
        """Return the cells a GridRange names; raises ``RefusedError`` when it leaves the grid."""
        area = area_of(range_)
        sheet = self.grid(area.sheet)
        exceeds_rows = max(area.top or 0, (area.bottom or 1) - 1) >= sheet.row_count
        exceeds_columns = max(area.left or 0, (area.right or 1) - 1) >= sheet.column_count
        if exceeds_rows or exceeds_columns:
            name = box_text(sheet.title, _stated(sheet, area))
            raise exceeds_grid(name, sheet.row_count, sheet.column_count)
        return area.within(sheet.row_count, sheet.column_count)

    def effective(self, sheet: Sheet, row: int, column: int) -> Json | None:
        """Return the ExtendedValue a cell shows: the typed value, or what its formula gives."""
        value: Json | None = sheet.cell(row, column).get("userEnteredValue")
        if value is None or "formulaValue" not in value:
            return value
        today = datetime.now(tz=UTC).date()
        if self._computed is None or not self._is_fresh or self._computed.day != today:
            scene = Scene(self.sheets, self.named_ranges, self.language, today)
            self._computed = computed(scene, self._computed)
            self._is_fresh = True
        return self._computed.values[sheet.id, row, column]

    def check_size(self) -> None:
        """Raise ``RefusedError`` when the grids together pass Google's limits."""
        cells = sum(sheet.row_count * sheet.column_count for sheet in self.sheets)
        if cells > MAX_CELLS:
            raise too_many_cells(MAX_CELLS)
        if any(sheet.column_count > MAX_COLUMNS for sheet in self.sheets):
            raise too_many_columns(MAX_COLUMNS)

    def stored(self) -> Json:
        """Return the JSON that ``restored`` reads."""
        return {
            "id": self.id,
            "properties": self.properties,
            "sheets": [sheet.stored() for sheet in self.sheets],
            "namedRanges": self.named_ranges,
            "developerMetadata": self.metadata,
        }

    @staticmethod
    def restored(source: Json) -> "Spreadsheet":
        """Return the spreadsheet that ``stored`` wrote."""
        return Spreadsheet(
            source["id"],
            source["properties"],
            [Sheet.restored(sheet) for sheet in source["sheets"]],
            source["namedRanges"],
            source["developerMetadata"],
        )


def _stated(sheet: Sheet, area: Area) -> Box:
    """Return an area as it was asked for, open sides closed at the grid's edge."""
    bottom = sheet.row_count if area.bottom is None else area.bottom
    right = sheet.column_count if area.right is None else area.right
    return Box(sheet.id, area.top or 0, bottom, area.left or 0, right)


def new_properties(title: str) -> Json:
    """Return the properties of a new spreadsheet."""
    return {
        "title": title,
        "locale": "en_US",
        "autoRecalc": "ON_CHANGE",
        "timeZone": "Etc/GMT",
        "defaultFormat": deepcopy(DEFAULT_FORMAT),
    }
