"""Decides how a body of several parts is taken apart: metadata first, then the content."""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from email.message import Message

from cjm_sheets.service.drive.refusing import DriveRefusedError
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.upload_sessions import header

_PARTS = 2


def malformed() -> DriveRefusedError:
    """Return the refusal of a body that is not made as its type says."""
    return DriveRefusedError("Malformed multipart body.", "badRequest")


def _no_json() -> DriveRefusedError:
    return DriveRefusedError("Parse Error", "parseError")


def metadata(content: bytes) -> Json:
    """Return the JSON object that bytes hold; {} for none."""
    if not content.strip():
        return {}
    try:
        found = json.loads(content)
    except ValueError:
        raise _no_json() from None
    if not isinstance(found, dict):
        raise _no_json()
    return found


def taken_apart(content_type: str, content: bytes) -> tuple[Json, str, bytes]:
    """Return (metadata, content type, content) of a ``multipart/related`` body."""
    described = Message()
    described["Content-Type"] = content_type
    boundary = described.get_param("boundary")
    if described.get_content_maintype() != "multipart" or not isinstance(boundary, str):
        raise malformed()
    found = re.match(rb"\s*--%b[ \t]*(\r?\n)" % re.escape(boundary.encode()), content)
    if found is None:
        raise malformed()
    end = found[1]  # Python's own client ends lines without a carriage return
    pieces = (end + content.lstrip()).split(end + b"--" + boundary.encode())
    if len(pieces) != _PARTS + 2 or not pieces[-1].startswith(b"--"):
        raise malformed()
    (first, body), (second, data) = (_part(piece, end) for piece in pieces[1:-1])
    if header(first, "content-type") not in {"", "application/json"}:
        raise malformed()
    return metadata(body), header(second, "content-type"), _decoded(second, data)


def _part(piece: bytes, end: bytes) -> tuple[Mapping[str, str], bytes]:
    """Return headers (lower case) and content of a part whose lines end in this way."""
    head, found, content = piece.lstrip(b" \t").removeprefix(end).partition(end + end)
    if not found:
        raise malformed()
    lines = head.decode("latin-1").split(end.decode())
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}, content


def _decoded(headers: Mapping[str, str], content: bytes) -> bytes:
    if header(headers, "content-transfer-encoding") != "base64":
        return content
    try:
        return base64.b64decode(content)
    except binascii.Error:
        raise malformed() from None
