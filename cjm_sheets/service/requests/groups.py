"""Decides what grouping rows and columns does: depths per row, groups as their runs."""

from itertools import groupby

from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.requests.dimensions import span_of
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet

_KINDS = {"ROWS": "rowGroups", "COLUMNS": "columnGroups"}
_CONTROLS = {"ROWS": "rowGroupControlAfter", "COLUMNS": "columnGroupControlAfter"}
_DEEPEST = 8


@handles("addDimensionGroup", "range")
def add_dimension_group(book: Spreadsheet, request: Json) -> Json:
    """Put a span of rows or columns one level deeper."""
    sheet, dimension, start, end = span_of(book, request.get("range", {}))
    depths = _depths(sheet, dimension)
    for at in range(start, end):
        depths[at] = depths.get(at, 0) + 1
    if max(depths.values()) > _DEEPEST:
        refuse(f"Groups cannot lie deeper than {_DEEPEST} levels.")
    _store(sheet, dimension, depths)
    grid = sheet.properties["gridProperties"] | {_CONTROLS[dimension]: True}
    sheet.properties = sheet.properties | {"gridProperties": grid}
    return {"dimensionGroups": sheet.listed(_KINDS[dimension])}


@handles("deleteDimensionGroup", "range")
def delete_dimension_group(book: Spreadsheet, request: Json) -> Json:
    """Put a span of rows or columns one level up."""
    sheet, dimension, start, end = span_of(book, request.get("range", {}))
    depths = _depths(sheet, dimension)
    if not any(depths.get(at) for at in range(start, end)):
        refuse("There are no groups in the range.")
    for at in range(start, end):
        depths[at] = max(0, depths.get(at, 0) - 1)
    _store(sheet, dimension, depths)
    groups = sheet.listed(_KINDS[dimension])
    return {"dimensionGroups": groups} if groups else {}


@handles("updateDimensionGroup", "dimensionGroup", "fields")
def update_dimension_group(book: Spreadsheet, request: Json) -> Json:
    """Open or close a group; its rows or columns are hidden while it is closed."""
    given = request.get("dimensionGroup", {})
    sheet, dimension, start, end = span_of(book, given.get("range", {}))
    groups = list(sheet.listed(_KINDS[dimension]))
    for position, group in enumerate(groups):
        place = group["range"]
        if (place["startIndex"], place["endIndex"]) == (start, end) and group["depth"] == given.get(
            "depth"
        ):
            groups[position] = group | {"collapsed": bool(given.get("collapsed"))}
            sheet.objects[_KINDS[dimension]] = [_tidied(item) for item in groups]
            _hide(sheet, dimension, (start, end), hidden=bool(given.get("collapsed")))
            return {}
    return refuse("There is no such group.")


def _tidied(group: Json) -> Json:
    return {name: part for name, part in group.items() if part is not False}


def _hide(sheet: Sheet, dimension: str, span: tuple[int, int], *, hidden: bool) -> None:
    axis = sheet.axes[dimension]
    for at in range(*span):
        rest = {name: part for name, part in axis.get(at, {}).items() if name != "hiddenByUser"}
        axis[at] = rest | ({"hiddenByUser": True} if hidden else {})


def _depths(sheet: Sheet, dimension: str) -> dict[int, int]:
    depths: dict[int, int] = {}
    for group in sheet.listed(_KINDS[dimension]):
        for at in range(group["range"]["startIndex"], group["range"]["endIndex"]):
            depths[at] = max(depths.get(at, 0), group["depth"])
    return depths


def _store(sheet: Sheet, dimension: str, depths: dict[int, int]) -> None:
    closed = {_key(group) for group in sheet.listed(_KINDS[dimension]) if group.get("collapsed")}
    identity = {"sheetId": sheet.id} if sheet.id else {}
    groups: list[Json] = []
    for depth in range(1, max(depths.values(), default=0) + 1):
        members = sorted(at for at, level in depths.items() if level >= depth)
        for _, run in groupby(enumerate(members), lambda pair: pair[1] - pair[0]):
            indices = [at for _, at in run]
            span = {"startIndex": indices[0], "endIndex": indices[-1] + 1}
            group = {"range": identity | {"dimension": dimension} | span, "depth": depth}
            groups.append(group | ({"collapsed": True} if _key(group) in closed else {}))
    groups.sort(key=lambda group: (group["range"]["startIndex"], group["depth"]))
    sheet.objects[_KINDS[dimension]] = groups


def _key(group: Json) -> tuple[int, int, int]:
    return group["range"]["startIndex"], group["range"]["endIndex"], group["depth"]
