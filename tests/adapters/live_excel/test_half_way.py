"""Whichever call Excel refuses, a macro leaves the workbook as it was, and says so in a sentence.

With CJM_SHEETS_LONG=1 each call that changes anything is refused in turn, the first in one way, the
next in another, each in a process that is forked right before it; else a spread sample.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets import macros, wiring
from cjm_sheets.adapters.live_excel import taking_back
from cjm_sheets.adapters.xlwings_engine.books import Book
from cjm_sheets.adapters.xlwings_engine.refusing import protected
from cjm_sheets.adapters.xlwings_engine.sheets import Sheets
from cjm_sheets.usecases.new_map import Wish
from tests.adapters.live_excel.half_way import (
    Forking,
    Halting,
    Way,
    closed,
    differences,
    edit_mode,
    halt,
    only_read,
    portrait,
    sheet_protected,
)

LONG = bool(os.environ.get("CJM_SHEETS_LONG"))
SAMPLE = 4
WAYS: dict[str, Way] = {
    "edit mode": edit_mode,
    "protected sheet": sheet_protected,
    "read-only": only_read,
    "closed": closed,
}
MACROS = ("main", "check", "score", "draw", "fix")


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CJM_SHEETS_LANGUAGE", "en")
    monkeypatch.setattr(taking_back, "_PAUSE", 0)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a German map with findings, mends, marks, a stale drawing, and looks of a person."""
    path = tmp_path_factory.mktemp("half") / "map.xlsx"
    wiring.new_workbook(str(path), Wish(language="de", starter="vacuum"))
    book = wiring.open_headless(str(path))
    sheet = next(s for s in book.sheets if any(t.name == "Touchpoints" for t in s.tables))
    top = sheet.tables["Touchpoints"].range.row
    sheet.range((top + 1, 1)).value = [["T1", None, "'not a number", "Suche"]]
    sheet.range((top + 2, 1)).value = [["T1", "S99", 2, "  Suche  "]]
    assert macros.run("main", book)
    # What the next run finds differs from what this one wrote, on every sheet of ours.
    sheet.range((top + 1, 1)).value = [["T77", None, 3, "  Laden  "]]
    sheet.range((top + 4, 4)).value = None
    sheet.range((top + 5, 1)).value = [["T1", "S98"]]
    sheet.range((top + 1, 7)).add_note("Von mir")
    drawn = book.sheets["Map"]
    drawn.range("B3").color = (1, 2, 3)
    drawn.range("A9").row_height = 77
    book.save()
    book.app.quit()
    return path


def opened(path: Path) -> Any:
    book = wiring.open_headless(str(path))
    book.sheets[1].range("B6:C7").select()
    return book


def changes(path: Path, name: str, patch: pytest.MonkeyPatch) -> list[str]:
    """Return the calls of a macro that change anything: switches of the program by their names."""
    book = opened(path)
    halting = Halting(book)
    with patch.context() as patched:
        halt(book, halting, patched)
        assert macros.run(name, book)
    book.app.quit()
    return halting.asked


