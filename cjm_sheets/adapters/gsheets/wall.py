"""Decides how the map is drawn in a tab of the shared copy, and when it may be drawn anew.

Its formulas say what the tables say, so no sync has to write it. A mark on the tab tells what was
drawn there, formulas by their skeletons, since those follow columns and tabs that somebody moves.
Drawn anew it is when somebody asks for it, and then in its place only while it is ours: where a
person typed into the map, or put rows or columns into it, it is theirs, and another tab gets the
new one. What lies around a map is pushed aside and never covered.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cjm_sheets.adapters.gsheets import curve as curves
from cjm_sheets.adapters.gsheets import painting
from cjm_sheets.adapters.gsheets.layout import Layout
from cjm_sheets.adapters.gsheets.making import Making, Places
from cjm_sheets.adapters.gsheets.map_mark import KEY, Mark, Said, print_of, read, said_of, skeleton
from cjm_sheets.adapters.gsheets.painting import Area
from cjm_sheets.adapters.gsheets.reading import MAP_MASK, Sheet, own_id
from cjm_sheets.adapters.gsheets.record import SET, Face, Touch, at, faces_of
from cjm_sheets.adapters.gsheets.writing import Request, Step
from cjm_sheets.tables.table import Grid
from cjm_sheets.templates import map_lists
from cjm_sheets.templates.map_shared import SharedMap

NAME = "Map"
_MOST_MAPS = 100
_BESIDE = 6
"""Lines and columns that are free around a fresh map, for what people put there."""

_OPEN = 1 << 31
"""Where a block ends that ends with its tab."""

MASK = f"sheets(properties.sheetId,{MAP_MASK})"
"""What is asked of a spreadsheet before its map is drawn anew, unless each read asks for it."""


@dataclass(frozen=True)
class Drawn:
    """The tab of the map and the sheet behind it as they were read, the mark, the charts there."""

    sheet: Sheet
    grid: Grid
    behind: Sheet | None
    mark_id: int
    mark: Mark
    whole: bool
    """Tells whether the tab still shows what was drawn."""
    merged: frozenset[Area]
    charts: frozenset[int]
    rules: Sequence[Sequence[Area]]
    """The areas of the rules that colour cells, in the order of the rules."""

    @property
    def is_ours(self) -> bool:
        """Whether it may be drawn anew in its place."""
        return self.whole and self.behind is not None

    def shows(self, of: SharedMap, layout: Layout) -> bool:
        """Tell whether it is this map, of tables that lie so."""
        behind = self.behind or self.sheet
        return Made.make(of, self.sheet, behind, layout).mark == self.mark


@dataclass(frozen=True, slots=True)
class Made:
    """A map in the making: its tab, the hidden one behind it, and the cells of both."""

    of: SharedMap
    sheet: Sheet
    behind: Sheet
    lines: Sequence[Sequence[Request]]
    back: Sequence[Sequence[Request]]

    @classmethod
    def make(cls, of: SharedMap, sheet: Sheet, behind: Sheet, layout: Layout) -> "Made":
        """Work the cells out."""
        lines, back = (painting.lines_of(s, layout, behind.title) for s in (of.sheet, of.behind))
        return cls(of, sheet, behind, lines, back)

    @property
    def mark(self) -> Mark:
        """The mark that it gets."""
        said = [[said_of(cell) for cell in line] for line in self.lines]
        print_ = print_of(said, painting.merged(self.of))
        curves_ = len(self.of.curves)
        return Mark(len(self.lines), len(self.lines[0]), curves_, self.behind.id, print_)


def drawn(
    answer: Mapping[str, Any], sheets: Mapping[int, Sheet], grids: Mapping[int, Grid]
) -> Drawn | None:
    """Return the last map that was drawn in a spreadsheet, None if there is none any more.

    `answer` is to MASK, `sheets` and `grids` are as they were read before it, by id.
    """
    first = own_id(NAME)
    found: dict[int, tuple[int, Mark, Mapping[str, Any]]] = {}
    for each in answer.get("sheets", ()):
        id_ = each["properties"].get("sheetId", 0)
        ours = 0 <= id_ - first < _MOST_MAPS and id_ in sheets
        for item in each.get("developerMetadata", ()) if ours else ():
            mark = read(item.get("metadataValue", "")) if item.get("metadataKey") == KEY else None
            if mark is not None:
                found[id_] = item["metadataId"], mark, each
    if not found:
        return None
    sheet = sheets[max(found)]
    mark_id, mark, tab = found[sheet.id]
    merged, behind = frozenset(map(_area, tab.get("merges", ()))), sheets.get(mark.behind)
    return Drawn(
        sheet,
        grids[sheet.id],
        behind,
        mark_id,
        mark,
        behind is not None and _is_whole(sheet, grids[sheet.id], mark, merged),
        merged,
        frozenset(chart.get("chartId", 0) for chart in tab.get("charts", ())),
        [list(map(_area, rule.get("ranges", ()))) for rule in tab.get("conditionalFormats", ())],
    )


def steps(there: Drawn | None, of: SharedMap, places: Places, layout: Layout) -> list[Step]:
    """Return the step that lets a tab show the map that is asked for; none if one does."""
    if there is None or not there.is_ours or there.behind is None:
        tab, behind = make(places, of), make_behind(places, of)
        made = Made.make(of, tab.sheet, behind.sheet, layout)
        requests = [tab.request(gridlines=False), behind.request(), *draw(made)]
        return [Step(tuple(requests))]
    if there.shows(of, layout):
        return []
    places.leave(there.behind.title)
    behind = make_behind(places, of)
    return [_again(there, Made.make(of, there.sheet, behind.sheet, layout), behind)]


def make(places: Places, of: SharedMap) -> Making:
    """Return the tab to make for a map."""
    lines, columns = _size(of.sheet.cells)
    return places.make(NAME, of.sheet.title, (lines + _BESIDE, columns + _BESIDE))


def make_behind(places: Places, of: SharedMap) -> Making:
    """Return the hidden sheet to make behind a map."""
    return places.make(map_lists.TITLE, map_lists.TITLE, _size(of.behind.cells), hidden=True)


def draw(made: Made) -> list[Request]:
    """Return the requests that draw a map in a fresh tab."""
    sheet = made.sheet
    charts = [
        curves.add(sheet, number, *painting.chart(sheet, made.of, number))
        for number in range(len(made.of.curves))
    ]
    mark = {
        "createDeveloperMetadata": {
            "developerMetadata": {
                "metadataKey": KEY,
                "metadataValue": str(made.mark),
                "location": {"sheetId": sheet.id},
                "visibility": "DOCUMENT",
            }
        }
    }
    return [
        painting.write(made.behind, made.back),
        painting.write(sheet, made.lines),
        *painting.painted(sheet, made.of),
        *charts,
        mark,
    ]


# ---- what a map is ----------------------------------------------------------------------


def _size(cells: Sequence[Any]) -> tuple[int, int]:
    return max(cell.line for cell in cells), max(cell.column for cell in cells)


def _is_whole(sheet: Sheet, grid: Grid, mark: Mark, merged: Iterable[Area]) -> bool:
    lines, columns = mark.lines, mark.columns
    if sheet.rows < lines or sheet.columns < columns:
        return False
    met = [area for area in merged if area[0] < lines and area[1] < columns]
    return print_of([_line(grid, index, columns) for index in range(lines)], met) == mark.print


def _line(grid: Grid, index: int, columns: int) -> list[Said]:
    """Return what a line (0-based) of a tab says."""
    said = faces_of(grid, index)
    return [
        skeleton(grid.formulas[index + 1, column + 1])
        if (index + 1, column + 1) in grid.formulas
        else at(said, column)
        for column in range(columns)
    ]


def _area(merge: Mapping[str, Any]) -> Area:
    return (
        merge.get("startRowIndex", 0), merge.get("startColumnIndex", 0),
        merge.get("endRowIndex", _OPEN), merge.get("endColumnIndex", _OPEN),
    )  # fmt: skip


# ---- drawing anew -----------------------------------------------------------------------


def _again(there: Drawn, made: Made, behind: Making) -> Step:
    """Return the step that takes a map away and draws another one there."""
    mark = {
        "dataFilters": [{"developerMetadataLookup": {"metadataId": there.mark_id}}],
        "developerMetadata": {"metadataValue": str(made.mark)},
        "fields": "metadataValue",
    }
    gone = [{"deleteSheet": {"sheetId": there.behind.id}}] if there.behind else []
    requests = [
        *_cleared(there, made.mark),
        *gone,
        behind.request(),
        painting.write(made.behind, made.back),
        painting.write(made.sheet, made.lines),
        *painting.painted(made.sheet, made.of),
        *_curves(there, made),
        {"updateDeveloperMetadata": mark},
    ]
    return Step(tuple(requests), tuple(_touches(there, made)))


def _touches(there: Drawn, made: Made) -> Iterator[Touch]:
    """Yield what the lines of a map are taken for: its words, and what its formulas show.

    What a formula will show nobody knows beforehand. If it shows something else in that moment, it
    is noted and not put back: most likely a table was edited, which the new map shows as well.
    """
    for index in range(there.mark.lines):
        said, formulas = faces_of(there.grid, index), there.grid.formulas
        new = made.lines[index] if index < len(made.lines) else []
        words: dict[int, Face] = {}
        shown: dict[int, Face] = {}
        for column in range(there.mark.columns):
            is_live = (index + 1, column + 1) in formulas
            comes = new[column].get("userEnteredValue", {}) if column < len(new) else {}
            plain = not is_live and "formulaValue" not in comes
            (words if plain else shown)[column] = at(said, column)
        if words:
            come = {column: _plain(new, column) for column in words}
            yield Touch(SET, there.sheet.id, index, {}, words, come)
        if shown:
            yield Touch(SET, there.sheet.id, index, {}, shown, {})


def _plain(line: Sequence[Request], column: int) -> Face:
    said = said_of(line[column]) if column < len(line) else None
    return None if isinstance(said, list) else said


def _cleared(there: Drawn, mark: Mark) -> Iterator[Request]:
    """Yield the requests that take a map away, with its colours, and make room for another one."""
    was, sheet = there.mark, there.sheet
    for area in sorted(there.merged):
        if area[0] < was.lines and area[1] < was.columns:
            yield {"unmergeCells": {"range": painting.range_of(sheet, area)}}
    for index, areas in reversed(list(enumerate(there.rules))):
        if all(area[2] <= was.lines and area[3] <= was.columns for area in areas):
            yield {"deleteConditionalFormatRule": {"sheetId": sheet.id, "index": index}}
    old = painting.range_of(sheet, (0, 0, was.lines, was.columns))
    yield {"repeatCell": {"range": old, "cell": {}, "fields": "userEnteredValue,userEnteredFormat"}}
    rows = {
        "sheetId": sheet.id, "dimension": "ROWS", "startIndex": 0, "endIndex": was.lines,
    }  # fmt: skip
    seen = {"properties": {"hiddenByUser": False}, "fields": "hiddenByUser"}
    yield {"updateDimensionProperties": {"range": rows, **seen}}
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


def _curves(there: Drawn, made: Made) -> Iterator[Request]:
    """Yield the requests that let the curves show the new map; one that was deleted stays away."""
    sheet, count = made.sheet, len(made.of.curves)
    for number in range(max(count, there.mark.curves)):
        known = curves.chart_id(sheet, number) in there.charts
        if number >= count:
            if known:
                yield {"deleteEmbeddedObject": {"objectId": curves.chart_id(sheet, number)}}
            continue
        spec, place = painting.chart(sheet, made.of, number)
        if known:
            yield from curves.put_again(sheet, number, spec, place)
        elif number >= there.mark.curves:
            yield curves.add(sheet, number, spec, place)
