"""Excel that refuses: one plain sentence, nothing half written, and all that was switched back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets import macros, wiring
from cjm_sheets.adapters.live_excel.store import LiveWorkbook
from cjm_sheets.adapters.xlwings_engine.ranges import Range
from cjm_sheets.adapters.xlwings_engine.refusing import EDIT_MODE, FAILED, RefusedByProgramError
from cjm_sheets.errors import CjmError
from cjm_sheets.errors.excel import (
    ChangedInExcelError,
    ExcelBusyError,
    ExcelRefusedError,
    OnlyReadByExcelError,
    SheetProtectedError,
    WorkbookClosedError,
)
from cjm_sheets.ports.store import AddRow, Changes, DropRow, SetCell
from cjm_sheets.usecases.new_map import Wish
from tests.adapters.xlsx_file.sample import Sample

CELLS = (
    SetCell("Touchpoints", 5, "name", "Poster"),
    SetCell("Pains", 5, "severity", 2),
)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Any]:
    path = Sample(tmp_path / "map.xlsx").tables().save()
    held = wiring.open_headless(str(path))
    yield held
    held.app.quit()


def busy(book: Any) -> None:
    book.app.impl.refusal = RefusedByProgramError(EDIT_MODE, "busy")


def protect(book: Any) -> None:
    book.sheets["Pains"].impl.model.looks_like.protection.sheet = True


def only_read(book: Any) -> None:
    book.impl.read_only = True


def close(book: Any) -> None:
    book.close()


REFUSALS: dict[str, tuple[Callable[[Any], None], type[CjmError]]] = {
    "edit mode": (busy, ExcelBusyError),
    "protected sheet": (protect, SheetProtectedError),
    "read-only": (only_read, OnlyReadByExcelError),
    "closed": (close, WorkbookClosedError),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_is_told_and_nothing_is_written(book: Any, name: str) -> None:
    refuse, error = REFUSALS[name]
    store = LiveWorkbook(book)
    before = store.read()
    refuse(book)
    with pytest.raises(error):
        store.apply(Changes(cells=CELLS), before)
    book.impl.model.closed = False
    assert LiveWorkbook(book).read().stamp == before.stamp


@pytest.mark.parametrize("name", ["edit mode", "protected sheet", "read-only", "closed"])
def test_a_macro_says_it_in_a_message_box(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CJM_SHEETS_LANGUAGE", "de")  # a closed workbook tells no language
    path = tmp_path / "map.xlsx"
    wiring.new_workbook(str(path), Wish(language="de", starter="vacuum"))
    book = wiring.open_headless(str(path))
    schmerz = next(s for s in book.sheets if any(t.name == "Pains" for t in s.tables))
    before = LiveWorkbook(book).read().stamp
    if name == "protected sheet":
        schmerz.range("B5").value = None
        before = LiveWorkbook(book).read().stamp
        schmerz.impl.model.looks_like.protection.sheet = True
    else:
        REFUSALS[name][0](book)
    assert macros.run("check", book) == ()
    (said, title) = book.app.impl.alerts[0]
    assert title == "cjm-sheets"
    assert ("Die Arbeitsmappe wurde" if name == "closed" else "map.xlsx") in said
    assert "Error" not in said
    assert len(book.app.impl.alerts) == 1
    assert not book.app.status_bar
    book.impl.model.closed = False
    assert LiveWorkbook(book).read().stamp == before
    book.app.quit()


def test_what_fails_halfway_is_taken_back(book: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second sheet refuses: the first one gets back what it had."""
    store = LiveWorkbook(book)
    before = store.read()
    written = Range._type  # noqa: SLF001 - where the program is made to fail

    def refusing(self: Range, place: tuple[int, int], value: Any) -> None:
        if self.sheet.name == "Touchpoints" and value == "Poster":
            raise RefusedByProgramError(FAILED, "no")
        written(self, place, value)

    monkeypatch.setattr(Range, "_type", refusing)
    added = tuple(AddRow("Pains", None, {"id": f"N{n}", "pain": "More"}) for n in range(7, 15))
    with pytest.raises(ExcelRefusedError):
        store.apply(Changes(cells=CELLS, added=added), before)
    assert store.read().stamp == before.stamp


