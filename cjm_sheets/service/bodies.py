"""Decides whether the body of a call is what the interface takes, and gives its normal form.

Every problem of a body is told at once, in the words and with the places that Google gives them.
The normal form has fields in lower camel case, no nulls, numbers as numbers, and a list wherever
the interface has one: Google takes ``"requests": {…}`` for a list of one, and lists in a list.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

from cjm_sheets.service.interface import (
    CHOICE,
    LIST,
    MAP,
    OBJECT,
    names_of,
    shape,
    snake,
    type_address,
)
from cjm_sheets.service.refusals import Json, JsonValue, RefusedError

_LIST_OF_VALUES = "type.googleapis.com/google.protobuf.ListValue"
_MASK = "type.googleapis.com/google.protobuf.FieldMask"
_SMALLEST, _LARGEST = -(2**31), 2**31 - 1
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_UNDERSCORE = re.compile(r"_([a-z0-9])")
_GONE = object()
_ONE_OF: dict[str, tuple[str, frozenset[str] | None]] = {
    "ColorStyle": ("kind", None),
    "ConditionValue": ("value", None),
    "ConditionalFormatRule": ("rule", frozenset({"booleanRule", "gradientRule"})),
    "DataFilter": ("filter", None),
    "ExtendedValue": ("value", None),
    "Request": ("kind", None),
    "UpdateCellsRequest": ("area", frozenset({"start", "range"})),
}
"""Objects of which only one field may be set: the name of the choice, and the fields if not all."""


Place: TypeAlias = "tuple[Place, str] | None"
"""Where a value stands: the place around it and what leads from there, ``.rows`` or ``[1]``."""


def checked_body(body: Json, name: str, root: str = "") -> Json:
    """Return the normal form of a body; ``root`` is the field that Google keeps it in.

    Raises ``RefusedError`` that tells of everything in it which the interface does not take.
    """
    reader = _Reader()
    found: Json = reader.message(body, name, (None, f".{root}") if root else None)
    if reader.problems:
        raise refusal(reader.problems)
    return found


def _named(place: Place) -> str:
    """Return a place as errors name it: ``requests[0].add_sheet``."""
    parts: list[str] = []
    while place is not None:
        place, step = place
        parts.append(step)
    return "".join(reversed(parts)).removeprefix(".")


def _flat(value: JsonValue) -> Iterator[JsonValue]:
    """Yield what a list holds, also in lists inside it; a thing that is no list by itself."""
    if not isinstance(value, list):
        yield value
        return
    for item in value:
        yield from _flat(item)


def refusal(problems: list[tuple[str, str]]) -> RefusedError:
    """Return the refusal of a body with these (place, sentence) problems."""
    violations = [
        ({"field": place} if place else {}) | {"description": sentence}
        for place, sentence in problems
    ]
    detail = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": violations}
    return RefusedError("\n".join(sentence for _, sentence in problems), details=[detail])


def invalid_value(place: str, kind: str, value: JsonValue) -> tuple[str, str]:
    """Return the problem of a value that is not of its type."""
    return place, f"Invalid value at '{place}' ({kind}), {json.dumps(value, ensure_ascii=False)}"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A field of an object: its name, the step to it, its type; ``plain`` needs no further look."""

    field: str
    step: str
    kind: str
    plain: type | None


_PLAIN: dict[str, type] = {"string": str, "boolean": bool}


@cache
def _plan(name: str) -> dict[str, _Entry]:
    """Return what is known of each spelling of each field of an object."""
    fields = shape(name)
    return {
        spelling: _Entry(own, f".{snake(own)}", fields[own], _PLAIN.get(fields[own]))
        for spelling, own in names_of(name).items()
    }


