"""Holds the two ways of packing against each other, also where the bytes are spoilt."""

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_sheets.adapters.xlsx_file import deflate
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import Changes, SetCell
from tests.adapters.xlsx_file.sample import Sample

CONTENT = st.one_of(
    st.binary(max_size=2000),
    st.builds(
        lambda piece, times: piece * times, st.binary(min_size=1, max_size=40), st.integers(1, 900)
    ),
)


def packed(content: bytes, *, large: bool) -> bytes:
    packer = deflate.packer(large=large)
    return packer.compress(content) + packer.flush()


def unpacked(raw: bytes, most: int) -> bytes | None:
    """Return what one way makes of packed bytes, None where it refuses them."""
    try:
        return deflate.unpacker().decompress(raw, most)
    except deflate.Broken:
        return None


@given(CONTENT, st.booleans())
def test_either_reads_what_the_other_wrote(content: bytes, large: bool) -> None:  # noqa: FBT001 - drawn
    assert zlib.decompress(packed(content, large=large), -zlib.MAX_WBITS) == content
    by_zlib = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    assert unpacked(by_zlib.compress(content) + by_zlib.flush(), len(content) + 1) == content
    assert deflate.crc32(content) == zlib.crc32(content)


@given(CONTENT, st.data())
def test_spoilt_bytes_give_no_more_than_is_asked_for(content: bytes, data: st.DataObject) -> None:
    raw = bytearray(packed(content, large=True))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    found = unpacked(bytes(raw), len(content) + 1)
    assert found is None or len(found) <= len(content) + 1


def test_a_stream_that_is_cut_off_gives_what_was_there_and_no_more() -> None:
    content = bytes(range(256)) * 200
    raw = packed(content, large=True)
    found = unpacked(raw[: len(raw) // 2], len(content))
    assert found is not None
    assert content.startswith(found)
    assert len(found) < len(content)


def test_without_the_quick_one_zlib_does_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Sample(tmp_path / "map.xlsx", blank=0).tables().save()
    quick = XlsxFile(path).read()
    monkeypatch.setattr(deflate, "quick", zlib)
    store = XlsxFile(path)
    slow = store.read()
    assert slow == quick
    store.apply(Changes(cells=(SetCell("Stages", 5, "name", "new"),)), slow)
    monkeypatch.undo()
    stages = next(t for t in XlsxFile(path).read().tables if t.spec.key == "Stages")
    assert stages.by_key["name"].cells[0] == "new"
