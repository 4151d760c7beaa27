"""Decides how the map is drawn in a tab of the shared copy, and when it is drawn anew.

A mark on the tab says what was drawn there. Only while the tab still shows that is it ours: where a
person typed into the map, or put rows or columns into it, it is theirs from then on. A write that
finds another map than the mark says draws it in the same place; what lies around it is pushed aside
and never covered.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from cjm_sheets.adapters.gsheets import curve as curves
from cjm_sheets.adapters.gsheets.formats import cell_format, color
from cjm_sheets.adapters.gsheets.making import Making, Places
from cjm_sheets.adapters.gsheets.reading import Sheet, own_id
from cjm_sheets.adapters.gsheets.record import SET, Face, Touch, at, faces_of, written
from cjm_sheets.adapters.gsheets.writing import Request, Step, cell_data
from cjm_sheets.ports.store import Wall
from cjm_sheets.tables.table import Grid
from cjm_sheets.templates.map_still import Still
from cjm_sheets.templates.plan import Block, Cell, Style

MARK = "cjm_map"
"""The key of the mark that says what was drawn."""

NAME = "Map"
_MOST_MAPS = 100
_BESIDE = 6
"""Lines and columns that are free around a fresh map, for what people put there."""

_CHARACTER, _POINT = 7.2, 4 / 3  # pixels
_BETWEEN = "#FFFFFF"

Area = tuple[int, int, int, int]
"""Top and left line, bottom and right line of a block, 0-based, the last ones outside."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What was drawn in a tab: how many lines, columns and curves, and what it looks like."""

    lines: int
    columns: int
    curves: int
    print: str

    def __str__(self) -> str:
        return f"{self.lines} {self.columns} {self.curves} {self.print}"


@dataclass(frozen=True)
class Drawn:
    """The tab of the map as it was read, the mark on it, and the charts that are there."""

    sheet: Sheet
    grid: Grid
    mark_id: int
    mark: Mark
    merged: frozenset[Area]
    charts: frozenset[int]

    @property
    def is_whole(self) -> bool:
        """Tell whether the tab still shows what was drawn."""
        lines, columns = self.mark.lines, self.mark.columns
        if self.sheet.rows < lines or self.sheet.columns < columns:
            return False
        shown = [self.line(index) for index in range(lines)]
        met = [area for area in self.merged if area[0] < lines and area[1] < columns]
        return _print(shown, met) == self.mark.print

    def line(self, index: int) -> list[Face]:
        """Return what a line (0-based) of the map says."""
        said = faces_of(self.grid, index)
        return [at(said, column) for column in range(self.mark.columns)]


def drawn(
    answer: Mapping[str, Any], sheets: Iterable[Sheet], grids: Mapping[int, Grid]
) -> Drawn | None:
    """Return the last map that was drawn in a spreadsheet, None if there is none any more."""
    first, charts = own_id(NAME), set[int]()
    found: dict[int, tuple[int, Mark, frozenset[Area]]] = {}
    for each in answer.get("sheets", ()):
        id_ = each["properties"].get("sheetId", 0)
        charts |= {chart.get("chartId", 0) for chart in each.get("charts", ())}
        for item in each.get("developerMetadata", ()) if 0 <= id_ - first < _MOST_MAPS else ():
            mark = _read(item.get("metadataValue", "")) if item.get("metadataKey") == MARK else None
            if mark is not None:
                found[id_] = item["metadataId"], mark, frozenset(map(_area, each.get("merges", ())))
    if not found:
        return None
    last = max(found)
    sheet = next(sheet for sheet in sheets if sheet.id == last)
    mark_id, mark, merged = found[last]
    return Drawn(sheet, grids[last], mark_id, mark, merged, frozenset(charts))


def steps(there: Drawn | None, wall: Wall, places: Places) -> list[Step]:
    """Return the step that lets the map show what it is to show; none if it does, or may not."""
    still = wall.still
    if there is not None and there.is_whole:
        return [] if there.mark == _mark(still) else [_again(there, still)]
    if not wall.asked:
        return []
    making = make(places, still)
    return [Step((making.request(gridlines=False), *draw(making.sheet, still)))]


def make(places: Places, still: Still) -> Making:
    """Return the tab to make for a map."""
    mark = _mark(still)
    size = (mark.lines + _BESIDE, mark.columns + _BESIDE)
    return places.make(NAME, still.sheet.title, size)


def draw(sheet: Sheet, still: Still) -> list[Request]:
    """Return the requests that draw a map in a fresh tab."""
    charts = [
        curves.add(sheet, number, *_chart(sheet, still, number))
        for number in range(len(still.curves))
    ]
    mark = {
        "createDeveloperMetadata": {
            "developerMetadata": {
                "metadataKey": MARK,
                "metadataValue": str(_mark(still)),
                "location": {"sheetId": sheet.id},
                "visibility": "DOCUMENT",
            }
        }
    }
    return [*_painted(sheet, still), *charts, mark]


