"""Decides how the last agreed state is written down, and reads it back if it is whole.

It travels inside the workbook as texts of at most 32,000 characters: a format mark, the generation,
the service and the spreadsheet it is shared as, a checksum, and the compressed values. What runs
replaced follows in a text of its own, as does the key under which a shared copy is being made, and
last what is left to settle: all of these can be read without the rest.
"""

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field

from cjm_sheets.merge.packing import packed, unpacked
from cjm_sheets.merge.rows import Content, Identity
from cjm_sheets.model.pending import Pending

FORMAT = "cjm-sheets/1"
CHUNK = 32_000
"""Characters that a cell of the record holds."""
_HEAD = 5
_PENDING = "["
"""How the text of what is left to settle begins; base64 has no such sign."""
PAST = "~"
"""How the text of what runs replaced begins (see merge.remembered); nor has it this one."""
_MAKING = "?"
"""How the text of a shared copy in the making begins; nor has it this one."""

_NONE = "-"
"""What stands for no service and no spreadsheet: a cell that says nothing is no cell."""

_MOST = 200_000_000  # bytes; a damaged record must not fill the memory

Rows = Mapping[Identity, Content]


@dataclass(frozen=True, slots=True)
class Base:
    """What both sides last agreed on: rows by table key and identity.

    `service` is "google", "local" or the address of another service. `pending` is what is left to
    settle, `past` the text of what runs replaced, `making` the service at which a shared copy was
    begun and the key by which it is found there, ("", "") for none.
    """

    generation: int = 0
    service: str = ""
    spreadsheet: str = ""
    tables: Mapping[str, Rows] = field(default_factory=dict)
    pending: tuple[Pending, ...] = ()
    past: str = ""
    making: tuple[str, str] = ("", "")

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
            key: [[list(identity), packed(content)] for identity, content in rows.items()]
            for key, rows in base.tables.items()
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    encoded = base64.b64encode(zlib.compress(plain.encode(), 9)).decode()
    chunks = [encoded[i : i + CHUNK] for i in range(0, len(encoded), CHUNK)]
    head = (FORMAT, str(base.generation), base.service or _NONE, base.spreadsheet or _NONE)
    making = _MAKING + " ".join(base.making) if all(base.making) else ""
    body = (*chunks, *filter(None, [making, base.past, _told(base.pending)]))
    return (*head, _checksum(head, "".join(body)), *body)


def from_texts(texts: Sequence[str]) -> Base | None:
    """Return the base that the texts keep, None if they keep none; BrokenBaseError if damaged."""
    if len(texts) < _HEAD:
        return None
    *head, checksum = texts[:_HEAD]
    if head[0] != FORMAT or checksum != _checksum(head, "".join(texts[_HEAD:])):
        raise BrokenBaseError(head[0])
    beside = (_PENDING, PAST, _MAKING)
    encoded = "".join(text for text in texts[_HEAD:] if not text.startswith(beside))
    try:
        unpacked_text = zlib.decompressobj().decompress(
            base64.b64decode(encoded, validate=True), _MOST
        )
        tables = {
            key: {tuple(identity): unpacked(content) for identity, content in rows}
            for key, rows in json.loads(unpacked_text).items()
        }
        pending, past, making = pending_of(texts), past_of(texts), _making_of(texts)
        service, spreadsheet = map(_named, head[2:])
        return Base(int(head[1]), service, spreadsheet, tables, pending, past, making)
    except (ValueError, zlib.error, binascii.Error) as error:
        raise BrokenBaseError(head[0]) from error


def salvaged(texts: Sequence[str]) -> Base | None:
    """Return what can still be told of a damaged record: where the shared copy is, no more.

    A merge with such a base deletes nothing: it puts both sides together, and cells that differ are
    conflicts.
    """
    if len(texts) < _HEAD or texts[0] != FORMAT or not _named(texts[3]):
        return None
    generation = int(texts[1]) if texts[1].isdecimal() else 0
    return Base(generation, _named(texts[2]), texts[3])


def _named(text: str) -> str:
    """Return a service or spreadsheet as it is remembered, "" for none."""
    return "" if text == _NONE else text


def past_of(texts: Sequence[str]) -> str:
    """Return the text of what runs replaced, "" if there is none."""
    return next((text for text in texts[_HEAD:] if text.startswith(PAST)), "")


def with_past(texts: Sequence[str], past: str) -> tuple[str, ...]:
    """Return the texts of a base with another text of what runs replaced."""
    head, body = texts[: _HEAD - 1], [t for t in texts[_HEAD:] if not t.startswith(PAST)]
    last = len(body) - bool(body and body[-1].startswith(_PENDING))
    body[last:last] = filter(None, [past])
    return (*head, _checksum(head, "".join(body)), *body)


def _making_of(texts: Sequence[str]) -> tuple[str, str]:
    """Return where a shared copy was begun and its key, ("", "") if none was."""
    text = next((text for text in texts[_HEAD:] if text.startswith(_MAKING)), "")
    service, _, key = text.removeprefix(_MAKING).partition(" ")
    return service, key


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
    while len(text) > CHUNK:
        kept = kept[: len(kept) // 2]
        text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return text if kept else ""


def _checksum(head: Sequence[str], body: str) -> str:
    """Return a checksum over all texts."""
    return hashlib.sha256("\n".join((*head, body)).encode()).hexdigest()
