"""Decides how a changed archive is put together: what did not change stays byte for byte.

Compressed bytes, order, times and attributes of untouched entries are copied as they are.
"""

import zlib
from collections.abc import Mapping

from cjm_sheets.adapters.xlsx_file.zip_directory import (
    DEFLATED,
    END_FIELDS,
    LOCAL,
    LOCAL_FIELDS,
    RECORD,
    RECORD_FIELDS,
    Directory,
    Entry,
)
from cjm_sheets.errors import CannotWriteSafelyError

_LARGE = 4 << 20
_VERSION, _UTF_8, _SIZES_FOLLOW = 20, 0x800, 0x8
_DAY_ZERO = 0x21  # 1980-01-01, the first day that the format can say


def rebuild(data: bytes, old: Directory, parts: Mapping[str, bytes | None], file: str) -> bytes:
    """Return the archive with parts replaced, added (names that are new) or removed (None)."""
    if any(entry.is_64 for entry in old.entries):
        raise CannotWriteSafelyError(file, "zip")
    placed = sorted(old.entries, key=lambda entry: entry.offset)
    stops = [entry.offset for entry in placed[1:]] + [old.offset]
    pieces: list[bytes] = []
    at = 0
    records: dict[str, bytes] = {}
    for entry, stop in zip(placed, stops, strict=True):
        content = parts.get(entry.name, b"")
        if content is None:
            continue
        changed = entry.name in parts
        piece, record = _changed(data, entry, content) if changed else (
            data[entry.offset : stop], entry.record
        )  # fmt: skip
        records[entry.name] = _moved(record, at)
        pieces.append(piece)
        at += len(piece)
    lines = [records[entry.name] for entry in old.entries if entry.name in records]
    for name in sorted(parts.keys() - {entry.name for entry in old.entries}):
        piece, record = _added(name, parts[name] or b"")
        lines.append(_moved(record, at))
        pieces.append(piece)
        at += len(piece)
    return b"".join((*pieces, *lines, _end(old, lines, at)))


def _changed(data: bytes, entry: Entry, content: bytes) -> tuple[bytes, bytes]:
    """Return an entry with other content: its bytes and its line in the directory."""
    packed, crc = _deflated(content), zlib.crc32(content)
    local = list(LOCAL_FIELDS.unpack_from(data, entry.offset))
    begin = entry.offset + LOCAL_FIELDS.size
    name = data[begin : begin + local[9]]
    local[2] = local[2] & ~_SIZES_FOLLOW
    local[3], local[6:9], local[10] = DEFLATED, (crc, len(packed), len(content)), 0
    record = list(RECORD_FIELDS.unpack_from(entry.record))
    record[3] = record[3] & ~_SIZES_FOLLOW
    record[4], record[7:10] = DEFLATED, (crc, len(packed), len(content))
    rest = entry.record[RECORD_FIELDS.size :]
    return LOCAL_FIELDS.pack(*local) + name + packed, RECORD_FIELDS.pack(*record) + rest


def _added(name: str, content: bytes) -> tuple[bytes, bytes]:
    """Return a new entry: its bytes and its line in the directory."""
    packed, crc, raw = _deflated(content), zlib.crc32(content), name.encode()
    flags = 0 if name.isascii() else _UTF_8
    shared = (_VERSION, flags, DEFLATED, 0, _DAY_ZERO, crc, len(packed), len(content), len(raw), 0)
    local = LOCAL_FIELDS.pack(LOCAL, *shared)
    record = RECORD_FIELDS.pack(RECORD, _VERSION, *shared, 0, 0, 0, 0, 0)
    return local + raw + packed, record + raw


def _deflated(content: bytes) -> bytes:
    """Return content packed; large parts quickly rather than tightly."""
    packer = zlib.compressobj(1 if len(content) > _LARGE else 6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def _moved(record: bytes, offset: int) -> bytes:
    """Return a line of the directory for an entry that begins elsewhere."""
    fields = list(RECORD_FIELDS.unpack_from(record))
    fields[16] = offset
    return RECORD_FIELDS.pack(*fields) + record[RECORD_FIELDS.size :]


def _end(old: Directory, lines: list[bytes], at: int) -> bytes:
    """Return the end of the archive, its comment kept."""
    fields = list(END_FIELDS.unpack_from(old.end))
    count, size = len(lines), sum(map(len, lines))
    fields[3:7] = (count, count, size, at)
    return END_FIELDS.pack(*fields) + old.end[END_FIELDS.size :]
