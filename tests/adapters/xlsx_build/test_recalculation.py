"""LibreOffice calculates every formula of new workbooks to what Python stored beside it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.usecases.new_map import Wish
from cjm_sheets.words.languages import LANGUAGES
from tests.adapters.xlsx_build.cells import Package, RawCell
from tests.adapters.xlsx_build.made import (
    VACUUM,
    book_with_counted_offers,
    growing_book,
    made,
    random_book,
)
from tests.programs import convert

_MAPS = int(os.environ.get("CJM_SHEETS_TEST_RANDOM_MAPS", "6"))
"""Random maps to try; 200 take about five minutes."""

_CLOSE = 1e-9


def _workbooks() -> Iterator[tuple[str, bytes]]:
    """Yield the workbooks to recalculate with their names."""
    yield "vacuum", made(VACUUM)
    yield "vacuum-offers", XlsxBuilder().build(book_with_counted_offers())
    yield "vacuum-growing", XlsxBuilder().build(growing_book())
    for kind in ("current", "empathy", "day", "blueprint"):
        yield f"blank-{kind}", made(Wish(kind))
    for seed in range(_MAPS):
        language = LANGUAGES[seed % len(LANGUAGES)]
        book = random_book(seed, language, growing=seed % 2 == 1)
        yield f"random-{seed}-{language}", XlsxBuilder().build(book)


@pytest.mark.office
def test_every_formula_shows_what_python_stored(tmp_path: Path) -> None:
    made_in, calculated_in = tmp_path / "made", tmp_path / "calculated"
    made_in.mkdir()
    names = []
    for name, file in _workbooks():
        (made_in / f"{name}.xlsx").write_bytes(file)
        names.append(name)
    convert([made_in / f"{name}.xlsx" for name in names], "xlsx", calculated_in)
    wrong = []
    for name in names:
        ours = Package((made_in / f"{name}.xlsx").read_bytes())
        theirs = Package((calculated_in / f"{name}.xlsx").read_bytes())
        wrong += differences(name, ours, theirs)
    assert wrong == []


def test_the_map_has_cells_to_compare() -> None:
    for of in (made(VACUUM), XlsxBuilder().build(growing_book())):
        for title in ("Map", "CalcMap"):
            shown = [c for c in Package(of).cells(title).values() if c.formula and c.shown != ""]
            assert len(shown) > 100, title


def differences(name: str, ours: Package, theirs: Package) -> list[str]:
    """Return what formulas show elsewhere, or fail to show."""
    wrong = []
    for title in ours.sheets():
        calculated = theirs.cells(title)
        for place, cell in ours.cells(title).items():
            if not cell.formula:
                continue
            other = calculated.get(place, RawCell("n", "", ""))
            if other.type == "e" or not _same(cell.shown, other.shown):
                wrong.append(f"{name} {title}!{place}: {cell.shown!r}, not {other.shown!r}")
    return wrong


def _same(ours: str | float, theirs: str | float) -> bool:
    """Tell whether two results agree; numbers to a billionth of their size."""
    if isinstance(ours, float) and isinstance(theirs, float):
        return abs(ours - theirs) <= _CLOSE * max(1.0, abs(ours))
    return ours == theirs
