"""The scripts for xlwings Server and Lite are the macros, and make do with less than Excel has."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets import excel_scripts, macros, wiring
from cjm_sheets.adapters.xlwings_engine.apps import App
from cjm_sheets.usecases.new_map import Wish

SCRIPTS = {
    "main": "main",
    "check_map": "check",
    "score_map": "score",
    "draw_map": "draw",
    "fix_map": "fix",
    "explain_selection": "explain",
    "sync_map": "sync",
}
LACKING = ("screen_updating", "enable_events", "display_alerts", "calculation", "status_bar")
"""What of an app is not there where Excel runs in a browser."""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Any]:
    path = tmp_path / "map.xlsx"
    wiring.new_workbook(str(path), Wish(starter="vacuum"))
    opened = wiring.open_headless(str(path))
    yield opened
    opened.app.quit()


def test_each_macro_is_a_script(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(SCRIPTS) == set(excel_scripts.__all__)
    assert set(SCRIPTS.values()) == {name for name in macros.__all__ if name != "run"}
    ran: list[tuple[str, object]] = []
    for name in SCRIPTS.values():
        monkeypatch.setattr(macros, name, lambda book, name=name: ran.append((name, book)))
    for script in SCRIPTS:
        getattr(excel_scripts, script)("the workbook")
    assert ran == [(name, "the workbook") for name in SCRIPTS.values()]


@pytest.mark.parametrize("kind", [AttributeError, NotImplementedError])
def test_a_program_without_screen_events_and_status_bar_is_enough(
    book: Any, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    def lacking(_app: object, *_: object) -> None:
        raise kind

    for name in LACKING:
        monkeypatch.setattr(App, name, property(lacking, lacking))
    excel_scripts.main(book)
    (said,) = [text for text, _ in book.app.impl.alerts]
    assert "Health: A" in said
    assert "Map" in said
