"""Decides what becomes of conditional formats when the cells they colour are copied."""

from collections.abc import Iterator

from cjm_sheets.service.area import Box, area_of
from cjm_sheets.service.references import copied
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.structure import rewrite_conditions

_KIND = "conditionalFormats"


def copy_rules(home: Sheet, source: Box, target: Sheet, destination: Box) -> None:
    """Let every rule over the source hold for each copy of it.

    On the same tab a rule gets more ranges; another tab gets a rule of its own, last in order.
    """
    rules: list[Json] = []
    for rule in home.listed(_KIND):
        boxes = [
            box for range_ in rule["ranges"] for box in _copies(home, range_, source, destination)
        ]
        if home is target:
            known = [_box(home, range_) for range_ in rule["ranges"]]
            new = [box for box in boxes if not any(old.covers(box) for old in known)]
            rules.append(rule | {"ranges": [*rule["ranges"], *(box.json() for box in new)]})
        elif boxes:
            rules.append(_elsewhere(home, rule, boxes))
    target.objects[_KIND] = rules if home is target else [*target.listed(_KIND), *rules]


def _box(sheet: Sheet, range_: Json) -> Box:
    return area_of(range_).within(sheet.row_count, sheet.column_count)


def _copies(home: Sheet, range_: Json, source: Box, destination: Box) -> Iterator[Box]:
    """Yield where the part of a range that lies in the source stands in each tile."""
    old = _box(home, range_)
    top, bottom = max(old.top, source.top), min(old.bottom, source.bottom)
    left, right = max(old.left, source.left), min(old.right, source.right)
    if top >= bottom or left >= right:
        return
    for row in range(destination.top, destination.bottom, source.height):
        for column in range(destination.left, destination.right, source.width):
            down, across = row - source.top, column - source.left
            yield Box(destination.sheet, top + down, bottom + down, left + across, right + across)


def _elsewhere(home: Sheet, rule: Json, boxes: list[Box]) -> Json:
    """Return a rule for another tab; its formulas read as if copied from the first cell."""
    old = _box(home, rule["ranges"][0])
    down, across = boxes[0].top - old.top, boxes[0].left - old.left
    moved: Json = rewrite_conditions(rule, lambda formula: copied(formula, down, across))
    return moved | {"ranges": [box.json() for box in boxes]}