def test_what_was_switched_is_as_before_even_on_failure(
    book: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, store = book.app, LiveWorkbook(book)
    seen: list[tuple[bool, str, bool]] = []
    written = Range._type  # noqa: SLF001 - as above

    def watching(self: Range, place: tuple[int, int], value: Any) -> None:
        seen.append((app.screen_updating, app.calculation, app.enable_events))
        if value == 2:
            raise RefusedByProgramError(FAILED, "no")
        written(self, place, value)

    app.calculation = "semiautomatic"
    app.enable_events = False
    monkeypatch.setattr(Range, "_type", watching)
    with pytest.raises(ExcelRefusedError):
        store.apply(Changes(cells=CELLS), store.read())
    assert set(seen) == {(False, "manual", False)}
    assert (app.screen_updating, app.calculation, app.enable_events) == (
        True, "semiautomatic", False,
    )  # fmt: skip


def test_selection_and_sheet_in_front_stay(book: Any) -> None:
    book.sheets["Pains"].range("B6:C7").select()
    store = LiveWorkbook(book)
    store.apply(Changes(cells=CELLS, memory=("one",)), store.read())
    assert book.sheets.active.name == "Pains"
    assert book.selection.address == "$B$6:$C$7"
    assert book.sheets["_cjm"].impl.model.state == "veryHidden"


MEANWHILE: dict[str, Callable[[Any], None]] = {
    "the very cell": lambda book: setattr(
        book.sheets["Touchpoints"].range((5, 5)), "value", "Mine"
    ),
    "the row moved": lambda book: book.sheets["Touchpoints"]["A5:E5"].insert("down"),
    "the header": lambda book: setattr(book.sheets["Touchpoints"].range((4, 5)), "value", "X"),
    "a formula in the cell": lambda book: setattr(
        book.sheets["Touchpoints"].range((5, 5)), "formula", '="Advert"'
    ),
    "the sheet": lambda book: book.sheets["Touchpoints"].delete(),
}


@pytest.mark.parametrize("name", MEANWHILE)
def test_what_somebody_typed_meanwhile_is_not_overwritten(book: Any, name: str) -> None:
    store = LiveWorkbook(book)
    before = store.read()
    table = next(t for t in before.tables if t.spec.key == "Touchpoints")
    assert table.by_key["name"].at == 5
    MEANWHILE[name](book)
    now = store.read().stamp
    with pytest.raises(ChangedInExcelError):
        store.apply(Changes(cells=CELLS), before)
    assert store.read().stamp == now


def test_what_somebody_typed_elsewhere_meanwhile_is_kept(book: Any) -> None:
    store = LiveWorkbook(book)
    before = store.read()
    book.sheets["Touchpoints"].range((6, 5)).value = "Mine"
    store.apply(Changes(cells=CELLS), before)
    assert book.sheets["Touchpoints"].range((6, 5)).value == "Mine"
    assert book.sheets["Touchpoints"].range((5, 5)).value == "Poster"


def test_own_columns_of_a_dropped_row_and_formats_stay(book: Any) -> None:
    sheet = book.sheets["Touchpoints"]
    sheet.range((5, 5)).color = (1, 2, 3)
    store = LiveWorkbook(book)
    before = store.read()
    own = next(t for t in before.tables if t.spec.key == "Touchpoints").own_columns[0]
    store.apply(Changes(dropped=(DropRow("Touchpoints", 5),)), before)
    assert sheet.range((5, own.at)).value == "own 0"
    assert sheet.range((5, 5)).value is None
    assert sheet.range((5, 5)).color == (1, 2, 3)


def test_a_sheet_of_somebody_else_is_not_written_over(tmp_path: Path) -> None:
    path = Sample(tmp_path / "map.xlsx").tables().save()
    book = wiring.open_headless(str(path))
    book.sheets.add("Ranking", after=book.sheets[-1]).range("A1").value = "mine"
    assert macros.run("score", book) == ()
    assert "Ranking" in book.app.impl.alerts[0][0]
    assert book.sheets["Ranking"].range("A1").value == "mine"
    book.app.quit()


def test_a_slip_of_ours_is_not_told_as_a_refusal_of_excel(
    book: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slip(*of: object) -> None:
        raise KeyError(of)

    store = LiveWorkbook(book)
    before = store.read()
    monkeypatch.setattr(Range, "_type", slip)
    with pytest.raises(KeyError):
        store.apply(Changes(cells=CELLS), before)


def test_what_is_typed_in_the_last_moment_is_not_overwritten(
    book: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between our comparing and our writing: what was written by then is taken back."""
    store = LiveWorkbook(book)
    before = store.read()
    written = Range._type  # noqa: SLF001 - where somebody is made to type

    def meanwhile(self: Range, place: tuple[int, int], value: Any) -> None:
        written(self, place, value)
        if value == 2:
            Range(book.sheets["Touchpoints"].impl, (5, 5, 5, 5)).sheet.model.put((5, 5), "Mine")

    monkeypatch.setattr(Range, "_type", meanwhile)
    with pytest.raises(ChangedInExcelError):
        store.apply(Changes(cells=CELLS), before)
    monkeypatch.undo()
    assert book.sheets["Touchpoints"].range((5, 5)).value == "Mine"
    pains = next(t for t in before.tables if t.spec.key == "Pains")
    now = next(t for t in store.read().tables if t.spec.key == "Pains")
    assert now.cell("severity", 5) == pains.cell("severity", 5)


def test_cells_in_the_last_line_of_the_record_that_are_no_more_are_emptied(book: Any) -> None:
    store = LiveWorkbook(book)
    store.apply(Changes(memory=("one", "two", "three")), store.read())
    store.apply(Changes(memory=("1",)), store.read())
    assert store.read().memory == ("1",)
    assert book.sheets["_cjm"].range("A1:A3").value == ["1", None, None]
