"""The sample prints: every page that LibreOffice makes of it has something on it."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.usecases.new_map import Wish, new_map
from tests.programs import convert, pdftoppm

PAPER = 250
"""Grey values above are paper."""

A4_LONG_SIDE = 400
"""No page of A4 is so many pixels long at 30 dots an inch."""


def ink(page: Path) -> float:
    """Return the share of a grey picture (binary PGM) that is not paper."""
    _, size, _, pixels = page.read_bytes().split(b"\n", 3)
    width, height = map(int, size.split())
    assert len(pixels) == width * height
    return sum(pixel < PAPER for pixel in pixels) / len(pixels)


def long_side(page: Path) -> int:
    """Return the longer side of a picture in pixels."""
    return max(map(int, page.read_bytes().split(b"\n", 2)[1].split()))


@pytest.mark.office
def test_every_page_has_something_on_it(tmp_path: Path) -> None:
    made = new_map(
        Wish(starter="vacuum"), StarterFiles(), XlsxBuilder(), datetime(2026, 3, 1, tzinfo=UTC)
    )
    (tmp_path / "vacuum.xlsx").write_bytes(made)
    convert([tmp_path / "vacuum.xlsx"], "pdf", tmp_path / "printed")
    printed = tmp_path / "printed" / "vacuum.pdf"
    subprocess.run(
        [pdftoppm(), "-gray", "-r", "30", str(printed), str(tmp_path / "page")], check=True
    )
    pages = sorted(tmp_path.glob("page-*.pgm"))
    assert 12 <= len(pages) <= 30
    assert sum(long_side(page) > A4_LONG_SIDE for page in pages) == 1, "the map, on one page of A3"
    assert [page.name for page in pages if ink(page) < 0.01] == []
