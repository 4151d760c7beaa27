"""Decides what a single term of a Drive search asks of a file."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeAlias

from cjm_sheets.service.drive.folders import parents_of
from cjm_sheets.service.drive.people import addresses
from cjm_sheets.service.drive.refusing import invalid_parameter
from cjm_sheets.service.refusals import Json, refuse_unsupported

Test: TypeAlias = Callable[[Json], bool]

_TEXTS = frozenset({"name", "mimeType"})
_TIMES = frozenset({"modifiedTime", "createdTime", "viewedByMeTime", "sharedWithMeTime"})
_FLAGS = frozenset({"trashed", "starred"})
_ROLES: Mapping[str, tuple[str, ...]] = {
    "owners": ("owner",),
    "writers": ("owner", "writer"),
    "readers": ("owner", "writer", "commenter", "reader"),
}
_VISIBILITY: Mapping[str, tuple[str, bool]] = {
    "anyoneCanFind": ("anyone", True),
    "anyoneWithLink": ("anyone", False),
    "domainCanFind": ("domain", True),
    "domainWithLink": ("domain", False),
}
_LIMITED = "limited"


def unquoted(token: str) -> str:
    """Return the text that a quoted token stands for."""
    return re.sub(r"\\(.)", r"\1", token[1:-1])


def member(value: str, collection: str) -> Test:
    """Return the test of ``'value' in collection``."""
    if collection == "parents":
        return lambda file: value in parents_of(file)
    if collection not in _ROLES:
        refuse_unsupported(f"a search in {collection}")
    roles = _ROLES[collection]
    return lambda file: value.casefold() in addresses(file, *roles)


def compared(name: str, operator: str, value: str) -> Test:
    """Return the test of ``name operator value``."""
    if name in _FLAGS:
        return _flagged(name, operator, value)
    if value[0] not in "'\"":
        raise invalid_parameter("q")
    text = unquoted(value)
    if name in _TEXTS:
        return _worded(name, operator, text)
    if name in _TIMES:
        return _timed(name, operator, text)
    if name != "visibility":
        refuse_unsupported(f"the search term {name} {operator}")
    return _visible(operator, text)


def _flagged(name: str, operator: str, value: str) -> Test:
    if value not in {"true", "false"} or operator not in {"=", "!="}:
        raise invalid_parameter("q")
    wanted = (value == "true") == (operator == "=")
    return lambda file: bool(file.get(name)) == wanted


def _worded(name: str, operator: str, value: str) -> Test:
    """Return the test of a text; a name contains what one of its words begins with."""
    wanted = value.casefold()
    start = re.compile(rf"(?:^|(?<=[\W_])){re.escape(wanted)}")
    tests: dict[str, Test] = {
        "=": lambda file: str(file[name]).casefold() == wanted,
        "!=": lambda file: str(file[name]).casefold() != wanted,
        "contains": lambda file: bool(start.search(str(file[name]).casefold())),
    }
    if operator not in tests:
        raise invalid_parameter("q")
    return tests[operator]


def _timed(name: str, operator: str, value: str) -> Test:
    wanted = _moment(value)
    if wanted is None:
        raise invalid_parameter("q")
    tests: dict[str, Callable[[datetime], bool]] = {
        "=": lambda moment: moment == wanted,
        "!=": lambda moment: moment != wanted,
        ">": lambda moment: moment > wanted,
        ">=": lambda moment: moment >= wanted,
        "<": lambda moment: moment < wanted,
        "<=": lambda moment: moment <= wanted,
    }
    if operator not in tests:
        raise invalid_parameter("q")
    test = tests[operator]

    def passes(file: Json) -> bool:
        moment = _moment(str(file.get(name, "")))
        return moment is not None and test(moment)

    return passes


def _moment(text: str) -> datetime | None:
    """Return the time that a text says, in UTC where it names no zone; None if it says none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _visible(operator: str, value: str) -> Test:
    if operator not in {"=", "!="} or value not in {*_VISIBILITY, _LIMITED}:
        raise invalid_parameter("q")
    return lambda file: (_visibility(file) == value) == (operator == "=")


def _visibility(file: Json) -> str:
    found = {(item["type"], bool(item.get("allowFileDiscovery"))) for item in file["permissions"]}
    return next((name for name, pair in _VISIBILITY.items() if pair in found), _LIMITED)
