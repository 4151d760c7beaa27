"""Decides how the last agreed state is written down, and reads it back if it is whole.

It travels inside the workbook as texts of at most 32,000 characters: a format mark, the generation,
the service and the spreadsheet it is shared as, a checksum, and the compressed values. What is left
to settle comes last, in a text of its own, so that it can be read without the rest.
"""

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date
from typing import Any

from cjm_sheets.merge.rows import Content, Identity
from cjm_sheets.model.pending import Pending
from cjm_sheets.tables.codec import Unread, Value

FORMAT = "cjm-sheets/1"
_CHUNK = 32_000
_HEAD = 5
_PENDING = "["
"""How the text of what is left to settle begins; base64 has no such sign."""

_MOST = 200_000_000  # bytes; a damaged record must not fill the memory

Rows = Mapping[Identity, Content]


@dataclass(frozen=True, slots=True)
class Base:
    """What both sides last agreed on: rows by table key and identity.

    `service` is "google", "local" or the address of another service. `pending` is what is left to
    settle.
    """

    generation: int = 0
    service: str = ""
    spreadsheet: str = ""
    tables: Mapping[str, Rows] = field(default_factory=dict)
    pending: tuple[Pending, ...] = ()

    @property
    def is_linked(self) -> bool:
        """Tell whether the workbook has a shared copy."""
        return bool(self.spreadsheet)


class BrokenBaseError(ValueError):
    """The texts are no whole base."""


def to_texts(base: Base) -> tuple[str, ...]:
    """Return the texts that keep a base, one a cell."""
    plain = json.dumps(
        {
            key: [[list(identity), _packed(content)] for identity, content in rows.items()]
            for key, rows in base.tables.items()
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    packed = base64.b64encode(zlib.compress(plain.encode(), 9)).decode()
    chunks = [packed[i : i + _CHUNK] for i in range(0, len(packed), _CHUNK)]
    head = (FORMAT, str(base.generation), base.service, base.spreadsheet)
    pending = _told(base.pending)
    return (*head, _checksum(head, packed + pending), *chunks, *filter(None, [pending]))


def from_texts(texts: Sequence[str]) -> Base | None:
    """Return the base that the texts keep, None if they keep none; BrokenBaseError if damaged."""
    if len(texts) < _HEAD:
        return None
    *head, checksum = texts[:_HEAD]
    pending = texts[-1] if texts[-1].startswith(_PENDING) else ""
    packed = "".join(texts[_HEAD : len(texts) - bool(pending)])
    if head[0] != FORMAT or checksum != _checksum(head, packed + pending):
        raise BrokenBaseError(head[0])
    try:
        unpacked = zlib.decompressobj().decompress(base64.b64decode(packed, validate=True), _MOST)
        tables = {
            key: {tuple(identity): _unpacked(content) for identity, content in rows}
            for key, rows in json.loads(unpacked).items()
        }
        return Base(int(head[1]), head[2], head[3], tables, pending_of(texts))
    except (ValueError, zlib.error, binascii.Error) as error:
        raise BrokenBaseError(head[0]) from error


def pending_of(texts: Sequence[str]) -> tuple[Pending, ...]:
    """Return what the texts say is left to settle, () if that cannot be read."""
    if not texts or not texts[-1].startswith(_PENDING):
        return ()
    try:
        return tuple(Pending(*each) for each in json.loads(texts[-1]))
    except (ValueError, TypeError):
        return ()


def _told(pending: Sequence[Pending]) -> str:
    """Return the text that keeps as much of what is left to settle as fits, "" for nothing."""
    kept = [list(astuple(each)) for each in pending]
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    while len(text) > _CHUNK:
        kept = kept[: len(kept) // 2]
        text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return text if kept else ""


def _checksum(head: Sequence[str], packed: str) -> str:
    """Return a checksum over all texts."""
    return hashlib.sha256("\n".join((*head, packed)).encode()).hexdigest()


def _packed(content: Content) -> dict[str, Any]:
    """Return a row as JSON can hold it."""
    return {column: _pack(value) for column, value in content.items()}


def _unpacked(content: Mapping[str, Any]) -> dict[str, Value]:
    """Return a row as it was before packing."""
    return {column: _unpack(value) for column, value in content.items()}


def _pack(value: Value) -> Any:  # noqa: ANN401 - JSON
    match value:
        case tuple():
            return list(value)
        case date():
            return {"date": value.isoformat()}
        case Unread(shown, failed):
            return {"unread": shown, "failed": failed}
    return value


def _unpack(value: Any) -> Value:  # noqa: ANN401 - JSON
    match value:
        case list():
            return tuple(str(item) for item in value)
        case {"date": str(day)}:
            return date.fromisoformat(day)
        case {"unread": str(shown), "failed": bool(failed)}:
            return Unread(shown, failed)
        case None | str() | bool() | int() | float():
            return value
    raise BrokenBaseError(repr(value))
