"""Decides how a map is painted into the cells of a tab: words, colours, blocks, lines, sizes."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from cjm_sheets.adapters.gsheets import curve as curves
from cjm_sheets.adapters.gsheets.formats import cell_format, color
from cjm_sheets.adapters.gsheets.reading import Sheet
from cjm_sheets.adapters.gsheets.record import Face, written
from cjm_sheets.adapters.gsheets.writing import Request, cell_of
from cjm_sheets.templates.map_still import Still
from cjm_sheets.templates.plan import Block, Cell, Style

_CHARACTER, _POINT = 7.2, 4 / 3  # pixels
_BETWEEN = "#FFFFFF"

Area = tuple[int, int, int, int]
"""Top and left line, bottom and right line of a block, 0-based, the last ones outside."""


def lines_of(still: Still) -> list[list[Face]]:
    """Return what each line of a map says."""
    last = max(cell.line for cell in still.sheet.cells)
    wide = max(cell.column for cell in still.sheet.cells)
    lines: list[list[Face]] = [[None] * wide for _ in range(last)]
    for cell in still.sheet.cells:
        lines[cell.line - 1][cell.column - 1] = written(cell.value)
    return lines


def merged(still: Still) -> list[Area]:
    """Return the blocks that show their first cell only."""
    return [
        (m.first_line - 1, m.first_column - 1, m.last_line, m.last_column)
        for m in still.sheet.merged
    ]


def painted(sheet: Sheet, still: Still) -> Iterator[Request]:
    """Yield the requests that write and colour the cells of a map."""
    rows: list[Request] = [{"values": [cell_of(said) for said in line]} for line in lines_of(still)]
    start = {"sheetId": sheet.id, "rowIndex": 0, "columnIndex": 0}
    yield {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}
    for block, look in _runs(still.sheet.cells):
        cell = {"userEnteredFormat": cell_format(look)}
        fields = "userEnteredFormat"
        yield {"repeatCell": {"range": range_of(sheet, block), "cell": cell, "fields": fields}}
    for area in merged(still):
        yield {"mergeCells": {"range": range_of(sheet, area), "mergeType": "MERGE_ALL"}}
    yield from _lined(sheet, still)
    yield from _sized(sheet, still)


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
    yield {"updateBorders": {"range": range_of(sheet, area), **sides}}
    for cell in still.sheet.cells:
        if cell.column == place.first_column and cell.style.over:
            row = (cell.line - 1, place.first_column - 2, cell.line, place.last_column)
            grey = {"style": "SOLID", "colorStyle": {"rgbColor": color(cell.style.over)}}
            yield {"updateBorders": {"range": range_of(sheet, row), "top": grey}}


def _sized(sheet: Sheet, still: Still) -> Iterator[Request]:
    """Yield the requests that give columns their widths, and the lines that need one a height."""
    widths = {at: round(look.width * _CHARACTER) for at, look in enumerate(still.sheet.columns)}
    yield from sizes(sheet, "COLUMNS", widths)
    yield from sizes(sheet, "ROWS", heights(still))


def heights(still: Still) -> dict[int, int]:
    """Return the heights of lines (0-based) in pixels."""
    return {line - 1: round(high * _POINT) for line, high in still.sheet.heights.items()}


def sizes(sheet: Sheet, dimension: str, wanted: Mapping[int, int]) -> Iterator[Request]:
    """Yield the requests that give lines or columns their sizes, like neighbours together."""
    order = enumerate(sorted(wanted))
    for _, run in groupby(order, key=lambda each: (each[1] - each[0], wanted[each[1]])):
        places = [place for _, place in run]
        area = {
            "sheetId": sheet.id, "dimension": dimension,
            "startIndex": places[0], "endIndex": places[-1] + 1,
        }  # fmt: skip
        yield {
            "updateDimensionProperties": {
                "range": area,
                "properties": {"pixelSize": wanted[places[0]]},
                "fields": "pixelSize",
            }
        }


def range_of(sheet: Sheet, area: Area) -> Request:
    """Return a block of a tab."""
    names = ("startRowIndex", "startColumnIndex", "endRowIndex", "endColumnIndex")
    return {"sheetId": sheet.id, **dict(zip(names, area, strict=True))}


def chart(sheet: Sheet, still: Still, number: int) -> tuple[Request, Request]:
    """Return what a chart shows and where it lies: over the cells that are kept for it."""
    one, of = still.curves[number], still.sheet
    block: Block = one.place
    wide = sum(of.columns[at - 1].width for at in range(block.first_column, block.last_column + 1))
    size = (round(wide * _CHARACTER), round(of.heights[block.first_line] * _POINT))
    return curves.spec(sheet, one, still.language), curves.position(sheet, one, size)
