"""Shows that of a workbook with everything in it, no more changes than what was asked for."""

import re
import warnings
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import AddRow, Changes, DropRow, SetCell
from cjm_sheets.usecases.check_map import Wanted
from cjm_sheets.usecases.write_findings import write_findings
from cjm_sheets.usecases.write_sheets import draw_in_workbook, write_scores
from tests.adapters.xlsx_file.features import FEATURES, features
from tests.adapters.xlsx_file.packages import SOME, errors, parts, raw_entries
from tests.adapters.xlsx_file.rich import PAINS, STAGES, rich

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
BOOK, STYLES, TYPES = "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"
RELS, CHAIN = "xl/_rels/workbook.xml.rels", "xl/calcChain.xml"
COMMENTS, SHAPES = "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"
NAMED = {BOOK, RELS, TYPES, CHAIN}
"""What changes when a sheet comes or a formula goes."""

ROWS = tuple(AddRow("Pains", None, {"id": f"N{n}", "pain": f"More {n}"}) for n in (7, 8, 9))


@dataclass(frozen=True)
class Step:
    """A change, the parts that it may touch, and the rows of each sheet that are written anew.

    Of a sheet of ours that is new (`new`: how many) all its parts are new as well.
    """

    do: Callable[[XlsxFile], object]
    touched: set[str]
    rows: Mapping[str, set[int]] = field(default_factory=dict)
    new: int = 0


def changes(**what: object) -> Callable[[XlsxFile], object]:
    return lambda file: file.apply(Changes(**what), file.read())  # type: ignore[arg-type] # as given


def cell(table: str, line: int, column: str, value: str | float | None) -> Step:
    part = {"Stages": STAGES, "Pains": PAINS}[table]
    return Step(changes(cells=(SetCell(table, line, column, value),)), {part}, {part: {line}})


def check_write(file: XlsxFile) -> object:
    return write_findings(file, Wanted(NOW.date(), select=SOME), NOW)


FOLLOWING = {"xl/worksheets/sheet6.xml", "xl/pivotCache/pivotCacheDefinition1.xml", BOOK,
             *(f"xl/charts/chart{n}.xml" for n in (1, 2, 3))}  # fmt: skip
"""What refers to the table Pains as a whole."""

