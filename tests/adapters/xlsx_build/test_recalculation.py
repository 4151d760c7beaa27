"""LibreOffice calculates every formula of new workbooks to what Python stored beside it."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.words.languages import LANGUAGES
from tests.adapters.xlsx_build.cells import Package, RawCell
from tests.adapters.xlsx_build.made import (
    VACUUM,
    all_wishes,
    book_with_counted_offers,
    chosen_wishes,
    growing_book,
    made,
    random_book,
    some_wishes,
)
from tests.programs import convert

_MAPS = int(os.environ.get("CJM_SHEETS_TEST_RANDOM_MAPS", "6"))
"""Random maps to try; 200 take about five minutes."""

_AT_ONCE = 2
"""Processes of LibreOffice side by side."""

_CLOSE = 1e-9


def _workbooks() -> Iterator[tuple[str, bytes]]:
    """Yield the workbooks to recalculate with their names."""
    yield "vacuum-offers", XlsxBuilder().build(book_with_counted_offers())
    yield "vacuum-growing", XlsxBuilder().build(growing_book())
    for seed in range(_MAPS):
        language = LANGUAGES[seed % len(LANGUAGES)]
        book = random_book(seed, language, growing=seed % 2 == 1)
        yield f"random-{seed}-{language}", XlsxBuilder().build(book)
    for name, wish in chosen_wishes().items():
        yield name, made(wish)


@pytest.mark.office
def test_every_formula_shows_what_python_stored(tmp_path: Path) -> None:
    made_in, calculated_in = tmp_path / "made", tmp_path / "calculated"
    made_in.mkdir()
    batches: list[list[Path]] = [[] for _ in range(_AT_ONCE)]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for at, (name, file) in enumerate(_workbooks()):
            path = made_in / f"{name}.xlsx"
            path.write_bytes(file)
            batches[at % _AT_ONCE].append(path)
        calculated = [
            pool.submit(convert, batch, "xlsx", calculated_in / f"{at}")
            for at, batch in enumerate(batches)
        ]
    wrong = []
    for at, (batch, done) in enumerate(zip(batches, calculated, strict=True)):
        done.result()
        for path in batch:
            ours = Package(path.read_bytes())
            theirs = Package((calculated_in / f"{at}" / path.name).read_bytes())
            wrong += differences(path.stem, ours, theirs)
    assert wrong == []


def test_each_turn_looks_at_every_kind_and_starter_and_at_all_languages() -> None:
    designs = {name.rpartition(".")[0] for name in all_wishes()}
    for turn in range(len(LANGUAGES)):
        some = some_wishes(turn)
        assert {name.rpartition(".")[0] for name in some} == designs
        assert {wish.language for wish in some.values()} == set(LANGUAGES)


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
