"""Decides which bytes of a file are its zip entries, and refuses a directory that lies.

Stricter than unzipping asks for, so that no other reader of the same bytes can see other parts
than those that were guarded: nothing before the first entry, no comment that hides a second
directory, no name twice, no entry inside another, sizes as declared.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from struct import Struct, error

from cjm_sheets.adapters.xlsx_file import deflate
from cjm_sheets.errors.workbook import (
    DamagedWorkbookError,
    NotAWorkbookError,
    TruncatedWorkbookError,
)

END = b"PK\5\6"
RECORD = b"PK\1\2"
LOCAL = b"PK\3\4"
END_FIELDS = Struct("<4s4H2IH")
RECORD_FIELDS = Struct("<4s6H3I5H2I")
LOCAL_FIELDS = Struct("<4s5H3I2H")
_LOCATOR = Struct("<4sIQI")
_END_64 = Struct("<4sQ2H2I4Q")
_FULL = 0xFFFFFFFF
_ENCRYPTED, _SIZES_FOLLOW, _UTF_8 = 0x1, 0x8, 0x800
STORED, DEFLATED = 0, 8
_STEP, _PIECE = 1 << 15, 1 << 19
_LONGEST_END = END_FIELDS.size + 0xFFFF


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `record` is its raw line in the directory, sizes and offsets are in bytes."""

    name: str
    record: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    start: int
    is_64: bool


@dataclass(frozen=True, slots=True)
class Directory:
    """All entries in the order of the directory, which lies at `offset`, and the raw end record."""

    entries: tuple[Entry, ...]
    offset: int
    end: bytes


def read_directory(data: bytes, file: str) -> Directory:
    """Return the directory of a zip file; raises the errors of a damaged or cut off one."""
    at = data.rfind(END, max(0, len(data) - _LONGEST_END))
    if at < 0:
        raise TruncatedWorkbookError(file)
    try:
        count, size, offset, end_at = _end(data, at)
        entries = tuple(_entries(data, offset, count, file))
    except error:
        raise TruncatedWorkbookError(file) from None
    if offset + size != end_at or sum(len(entry.record) for entry in entries) != size:
        raise DamagedWorkbookError(file, "zip")
    _no_tricks(entries, offset, file)
    return Directory(entries, offset, data[end_at:])


def inflate(data: bytes, entry: Entry, file: str) -> bytes:
    """Return the content of an entry; never more than it declares."""
    raw = memoryview(data)[entry.start : entry.start + entry.packed]
    if entry.method == STORED:
        content = bytes(raw)
    else:
        unpacker = deflate.unpacker()
        try:
            content = unpacker.decompress(raw, entry.size + 1)
        except deflate.Broken:
            raise DamagedWorkbookError(file, entry.name) from None
    if len(content) != entry.size or deflate.crc32(content) != entry.crc:
        raise DamagedWorkbookError(file, entry.name)
    return content


def pieces(data: bytes, entry: Entry, file: str) -> Iterator[bytes]:
    """Yield the content of an entry piece by piece; raises at the end if it is not as declared."""
    size = crc = 0
    try:
        for piece in _unpacked(memoryview(data)[entry.start :][: entry.packed], entry.method):
            size, crc = size + len(piece), deflate.crc32(piece, crc)
            if size > entry.size:
                break
            yield piece
    except deflate.Broken:
        raise DamagedWorkbookError(file, entry.name) from None
    if size != entry.size or crc != entry.crc:
        raise DamagedWorkbookError(file, entry.name)


def _unpacked(raw: memoryview, method: int) -> Iterator[bytes]:
    """Yield content in pieces of at most _PIECE bytes."""
    unpacker = deflate.unpacker()
    for at in range(0, len(raw), _STEP):
        rest = bytes(raw[at : at + _STEP])
        if method == STORED:
            yield rest
            continue
        # A little at a time, since what is not used up yet is copied at every step.
        while rest and not unpacker.eof:
            yield unpacker.decompress(rest, _PIECE)
            rest = unpacker.unconsumed_tail
    if method != STORED:
        yield unpacker.flush()


