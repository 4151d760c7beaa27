"""Shows that workbooks which other programs saved are changed as carefully as those of Excel."""

import re
import subprocess
import warnings
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator, ValidationSeverity

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import AddRow, Changes, DropRow, SetCell
from cjm_sheets.tables.codec import decode
from cjm_sheets.tables.table import Table
from cjm_sheets.usecases.check_map import Wanted
from cjm_sheets.usecases.new_map import Wish, new_map
from cjm_sheets.usecases.write_findings import write_findings
from cjm_sheets.usecases.write_sheets import draw_in_workbook, write_scores
from tests.adapters.xlsx_build.cells import Package
from tests.adapters.xlsx_file.packages import SOME, parts, raw_entries
from tests.adapters.xlsx_file.rich import rich
from tests.adapters.xlsx_file.steps import table
from tests.adapters.xlsx_file.test_programs_agree import (
    by_calamine,
    by_openpyxl,
    differences,
    raw,
    without_errors,
)
from tests.programs import NODE_FOLDER, convert, node

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
NAMED = (r"xl/_rels/workbook\.xml\.rels", r"\[Content_Types\]\.xml", r"xl/calcChain\.xml")
Save = Callable[[Mapping[str, Path], Path], Mapping[str, Path]]


def by_libreoffice(files: Mapping[str, Path], folder: Path) -> Mapping[str, Path]:
    convert(list(files.values()), "xlsx", folder / "out")
    return {name: folder / "out" / f"{path.stem}.xlsx" for name, path in files.items()}


def by_way_of_ods(files: Mapping[str, Path], folder: Path) -> Mapping[str, Path]:
    convert(list(files.values()), "ods", folder / "ods")
    there = {name: folder / "ods" / f"{path.stem}.ods" for name, path in files.items()}
    return by_libreoffice(there, folder)


def saved_by_openpyxl(files: Mapping[str, Path], folder: Path) -> Mapping[str, Path]:
    found = {name: folder / path.name for name, path in files.items()}
    for name, path in files.items():
        with warnings.catch_warnings(action="ignore"):
            book = openpyxl.load_workbook(path, keep_vba=path.suffix == ".xlsm")
            book.save(found[name])
    return found


def by_sheetjs(files: Mapping[str, Path], folder: Path) -> Mapping[str, Path]:
    found = {name: folder / f"{path.stem}.xlsx" for name, path in files.items()}
    pairs = [str(path) for name in files for path in (files[name], found[name])]
    command = [node(), str(NODE_FOLDER / "resave.mjs"), *pairs]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return found


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(by_libreoffice, marks=pytest.mark.office),
        pytest.param(by_way_of_ods, marks=pytest.mark.office),
        saved_by_openpyxl,
        pytest.param(by_sheetjs, marks=pytest.mark.node),
    ],
)
def saved(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, bytes]:
    """Return a rich workbook and one of ours as another program saved them."""
    made, into = tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("saved")
    ours = made / "ours.xlsx"
    ours.write_bytes(new_map(Wish(starter="vacuum"), StarterFiles(), XlsxBuilder(), NOW))
    save: Save = request.param
    files = save({"rich": rich(made / "rich.xlsm"), "ours": ours}, into)
    return {name: path.read_bytes() for name, path in files.items()}


@pytest.fixture(params=["rich", "ours"])
def file(saved: Mapping[str, bytes], request: pytest.FixtureRequest, tmp_path: Path) -> XlsxFile:
    path = tmp_path / "map.xlsm"
    path.write_bytes(saved[request.param])
    if b"macroEnabled" not in parts(path)["[Content_Types].xml"]:
        path = path.rename(path.with_suffix(".xlsx"))
    return XlsxFile(path, XlsxBuilder)


def pains(file: XlsxFile) -> Table:
    return table(file.read(), "Pains")


def sheet_part(file: XlsxFile, title: str) -> str:
    return Package(file.path.read_bytes()).sheets()[title]