def numbers(asked: list[str]) -> Iterator[int]:
    """Yield which calls are refused: the second, and some that change the book."""
    real = [number for number, what in enumerate(asked, start=1) if what == "change"]
    last = len(real) - 1
    yield from sorted({2, *(real[last * n // (SAMPLE - 1)] for n in range(SAMPLE))})


def look(before: dict[str, Any], book: Any, halting: Halting, said: Sequence[str]) -> None:
    """Hold that a macro of which a call was refused left nothing half done, and told of it."""
    at = halting.at
    assert halting.refused == 1
    (text, title) = book.app.impl.alerts[-1]
    assert len(book.app.impl.alerts) == 1
    if said:
        # What was refused is a switch, or what is waited for: all is done all the same.
        assert differences(before, portrait(book)), at
    else:
        assert not differences(before, portrait(book)), (at, halting.asked[at - 1])
        assert title == "cjm-sheets"
        assert "map.xlsx" in text
        assert "Excel" in text or "geschützt" in text
        assert "Error" not in text
        assert "{" not in text
    assert not [s.name for s in book.sheets if s.name.startswith("_cjm before")], at


REFUSED = ["edit mode", "protected sheet", "read-only"]


@pytest.mark.parametrize("way", REFUSED)
@pytest.mark.parametrize("name", MACROS)
def test_whichever_call_is_refused_the_workbook_is_as_it_was(
    path: Path, name: str, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = 0
    for at in numbers(changes(path, name, monkeypatch)):
        book = opened(path)
        before = portrait(book)
        halting = Halting(book, at, WAYS[way])
        with monkeypatch.context() as patched:
            halt(book, halting, patched)
            said = macros.run(name, book)
        look(before, book, halting, said)
        told += not said
        book.app.quit()
    assert told


@pytest.mark.skipif(not LONG, reason="long: CJM_SHEETS_LONG runs it")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")
@pytest.mark.parametrize("way", [*REFUSED, "closed"])
@pytest.mark.parametrize("name", MACROS)
def test_every_call_is_refused_in_turn(
    path: Path, name: str, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_calls = range(1, len(changes(path, name, monkeypatch)) + 1)
    first, step = (REFUSED.index(way), len(REFUSED)) if way in REFUSED else (0, 1)
    book = opened(path)
    app, data, before = book.app, path.read_bytes(), portrait(book)
    halting = Forking(book, 0, WAYS[way], ats=frozenset(all_calls[first::step]))

    def looked(said: Sequence[str]) -> None:
        if way == "closed":
            look_after_closing(app, halting.at, said, is_kept=data == path.read_bytes())
        else:
            look(before, book, halting, said)

    with monkeypatch.context() as patched:
        halt(book, halting, patched)
        said = halting.run(lambda: macros.run(name, book), looked)
    assert said
    assert not halting.failed, halting.failed[0]
    assert halting.tried == len(all_calls[first::step])
    print(name, way, halting.tried)  # noqa: T201 - how many they were
    app.quit()


def look_after_closing(app: Any, at: int, said: Sequence[str], *, is_kept: bool) -> None:
    """Hold that nothing of a book that is gone is in its file, and the program as it was."""
    ((text, _),) = app.impl.alerts
    assert said or text.startswith("Die Arbeitsmappe wurde unterdessen geschlossen"), at
    assert (app.screen_updating, app.calculation, app.status_bar) == (True, "automatic", False)
    assert is_kept


@pytest.mark.parametrize("name", MACROS)
def test_a_workbook_that_is_closed_meanwhile_is_told_of_in_its_language(
    path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing can be taken back in a book that is gone; its file has nothing of it."""
    data = path.read_bytes()
    for at in numbers(changes(path, name, monkeypatch)):
        book = opened(path)
        app, halting = book.app, Halting(book, at, closed)
        with monkeypatch.context() as patched:
            halt(book, halting, patched)
            said = macros.run(name, book)
        look_after_closing(app, at, said, is_kept=path.read_bytes() == data)
        app.quit()


@pytest.mark.parametrize("name", ["main", "fix"])
def test_what_is_refused_for_a_while_is_waited_for(
    path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody types in a cell: Excel refuses what is taken back, too, until they are done."""
    for at in numbers(changes(path, name, monkeypatch)):
        book = opened(path)
        before = portrait(book)
        halting = Halting(book, at, edit_mode, times=25)
        with monkeypatch.context() as patched:
            halt(book, halting, patched)
            said = macros.run(name, book)
        if not said:
            assert not differences(before, portrait(book)), at
            assert "Excel ist mit map.xlsx beschäftigt" in book.app.impl.alerts[-1][0]
        book.app.quit()


def test_what_cannot_be_taken_back_is_told_with_its_sheets(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Excel refuses from the middle on: the sentence names the sheets, and the button mends it."""
    monkeypatch.setattr(taking_back, "_PATIENCE", 0)
    book = opened(path)
    whole = opened(path)
    assert macros.run("main", whole)
    count = len(changes(path, "main", monkeypatch))
    halting = Halting(book, count * 2 // 3, edit_mode, times=10_000)
    with monkeypatch.context() as patched:
        halt(book, halting, patched)
        assert macros.run("main", book) == ()
    (text, _) = book.app.impl.alerts[-1]
    assert "Map" in text
    assert "map.xlsx" in text
    assert "Excel ist mit map.xlsx beschäftigt" in text, "and what to do first"
    book.app.screen_updating, book.app.calculation = True, "automatic"
    book.app.enable_events = book.app.display_alerts = True
    book.app.status_bar = False
    assert macros.run("main", book), "the same button again"
    left = differences(portrait(whole), portrait(book))
    assert {key for key in left if not key.startswith("Map: ")} <= {"front", "selection"}
    assert not {key for key in left if key.endswith((": cells", ": formulas", ": merged"))}
    assert not [sheet.name for sheet in book.sheets if sheet.name.startswith("_cjm before")]
    book.app.quit()
    whole.app.quit()


def test_a_workbook_of_protected_structure_is_checked_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no room for a copy beside its sheets; what is written is written nevertheless."""
    book, whole = opened(path), opened(path)
    assert macros.run("main", whole)

    def locked(*_: object, **__: object) -> None:
        raise protected()

    with monkeypatch.context() as patched:
        patched.setattr(Sheets, "add", locked)
        patched.setattr(Book, "ProtectStructure", True, raising=False)
        assert macros.run("main", book)
    assert not differences(portrait(whole), portrait(book))
    book.app.quit()
    whole.app.quit()
