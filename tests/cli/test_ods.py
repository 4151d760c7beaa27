"""An OpenDocument spreadsheet is checked, scored, drawn and compared, and never written."""

from pathlib import Path

import pytest

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.adapters.xlsx_file.doors import OdsFile, store_of
from cjm_sheets.ports.store import Changes, SetCell, Snapshot
from cjm_sheets.tables.codec import decode
from cjm_sheets.usecases.new_map import Wish, new_map
from tests.cli.conftest import Run
from tests.programs import convert
from tests.sync.world import Clock

pytestmark = pytest.mark.office

WISHES = (
    Wish(starter="vacuum"),
    Wish("blueprint", "de", starter="bank"),
    Wish("day", "da", starter="travel"),
    Wish("future", "lv", starter="vacuum"),
    Wish("empathy", "af", starter="vacuum"),
    Wish("current", "ru", starter="b2b"),
)
_CLOSE = 1e-9


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with workbooks, one of them flawed, and what LibreOffice made of them."""
    place = tmp_path_factory.mktemp("ods")
    files = []
    for wish in WISHES:
        file = place / f"{wish.language}.xlsx"
        file.write_bytes(new_map(wish, StarterFiles(), XlsxBuilder(), Clock().now()))
        files.append(file)
    flawed = place / "flawed.xlsx"
    flawed.write_bytes(files[0].read_bytes())
    store = store_of(flawed)
    found = store.read()
    touchpoints = next(table for table in found.tables if table.spec.key == "Touchpoints")
    line = decode(touchpoints).lines[1]
    store.apply(Changes(cells=(SetCell("Touchpoints", line, "id", "T1"),)), found)
    convert([*files, flawed], "ods", place / "saved")
    return place


def both(folder: Path, language: str) -> tuple[Snapshot, Snapshot]:
    store = store_of(folder / "saved" / f"{language}.ods")
    assert isinstance(store, OdsFile)
    return store_of(folder / f"{language}.xlsx").read(), store.read()


@pytest.mark.parametrize("language", [wish.language for wish in WISHES])
def test_it_is_the_same_map(folder: Path, language: str) -> None:
    ours, theirs = both(folder, language)
    assert (theirs.language, theirs.made) == (language, ours.made)
    assert [grid.sheet for grid in theirs.others] == [grid.sheet for grid in ours.others]
    assert [table.spec.key for table in theirs.tables] == [t.spec.key for t in ours.tables]
    numbers = 0
    for one, other in zip(ours.tables, theirs.tables, strict=True):
        assert other.is_object
        assert other.lines == one.lines
        assert other.formulas.keys() == one.formulas.keys()
        assert decode(other).columns == decode(one).columns
        for column, same in zip(one.columns, other.columns, strict=True):
            assert same.label == column.label
            for cell, again in zip(column.cells, same.cells, strict=True):
                if isinstance(cell, int | float):
                    assert again == pytest.approx(cell, rel=_CLOSE, abs=_CLOSE)
                    numbers += 1
    assert numbers > 50


@pytest.mark.parametrize("name", ["flawed", *(wish.language for wish in WISHES)])
def test_check_and_score_say_the_same(run: Run, folder: Path, name: str) -> None:
    ours, theirs = str(folder / f"{name}.xlsx"), str(folder / "saved" / f"{name}.ods")
    for verb in ("check", "score"):
        one, other = run(verb, ours, "--json"), run(verb, theirs, "--json")
        assert (other.code, other.err) == (one.code, one.err)
        assert other.document == one.document
    if name == "flawed":
        assert run("check", theirs).code == 1
        assert "CJ003" in run("check", theirs).out


def test_it_is_explained_drawn_and_compared_but_never_written(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "map.ods"
    before = (folder / "saved" / "ru.ods").read_bytes()
    file.write_bytes(before)
    (tmp_path / "map.xlsx").write_bytes((folder / "ru.xlsx").read_bytes())
    assert run("explain", "N1", "map.ods").out == run("explain", "N1", "map.xlsx").out
    assert run("draw", "map.ods", "-o", "a.svg").code == 0
    assert run("draw", "map.xlsx", "-o", "b.svg").code == 0
    assert (tmp_path / "a.svg").read_text() == (tmp_path / "b.svg").read_text()
    would = run("sync", "map.ods", "--to", "local", "--dry-run", "--json")
    assert (would.code, would.err) == (0, "")
    assert would.document["pushed"] == run(
        "sync", "map.xlsx", "--to", "local", "--dry-run", "--json"
    ).document["pushed"]  # fmt: skip
    for words in (
        ("sync", "map.ods", "--to", "local"),
        ("score", "map.ods", "--write"),
        ("draw", "map.ods", "--in-workbook"),
        ("add", "map.ods", "Blueprint"),
    ):
        ran = run(*words)
        assert ran.code == 3
        assert len(ran.err.splitlines()) == 1
        assert "map.ods was left as it is" in ran.err
        assert "Save it as .xlsx" in ran.err
    assert file.read_bytes() == before


def test_the_shared_copy_gets_nothing_of_what_cannot_be_noted_here(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "map.xlsx").write_bytes((folder / "de.xlsx").read_bytes())
    assert run("sync", "map.xlsx", "--to", "local").code == 0
    address = run("sync", "map.xlsx", "--json").document["spreadsheet"]["id"]
    store = store_of(tmp_path / "map.xlsx")
    found = store.read()
    stages = next(table for table in found.tables if table.spec.key == "Stages")
    line = decode(stages).lines[0]
    store.apply(Changes(cells=(SetCell("Stages", line, "name", "Neu"),)), found)
    convert([tmp_path / "map.xlsx"], "ods", tmp_path / "saved")
    ods = str(tmp_path / "saved" / "map.ods")
    would = run("sync", ods, "--dry-run", "--json").document
    assert [moved["after"] for moved in would["pushed"]] == ["Neu"]
    ran = run("sync", ods)
    assert ran.code == 3
    assert "Save it as .xlsx" in ran.err
    assert run("sync", ods, "--dry-run", "--json").document["pushed"] == would["pushed"]
    assert address == would["spreadsheet"]["id"]
