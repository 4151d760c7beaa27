"""Decides which cells data filters select: those of a range, or of what metadata stands on."""

from collections.abc import Sequence
from typing import TypeAlias

from cjm_sheets.service.area import Box, area_of
from cjm_sheets.service.metadata_search import matches, place_of
from cjm_sheets.service.refusals import Json, exceeds_grid, refuse
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.values import box_of

Selected: TypeAlias = tuple[tuple[Sheet, Box], list[Json]]
"""Cells with their tab, and the filters that select them."""


def selected_cells(book: Spreadsheet, filters: Sequence[Json]) -> list[Selected]:
    """Return the cells that filters select, each block once, in order of appearance."""
    found: dict[Box, list[Json]] = {}
    for one in filters:
        for box in _boxes(book, one):
            found.setdefault(box, []).append(one)
    return [((book.grid(box.sheet), box), hits) for box, hits in found.items()]


def _boxes(book: Spreadsheet, data_filter: Json) -> list[Box]:
    if "a1Range" in data_filter:
        return [box_of(book, data_filter["a1Range"])[1]]
    if "gridRange" in data_filter:
        return [_of_grid_range(book, data_filter["gridRange"])]
    if not data_filter:
        refuse("A data filter must be set.")
    found: list[Box] = []
    for item in book.metadata:
        if matches(book, item, data_filter):
            place = place_of(book, item["location"])
            found += [sheet.box() for sheet in book.sheets] if place is None else [place]
    return found


def _of_grid_range(book: Spreadsheet, range_: Json) -> Box:
    """Return the cells of a GridRange, cut at the grid's edge as an A1 range is."""
    area = area_of(range_)
    sheet = book.grid(area.sheet)
    if (area.top or 0) >= sheet.row_count or (area.left or 0) >= sheet.column_count:
        raise exceeds_grid(sheet.title, sheet.row_count, sheet.column_count)
    return area.within(sheet.row_count, sheet.column_count)
