"""Decides how Google's errors print a JSON value: in the text form of protocol buffers."""

import json

from cjm_sheets.service.refusals import JsonValue


def proto_text(value: JsonValue) -> str:
    r"""Return a value as errors about cells print it, with a line end after each line.

    >>> proto_text(["x"])
    'list_value {\n  values {\n    string_value: "x"\n  }\n}\n'
    """
    return "".join(f"{line}\n" for line in _lines(value))


def _lines(value: JsonValue) -> list[str]:
    if isinstance(value, dict):
        return ["struct_value {", *_indented(_fields(value)), "}"]
    if isinstance(value, list):
        entries = [line for item in value for line in _block("values", _lines(item))]
        return ["list_value {", *_indented(entries), "}"]
    return [_plain(value)]


def _fields(value: dict[str, JsonValue]) -> list[str]:
    lines: list[str] = []
    for name, part in value.items():
        inner = [f"key: {json.dumps(name)}", *_block("value", _lines(part))]
        lines += _block("fields", inner)
    return lines


def _plain(value: JsonValue) -> str:
    if value is None:
        return "null_value: NULL_VALUE"
    if isinstance(value, bool):
        return f"bool_value: {json.dumps(value)}"
    if isinstance(value, str):
        return f"string_value: {json.dumps(value)}"
    return f"number_value: {value}"


def _block(name: str, lines: list[str]) -> list[str]:
    return [f"{name} {{", *_indented(lines), "}"]


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]
