"""Decides how it is written what hangs on a part: a tag for each, in a part of their own."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cjm_sheets.adapters.xlsx_file import texts
from cjm_sheets.adapters.xlsx_file.package import resolved

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TAG = re.compile(rb"<Relationship\s[^>]*?(?:/>|>\s*</Relationship>)")

_ATTRIBUTE = re.compile(rb"""\b(Id|Type|Target|TargetMode)\s*=\s*["']([^"']*)["']""")
_HEAD = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns='
    b'"http://schemas.openxmlformats.org/package/2006/relationships">'
)
_END = b"</Relationships>"


@dataclass(frozen=True, slots=True)
class Hung:
    """Something that hangs on a part: its id, the last word of its type, the part, the tag.

    `target` is "" for what lies outside of the file.
    """

    id: str
    kind: str
    target: str
    tag: bytes


def relations_of(part: str) -> str:
    """Return the part with the relationships of another one."""
    folder, _, last = part.rpartition("/")
    return f"{folder}/_rels/{last}.rels" if folder else f"_rels/{last}.rels"


def read(xml: bytes, part: str) -> Iterator[Hung]:
    """Yield what hangs on a part."""
    for tag in TAG.findall(xml):
        said = {name.decode(): texts.unescape(value) for name, value in _ATTRIBUTE.findall(tag)}
        outside = said.get("TargetMode") == "External"
        target = "" if outside else resolved(part.rpartition("/")[0], said.get("Target", ""))
        kind = said.get("Type", "").rpartition("/")[2]
        yield Hung(said.get("Id", ""), kind, target, tag)


def hung(id_: str, kind: str, part: str) -> Hung:
    """Return a part that comes to hang on another one."""
    said = f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="/{part}"/>'
    return Hung(id_, kind, part, said.encode())


def written(of: Iterable[Hung], before: bytes) -> bytes:
    """Return the part that says what hangs; what it said `before` stays byte for byte."""
    tags = [one.tag for one in of]
    if not before.rstrip().endswith(_END):
        return _HEAD + b"".join(tags) + _END
    kept = TAG.sub(lambda found: found[0] if found[0] in tags else b"", before)
    there = set(TAG.findall(before))
    at = kept.rindex(_END)
    return kept[:at] + b"".join(tag for tag in tags if tag not in there) + kept[at:]
