"""A workbook that is open is brought in step with its shared copy, and nothing is lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets import macros, wiring
from cjm_sheets.adapters.colleague_gspread import GspreadColleague
from cjm_sheets.adapters.live_excel import taking_back
from cjm_sheets.adapters.live_excel.store import LiveWorkbook
from cjm_sheets.merge.base import from_texts
from cjm_sheets.sync.steps import Options
from cjm_sheets.usecases.new_map import Wish
from cjm_sheets.usecases.sync_map import sync_map
from tests.adapters.live_excel.half_way import (
    Halting,
    Way,
    differences,
    edit_mode,
    halt,
    portrait,
    sheet_protected,
)
from tests.cli.service import Served, serving


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv("CJM_SHEETS_HOME", str(tmp_path / "home"))
    with serving(tmp_path / "spreadsheets") as service:
        for name, value in service.surroundings.items():
            monkeypatch.setenv(name, value)
        yield service


@pytest.fixture
def book(served: Served, tmp_path: Path) -> Iterator[Any]:
    assert served.url
    path = tmp_path / "map.xlsx"
    wiring.new_workbook(str(path), Wish(starter="vacuum"))
    held = wiring.open_headless(str(path))
    yield held
    held.app.quit()


def colleague(served: Served, book: Any) -> GspreadColleague:
    base = from_texts(LiveWorkbook(book).read().memory)
    assert base is not None
    return GspreadColleague(served.url, served.token, base.spreadsheet)


def line_of(book: Any, sheet: str, row: str) -> int:
    ids = book.sheets[sheet].range("A1:A60").value
    return int(ids.index(row)) + 1


def test_edits_cross_both_ways_and_a_second_sync_is_quiet(served: Served, book: Any) -> None:
    macros.sync(book, "new")
    other = colleague(served, book)
    pains = book.sheets["Pains"]
    severity = pains.range("A4").expand("right").value.index("Severity") + 1
    other.edit("Pains", "N1", "Severity", 5)
    pains.range((line_of(book, "Pains", "N2"), severity)).value = 1
    macros.sync(book)
    assert pains.range((line_of(book, "Pains", "N1"), severity)).value == 5
    macros.sync(book)
    assert "nothing was written" in book.app.impl.alerts[-1][0]
    assert len(book.app.impl.alerts) == 3


def test_a_row_of_a_colleague_comes_and_one_of_ours_goes_there(served: Served, book: Any) -> None:
    macros.sync(book, "new")
    other = colleague(served, book)
    other.add_row("Pains", {"What hurts in their words": "Nobody answers the phone", "Severity": 3})
    pains = book.sheets["Pains"]
    header = pains.range("A4").expand("right").value
    blank = max(
        line
        for line in range(5, 60)
        if pains.range((line, header.index("What hurts in their words") + 1)).value
    )
    pains.range(
        (blank + 1, header.index("What hurts in their words") + 1)
    ).value = "The box was open"
    macros.sync(book)
    texts = [
        pains.range((line, header.index("What hurts in their words") + 1)).value
        for line in range(5, 40)
    ]
    assert "Nobody answers the phone" in texts
    assert "The box was open" in texts
    rows = [pains.range((line, 1)).value for line in range(5, 40) if texts[line - 5]]
    assert len(set(rows)) == len(rows), "each row has an id of its own"
    assert set(rows) - {None} <= set(other.look("Pains").ids)


def test_a_conflict_is_listed_on_a_sheet_of_the_open_workbook(served: Served, book: Any) -> None:
    macros.sync(book, "new")
    other = colleague(served, book)
    pains = book.sheets["Pains"]
    severity = pains.range("A4").expand("right").value.index("Severity") + 1
    other.edit("Pains", "N1", "Severity", 5)
    pains.range((line_of(book, "Pains", "N1"), severity)).value = 1
    macros.sync(book)
    assert pains.range((line_of(book, "Pains", "N1"), severity)).value == 1
    assert "Conflicts" in book.sheet_names
    assert book.sheets.active.name != "Conflicts"


def test_what_was_synced_is_in_the_file_once_it_is_saved(
    served: Served, book: Any, tmp_path: Path
) -> None:
    macros.sync(book, "new")
    other = colleague(served, book)
    other.edit("Pains", "N1", "Severity", 5)
    macros.sync(book)
    book.save()
    with wiring.sharing() as around:
        closed = wiring.workbook_file(str(tmp_path / "map.xlsx"))
        synced = sync_map(closed, None, Options(), around, dry_run=False)
    assert synced.plan.writes_nothing


def test_a_workbook_without_a_shared_copy_says_so(book: Any) -> None:
    macros.sync(book)
    said = book.app.impl.alerts[0][0]
    assert "no shared copy yet" in said
    assert "--to" not in said, "nobody types commands in Excel"
    assert "paste its address into an empty cell" in said


def test_an_empty_spreadsheet_whose_address_is_selected_becomes_the_shared_copy(
    served: Served, book: Any
) -> None:
    """What the message box says to do is all that has to be done."""
    with wiring.sharing() as around:
        made = around.make(wiring.link_to("new"), LiveWorkbook(book).read())
    assert made.link.spreadsheet
    cell = book.sheets["Start"].range("Z99")
    cell.value = f"{served.url}/spreadsheets/d/{made.link.spreadsheet}/edit#gid=0"
    cell.select()
    macros.sync(book)
    assert colleague(served, book).look("Pains").ids
    book.sheets["Pains"].range("A1").select()
    macros.sync(book)
    assert "nothing was written" in book.app.impl.alerts[-1][0]


@pytest.mark.parametrize("way", [edit_mode, sheet_protected])
def test_a_sync_that_is_refused_goes_on_where_it_was(
    served: Served, book: Any, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever call Excel refuses: nothing is half written, and the next sync brings all over."""
    monkeypatch.setattr(taking_back, "_PAUSE", 0)
    macros.sync(book, "new")
    other = colleague(served, book)
    pains = book.sheets["Pains"]
    severity = pains.range("A4").expand("right").value.index("Severity") + 1
    lines = [line_of(book, "Pains", row) for row in ("N1", "N2")]
    for value, at in enumerate((6, 7), start=1):
        other.edit("Pains", "N1", "Severity", value)
        pains.range((lines[1], severity)).value = value
        before = portrait(book)
        with monkeypatch.context() as patched:
            halting = Halting(book, at, way)
            halt(book, halting, patched)
            said = macros.run("sync", book)
        assert halting.refused == 1
        if not said:
            assert not differences(before, portrait(book))
        macros.sync(book)
        assert pains.range((lines[0], severity)).value == value
        assert "nothing was written" not in book.app.impl.alerts[-1][0] or said
        macros.sync(book)
        assert "nothing was written" in book.app.impl.alerts[-1][0]
