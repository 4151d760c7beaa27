"""A workbook that is changed while it is held open keeps everything else in it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets import wiring
from cjm_sheets.errors.workbook import CannotWriteSafelyError, ChangedMeanwhileError
from cjm_sheets.ports.sheets import SheetStore
from cjm_sheets.ports.store import AddRow, Changes, SetCell
from cjm_sheets.usecases.check_map import Wanted
from cjm_sheets.usecases.write_findings import write_findings
from cjm_sheets.usecases.write_sheets import draw_in_workbook, write_scores
from tests.adapters.xlsx_file.features import features
from tests.adapters.xlsx_file.packages import SOME, errors, parts, raw_entries
from tests.adapters.xlsx_file.rich import rich

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
Step = Callable[[SheetStore], object]


def _rename(store: SheetStore) -> object:
    return store.apply(Changes(cells=(SetCell("Stages", 5, "name", "Else"),)), store.read())


def _add(store: SheetStore) -> object:
    rows = tuple(AddRow("Pains", None, {"id": f"N{n}", "pain": f"More {n}"}) for n in (7, 8, 9))
    return store.apply(Changes(added=rows), store.read())


STEPS: dict[str, Step] = {
    "one cell": _rename,
    "rows, so that a table grows": _add,
    "findings": lambda store: write_findings(store, Wanted(NOW.date(), select=SOME), NOW),
    "scores": lambda store: write_scores(store, NOW),
    "map": lambda store: draw_in_workbook(store, NOW),
    "record": lambda store: store.apply(Changes(memory=("a", "b")), store.read()),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return rich(tmp_path / "rich.xlsm")


def held(path: Path) -> Any:
    return wiring.open_headless(str(path))


@pytest.mark.parametrize("name", STEPS)
def test_all_that_people_and_excel_put_there_is_kept(path: Path, name: str) -> None:
    before, known = features(parts(path)), set(errors(path))
    book = held(path)
    STEPS[name](wiring.open_workbook(book))
    book.save()
    book.app.quit()
    now = features(parts(path))
    lost = {feature for feature, pieces in before.items() if not pieces <= now[feature]}
    assert lost <= ({"formulas"} if "grows" in name else set()), "where a table grows, they follow"
    assert set(errors(path)) <= known


def test_one_cell_changes_one_part(path: Path) -> None:
    before = raw_entries(path)
    book = held(path)
    book.sheets["Stages"]["C5"].value = "Else"
    book.save()
    after = raw_entries(path)
    changed = {name for name in after if after[name] != before.get(name)}
    assert before.keys() - after.keys() <= {"xl/calcChain.xml"}
    assert len([name for name in changed if name.startswith("xl/worksheets/")]) == 1
    assert not [name for name in changed if name.startswith(("xl/drawings", "xl/charts"))]


def test_to_save_without_a_change_leaves_every_byte(path: Path) -> None:
    before = path.read_bytes()
    book = held(path)
    book.save()
    assert path.read_bytes() == before


def test_a_file_that_somebody_saved_meanwhile_is_not_replaced(path: Path) -> None:
    book = held(path)
    book.sheets["Stages"]["C5"].value = "Else"
    other = path.read_bytes() + b"more"
    path.write_bytes(other)
    with pytest.raises(ChangedMeanwhileError):
        book.save()
    assert path.read_bytes() == other


@pytest.mark.parametrize(
    "spoil",
    [
        lambda book: book.sheets["Stages"].delete(),
        lambda book: setattr(book.sheets["Stages"], "name", "Other"),
        lambda book: book.sheets["Stages"]["A5:C5"].insert("down"),
        lambda book: book.sheets["Stages"]["A5:C5"].delete("up"),
    ],
    ids=["sheet deleted", "sheet renamed", "cells inserted", "cells deleted"],
)
def test_what_cannot_be_written_exactly_is_refused(
    path: Path, spoil: Callable[[Any], object]
) -> None:
    before = path.read_bytes()
    book = held(path)
    spoil(book)
    with pytest.raises(CannotWriteSafelyError):
        book.save()
    assert path.read_bytes() == before


def test_a_copy_under_another_name_leaves_the_file_as_it_was(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    book = held(path)
    book.sheets["Stages"]["C5"].value = "Else"
    book.save(tmp_path / "copy.xlsx")
    assert path.read_bytes() == before
    assert held(tmp_path / "copy.xlsx").sheets["Stages"]["C5"].value == "Else"
