"""The map of a shared copy keeps up with the steps where that is asked for, at no request more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from cjm_sheets.adapters.gsheets.transport import Transport
from cjm_sheets.ports.store import Changes, SetCell
from cjm_sheets.templates import titles
from cjm_sheets.usecases.add_table import add_table
from cjm_sheets.words.languages import LANGUAGES
from tests.adapters.gsheets.test_look import Shared, shown, with_one_more_step, written
from tests.sync.world import Clock

Make = Callable[..., Shared]


@pytest.fixture
def make(transport: Transport, tmp_path: Path) -> Make:
    return lambda language="en", starter="vacuum": Shared(
        transport, tmp_path / "map.xlsx", language, starter
    )


def asked(shared: Shared) -> tuple[int, int]:
    """Sync as a fleet does that wants the map to keep up; return the requests that took."""
    before = shared.transport.traffic
    shared.sync(redraws=True)
    now = shared.transport.traffic
    return now.read - before.read, now.write - before.write


def said(shared: Shared, title: str = "") -> set[str]:
    sheet = shared.sheet(title) if title else shared.map
    return {cell for line in shown(sheet) for cell in line}


class NextYear(Clock):
    def now(self) -> datetime:
        return super().now() + timedelta(days=400)

    def today(self) -> date:
        return self.now().date()


SAMPLES = [(code, "vacuum") for code in LANGUAGES] + [
    ("en", starter) for starter in ("retail", "travel", "bank", "b2b")
]


@pytest.mark.parametrize(("language", "starter"), SAMPLES)
def test_a_map_that_is_right_is_not_drawn_again(make: Make, language: str, starter: str) -> None:
    shared = make(language, starter)
    assert asked(shared) == (1, 0)
    shared.around = replace(shared.around, clock=NextYear())
    assert asked(shared) == (1, 0)


def test_what_the_formulas_show_is_not_drawn_again(make: Make) -> None:
    shared = make()
    before = shared.map
    for column, value in (("name", "Another name"), ("thought", "A thought"), ("emotion", -2)):
        shared.ours("Touchpoints", "T2", column, value)
    shared.ours("Pains", "N1", "severity", 5)
    assert asked(shared) == (1, 1)
    assert {"Another name", "A thought"} <= said(shared)
    assert shared.map["merges"] == before["merges"]
    assert asked(shared) == (1, 0)


def test_a_step_that_comes_is_on_the_map_with_the_same_write(make: Make) -> None:
    shared = make(starter="retail")
    lines = shown(shared.map)
    wide, tall = max(map(len, lines)), len(lines)
    for line, column, text in ((2, wide, "beside"), (tall + 1, 1, "below")):
        shared.batch(written(shared.map_id, line, column, text))
    with_one_more_step(shared)
    assert asked(shared) == (1, 1)
    assert {"One more step", "beside", "below"} <= said(shared)
    assert not any("not on this map" in cell for cell in said(shared))
    assert asked(shared) == (1, 0)


def typed_by_a_colleague(shared: Shared, name: str) -> None:
    """Let a colleague add a step below all others."""
    sheet = shared.sheet("Touchpoints")
    lines = shown(sheet)
    header = lines[0]
    free = next(n for n, line in enumerate(lines) if n and not any(line))
    stage = lines[1][header.index("Stage")]
    for column, text in (("Step", name), ("Stage", stage)):
        at = header.index(column)
        shared.batch(written(sheet["properties"]["sheetId"], free, at, text))


def test_a_step_of_a_colleague_comes_onto_the_map(make: Make) -> None:
    shared = make()
    typed_by_a_colleague(shared, "A step of ours")
    assert "A step of ours" not in said(shared)
    asked(shared)
    assert "A step of ours" in said(shared)
    assert asked(shared) == (1, 0)


def test_a_map_that_fell_behind_catches_up(make: Make) -> None:
    shared = make()
    with_one_more_step(shared)
    shared.sync()
    assert "One more step" not in said(shared)
    assert asked(shared) == (1, 1)
    assert "One more step" in said(shared)


def test_a_map_that_was_deleted_stays_away(make: Make) -> None:
    shared = make()
    shared.batch({"deleteSheet": {"sheetId": shared.map_id}})
    with_one_more_step(shared)
    assert asked(shared) == (1, 1)
    assert asked(shared) == (1, 0)
    names = [each["properties"]["title"] for each in shared.book()["sheets"]]
    assert titles.map_sheet("en") not in names


@pytest.mark.parametrize(("line", "column"), [(10, 3), (8, 1)])
def test_a_map_into_which_somebody_typed_stays_as_it_is(make: Make, line: int, column: int) -> None:
    shared = make()
    shared.batch(written(shared.map_id, line, column, "What I think"))
    kept = shown(shared.map)
    with_one_more_step(shared)
    assert asked(shared) == (1, 1)
    assert asked(shared) == (1, 0)
    after = shown(shared.map)
    assert after[line][column] == "What I think"
    assert (len(after), max(map(len, after))) == (len(kept), max(map(len, kept)))
    assert "One more step" not in said(shared)
    names = [each["properties"]["title"] for each in shared.book()["sheets"]]
    assert [name for name in names if name.startswith("Map")] == ["Map", "Maps"]


def test_a_map_that_was_renamed_is_followed(make: Make) -> None:
    shared = make()
    properties = {"sheetId": shared.map_id, "title": "Our wall"}
    shared.batch({"updateSheetProperties": {"properties": properties, "fields": "title"}})
    with_one_more_step(shared)
    assert asked(shared) == (1, 1)
    assert "One more step" in said(shared, "Our wall")


def test_a_map_waits_for_a_table_that_is_made_by_this_very_sync(make: Make) -> None:
    shared = make()
    add_table(shared.workbook, "Metrics", Clock().now())
    with_one_more_step(shared)
    shared.sync(redraws=True)
    shared.sync(redraws=True)
    assert "One more step" in said(shared)
    assert asked(shared) == (1, 0)


def test_who_only_pulls_draws_nothing(make: Make) -> None:
    shared = make()
    typed_by_a_colleague(shared, "A step of ours")
    before = shared.transport.traffic.write
    shared.sync(redraws=True, direction="pull")  # type: ignore[arg-type] # flags and a word
    assert shared.transport.traffic.write == before
    assert "A step of ours" not in said(shared)


def test_a_stage_that_goes_takes_its_column_off_the_map(make: Make) -> None:
    shared = make()
    before = shared.workbook.read()
    steps = next(t for t in before.tables if t.spec.key == "Touchpoints")
    last = next(n for n in reversed(steps.lines) if steps.cell("name", n))
    name = str(steps.cell("name", last))
    assert name in said(shared)
    other = steps.cell("stage", steps.lines[0])
    shared.workbook.apply(Changes(cells=(SetCell("Touchpoints", last, "stage", other),)), before)
    asked(shared)
    assert name in said(shared)
    assert asked(shared) == (1, 0)