@dataclass(slots=True)
class _Reader:
    """Reads one body; remembers each problem as (place, sentence)."""

    problems: list[tuple[str, str]] = field(default_factory=list)

    def message(self, source: Json, name: str, place: Place) -> Json:
        """Return an object of the interface in normal form."""
        plan = _plan(name)
        result: Json = {}
        for given, part in source.items():
            entry = plan.get(given)
            if entry is None:
                self._unknown(given, place, "Cannot find field.")
            elif type(part) is entry.plain:
                result[entry.field] = part
            elif part is not None:
                inner = (place, entry.step)
                value = self._value(part, entry.kind, inner, (name, entry.field))
                if value is not _GONE:
                    result[entry.field] = value
        if len(result) > 1 and name in _ONE_OF:
            self._note_choice(name, result, place)
        return result

    def _note_choice(self, name: str, result: Json, place: Place) -> None:
        title, members = _ONE_OF[name]
        chosen = [own for own in result if members is None or own in members]
        for own in chosen[1:]:
            sentence = f"oneof field '{title}' is already set. Cannot set '{own}'"
            where = _named(place)
            self.problems.append((where, f"Invalid value at '{where}' (oneof), {sentence}"))

    def _unknown(self, name: str, place: Place, reason: str) -> None:
        named = _named(place)
        where = f" at '{named}'" if named else ""
        sentence = f'Invalid JSON payload received. Unknown name "{name}"{where}: {reason}'
        self.problems.append((named, sentence))

    def _value(self, value: JsonValue, kind: str, place: Place, home: tuple[str, str]) -> JsonValue:
        if kind == "any":
            return value
        if kind == "[[any":
            return self._lists(value, place)
        if kind.startswith(LIST):
            items = list(_flat(value))
            inner = kind.removeprefix(LIST)
            found = [
                self._value(item, inner, (place, f"[{at}]"), home) for at, item in enumerate(items)
            ]
            return [item for item in found if item is not _GONE]
        if isinstance(value, list):
            self._misplaced(place, "Proto field is not repeating, cannot start list.")
            return _GONE
        if kind.startswith((MAP, OBJECT)):
            return self._object(value, kind, place, home)
        return self._scalar(value, kind, place, home)

    def _misplaced(self, place: Place, reason: str) -> None:
        around, step = place or (None, "")
        self._unknown(step.removeprefix("."), around, reason)

    def _lists(self, value: JsonValue, place: Place) -> JsonValue:
        if not isinstance(value, list):
            return self._wrong(place, _LIST_OF_VALUES, value)
        for at, line in enumerate(value):
            if not isinstance(line, list):
                self._wrong((place, f"[{at}]"), _LIST_OF_VALUES, line)
        return value

    def _object(
        self, value: JsonValue, kind: str, place: Place, home: tuple[str, str]
    ) -> JsonValue:
        if not isinstance(value, dict):
            address = type_address(kind if kind.startswith(OBJECT) else f"#{home[0]}")
            return self._wrong(place, address, value)
        if kind.startswith(OBJECT):
            return self.message(value, kind.removeprefix(OBJECT), place)
        inner = kind.removeprefix(MAP)
        found = {
            key: self._value(part, inner, (place, f'["{key}"]'), home)
            for key, part in value.items()
        }
        return {key: part for key, part in found.items() if part is not _GONE}

    def _wrong(self, place: Place, kind: str, value: JsonValue) -> object:
        self.problems.append(invalid_value(_named(place), kind, value))
        return _GONE

    def _scalar(
        self, value: JsonValue, kind: str, place: Place, home: tuple[str, str]
    ) -> JsonValue:
        if isinstance(value, dict):
            self._misplaced(place, "Proto field is not a message, cannot start an object.")
            return _GONE
        if kind.startswith(CHOICE):
            if isinstance(value, str) and value in kind.split(CHOICE)[1:]:
                return _GONE if value.endswith("_UNSPECIFIED") else value
            return self._wrong(place, type_address(kind, *home), value)
        read = _SCALARS[kind]
        try:
            return read.of(value)
        except (TypeError, ValueError):
            return self._wrong(place, read.name, value)


@dataclass(frozen=True, slots=True)
class _Scalar:
    """A kind of plain value: its name in errors, and how it is read."""

    name: str
    of: Any


def _text(value: JsonValue) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _mask(value: JsonValue) -> str:
    """Return a field mask with its names in camel case."""
    return _UNDERSCORE.sub(lambda match: match[1].upper(), _text(value))


def _whole(value: JsonValue) -> int:
    number = _real(value)
    if number != int(number) or not _SMALLEST <= number <= _LARGEST:
        raise ValueError
    return int(number)


def _real(value: JsonValue) -> float:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise TypeError
    if isinstance(value, str):
        number = float(value) if _NUMBER.fullmatch(value) else math.nan
        return _finite(int(number) if number.is_integer() else number)
    return _finite(value)


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise ValueError
    return number


def _flag(value: JsonValue) -> bool:
    if isinstance(value, str) and value in {"true", "false"}:
        return value == "true"
    if not isinstance(value, bool):
        raise TypeError
    return value


_SCALARS = {
    "string": _Scalar("TYPE_STRING", _text),
    "google-datetime": _Scalar("type.googleapis.com/google.protobuf.Timestamp", _text),
    "google-fieldmask": _Scalar(_MASK, _mask),
    "boolean": _Scalar("TYPE_BOOL", _flag),
    "int32": _Scalar("TYPE_INT32", _whole),
    "double": _Scalar("TYPE_DOUBLE", _real),
    "float": _Scalar("TYPE_FLOAT", _real),
}
