"""Decides how a changed archive is put together: what did not change stays byte for byte.

Compressed bytes, order, times and attributes of untouched entries are copied as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cjm_sheets.adapters.xlsx_file import deflate
from cjm_sheets.adapters.xlsx_file.zip_directory import (
    DEFLATED,
    END,
    END_FIELDS,
    LOCAL,
    LOCAL_FIELDS,
    RECORD,
    RECORD_FIELDS,
    STORED,
    Directory,
    Entry,
)
from cjm_sheets.errors.workbook import CannotWriteSafelyError

_LARGE = 1 << 18
_VERSION, _UTF_8, _SIZES_FOLLOW = 20, 0x800, 0x8
_DAY_ZERO = 0x21  # 1980-01-01, the first day that the format can say


@dataclass
class Packing:
    """A part that is packed while it is made, so that it never lies in memory as a whole."""

    large: bool
    packed: list[bytes] = field(default_factory=list)
    size: int = 0
    crc: int = 0

    def __post_init__(self) -> None:
        """Begin with nothing."""
        self._packer = deflate.packer(large=self.large)

    def add(self, piece: bytes) -> None:
        """Take the next piece of the part."""
        self.size += len(piece)
        self.crc = deflate.crc32(piece, self.crc)
        self.packed.append(self._packer.compress(piece))

    def end(self) -> None:
        """Take no more."""
        self.packed.append(self._packer.flush())


New = bytes | Packing
"""The new content of a part, as it is or packed already."""


def is_large(size: int) -> bool:
    """Tell whether a part of this size is packed quickly rather than tightly."""
    return size > _LARGE


def rebuild(data: bytes, old: Directory, parts: Mapping[str, New | None], file: str) -> bytes:
    """Return the archive with parts replaced, added (names that are new) or removed (None)."""
    if any(entry.is_64 for entry in old.entries):
        raise CannotWriteSafelyError(file, "zip")
    placed = sorted(old.entries, key=lambda entry: entry.offset)
    stops = [entry.offset for entry in placed[1:]] + [old.offset]
    pieces: list[bytes | memoryview] = []
    view = memoryview(data)
    at = 0
    records: dict[str, bytes] = {}
    for entry, stop in zip(placed, stops, strict=True):
        content = parts.get(entry.name, b"")
        if content is None:
            continue
        changed = entry.name in parts
        piece, record = _changed(data, entry, content) if changed else (
            [view[entry.offset : stop]], entry.record
        )  # fmt: skip
        records[entry.name] = _moved(record, at)
        pieces += piece
        at += sum(map(len, piece))
    lines = [records[entry.name] for entry in old.entries if entry.name in records]
    for name in sorted(parts.keys() - {entry.name for entry in old.entries}):
        piece, record = _added(name, parts[name] or b"")
        lines.append(_moved(record, at))
        pieces += piece
        at += sum(map(len, piece))
    return b"".join((*pieces, *lines, _end(old, lines, at)))


def archive(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive with these parts, none of them packed."""
    pieces: list[bytes] = []
    lines: list[bytes] = []
    at = 0
    for name, content in parts.items():
        raw, size = name.encode(), len(content)
        sizes = (deflate.crc32(content), size, size, len(raw), 0)
        shared = (_VERSION, 0, STORED, 0, _DAY_ZERO, *sizes)
        piece = (LOCAL_FIELDS.pack(LOCAL, *shared), raw, content)
        lines += (RECORD_FIELDS.pack(RECORD, _VERSION, *shared, 0, 0, 0, 0, at), raw)
        pieces += piece
        at += sum(map(len, piece))
    count, size = len(parts), sum(map(len, lines))
    end = END_FIELDS.pack(END, 0, 0, count, count, size, at, 0)
    return b"".join((*pieces, *lines, end))


def _changed(data: bytes, entry: Entry, content: New) -> tuple[list[bytes | memoryview], bytes]:
    """Return an entry with other content: its bytes and its line in the directory."""
    new = _packed(content)
    packed = sum(map(len, new.packed))
    local = list(LOCAL_FIELDS.unpack_from(data, entry.offset))
    begin = entry.offset + LOCAL_FIELDS.size
    name = data[begin : begin + local[9]]
    local[2] = local[2] & ~_SIZES_FOLLOW
    local[3], local[6:9], local[10] = DEFLATED, (new.crc, packed, new.size), 0
    record = list(RECORD_FIELDS.unpack_from(entry.record))
    record[3] = record[3] & ~_SIZES_FOLLOW
    record[4], record[7:10] = DEFLATED, (new.crc, packed, new.size)
    rest = entry.record[RECORD_FIELDS.size :]
    return [LOCAL_FIELDS.pack(*local) + name, *new.packed], RECORD_FIELDS.pack(*record) + rest


def _added(name: str, content: New) -> tuple[list[bytes | memoryview], bytes]:
    """Return a new entry: its bytes and its line in the directory."""
    new, raw = _packed(content), name.encode()
    flags = 0 if name.isascii() else _UTF_8
    sizes = (new.crc, sum(map(len, new.packed)), new.size, len(raw), 0)
    shared = (_VERSION, flags, DEFLATED, 0, _DAY_ZERO, *sizes)
    local = LOCAL_FIELDS.pack(LOCAL, *shared)
    record = RECORD_FIELDS.pack(RECORD, _VERSION, *shared, 0, 0, 0, 0, 0)
    return [local + raw, *new.packed], record + raw


def _packed(content: New) -> Packing:
    """Return content packed."""
    if isinstance(content, Packing):
        return content
    packing = Packing(is_large(len(content)))
    packing.add(content)
    packing.end()
    return packing


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
