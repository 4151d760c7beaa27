"""Decides how the ranges, anchors and columns inside JSON objects follow when cells move.

The objects are what lies over a grid (filters, protections, charts, tables …), named ranges and
developer metadata. An object whose own range is gone goes with it.
"""

from collections.abc import Callable
from typing import Protocol, TypeAlias

from cjm_sheets.service.refusals import Json, JsonValue
from cjm_sheets.service.shifts import Shift

Band: TypeAlias = tuple[int, int]
Columns: TypeAlias = Callable[[int], int | None]

_RANGE_NAMES = {"sheetId", "startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"}
EDGES = {
    "ROWS": ("startRowIndex", "endRowIndex"),
    "COLUMNS": ("startColumnIndex", "endColumnIndex"),
}
_MUST_STAY = ("range", "dimensionRange", "location", "dataRange")
_GONE = object()


class Change(Protocol):
    """A change of the cells of one sheet, as ranges on it see it."""

    @property
    def sheet_id(self) -> int:
        """The id of the sheet."""

    def grid_range(self, range_: Json) -> Json | None:
        """Return a GridRange on the sheet as it lies afterwards; None when all of it is gone."""

    def lines(self, range_: Json) -> Json | None:
        """Return a DimensionRange on the sheet as it lies afterwards; None when it is gone."""

    def cell(self, cell: Json) -> Json:
        """Return a GridCoordinate on the sheet as it lies afterwards."""

    def column(self, index: int) -> int | None:
        """Return where a column of a range that follows stands afterwards; None when it is gone."""


class AxisMove:
    """Rows or columns are shifted; with a band, only in a span of the other axis."""

    def __init__(self, sheet_id: int, dimension: str, moved: tuple[Shift, Band | None]) -> None:
        self._sheet_id = sheet_id
        self._dimension = dimension
        self._shift, self._band = moved

    @property
    def sheet_id(self) -> int:
        """The id of the sheet."""
        return self._sheet_id

    def grid_range(self, range_: Json) -> Json | None:
        """Return the range, moved where it lies wholly inside the band."""
        start, end = EDGES[self._dimension]
        if end not in range_ or not self._in_band(range_):
            return range_
        return self._spanned(range_, start, end)

    def lines(self, range_: Json) -> Json | None:
        """Return the rows or columns; a band never moves whole ones."""
        if self._band is not None or range_.get("dimension") != self._dimension:
            return range_
        return self._spanned(range_, "startIndex", "endIndex") if "endIndex" in range_ else range_

    def cell(self, cell: Json) -> Json:
        """Return the cell; one that is gone leaves its place."""
        name = "rowIndex" if self._dimension == "ROWS" else "columnIndex"
        if self._band is not None:
            return cell
        span = self._shift.span(cell.get(name, 0), cell.get(name, 0) + 1)
        return cell if span is None else cell | {name: span[0]}

    def column(self, index: int) -> int | None:
        """Return the column; only whole columns take criteria along."""
        if self._band is not None or self._dimension != "COLUMNS":
            return index
        return self._shift.index(index)

    def _spanned(self, range_: Json, start: str, end: str) -> Json | None:
        span = self._shift.span(range_.get(start, 0), range_[end])
        return None if span is None else range_ | {start: span[0], end: span[1]}

    def _in_band(self, range_: Json) -> bool:
        """Say whether a range lies wholly inside the band that moves."""
        if self._band is None:
            return True
        first, last = EDGES["COLUMNS" if self._dimension == "ROWS" else "ROWS"]
        inside = self._band[0] <= range_.get(first, 0)
        return bool(inside and range_.get(last, self._band[1] + 1) <= self._band[1])


class RangeMover:
    """Lets everything inside JSON objects follow a change."""

    def __init__(self, change: Change) -> None:
        self._change = change

    def listed(self, objects: list[Json]) -> list[Json]:
        """Return the objects that are left, their ranges moved."""
        moved = (self._moved(item) for item in objects)
        return [item for item in moved if item is not _GONE]

    def single(self, item: Json) -> Json | None:
        """Return an object with its ranges moved; None when its range is gone."""
        moved = self._moved(item)
        return None if moved is _GONE else moved

    def _moved(self, value: JsonValue) -> JsonValue:
        if isinstance(value, list):
            return [item for item in map(self._moved, value) if item is not _GONE]
        if not isinstance(value, dict):
            return value
        if value and value.keys() <= _RANGE_NAMES:
            return self._here(value, self._change.grid_range)
        if "dimension" in value and "endIndex" in value:
            return self._here(value, self._change.lines)
        return self._entered(value)

    def _here(self, range_: Json, move: Callable[[Json], Json | None]) -> JsonValue:
        if range_.get("sheetId", 0) != self._change.sheet_id:
            return range_
        new = move(range_)
        return _GONE if new is None else new

    def _entered(self, value: Json) -> JsonValue:
        result = {name: self._moved(part) for name, part in value.items()}
        if any(result.get(name) is _GONE for name in _MUST_STAY):
            return _GONE
        if value.get("ranges") and not result["ranges"]:
            return _GONE
        anchor = value.get("anchorCell")
        if anchor is not None and anchor.get("sheetId", 0) == self._change.sheet_id:
            result["anchorCell"] = self._change.cell(anchor)
        place = value.get("range")
        if isinstance(place, dict) and place.get("sheetId", 0) == self._change.sheet_id:
            result |= _criteria(value, self._column)
        return {name: part for name, part in result.items() if part is not _GONE}

    def _column(self, index: int) -> int | None:
        return self._change.column(index)


def _criteria(value: Json, column: Columns) -> Json:
    """Return the parts of a filter that name columns of the sheet, following them."""
    result: Json = {}
    for name, index in (("filterSpecs", "columnIndex"), ("sortSpecs", "dimensionIndex")):
        if name in value:
            pairs = [(spec, column(spec.get(index, 0))) for spec in value[name]]
            result[name] = [spec | {index: new} for spec, new in pairs if new is not None]
    if "criteria" in value:
        moved = [(column(int(key)), part) for key, part in value["criteria"].items()]
        result["criteria"] = {str(new): part for new, part in moved if new is not None}
    return result
