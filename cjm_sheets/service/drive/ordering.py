"""Decides in which order files are listed."""

import re
from collections.abc import Callable, Mapping

from cjm_sheets.service.drive.folders import is_folder
from cjm_sheets.service.drive.refusing import invalid_parameter
from cjm_sheets.service.refusals import Json


def _name(file: Json) -> str:
    return str(file["name"]).casefold()


def _natural(file: Json) -> list[tuple[int, int, str]]:
    """Return a key by which Map 2 stands before Map 10."""
    parts = re.findall(r"\d+|\D+", _name(file))
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _time(name: str) -> Callable[[Json], str]:
    return lambda file: str(file.get(name, ""))


_KEYS: Mapping[str, Callable[[Json], object]] = {
    "name": _name,
    "name_natural": _natural,
    "folder": lambda file: not is_folder(file),
    "starred": lambda file: not file.get("starred"),
    "createdTime": _time("createdTime"),
    "modifiedTime": _time("modifiedTime"),
    "modifiedByMeTime": _time("modifiedTime"),
    "recency": _time("modifiedTime"),
    "viewedByMeTime": _time("viewedByMeTime"),
    "sharedWithMeTime": lambda _: "",  # nothing here was shared by somebody else
    "quotaBytesUsed": lambda _: 0,  # spreadsheets take no space
}


def in_order(files: list[Json], order: str) -> list[Json]:
    """Return files as ``orderBy`` asks for: ``folder,modifiedTime desc,name``."""
    found = list(files)
    for term in reversed([part.split() for part in order.split(",") if part.strip()]):
        key = _KEYS.get(term[0])
        if key is None or term[1:] not in ([], ["desc"], ["asc"]):
            raise invalid_parameter("orderBy")
        found.sort(key=key, reverse=term[1:] == ["desc"])  # type: ignore[arg-type]  # each key yields values of one kind
    return found
