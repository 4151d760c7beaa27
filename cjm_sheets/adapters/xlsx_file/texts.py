r"""Decides how text stands in the XML of a sheet, characters included that XML cannot hold.

Excel writes such a character as _xHHHH_ and an underscore that would look like the beginning of
one as _x005F_; readers undo both.
"""

import re
from functools import lru_cache

_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"', b"apos": "'"}
_REFERENCE = re.compile(rb"&(#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|lt|gt|amp|quot|apos);")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f]")


def escape(text: str) -> bytes:
    r"""Return text as the content of a tag.

    >>> escape("a<b & \x01 _x0041_")
    b'a&lt;b &amp; _x0001_ _x005F_x0041_'
    """
    text = _LOOKS_ESCAPED.sub("_x005F_", text)
    text = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.encode()


def attribute(text: str) -> bytes:
    """Return text as the value of an attribute between double quotes."""
    return escape(text).replace(b'"', b"&quot;").replace(b"\n", b"&#10;").replace(b"\t", b"&#9;")


@lru_cache(maxsize=1024)  # a column's formula stands in every row
def unescape(content: bytes) -> str:
    """Return what the content of a tag without children says; bytes that are no text as U+FFFD.

    >>> unescape(b"A1&lt;&quot;x&#233;&quot;")
    'A1<"xé"'
    """
    if b"&" not in content:
        return content.decode("utf-8", "replace")
    parts: list[str] = []
    done = 0
    for found in _REFERENCE.finditer(content):
        parts.append(content[done : found.start()].decode("utf-8", "replace"))
        parts.append(_character(found[1]))
        done = found.end()
    return "".join(parts) + content[done:].decode("utf-8", "replace")


def _character(reference: bytes) -> str:
    """Return the character that a reference stands for."""
    if not reference.startswith(b"#"):
        return _NAMED[reference]
    digits = reference[1:].decode()
    code = int(f"0{digits}", 16) if digits.startswith("x") else int(digits)
    return chr(code) if code <= 0x10FFFF else "\ufffd"  # noqa: PLR2004 - the last character there is