# ---- what a map is ----------------------------------------------------------------------


def _lines(still: Still) -> list[list[Face]]:
    """Return what each line of a map says."""
    last = max(cell.line for cell in still.sheet.cells)
    wide = max(cell.column for cell in still.sheet.cells)
    lines: list[list[Face]] = [[None] * wide for _ in range(last)]
    for cell in still.sheet.cells:
        lines[cell.line - 1][cell.column - 1] = written(cell.value)
    return lines


def _mark(still: Still) -> Mark:
    lines = _lines(still)
    return Mark(len(lines), len(lines[0]), len(still.curves), _print(lines, _merged(still)))


def _print(lines: Sequence[Sequence[Face]], merged: Iterable[Area]) -> str:
    """Return a short text that differs as soon as a word or a block of a map does."""
    whole = json.dumps([lines, sorted(merged)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _read(text: str) -> Mark | None:
    match text.split(" "):
        case [lines, columns, count, print_] if lines.isdecimal() and columns.isdecimal():
            return Mark(int(lines), int(columns), int(count), print_)
    return None


def _merged(still: Still) -> list[Area]:
    return [
        (m.first_line - 1, m.first_column - 1, m.last_line, m.last_column)
        for m in still.sheet.merged
    ]


def _area(merge: Mapping[str, Any]) -> Area:
    return (
        merge.get("startRowIndex", 0), merge.get("startColumnIndex", 0),
        merge.get("endRowIndex", 0), merge.get("endColumnIndex", 0),
    )  # fmt: skip


# ---- drawing ----------------------------------------------------------------------------


def _painted(sheet: Sheet, still: Still) -> Iterator[Request]:
    """Yield the requests that write and colour the cells of a map."""
    rows: list[Request] = [{"values": [_value(said) for said in line]} for line in _lines(still)]
    start = {"sheetId": sheet.id, "rowIndex": 0, "columnIndex": 0}
    yield {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}
    for block, look in _runs(still.sheet.cells):
        cell = {"userEnteredFormat": cell_format(look)}
        fields = "userEnteredFormat"
        yield {"repeatCell": {"range": _range(sheet, block), "cell": cell, "fields": fields}}
    for area in _merged(still):
        yield {"mergeCells": {"range": _range(sheet, area), "mergeType": "MERGE_ALL"}}
    yield from _lined(sheet, still)
    yield from _sized(sheet, still)


def _value(said: Face) -> Request:
    return {} if isinstance(said, tuple) else cell_data(said)


def _runs(cells: Iterable[Cell]) -> Iterator[tuple[Area, Style]]:
    """Yield blocks of cells side by side that look the same."""
    order = sorted(cells, key=lambda cell: (cell.line, cell.column))
    key = [(cell, cell.column - number) for number, cell in enumerate(order)]
    for _, run in groupby(key, key=lambda each: (each[0].line, each[1], each[0].style)):
        same = [cell for cell, _ in run]
        first, last = same[0], same[-1]
        yield (first.line - 1, first.column - 1, first.line, last.column), first.style


def _lined(sheet: Sheet, still: Still) -> Iterator[Request]:
    """Yield the requests that draw lines: white ones between cells, grey ones above lanes."""
    if not still.curves:
        return
    first, last = still.curves[0].names, max(cell.line for cell in still.sheet.cells)
    place = still.curves[0].place
    area = (first - 2, place.first_column - 2, last, place.last_column)
    between = {"style": "SOLID", "colorStyle": {"rgbColor": color(_BETWEEN)}}
    sides = dict.fromkeys(("innerHorizontal", "innerVertical"), between)
    yield {"updateBorders": {"range": _range(sheet, area), **sides}}
    for cell in still.sheet.cells:
        if cell.column == place.first_column and cell.style.over:
            row = (cell.line - 1, place.first_column - 2, cell.line, place.last_column)
            grey = {"style": "SOLID", "colorStyle": {"rgbColor": color(cell.style.over)}}
            yield {"updateBorders": {"range": _range(sheet, row), "top": grey}}


def _sized(sheet: Sheet, still: Still) -> Iterator[Request]:
    """Yield the requests that give columns their widths, and the lines that need one a height."""
    widths = {at: round(look.width * _CHARACTER) for at, look in enumerate(still.sheet.columns)}
    yield from _sizes(sheet, "COLUMNS", widths)
    yield from _sizes(sheet, "ROWS", _heights(still))


def _heights(still: Still) -> dict[int, int]:
    return {line - 1: round(high * _POINT) for line, high in still.sheet.heights.items()}


def _sizes(sheet: Sheet, dimension: str, sizes: Mapping[int, int]) -> Iterator[Request]:
    """Yield the requests that give lines or columns their sizes, like neighbours together."""
    order = enumerate(sorted(sizes))
    for _, run in groupby(order, key=lambda each: (each[1] - each[0], sizes[each[1]])):
        places = [place for _, place in run]
        area = {
            "sheetId": sheet.id, "dimension": dimension,
            "startIndex": places[0], "endIndex": places[-1] + 1,
        }  # fmt: skip
        yield {
            "updateDimensionProperties": {
                "range": area,
                "properties": {"pixelSize": sizes[places[0]]},
                "fields": "pixelSize",
            }
        }


def _range(sheet: Sheet, area: Area) -> Request:
    names = ("startRowIndex", "startColumnIndex", "endRowIndex", "endColumnIndex")
    return {"sheetId": sheet.id, **dict(zip(names, area, strict=True))}


def _chart(sheet: Sheet, still: Still, number: int) -> tuple[Request, Request]:
    """Return what a chart shows and where it lies: over the cells that are kept for it."""
    one, of = still.curves[number], still.sheet
    block: Block = one.place
    wide = sum(of.columns[at - 1].width for at in range(block.first_column, block.last_column + 1))
    size = (round(wide * _CHARACTER), round(of.heights[block.first_line] * _POINT))
    return curves.spec(sheet, one, still.language), curves.position(sheet, one, size)


# ---- drawing anew -----------------------------------------------------------------------


def _again(there: Drawn, still: Still) -> Step:
    """Return the step that draws another map where one was drawn."""
    mark, was, sheet = _mark(still), there.mark, there.sheet
    sized = (was.lines, was.columns, was.curves) == (mark.lines, mark.columns, mark.curves)
    same = sized and set(_merged(still)) == _inside(there)
    requests = list(_changed(there, still) if same else _anew(there, still))
    update = {
        "dataFilters": [{"developerMetadataLookup": {"metadataId": there.mark_id}}],
        "developerMetadata": {"metadataValue": str(mark)},
        "fields": "metadataValue",
    }
    requests.append({"updateDeveloperMetadata": update})
    touches = []
    for index, now in enumerate(_lines(still)[: was.lines]):
        before = there.line(index)
        here = list(zip(before, now, strict=False))
        differs = [column for column, (old, new) in enumerate(here) if old != new]
        if differs:
            old_faces = {column: before[column] for column in differs}
            new_faces = {column: now[column] for column in differs}
            touches.append(Touch(SET, sheet.id, index, {}, old_faces, new_faces))
    return Step(tuple(requests), tuple(touches))


def _inside(there: Drawn) -> set[Area]:
    """Return the merged blocks of the map itself."""
    lines, columns = there.mark.lines, there.mark.columns
    return {area for area in there.merged if area[0] < lines and area[1] < columns}


def _changed(there: Drawn, still: Still) -> Iterator[Request]:
    """Yield the requests that write those cells of a map that say something else, and no others.

    A pain is coloured by the score below it.
    """
    cells = {(cell.line - 1, cell.column - 1): cell for cell in still.sheet.cells}
    now = _lines(still)
    other = {
        (line, column)
        for line, said in enumerate(now)
        for column, old in enumerate(there.line(line))
        if old != said[column]
    }
    above = {(line - 1, column) for line, column in other}
    wanted = other | {place for place in above if place in cells and cells[place].style.fill}
    for line, column in sorted(wanted):
        cell = cells.get((line, column))
        look = {"backgroundColor": color(cell.style.fill)} if cell and cell.style.fill else {}
        data = {**_value(now[line][column]), "userEnteredFormat": look}
        yield {
            "updateCells": {
                "start": {"sheetId": there.sheet.id, "rowIndex": line, "columnIndex": column},
                "rows": [{"values": [data]}],
                "fields": "userEnteredValue,userEnteredFormat.backgroundColor",
            }
        }
    lines = {line for line, _ in other}
    heights = {line: high for line, high in _heights(still).items() if line in lines}
    yield from _sizes(there.sheet, "ROWS", heights)


def _anew(there: Drawn, still: Still) -> Iterator[Request]:
    """Yield the requests that take a map away and draw another one there."""
    was, mark, sheet = there.mark, _mark(still), there.sheet
    for area in sorted(_inside(there)):
        yield {"unmergeCells": {"range": _range(sheet, area)}}
    old = _range(sheet, (0, 0, was.lines, was.columns))
    yield {"repeatCell": {"range": old, "cell": {}, "fields": "userEnteredValue,userEnteredFormat"}}
    for dimension, size, more in (
        ("ROWS", was.lines, mark.lines - was.lines),
        ("COLUMNS", was.columns, mark.columns - was.columns),
    ):
        if more > 0:
            come = {
                "sheetId": sheet.id, "dimension": dimension,
                "startIndex": size, "endIndex": size + more,
            }  # fmt: skip
            yield {"insertDimension": {"range": come, "inheritFromBefore": True}}
    yield from _painted(sheet, still)
    for number in range(len(still.curves)):
        spec, place = _chart(sheet, still, number)
        if curves.chart_id(sheet, number) in there.charts:
            yield from curves.put_again(sheet, number, spec, place)
        elif number >= was.curves:
            yield curves.add(sheet, number, spec, place)
