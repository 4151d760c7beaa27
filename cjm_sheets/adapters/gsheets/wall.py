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
from typing import Any

from cjm_sheets.adapters.gsheets import curve as curves
from cjm_sheets.adapters.gsheets import painting
from cjm_sheets.adapters.gsheets.formats import color
from cjm_sheets.adapters.gsheets.making import Making, Places
from cjm_sheets.adapters.gsheets.painting import Area
from cjm_sheets.adapters.gsheets.reading import Sheet, own_id
from cjm_sheets.adapters.gsheets.record import SET, Face, Touch, at, faces_of
from cjm_sheets.adapters.gsheets.writing import Request, Step, cell_of
from cjm_sheets.ports.store import Wall
from cjm_sheets.tables.table import Grid
from cjm_sheets.templates.map_panel import LABELS
from cjm_sheets.templates.map_still import Still

MARK = "cjm_map"
"""The key of the mark that says what was drawn."""

NAME = "Map"
_MOST_MAPS = 100
_BESIDE = 6
"""Lines and columns that are free around a fresh map, for what people put there."""


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
        curves.add(sheet, number, *painting.chart(sheet, still, number))
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
    return [*painting.painted(sheet, still), *charts, mark]


# ---- what a map is ----------------------------------------------------------------------


def _mark(still: Still) -> Mark:
    lines = painting.lines_of(still)
    return Mark(len(lines), len(lines[0]), len(still.curves), _print(lines, painting.merged(still)))


def _print(lines: Sequence[Sequence[Face]], merged: Iterable[Area]) -> str:
    """Return a short text that differs as soon as a word or a block of a map does."""
    whole = json.dumps([lines, sorted(merged)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _read(text: str) -> Mark | None:
    match text.split(" "):
        case [lines, columns, count, print_] if lines.isdecimal() and columns.isdecimal():
            return Mark(int(lines), int(columns), int(count), print_)
    return None


def _area(merge: Mapping[str, Any]) -> Area:
    return (
        merge.get("startRowIndex", 0), merge.get("startColumnIndex", 0),
        merge.get("endRowIndex", 0), merge.get("endColumnIndex", 0),
    )  # fmt: skip


# ---- drawing anew -----------------------------------------------------------------------


def _again(there: Drawn, still: Still) -> Step:
    """Return the step that draws another map where one was drawn."""
    mark, was, sheet = _mark(still), there.mark, there.sheet
    sized = (was.lines, was.columns, was.curves) == (mark.lines, mark.columns, mark.curves)
    same = sized and set(painting.merged(still)) == _inside(there) and _same_lanes(there, still)
    requests = list(_changed(there, still) if same else _anew(there, still))
    update = {
        "dataFilters": [{"developerMetadataLookup": {"metadataId": there.mark_id}}],
        "developerMetadata": {"metadataValue": str(mark)},
        "fields": "metadataValue",
    }
    requests.append({"updateDeveloperMetadata": update})
    touches = []
    for index, now in enumerate(painting.lines_of(still)[: was.lines]):
        before = there.line(index)
        here = list(zip(before, now, strict=False))
        differs = [column for column, (old, new) in enumerate(here) if old != new]
        if differs:
            old_faces = {column: before[column] for column in differs}
            new_faces = {column: now[column] for column in differs}
            touches.append(Touch(SET, sheet.id, index, {}, old_faces, new_faces))
    return Step(tuple(requests), tuple(touches))


def _same_lanes(there: Drawn, still: Still) -> bool:
    """Tell whether the same lanes stand in the same lines, by what they are called."""
    named = [line[LABELS - 1] for line in painting.lines_of(still)]
    return named == [there.line(index)[LABELS - 1] for index in range(there.mark.lines)]


def _inside(there: Drawn) -> set[Area]:
    """Return the merged blocks of the map itself."""
    lines, columns = there.mark.lines, there.mark.columns
    return {area for area in there.merged if area[0] < lines and area[1] < columns}


def _changed(there: Drawn, still: Still) -> Iterator[Request]:
    """Yield the requests that write those cells of a map that say something else, and no others."""
    cells = {(cell.line - 1, cell.column - 1): cell for cell in still.sheet.cells}
    now = painting.lines_of(still)
    for line, column in sorted(_other(there, still, now)):
        data, fields = cell_of(now[line][column]), "userEnteredValue"
        if line + 1 in still.coloured:
            fill = cells[line, column].style.fill
            data["userEnteredFormat"] = {"backgroundColor": color(fill)} if fill else {}
            fields += ",userEnteredFormat.backgroundColor"
        start = {"sheetId": there.sheet.id, "rowIndex": line, "columnIndex": column}
        rows = [{"values": [data]}]
        yield {"updateCells": {"start": start, "rows": rows, "fields": fields}}
    taller = {
        line: high
        for line, high in painting.heights(still).items()
        if _longest(now[line]) > _longest(there.line(line))
    }
    yield from painting.sizes(there.sheet, "ROWS", taller)


def _other(there: Drawn, still: Still, now: Sequence[Sequence[Face]]) -> set[tuple[int, int]]:
    """Return the cells that are to be written; a pain is coloured by the score below it."""
    other = {
        (line, column)
        for line, said in enumerate(now)
        for column, old in enumerate(there.line(line))
        if old != said[column]
    }
    scores = {place for place in other if isinstance(now[place[0]][place[1]], float)}
    above = {(line - 1, column) for line, column in scores if line in still.coloured}
    return other | above


def _longest(line: Sequence[Face]) -> int:
    """Return the letters of the longest text of a line, which decides how high it must be."""
    return max((len(said) for said in line if isinstance(said, str)), default=0)


def _anew(there: Drawn, still: Still) -> Iterator[Request]:
    """Yield the requests that take a map away and draw another one there."""
    was, mark, sheet = there.mark, _mark(still), there.sheet
    for area in sorted(_inside(there)):
        yield {"unmergeCells": {"range": painting.range_of(sheet, area)}}
    old = painting.range_of(sheet, (0, 0, was.lines, was.columns))
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
    yield from painting.painted(sheet, still)
    for number in range(len(still.curves)):
        spec, place = painting.chart(sheet, still, number)
        if curves.chart_id(sheet, number) in there.charts:
            yield from curves.put_again(sheet, number, spec, place)
        elif number >= was.curves:
            yield curves.add(sheet, number, spec, place)
