"""Columns of the workbook that people rename, translate, move, insert and delete between syncs.

A real file and the service. A workbook has no hidden marks: a renamed column is known by what it
says, or told of and left alone.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets.errors.workbook import MissingColumnError
from cjm_sheets.service.running import RunningService
from tests.adapters.xlsx_file.sample import HEADER, Sample
from tests.sync.real import Pair, left, pair

TOP = HEADER + 1
"""The 1-based line of the headers."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("columns")) as running:
        yield running


@pytest.fixture
def both(service: RunningService, tmp_path: Path) -> Pair:
    return pair(service, tmp_path)


def names(both: Pair, column: str, header: str) -> int:
    """Rename a column of the touchpoints; return where it is."""
    _, at = both.cell("T1", column)
    calls(both, at, header)
    return at


def calls(both: Pair, at: int, header: str) -> None:
    """Write another header over a column."""

    def renames(sheet: Any) -> None:
        sheet.cell(TOP, at).value = header
        (table,) = sheet.tables.values()
        table.tableColumns[at - 1].name = header

    both.by_hand(renames)


def types(both: Pair, line: int, at: int, text: str) -> None:
    both.by_hand(lambda sheet: setattr(sheet.cell(line, at), "value", text))


def shown(both: Pair, line: int, at: int) -> Any:
    found: list[Any] = []
    both.by_hand(lambda sheet: found.append(sheet.cell(line, at).value))
    return found[0]


def crossed(both: Pair, at: int) -> None:
    """Sync an edit of each side in the column there, which the workbook calls otherwise."""
    types(both, TOP + 1, at, "ours")
    both.text("T2", "name", "theirs")
    done = both.sync()
    assert left(done) == []
    assert done.plan.conflicts == ()
    assert shown(both, TOP + 1, at) == "ours"
    assert shown(both, TOP + 2, at) == "theirs"
    assert both.held("T1", "name")["formattedValue"] == "ours"
    assert both.is_quiet()


def test_a_renamed_column_is_followed(both: Pair) -> None:
    at = names(both, "name", "Wie wir es nennen")
    assert both.is_quiet()
    for identity, line in (("T1", TOP + 1), ("T2", TOP + 2), ("T3", TOP + 3)):
        both.text(identity, "name", f"theirs {identity}")
        both.sync()
        assert shown(both, line, at) == f"theirs {identity}"
    assert both.is_quiet()
    assert shown(both, TOP, at) == "Wie wir es nennen"


def test_a_column_with_the_header_of_another_language_is_followed(both: Pair) -> None:
    german = Sample(both.path.with_name("other.xlsx"), "de").label("Touchpoints", "name")
    at = names(both, "name", german)
    crossed(both, at)
    assert shown(both, TOP, at) == german


def test_a_renamed_column_of_ids_is_followed(both: Pair) -> None:
    at = names(both, "id", "Nummer")
    _, named = both.cell_at("name")
    crossed(both, named)
    assert shown(both, TOP + 1, at) == "T1"


def test_a_renamed_column_that_says_too_little_is_told_and_nothing_is_lost(both: Pair) -> None:
    at = names(both, "reach", "Wie viele")
    types(both, TOP + 1, at, "0.25")
    both.types("T1", "name", "ours")
    done = both.sync()
    told = {(each.what, each.side) for each in done.plan.left if each.kind == "column"}
    assert {("Wie viele", "workbook"), ("Reach", "sheet")} <= told
    assert both.held("T2", "reach")["userEnteredValue"] == {"numberValue": 0.5}
    assert shown(both, TOP + 2, at) == 0.5
    assert both.is_quiet()
    calls(both, at, "Reach")
    done = both.sync()
    assert [(clash.row, clash.column) for clash in done.plan.conflicts] == []
    assert both.says("T2", "reach") == (0.5, 0.5)


def test_a_workbook_without_any_column_of_ids_stops_with_both_sides_as_they_were(
    both: Pair,
) -> None:
    at = names(both, "id", "Nummer")
    for line in range(TOP + 1, TOP + 6):
        types(both, line, at, "")
    before = both.path.read_bytes()
    with pytest.raises(MissingColumnError):
        both.sync()
    assert both.path.read_bytes() == before
    assert both.held("T1", "name")["formattedValue"] == "Advert"


def test_a_column_moved_in_the_workbook_is_no_change(both: Pair) -> None:
    _, name = both.cell("T1", "name")
    _, action = both.cell("T1", "action")

    def swaps(sheet: Any) -> None:
        (table,) = sheet.tables.values()
        for line in range(TOP, TOP + 6):
            one, other = sheet.cell(line, name), sheet.cell(line, action)
            one.value, other.value = other.value, one.value
        one, other = table.tableColumns[name - 1], table.tableColumns[action - 1]
        one.name, other.name = other.name, one.name

    both.by_hand(swaps)
    assert both.is_quiet()
    crossed(both, action)


def test_a_column_of_ones_own_in_the_workbook_stays_there(both: Pair) -> None:
    title = "Asked in May"

    def adds(sheet: Any) -> None:
        (table,) = sheet.tables.values()
        at = len(table.tableColumns)
        sheet.cell(TOP, at).value = title
        table.tableColumns[at - 1].name = title
        for line in range(TOP + 1, TOP + 4):
            sheet.cell(line, at).value = f"own {line}"

    both.by_hand(adds)
    done = both.sync()
    assert (title, "workbook") in {(each.what, each.side) for each in done.plan.left}
    assert both.is_quiet()
    _, at = both.cell_at("name")
    crossed(both, at)


@pytest.mark.parametrize("column", ["name", "action"])
def test_the_cells_of_a_deleted_column_are_not_deleted_over_there(both: Pair, column: str) -> None:
    both.text("T1", "action", "theirs")
    both.sync()
    _, at = both.cell("T1", column)

    def deletes(sheet: Any) -> None:
        (table,) = sheet.tables.values()
        for line in range(TOP, TOP + 6):
            sheet.cell(line, at).value = None
        sheet.cell(TOP, at).value = "Column1"
        table.tableColumns[at - 1].name = "Column1"

    both.by_hand(deletes)
    done = both.sync()
    assert done.plan.pushed == ()
    assert both.held("T1", "name")["formattedValue"] == "Advert"
    assert both.held("T1", "action")["formattedValue"] == "theirs"
    assert both.is_quiet()
