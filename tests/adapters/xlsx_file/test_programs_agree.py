"""Shows that other programs open what was written, and agree with us on every cell of it."""

import datetime as dt
import json
import subprocess
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import to_excel
from python_calamine import CalamineWorkbook, SheetTypeEnum

from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.tables import a1
from tests.adapters.xlsx_build.cells import Package
from tests.adapters.xlsx_file.rich import rich
from tests.adapters.xlsx_file.test_features_kept import STEPS
from tests.programs import NODE_FOLDER, convert, node

Cells = dict[str, object]
"""What cells show by their places, such as Pains!D5; blank ones not at all."""

_ERRORS = {"#DIV/0!", "#VALUE!", "#N/A", "#REF!", "#NAME?"}
_CHANGED = {
    "as it was": set(),
    "a cell": {"Pains!D5"},
    "a cell with a comment": {"Pains!D6"},
    "a cleared cell": {"Pains!D7"},
    "a formula": {"Stages!N5"},
    "a dropped row": {f"Pains!{letter}6" for letter in "ABDFGH"},
}
"""The cells that a step changes, in every program, beside what is calculated from them."""
_ARRAY = "Pains!AH6"
"""It shows what the array formula above it calculates."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a rich workbook as it was, and after each of the steps."""
    folder = tmp_path_factory.mktemp("steps")
    first = rich(folder / "0.xlsm")
    found = {"as it was": first}
    for at, (name, step) in enumerate(STEPS.items(), start=1):
        path = found[name] = folder / f"{at}.xlsm"
        path.write_bytes(first.read_bytes())
        step.do(XlsxFile(path, XlsxBuilder))
    return found


def raw(path: Path, *, formulas: bool = True) -> Cells:
    """Return what the file itself says; without the cells of formulas if wished."""
    package = Package(path.read_bytes())
    return {
        f"{title}!{place}": _said(cell.type == "b", cell.shown)
        for title in package.sheets()
        for place, cell in package.cells(title).items()
        if cell.shown != "" and (formulas or not cell.formula)
    }


def calculated(path: Path) -> set[str]:
    """Return the cells that have a formula."""
    package = Package(path.read_bytes())
    return {
        f"{title}!{place}"
        for title in package.sheets()
        for place, cell in package.cells(title).items()
        if cell.formula
    }


def _said(truth: bool, shown: object) -> object:  # noqa: FBT001 - of a cell that is no number
    return shown == "1" if truth else shown


def by_openpyxl(path: Path) -> Cells:
    with warnings.catch_warnings(action="ignore"):
        book = openpyxl.load_workbook(path, data_only=True)
    return {
        f"{sheet.title}!{cell.coordinate}": _plain(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in {None, ""}
    }


def by_calamine(path: Path) -> Cells:
    book = CalamineWorkbook.from_path(path)
    return {
        f"{title}!{a1.cell(line, column)}": _plain(value)
        for title in [of.name for of in book.sheets_metadata if of.typ == SheetTypeEnum.WorkSheet]
        for line, row in enumerate(
            book.get_sheet_by_name(title).to_python(skip_empty_area=False), start=1
        )
        for column, value in enumerate(row, start=1)
        if value != ""
    }


def _plain(value: object) -> object:
    """Return a day as the number that stands in the file."""
    if isinstance(value, dt.date | dt.datetime):
        return to_excel(value)  # type: ignore[no-untyped-call] # its stubs say nothing of it
    return value


def differences(one: Mapping[str, object], other: Mapping[str, object]) -> Iterator[str]:
    """Yield the places of which two say something else."""
    for place in sorted(one.keys() | other.keys()):
        a, b = one.get(place), other.get(place)
        numbers = isinstance(a, int | float) and isinstance(b, int | float)
        if numbers and abs(float(a) - float(b)) <= 1e-9:  # type: ignore[arg-type] # seen above
            continue
        if a != b or isinstance(a, bool) != isinstance(b, bool):
            yield f"{place}: {a!r}, not {b!r}"


def without_errors(cells: Cells) -> Cells:
    """Return the cells but those that show an error, of which a reader may say nothing."""
    return {place: value for place, value in cells.items() if value not in _ERRORS}


def test_openpyxl_and_calamine_read_every_cell(files: Mapping[str, Path]) -> None:
    for name, path in files.items():
        ours = raw(path)
        assert len(ours) > 180, name
        assert list(differences(by_openpyxl(path), ours)) == [], name
        assert list(differences(by_calamine(path), without_errors(ours))) == [], name


@pytest.mark.node
def test_sheetjs_reads_every_cell(files: Mapping[str, Path]) -> None:
    done = subprocess.run(
        [node(), str(NODE_FOLDER / "read.mjs"), "--only=SheetJS", *map(str, files.values())],
        capture_output=True, check=True, timeout=300,
    )  # fmt: skip
    read = json.loads(done.stdout)["SheetJS"]
    for name, path in files.items():
        theirs = {
            f"{title}!{place}": value
            for title, cells in read[str(path)]
            if title != "Wall"  # it shows what its chart was drawn from
            for place, value in cells.items()
        }
        assert list(differences(theirs, raw(path))) == [], name


@pytest.mark.office
def test_libreoffice_shows_every_cell(files: Mapping[str, Path], tmp_path: Path) -> None:
    """What nobody calculates it shows as it was written, all else as before the change."""
    convert(list(files.values()), "xlsx", tmp_path / "shown")
    shown = {name: tmp_path / "shown" / f"{path.stem}.xlsx" for name, path in files.items()}
    before = raw(shown["as it was"])
    for name, path in files.items():
        theirs, typed = raw(shown[name]), raw(path, formulas=False)
        del typed[_ARRAY]
        assert list(differences({p: theirs.get(p) for p in typed}, typed)) == [], name
        if name in _CHANGED:
            wrong = {text.partition(":")[0] for text in differences(theirs, before)}
            wrong = {place for place in wrong if not place.startswith("Pivot!")} - {_ARRAY}
            assert wrong - calculated(path) <= _CHANGED[name], name
