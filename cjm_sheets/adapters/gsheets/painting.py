"""Decides how a map is painted into the cells of a tab: formulas, colours, blocks, lines, sizes."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from cjm_sheets.adapters.gsheets import curve as curves
from cjm_sheets.adapters.gsheets.formats import cell_format, color
from cjm_sheets.adapters.gsheets.layout import Layout, formula
from cjm_sheets.adapters.gsheets.reading import Sheet
from cjm_sheets.adapters.gsheets.record import written
from cjm_sheets.adapters.gsheets.writing import Request, cell_data, cell_of, formula_data
from cjm_sheets.tables import a1
from cjm_sheets.templates import map_lists, plan
from cjm_sheets.templates.map_shared import SharedMap
from cjm_sheets.templates.plan import Block, Cell, Style

_CHARACTER, _POINT = 7.2, 4 / 3  # pixels
_BETWEEN = "#FFFFFF"
_PAPER = "#FFFFFF"
_BEHIND = re.compile(rf'("(?:[^"]|"")*")|\b{map_lists.TITLE}!')

Area = tuple[int, int, int, int]
"""Top and left line, bottom and right line of a block, 0-based, the last ones outside."""


def lines_of(of: plan.Sheet, layout: Layout, behind: str) -> list[list[Request]]:
    """Return the cells of each line of a sheet of the templates, as the interface takes them.

    `behind` is the title of the sheet behind the map. A formula that needs a column which the
    shared copy lacks is left out: what it would show stands there.
    """
    last = max(cell.line for cell in of.cells)
    wide = max(cell.column for cell in of.cells)
    lines: list[list[Request]] = [[{} for _ in range(wide)] for _ in range(last)]
    for cell in of.cells:
        lines[cell.line - 1][cell.column - 1] = _said(cell, layout, behind)
    return lines


def _said(cell: Cell, layout: Layout, behind: str) -> Request:
    if cell.formula:
        title = f"{a1.title(behind)}!"
        text = _BEHIND.sub(lambda found: found[1] or title, cell.formula)
        try:
            return formula_data(formula(text, layout, "", cell.line))
        except KeyError:
            pass
    return cell_of(written(cell.value)) if cell.value != "" else cell_data(None)


def merged(of: SharedMap) -> list[Area]:
    """Return the blocks that show their first cell only."""
    return [
        (m.first_line - 1, m.first_column - 1, m.last_line, m.last_column) for m in of.sheet.merged
    ]


def write(sheet: Sheet, lines: Sequence[Sequence[Request]]) -> Request:
    """Return the request that writes cells from the first one on."""
    start = {"sheetId": sheet.id, "rowIndex": 0, "columnIndex": 0}
    rows = [{"values": list(line)} for line in lines]
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


def painted(sheet: Sheet, of: SharedMap) -> Iterator[Request]:
    """Yield the requests that colour and size the cells of a map."""
    for block, look in _runs(of.sheet.cells):
        cell = {"userEnteredFormat": cell_format(look)}
        fields = "userEnteredFormat"
        yield {"repeatCell": {"range": range_of(sheet, block), "cell": cell, "fields": fields}}
    for area in merged(of):
        yield {"mergeCells": {"range": range_of(sheet, area), "mergeType": "MERGE_ALL"}}
    yield from _lined(sheet, of)
    yield from _sized(sheet, of)
    for index, rule in enumerate(_rules(sheet, of.sheet.conditions)):
        yield {"addConditionalFormatRule": {"rule": rule, "index": index}}


def _runs(cells: Iterable[Cell]) -> Iterator[tuple[Area, Style]]:
    """Yield blocks of cells side by side that look the same."""
    order = sorted(cells, key=lambda cell: (cell.line, cell.column))
    key = [(cell, cell.column - number) for number, cell in enumerate(order)]
    for _, run in groupby(key, key=lambda each: (each[0].line, each[1], each[0].style)):
        same = [cell for cell, _ in run]
        first, last = same[0], same[-1]
        yield (first.line - 1, first.column - 1, first.line, last.column), first.style


def _lined(sheet: Sheet, of: SharedMap) -> Iterator[Request]:
    """Yield the requests that draw lines: white ones between cells, grey ones above lanes."""
    if not of.curves:
        return
    first, last = of.curves[0].names, max(cell.line for cell in of.sheet.cells)
    place = of.curves[0].place
    area = (first - 2, place.first_column - 2, last, place.last_column)
    between = {"style": "SOLID", "colorStyle": {"rgbColor": color(_BETWEEN)}}
    sides = dict.fromkeys(("innerHorizontal", "innerVertical"), between)
    yield {"updateBorders": {"range": range_of(sheet, area), **sides}}
    for cell in of.sheet.cells:
        if cell.column == place.first_column and cell.style.over:
            row = (cell.line - 1, place.first_column - 2, cell.line, place.last_column)
            grey = {"style": "SOLID", "colorStyle": {"rgbColor": color(cell.style.over)}}
            yield {"updateBorders": {"range": range_of(sheet, row), "top": grey}}


def _sized(sheet: Sheet, of: SharedMap) -> Iterator[Request]:
    """Yield the requests that give columns and lines their sizes, and hide and fold lines."""
    widths = {at: round(look.width * _CHARACTER) for at, look in enumerate(of.sheet.columns)}
    heights = {line - 1: round(high * _POINT) for line, high in of.sheet.heights.items()}
    for dimension, wanted in (("COLUMNS", widths), ("ROWS", heights)):
        for area, pixels in _alike(sheet, dimension, wanted):
            yield _dimension(area, {"pixelSize": pixels})
    hidden = {line - 1: True for line in of.sheet.hidden_lines}
    for area, _ in _alike(sheet, "ROWS", hidden):
        yield _dimension(area, {"hiddenByUser": True})
    folded = {line - 1: True for line in of.sheet.folded_lines}
    for area, _ in _alike(sheet, "ROWS", folded):
        group = {"range": area, "depth": 1, "collapsed": True}
        yield {"addDimensionGroup": {"range": area}}
        yield {"updateDimensionGroup": {"dimensionGroup": group, "fields": "collapsed"}}


def _dimension(area: Request, properties: Request) -> Request:
    fields = ",".join(properties)
    return {
        "updateDimensionProperties": {"range": area, "properties": properties, "fields": fields}
    }


def _alike(
    sheet: Sheet, dimension: str, wanted: Mapping[int, int]
) -> Iterator[tuple[Request, int]]:
    """Yield the stretches of neighbouring lines or columns of which the same is wanted."""
    order = enumerate(sorted(wanted))
    for _, run in groupby(order, key=lambda each: (each[1] - each[0], wanted[each[1]])):
        places = [place for _, place in run]
        area = {
            "sheetId": sheet.id, "dimension": dimension,
            "startIndex": places[0], "endIndex": places[-1] + 1,
        }  # fmt: skip
        yield area, wanted[places[0]]


def _rules(sheet: Sheet, conditions: Iterable[plan.Condition]) -> Iterator[Request]:
    """Yield the rules that colour cells, the first that holds first; a bar becomes a scale."""
    for each in conditions:
        last = each.last_column or each.column
        area = (each.first_line - 1, each.column - 1, each.last_line, last)
        ranges = [range_of(sheet, area)]
        if each.kind == "bar":
            points = {"minpoint": (0, _PAPER), "maxpoint": (each.top, each.color)}
            scale = {
                name: {"type": "NUMBER", "value": f"{value:g}", "color": color(code)}
                for name, (value, code) in points.items()
            }
            yield {"ranges": ranges, "gradientRule": scale}
            continue
        text = formula(each.formula, {}, "", each.first_line)
        condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": text}]}
        look: Request = {"backgroundColor": color(each.fill)} if each.fill else {}
        if each.color:
            look["textFormat"] = {"foregroundColor": color(each.color)}
        yield {"ranges": ranges, "booleanRule": {"condition": condition, "format": look}}


def range_of(sheet: Sheet, area: Area) -> Request:
    """Return a block of a tab."""
    names = ("startRowIndex", "startColumnIndex", "endRowIndex", "endColumnIndex")
    return {"sheetId": sheet.id, **dict(zip(names, area, strict=True))}


def chart(sheet: Sheet, drawn: SharedMap, number: int) -> tuple[Request, Request]:
    """Return what a chart shows and where it lies: over the cells that are kept for it."""
    one, of = drawn.curves[number], drawn.sheet
    block: Block = one.place
    wide = sum(of.columns[at - 1].width for at in range(block.first_column, block.last_column + 1))
    size = (round(wide * _CHARACTER), round(of.heights[block.first_line] * _POINT))
    return curves.spec(sheet, one, drawn.language), curves.position(sheet, one, size)
