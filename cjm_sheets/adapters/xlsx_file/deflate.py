"""Decides who packs and unpacks the parts of an archive: the quickest that is installed.

ISA-L unpacks twice as fast as zlib and packs three times as fast, and smaller, but there is no
build of it for every machine. Either reads what the other wrote.
"""

import zlib
from typing import Protocol

try:
    from isal import isal_zlib as quick
except ImportError:  # not built for this machine
    quick = zlib  # type: ignore[misc] # the same names

Broken: tuple[type[Exception], ...] = (
    zlib.error,
    quick.error,  # type: ignore[assignment] # it is a class, whatever its stub says
)
"""What unpacking raises where the bytes are no packed content."""

crc32 = quick.crc32


class Unpacker(Protocol):
    """Unpacks content piece by piece."""

    @property
    def unconsumed_tail(self) -> bytes:
        """What was given and not used, since no more content was asked for."""

    @property
    def eof(self) -> bool:
        """Whether the end of the content was seen."""

    def decompress(self, data: bytes | memoryview, max_length: int = ..., /) -> bytes:
        """Return content, at most so many bytes of it."""

    def flush(self) -> bytes:
        """Return what is left."""


class Packer(Protocol):
    """Packs content piece by piece."""

    def compress(self, data: bytes, /) -> bytes:
        """Return what is packed so far and was not returned before."""

    def flush(self) -> bytes:
        """Return the rest."""


def unpacker() -> Unpacker:
    """Return what unpacks one part."""
    made: Unpacker = quick.decompressobj(-zlib.MAX_WBITS)
    return made


def packer(*, large: bool) -> Packer:
    """Return what packs one part: a large one quickly, a small one as tightly as is usual."""
    made: Packer = (
        quick.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
        if large
        else zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    )
    return made