class Watched:
    """A workbook while it is changed: what was in it before, and what is wrong with it."""

    def __init__(self, file: XlsxFile) -> None:
        self.file = file
        self.entries = raw_entries(file.path)
        self.known = self._errors()

    def after(self, *touched: str) -> None:
        """Check that nothing else changed than parts whose names match, and start anew."""
        now = raw_entries(self.file.path)
        changed = {part for part in now.keys() | self.entries.keys()
                   if now.get(part) != self.entries.get(part)}  # fmt: skip
        wished = "|".join((re.escape("xl/workbook.xml"), *touched))  # asks to calculate anew
        assert [part for part in changed if not re.fullmatch(wished, part)] == []
        assert changed, "something was written"
        assert [part for part in now if part in self.entries] == [
            part for part in self.entries if part in now
        ]
        assert self._errors() <= self.known
        ours = raw(self.file.path)
        assert list(differences(by_openpyxl(self.file.path), ours)) == []
        assert list(differences(by_calamine(self.file.path), without_errors(ours))) == []
        self.entries = now

    def _errors(self) -> set[str]:
        found = OpenXmlValidator().validate(str(self.file.path)).errors
        wrong = (error for error in found if error.severity is not ValidationSeverity.WARNING)
        return {re.sub(r"[0-9]+", "#", error.description) for error in wrong}


def test_cells_and_rows(file: XlsxFile) -> None:
    watched, of = Watched(file), pains(file)
    part = re.escape(sheet_part(file, of.sheet))
    first, second = decode(of).lines[:2]
    file.apply(Changes(cells=(SetCell("Pains", first, "pain", "New & <better>"),)), file.read())
    watched.after(part)
    file.apply(Changes(cells=(SetCell("Pains", first, "pain", None),)), file.read())
    watched.after(part)
    file.apply(Changes(dropped=(DropRow("Pains", second),)), file.read())
    watched.after(part)
    free = of.last_line - decode(of).lines[-1]
    rows = (AddRow("Pains", None, {"id": f"N9{n}", "pain": f"More {n}"}) for n in range(free + 2))
    file.apply(Changes(added=tuple(rows)), file.read())
    follow = r"xl/charts/chart\d+\.xml|xl/pivotCache/pivotCacheDefinition\d+\.xml"
    watched.after(part, r"xl/tables/table\d+\.xml", r"xl/worksheets/sheet\d+\.xml", follow, *NAMED)
    now = pains(file)
    assert now.last_line == of.last_line + 2
    assert decode(now).texts("pain")[-1] == f"More {free + 1}"


def test_a_formula_is_overwritten(file: XlsxFile) -> None:
    watched, of = Watched(file), table(file.read(), "Stages")
    line = decode(of).lines[0]
    file.apply(Changes(cells=(SetCell("Stages", line, "attainment", 0.25),)), file.read())
    watched.after(re.escape(sheet_part(file, of.sheet)), *NAMED)


def test_findings_scores_and_the_map(file: XlsxFile) -> None:
    watched, of = Watched(file), pains(file)
    line = decode(of).lines[0]
    file.apply(Changes(cells=(SetCell("Pains", line, "severity", "bad"),)), file.read())
    watched.after(re.escape(sheet_part(file, of.sheet)))
    ours = (r"xl/styles\.xml", r"xl/worksheets/(_rels/)?sheet\d+\.xml(\.rels)?", *NAMED)
    notes = r"xl/(comments/?comment.*|drawings/(vmlDrawing|commentsDrawing).*|comments\d+\.xml)"
    for step, more in (
        (lambda: write_findings(file, Wanted(NOW.date(), select=SOME), NOW), notes),
        (lambda: write_scores(file, NOW), r"xl/(charts|drawings|tables)/.*"),
        (lambda: draw_in_workbook(file, NOW), r"xl/(charts|drawings|tables)/.*"),
    ):
        step()
        once = file.path.read_bytes()
        if raw_entries(file.path) != watched.entries:
            watched.after(*ours, more)
        step()
        assert file.path.read_bytes() == once, "a second time changes no byte"
