"""Turns Google's own description of its interfaces into JSON schemas, for tests.

The discovery documents lie inside the package google-api-python-client. Fields they do not name
are not allowed, so an answer with an invented field fails.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import googleapiclient
import jsonschema
from jsonschema.protocols import Validator

Json = dict[str, Any]

_DOCUMENTS = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
_SCALARS = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "any": {},
}


@cache
def document(name: str) -> Json:
    content: Json = json.loads((_DOCUMENTS / f"{name}.json").read_text(encoding="utf-8"))
    return content


def converted(source: Json) -> Json:
    """Return the JSON Schema of a discovery schema."""
    if "$ref" in source:
        return {"$ref": f"#/$defs/{source['$ref']}"}
    kind = source.get("type", "any")
    if kind == "array":
        return {"type": "array", "items": converted(source["items"])}
    if kind != "object":
        schema = dict(_SCALARS[kind])
        if "enum" in source:
            schema["enum"] = source["enum"]
        if source.get("format") in {"int64", "uint64"}:
            schema = {"type": "string", "pattern": "^-?[0-9]+$"}
        return schema
    properties = {name: converted(part) for name, part in source.get("properties", {}).items()}
    rest = source.get("additionalProperties")
    others: object = converted(rest) if rest is not None else False
    return {"type": "object", "properties": properties, "additionalProperties": others}


@cache
def validator(name: str, schema: str) -> Validator:
    """Return the validator of one schema (``Spreadsheet``) of a document (``sheets.v4``)."""
    schemas = document(name)["schemas"]
    whole = {"$ref": f"#/$defs/{schema}", "$defs": {n: converted(s) for n, s in schemas.items()}}
    return jsonschema.Draft202012Validator(whole)


def _methods(resource: Json) -> list[Json]:
    found = list(resource.get("methods", {}).values())
    for inner in resource.get("resources", {}).values():
        found += _methods(inner)
    return found


def _fits(pattern: str, path: str) -> bool:
    wanted, given = pattern.split("/"), path.split("/")
    if len(wanted) != len(given):
        return False
    for want, have in zip(wanted, given, strict=True):
        head, mark, verb = want.partition(":") if want.startswith("{") else (want, "", "")
        if head.startswith("{"):
            if mark and not have.endswith(f":{verb}"):
                return False
            if not mark and have.rpartition(":")[2] in {"batchUpdate", "clear", "append"}:
                return False
        elif head != have:
            return False
    return True


def method_of(name: str, verb: str, path: str) -> Json | None:
    """Return the discovery method that a call is, by its verb and path below the service path."""
    found = [
        (str(method.get("flatPath", method["path"])), method)
        for method in _methods(document(name))
        if method["httpMethod"] == verb
    ]
    fitting = [(pattern, method) for pattern, method in found if _fits(pattern, path)]
    if not fitting:
        return None
    # files/trash is one of its own, though files/{fileId} would fit
    return min(fitting, key=lambda pair: pair[0].count("{"))[1]


def problems(verb: str, path: str, answer: Any) -> list[str]:
    """Return what is wrong with an answer to a call, by Google's description; [] if nothing."""
    return _problems(verb, path, "response", answer)


def body_problems(verb: str, path: str, body: Any) -> list[str]:
    """Return what is wrong with the body of a call, by Google's description; [] if nothing."""
    return _problems(verb, path, "request", body)


def _problems(verb: str, path: str, side: str, content: Any) -> list[str]:
    name, inner = _document_and_path(path)
    if path.startswith("/upload") and verb == "PUT" and name == "drive.v3":
        verb = "PATCH" if "/" in inner else "POST"  # the last piece of a file is the whole call
    method = method_of(name, verb, inner)
    if method is None:
        return [f"{verb} {path} is no method of {name}"]
    if side not in method:
        return []
    errors = validator(name, method[side]["$ref"]).iter_errors(content)
    return [f"{verb} {path}: {error.json_path}: {error.message[:200]}" for error in errors]


def _document_and_path(path: str) -> tuple[str, str]:
    """Return the document that describes a path, and the path as it stands there."""
    called = path.removeprefix("/upload").rstrip("/").replace("/:", ":")
    for version in ("v3", "v2"):
        if called.startswith(f"/drive/{version}/"):
            return f"drive.{version}", called.removeprefix(f"/drive/{version}/")
    return "sheets.v4", called.removeprefix("/")
