"""Decides how rows are sorted: by what cells show or by a colour, blanks last; and how shuffled."""

import os
import random
from collections.abc import Iterable

from cjm_sheets.service.area import Box
from cjm_sheets.service.colors import normal
from cjm_sheets.service.refusals import Json, refuse, refuse_unsupported
from cjm_sheets.service.requests.merges import merges_in
from cjm_sheets.service.requests.ordering import rearrange
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet

SEED = "CJM_SHEETS_RANDOM_SEED"
"""The environment variable that makes shuffling come out alike each time."""

_BLANK_RANK = 4
_WHITE = {"red": 1, "green": 1, "blue": 1}
_MERGED = (
    "You can't sort a range with vertically merged cells. You can unmerge those cells and try "
    "again."
)


@handles("sortRange", "range", "sortSpecs")
def sort_range(book: Spreadsheet, request: Json) -> Json:
    """Sort the rows of a range; the first of the specs weighs most, equal rows keep their order."""
    box = book.box(request.get("range", {}))
    sort_box(book, box, request.get("sortSpecs", []))
    return {}


def sort_box(book: Spreadsheet, box: Box, specs: list[Json]) -> None:
    """Sort the rows of a block by specs."""
    sheet = book.grid(box.sheet)
    if any(merge.height > 1 for merge in merges_in(sheet, box)):
        refuse(_MERGED)
    order = list(range(box.top, box.bottom))
    for spec in reversed(specs):
        column = _checked(spec, box)
        colour = _colour(spec)
        if colour is None:
            _sort_by(book, sheet, order, (column, spec.get("sortOrder") == "DESCENDING"))
        else:
            _sort_by_colour(sheet, order, column, colour)
    rearrange(book, sheet, box, order)


def _checked(spec: Json, box: Box) -> int:
    """Return the column of a SortSpec, which must lie in the range."""
    if "dataSourceColumnReference" in spec:
        refuse_unsupported("sorting by a column of a data source")
    column = int(spec.get("dimensionIndex", 0))
    if not box.left <= column < box.right:
        refuse(f"The sort column {column} is outside the range.")
    return column


def _colour(spec: Json) -> tuple[str, Json] | None:
    """Return (ground or letters, colour) where a SortSpec asks for one."""
    for name in ("background", "foreground"):
        style = spec.get(f"{name}ColorStyle", {}).get("rgbColor", spec.get(f"{name}Color"))
        if style is not None:
            return name, normal(style)
    return None


def _sort_by_colour(sheet: Sheet, order: list[int], column: int, colour: tuple[str, Json]) -> None:
    """Put the rows whose cell has the colour on top."""
    kind, wanted = colour
    order.sort(key=lambda row: _shade(sheet.cell(row, column), kind) != wanted)


def _shade(cell: Json, kind: str) -> Json:
    look = cell.get("userEnteredFormat", {})
    if kind == "background":
        ground: Json = look.get("backgroundColor", _WHITE)
        return ground
    letters: Json = look.get("textFormat", {}).get("foregroundColor", {})
    return letters


def _sort_by(book: Spreadsheet, sheet: Sheet, order: list[int], spec: tuple[int, bool]) -> None:
    column, descending = spec
    keys = {row: _rank(book.effective(sheet, row, column)) for row in order}
    filled = [row for row in order if keys[row][0] != _BLANK_RANK]
    blank = [row for row in order if keys[row][0] == _BLANK_RANK]
    filled.sort(key=lambda row: keys[row], reverse=descending)
    order[:] = filled + blank


def _rank(value: Json | None) -> tuple[int, float, str]:
    """Return what a value is sorted by: numbers, then texts, then yes/no, errors, blanks last."""
    if value is None or value == {"stringValue": ""}:
        return _BLANK_RANK, 0, ""
    if "numberValue" in value:
        return 0, value["numberValue"], ""
    if "stringValue" in value:
        return 1, 0, value["stringValue"].casefold()
    if "boolValue" in value:
        return 2, value["boolValue"], ""
    return 3, 0, value["errorValue"]["type"]


@handles("randomizeRange", "range")
def randomize_range(book: Spreadsheet, request: Json) -> Json:
    """Shuffle the rows of a range, every order being as likely as the next."""
    box = book.box(request.get("range", {}))
    sheet = book.grid(box.sheet)
    if any(merge.height > 1 for merge in merges_in(sheet, box)):
        refuse(_MERGED)
    rearrange(book, sheet, box, shuffled(range(box.top, box.bottom), os.environ.get(SEED)))
    return {}


def shuffled(rows: Iterable[int], seed: str | None) -> list[int]:
    """Return rows in a random order; with a seed, in the one that belongs to it."""
    order = list(rows)
    source = random.SystemRandom() if seed is None else random.Random(seed)  # noqa: S311  no secret
    source.shuffle(order)
    return order
