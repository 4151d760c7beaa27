"""Decides what a call counts as: a read or a write of Sheets, a query of Drive, or none of them."""

from enum import Enum

_SHEETS = "/v4/spreadsheets"
_DRIVE = ("/drive/", "/upload/drive/", "/resumable/upload/drive/")
_READING_POSTS = (":search", ":getByDataFilter", "values:batchGetByDataFilter")


class Use(Enum):
    """Whether a call reads or writes."""

    READ = "reads"
    WRITE = "writes"


class Api(Enum):
    """Which interface a call belongs to."""

    SHEETS = "sheets"
    DRIVE = "drive"
    NONE = "none"


def use_of(method: str, path: str) -> Use:
    """Return whether a call reads or writes."""
    reads = method in {"GET", "HEAD"} or (method == "POST" and path.endswith(_READING_POSTS))
    return Use.READ if reads else Use.WRITE


def api_of(path: str) -> Api:
    """Return the interface that a path belongs to."""
    if path.startswith(_SHEETS):
        return Api.SHEETS
    return Api.DRIVE if path.startswith(_DRIVE) else Api.NONE