def _end(data: bytes, at: int) -> tuple[int, int, int, int]:
    """Return how many entries there are, size and offset of the directory, and where it ends."""
    _, _, _, _, count, size, offset, comment = END_FIELDS.unpack_from(data, at)
    if at + END_FIELDS.size + comment != len(data):
        raise error
    if _FULL not in {size, offset} and count != 0xFFFF:  # noqa: PLR2004 - the format's own mark
        return count, size, offset, at
    mark, _, far, _ = _LOCATOR.unpack_from(data, at - _LOCATOR.size)
    if mark != b"PK\6\7":
        return count, size, offset, at
    *_, count, size, offset = _END_64.unpack_from(data, far)
    return count, size, offset, far


def _entries(data: bytes, at: int, count: int, file: str) -> Iterator[Entry]:
    for _ in range(count):
        fields = RECORD_FIELDS.unpack_from(data, at)
        if fields[0] != RECORD:
            raise DamagedWorkbookError(file, "zip")
        length = RECORD_FIELDS.size + fields[10] + fields[11] + fields[12]
        yield _entry(data, data[at : at + length], fields, file)
        at += length


def _entry(data: bytes, record: bytes, fields: tuple[int, ...], file: str) -> Entry:
    """Return an entry whose two descriptions agree."""
    flags, method, crc = fields[3], fields[4], fields[7]
    raw_name = record[RECORD_FIELDS.size : RECORD_FIELDS.size + fields[10]]
    name = raw_name.decode("utf-8" if flags & _UTF_8 else "cp437", "replace")
    if flags & _ENCRYPTED:
        raise NotAWorkbookError(file, "encrypted")
    packed, size, offset, is_64 = _sizes(record, fields)
    local = LOCAL_FIELDS.unpack_from(data, offset)
    named = offset + LOCAL_FIELDS.size
    start = named + local[9] + local[10]
    said = {packed, size, _FULL} | ({0} if flags & _SIZES_FOLLOW else set())
    if (
        local[0] != LOCAL
        or data[named : named + local[9]] != raw_name
        or local[3] != method
        or method not in {STORED, DEFLATED}
        or (method == STORED and packed != size)
        or not {local[7], local[8]} <= said
    ):
        raise DamagedWorkbookError(file, name)
    if start + packed > len(data):
        raise TruncatedWorkbookError(file)
    return Entry(name, record, flags, method, crc, packed, size, offset, start, is_64)


def _sizes(record: bytes, fields: tuple[int, ...]) -> tuple[int, int, int, bool]:
    """Return packed size, size and offset, from the 64-bit extra field where it is used."""
    size, packed, offset = fields[9], fields[8], fields[16]
    if _FULL not in {size, packed, offset}:
        return packed, size, offset, False
    at = RECORD_FIELDS.size + fields[10]
    extra = record[at : at + fields[11]]
    while extra:
        kind, length = Struct("<2H").unpack_from(extra)
        if kind == 1:
            wide = iter(int.from_bytes(extra[i : i + 8], "little") for i in range(4, 28, 8))
            size, packed, offset = (
                next(wide) if value == _FULL else value for value in (size, packed, offset)
            )
            return packed, size, offset, True
        extra = extra[4 + length :]
    raise error


def _no_tricks(entries: tuple[Entry, ...], end: int, file: str) -> None:
    """Refuse names that come twice, bytes before the first entry, and entries that overlap."""
    names: set[str] = set()
    for entry in entries:
        if entry.name.casefold() in names:
            raise DamagedWorkbookError(file, entry.name)
        names.add(entry.name.casefold())
    placed = sorted((entry.offset, entry.start + entry.packed, entry.name) for entry in entries)
    if placed and (placed[0][0] != 0 or placed[-1][1] > end):
        raise DamagedWorkbookError(file, "zip")
    for (_, stop, name), (begin, _, _) in pairwise(placed):
        if stop > begin:
            raise DamagedWorkbookError(file, name)