NEW_FORMULAS = {CHAIN, RELS, TYPES}
CALCULATED = {f"xl/worksheets/sheet{n}.xml" for n in range(1, 6)}
STEPS = {
    "a cell": cell("Pains", 5, "pain", "New & <better>"),
    "a cell with a comment": cell("Pains", 6, "pain", "=new"),
    "a cleared cell": cell("Pains", 7, "pain", None),
    "a formula": Step(
        changes(cells=(SetCell("Stages", 5, "attainment", 0.5),)),
        {STAGES, CHAIN, RELS, TYPES}, {STAGES: {5}},
    ),
    "rows": Step(
        changes(added=ROWS),
        {PAINS, "xl/tables/table3.xml", *NEW_FORMULAS, *FOLLOWING}, {PAINS: {9, 10, 11}},
    ),
    "a row after a line": Step(
        changes(added=(AddRow("Pains", 5, {"id": "N7", "pain": "More"}),)),
        {PAINS, "xl/tables/table3.xml", *NEW_FORMULAS, *FOLLOWING}, {PAINS: {9}},
    ),
    "a dropped row": Step(changes(dropped=(DropRow("Pains", 6),)), {PAINS}, {PAINS: {6}}),
    "the record": Step(changes(memory=("one", "two")), {BOOK, RELS, TYPES}, new=1),
    "findings": Step(check_write, {PAINS, COMMENTS, SHAPES, STYLES, *NAMED}, {PAINS: set()}, new=2),
    "the map": Step(lambda file: draw_in_workbook(file, NOW), {STYLES, *NAMED}, new=3),
    "scores": Step(lambda file: write_scores(file, NOW), {STYLES, *NAMED, *CALCULATED}, new=6),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return rich(tmp_path_factory.mktemp("rich") / "map.xlsm").read_bytes()


@pytest.fixture
def file(made: bytes, tmp_path: Path) -> XlsxFile:
    path = tmp_path / "map.xlsm"
    path.write_bytes(made)
    return XlsxFile(path, XlsxBuilder)


def rows_of(xml: bytes) -> dict[int, bytes]:
    """Return the rows of a sheet by their lines; 0 and -1 are what precedes and follows them."""
    head, _, rest = xml.partition(b"<sheetData>")
    body, _, tail = rest.rpartition(b"</sheetData>")
    head = re.sub(rb"<dimension [^>]*>", b"", head)
    rows = re.split(rb"(?=<row )", body)[1:]
    return {0: head, -1: tail, **{int(re.findall(rb'r="(\d+)"', row)[0]): row for row in rows}}


def test_the_workbook_has_everything(file: XlsxFile) -> None:
    assert len(parts(file.path)) >= 60
    assert len(FEATURES) == 48
    assert [name for name, pieces in features(parts(file.path)).items() if not pieces] == []
    known = [error for error in errors(file.path) if "vbaProject" not in error]
    assert known == [], "all but the macros, which are no real ones, is as Excel writes it"


def test_the_docs_name_every_feature() -> None:
    page = (Path(__file__).parents[3] / "docs" / "workbook.md").read_text("utf-8")
    table = page.partition("| where | kept |")[2].partition("\n\n")[0]
    named = [row.split("|")[2].strip() for row in table.splitlines()[2:]]
    assert sorted(", ".join(named).replace(";", ",").split(", ")) == sorted(
        ", ".join(FEATURES).split(", ")
    )


@pytest.mark.parametrize("name", FEATURES)
def test_a_feature_that_goes_is_missed(file: XlsxFile, name: str) -> None:
    """Each feature is looked for where it lies: a piece of it less, and it is not the same."""
    content = parts(file.path)
    if name == "calculation order":
        content[CHAIN + ".gone"] = content.pop(CHAIN)
        assert not FEATURES[name](content)
        return
    for part, piece in FEATURES[name](content):
        less = {**content, part: content[part].replace(piece, b"")}
        if piece == content[part]:
            del less[part]
        assert not set(FEATURES[name](content)) <= set(FEATURES[name](less)), piece[:80]


@pytest.mark.parametrize("name", STEPS)
def test_only_what_is_concerned_changes(file: XlsxFile, name: str) -> None:
    step = STEPS[name]
    before, entries, known = parts(file.path), raw_entries(file.path), errors(file.path)
    there = features(before)
    step.do(file)
    after, now = parts(file.path), raw_entries(file.path)
    touched = {part for part in before if now.get(part) != entries[part]}
    assert touched <= step.touched, "every other part is the same byte for byte, packed"
    kept = [part for part in before if part in after]
    assert [part for part in after if part in before] == kept, "in the same order"
    new = after.keys() - before.keys()
    assert len([part for part in new if part.startswith("xl/worksheets/sheet")]) == step.new
    assert all(re.match(r"xl/(worksheets|drawings|charts)/", part) for part in new)
    lost = {name for name, pieces in features(after).items() if not there[name] <= pieces}
    assert lost <= ({"formulas"} if name in {"rows", "a row after a line"} else set())
    for part in {PAINS, *step.rows} - (CALCULATED if name == "scores" else set()):
        was, is_ = rows_of(before[part]), rows_of(after[part])
        wrong = {line for line in was.keys() | is_.keys() if was.get(line) != is_.get(line)}
        grown = {-1} if step.touched & {"xl/tables/table3.xml", COMMENTS} else set()
        assert wrong == step.rows.get(part, set()) | (grown if part == PAINS else set())
    assert errors(file.path) == known
    with zipfile.ZipFile(file.path) as archive:
        assert archive.testzip() is None


@pytest.mark.parametrize("name", [name for name in STEPS if "row" not in name])
def test_a_second_time_changes_no_byte(file: XlsxFile, name: str) -> None:
    STEPS[name].do(file)
    once = file.path.read_bytes()
    STEPS[name].do(file)
    assert file.path.read_bytes() == once


def set_all(values: Mapping[tuple[str, int, str], str | float | None]) -> Callable[..., object]:
    return changes(cells=tuple(SetCell(*place, value) for place, value in values.items()))


def only(file: XlsxFile, rule: str) -> object:
    """Check for one rule, whose findings are all marks then."""
    return write_findings(file, Wanted(NOW.date(), select=(rule,)), NOW)


@pytest.mark.parametrize("saved_by", ["Excel", "openpyxl"])
def test_marks_that_go_leave_every_part_as_it_was(file: XlsxFile, saved_by: str) -> None:
    """All but what is ours: the sheets that list the findings, and what names them."""
    if saved_by == "openpyxl":
        with warnings.catch_warnings(action="ignore"):
            openpyxl.load_workbook(file.path, keep_vba=True).save(file.path)
    before = parts(file.path)
    set_all({("Pains", 8, "severity"): 9, ("Stages", 5, "order"): "first"})(file)
    only(file, "CJ011")
    marked = parts(file.path)
    places = [part for part in marked if re.match(r"xl/comments", part) and
              b"<author>cjm-sheets" in marked[part]]  # fmt: skip
    assert len(places) == 2, "one on a sheet with notes, one on a sheet without"
    set_all({("Pains", 8, "severity"): 2, ("Stages", 5, "order"): 1})(file)
    only(file, "CJ011")
    after = parts(file.path)
    assert {part for part in after.keys() - before.keys() if "worksheets" not in part} == set()
    differing = {part for part in before if after.get(part) != before[part]}
    edited = {part for part in differing if part.startswith("xl/worksheets/sheet")}
    mended = {PAINS: {8}, STAGES: {5}}
    for part in edited:
        was, is_ = rows_of(before[part]), rows_of(after[part])
        assert {line for line in was if was[line] != is_[line]} <= mended[part]
    assert differing - edited <= {STYLES, *NAMED}
    styles = re.sub(rb' count="\d+"', b"", after[STYLES])
    for piece in re.findall(rb"<(?:xf|font|fill|border|dxf|cellStyle|tableStyle)[ >].*?>",
                            before[STYLES]):  # fmt: skip
        assert re.sub(rb' count="\d+"', b"", piece) in styles
