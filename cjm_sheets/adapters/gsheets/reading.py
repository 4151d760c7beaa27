"""Decides what is asked of a spreadsheet, and which sheets its answer tells of."""

import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from cjm_sheets.tables.answered import DATA_MASK, LOCKS_MASK

SHEET_MASK = "properties(sheetId,title,hidden,gridProperties(rowCount,columnCount))"
MASK = (
    f"properties(title,locale),sheets({SHEET_MASK},basicFilter,{LOCKS_MASK},"
    + DATA_MASK.replace("formattedValue", "formattedValue,textFormatRuns.startIndex,chipRuns.chip")
    + ")"
)
"""What one read asks for."""

MAP_MASK = "merges,charts.chartId,developerMetadata,conditionalFormats.ranges"
"""What tells of a sheet which map is drawn there, and whether it still is as it was drawn."""

MASK_WITH_NOTES = MASK.replace("formattedValue", "formattedValue,note")
"""The same with the notes on cells, which most reads have no use for."""

MASK_WITH_COMMENTS = MASK_WITH_NOTES.replace("basicFilter", "basicFilter,commentAnchors.range")


def with_map(mask: str) -> str:
    """Return a mask that asks for what tells which map is drawn, too."""
    return mask.replace("basicFilter", f"basicFilter,{MAP_MASK}")


COMMENTS = {"commentsViewMode": "COMMENTS_VIEW_MODE_DEFAULT_FOR_CURRENT_ACCESS"}
"""What else has to be asked for comments to come."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's identity and size, which requests that change it need."""

    id: int
    title: str
    rows: int
    columns: int
    hidden: bool


def sheets_of(answer: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """Return the sheets of an answer, in their order."""
    found = []
    for each in answer.get("sheets", ()):
        properties = each["properties"]
        size = properties.get("gridProperties", {})
        found.append(
            Sheet(
                id=properties.get("sheetId", 0),
                title=properties["title"],
                rows=size.get("rowCount", 0),
                columns=size.get("columnCount", 0),
                hidden=properties.get("hidden", False),
            )
        )
    return tuple(found)


def filters_of(answer: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    """Return the basic filters of an answer, by the id of their sheet."""
    return {
        each["properties"].get("sheetId", 0): dict(each["basicFilter"])
        for each in answer.get("sheets", ())
        if "basicFilter" in each
    }


def own_id(name: str) -> int:
    """Return the id that our sheet of a name gets; it tells it from a copy that somebody makes."""
    return zlib.crc32(f"cjm-sheets {name}".encode()) & 0x7FFFFFFF


def free_title(title: str, there: Collection[str]) -> str:
    """Return a title that no sheet bears yet; Google tells titles apart without regard to case.

    >>> free_title("Pains", ["PAINS", "Pains (2)"])
    'Pains (3)'
    """
    taken = {name.casefold() for name in there}
    tries = (title if number == 1 else f"{title} ({number})" for number in count(1))
    return next(name for name in tries if name.casefold() not in taken)
