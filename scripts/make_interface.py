"""Writes down which fields Google's Sheets interface has, from its own discovery document.

Run it after google-api-python-client was updated: ``python scripts/make_interface.py``. With
``--check`` it only says whether the file is as it would be written.
"""

import json
import sys
from pathlib import Path
from typing import Any

import googleapiclient

TARGET = Path(__file__).parent.parent / "cjm_sheets" / "service" / "interface.json"
_DOCUMENT = (
    Path(googleapiclient.__file__).parent / "discovery_cache" / "documents" / "sheets.v4.json"
)
_LIST, _MAP, _OBJECT = "[", "{", "#"


def kind(source: dict[str, Any]) -> str:
    """Return one word for a type: ``int32``, ``#GridRange``, ``[#Sheet``, ``ROWS|COLUMNS``."""
    if "$ref" in source:
        return _OBJECT + str(source["$ref"])
    name = source["type"]
    if name == "array":
        return _LIST + kind(source["items"])
    if name == "object":
        return _MAP + kind(source["additionalProperties"])
    if "enum" in source:
        return "|".join(["", *source["enum"]])
    return str(source.get("format", name))


def interface() -> str:
    """Return the text of the file: each object of the interface with its fields and their types."""
    schemas = json.loads(_DOCUMENT.read_text(encoding="utf-8"))["schemas"]
    lines = [
        f"{json.dumps(name)}: "
        + json.dumps({field: kind(part) for field, part in schema.get("properties", {}).items()})
        for name, schema in sorted(schemas.items())
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> int:
    """Write the file, or compare it; return the exit code."""
    text = interface()
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    print("cjm_sheets/service/interface.json is out of date; run scripts/make_interface.py")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
