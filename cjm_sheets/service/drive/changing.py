"""Decides what a body may change of a File, and what the File is afterwards."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from cjm_sheets.service.drive.folders import is_folder
from cjm_sheets.service.drive.refusing import bad_part, forbid, refuse_field
from cjm_sheets.service.drive.shapes import FILE, check_names
from cjm_sheets.service.refusals import Json, JsonValue, refuse_unsupported
from cjm_sheets.service.store_sqlite import SPREADSHEET_TYPE, timestamp

_MOST_PROPERTIES = 30
_PROPERTY_BYTES = 124
_TEXTS = frozenset({"name", "description", "folderColorRgb"})
_FLAGS = frozenset({"trashed", "starred", "writersCanShare", "copyRequiresWriterPermission"})
_TIMES = frozenset({"createdTime", "modifiedTime", "viewedByMeTime"})
_MAPS = frozenset({"properties", "appProperties"})
_ELSEWHERE = frozenset({"parents", "mimeType", "kind", "id"})
_ONLY_ON_GOOGLE = frozenset(
    {
        "contentHints",
        "contentRestrictions",
        "downloadRestrictions",
        "inheritedPermissionsDisabled",
        "originalFilename",
        "shortcutDetails",
    }
)
_CONTENT = frozenset({"name", "description", *_MAPS})
"""What changes a file's ``modifiedTime``; where it lies and what marks it has do not."""


def changed(file: Json, given: Json) -> Json:
    """Return a File after the changes a body asks for; a null property is taken off."""
    check_names(given, FILE)
    result = dict(file)
    if given.keys() & _CONTENT:
        result["modifiedTime"] = timestamp()
    for name, value in given.items():
        if name in _ELSEWHERE:
            continue
        if name in _MAPS:
            result[name] = _properties(file.get(name, {}), value, name)
        elif name == "trashed":
            result |= _trash(result, value)
        else:
            result[name] = _value(name, value)
    if not result.get("trashed"):
        result.pop("trashedTime", None)
    return result


def check_type(file: Json, given: Json) -> None:
    """Refuse to make another kind of file of one that is there."""
    if given.get("mimeType", file["mimeType"]) != file["mimeType"]:
        refuse_unsupported(f"turning a file of type {file['mimeType']} into {given['mimeType']}")


def _trash(file: Json, value: JsonValue) -> Json:
    wanted = bool(_value("trashed", value))
    entered = wanted and not file.get("trashed")
    return {"trashed": wanted} | ({"trashedTime": timestamp()} if entered else {})


def _value(name: str, value: JsonValue) -> JsonValue:
    """Return a value of the kind that a field takes."""
    if name in _ONLY_ON_GOOGLE:
        refuse_unsupported(f"{name} of a file")
    check = _CHECKS.get(name)
    if check is None:
        refuse_field(name)
    return check(name, value)


def _text(name: str, value: JsonValue) -> JsonValue:
    if not isinstance(value, str):
        raise bad_part("file", name)
    return value


def _flag(name: str, value: JsonValue) -> JsonValue:
    if not isinstance(value, bool):
        raise bad_part("file", name)
    return value


def _time(name: str, value: JsonValue) -> JsonValue:
    """Return a time as Drive writes it: in UTC, with milliseconds."""
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise bad_part("file", name) from None
    fixed = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    text = fixed.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


_CHECKS: Mapping[str, Callable[[str, JsonValue], JsonValue]] = {
    **dict.fromkeys(_TEXTS, _text),
    **dict.fromkeys(_FLAGS, _flag),
    **dict.fromkeys(_TIMES, _time),
}


def _properties(old: Mapping[str, str], given: JsonValue, name: str) -> dict[str, str]:
    """Return custom properties after a change; Drive limits how many and how long they are."""
    if not isinstance(given, dict):
        raise bad_part("file", name)
    for key, text in given.items():
        if text is not None and not isinstance(text, str):
            raise bad_part("file", name)
        if len((key + (text or "")).encode(errors="replace")) > _PROPERTY_BYTES:
            message = f"Property exceeds the maximum of {_PROPERTY_BYTES} bytes: {key}"
            forbid(message, "propertyTooLong")
    merged = {key: text for key, text in {**old, **given}.items() if text is not None}
    if len(merged) > _MOST_PROPERTIES:
        message = f"A file cannot have more than {_MOST_PROPERTIES} properties of a kind."
        forbid(message, "tooManyProperties")
    return merged


def check_kind(given: Json) -> str:
    """Return the type of the file that a body describes: a spreadsheet or a folder."""
    kind = given.get("mimeType")
    made = {"mimeType": kind}
    if kind != SPREADSHEET_TYPE and not is_folder(made):
        refuse_unsupported(f"files of type {kind}" if kind else "files other than spreadsheets")
    if "id" in given and kind == SPREADSHEET_TYPE:
        raise bad_part("file", "id")  # Google takes generated ids for no spreadsheet either
    return str(kind)
