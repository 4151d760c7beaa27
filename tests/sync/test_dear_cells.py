"""Cells that are more than their value: smart chips, rich text, formulas that fail or are not done.

A real file and the service. A cell whose plain text is unchanged is never written; what another
value would end is a conflict, or is told.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from cjm_sheets.service.running import RunningService
from tests.sync.real import Pair, left, pair

BOLD = [{"startIndex": 2, "format": {"bold": True}}]
CHIP = [{"chip": {"personProperties": {"email": "dana@example.org"}}}]
LINK = [{}, {"startIndex": 4, "chip": {"richLinkProperties": {"uri": "https://example.org/a"}}}]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("dear")) as running:
        yield running


@pytest.fixture
def both(service: RunningService, tmp_path: Path) -> Pair:
    return pair(service, tmp_path)


def rich(both: Pair, row: str, column: str, text: str, **runs: Any) -> None:
    both.there(row, column, userEnteredValue={"stringValue": text}, **runs)


# ---- in the shared copy ------------------------------------------------------------------


def test_rich_text_crosses_as_plain_text_and_stays_rich(both: Pair) -> None:
    rich(both, "T1", "name", "An advert", textFormatRuns=BOLD)
    both.types("T1", "action", "goes")
    assert left(both.sync()) == []
    assert both.says("T1", "name") == ("An advert", "An advert")
    assert both.held("T1", "name")["textFormatRuns"] == BOLD
    assert both.is_quiet()


def test_rich_text_that_has_to_go_is_told_of(both: Pair) -> None:
    rich(both, "T1", "name", "An advert", textFormatRuns=BOLD)
    both.sync()
    both.types("T1", "name", "ours")
    assert left(both.sync()) == [("looks", "Touchpoints!E2")]
    assert both.says("T1", "name") == ("ours", "ours")
    assert "textFormatRuns" not in both.held("T1", "name")
    assert both.is_quiet()


@pytest.mark.parametrize("chips", [CHIP, LINK])
def test_smart_chips_stay_and_their_text_crosses(both: Pair, chips: list[Any]) -> None:
    rich(both, "T1", "name", "Dana and more", chipRuns=chips)
    both.types("T1", "action", "goes")
    assert left(both.sync()) == []
    assert both.says("T1", "name") == ("Dana and more", "Dana and more")
    assert both.held("T1", "name")["chipRuns"] == chips
    assert both.is_quiet()


@pytest.mark.parametrize("prefer", ["", "workbook", "sheet"])
def test_an_edit_that_would_end_smart_chips_is_a_conflict(both: Pair, prefer: str) -> None:
    rich(both, "T1", "name", "Dana", chipRuns=CHIP)
    both.sync()
    both.types("T1", "name", "ours")
    both.types("T2", "name", "goes")
    done = both.sync(prefer=prefer)
    assert [clash.row for clash in done.plan.conflicts] == ["T1"]
    assert both.says("T1", "name") == ("ours", "Dana")
    assert both.says("T2", "name") == ("goes", "goes")
    assert both.held("T1", "name")["chipRuns"] == CHIP
    both.text("T1", "name", "theirs")
    both.sync(prefer="workbook")
    assert both.says("T1", "name") == ("ours", "ours")
    assert both.is_quiet()


@pytest.mark.parametrize("formula", ["=NA()", "=1/0", "=Nowhere!A1", '=IMPORTRANGE("x";"A1")'])
def test_an_error_or_a_result_that_is_not_there_yet_keeps_what_was(
    both: Pair, formula: str
) -> None:
    both.there("T2", "reach", userEnteredValue={"formulaValue": formula})
    both.there("T1", "name", userEnteredValue={"formulaValue": formula})
    both.types("T1", "action", "goes")
    kept = [both.says(*cell)[0] for cell in (("T2", "reach"), ("T1", "name"))]
    assert kept == [0.5, "Advert"]
    done = both.sync()
    assert {kind for kind, _ in left(done)} == {"formula"}
    assert len(left(done)) == 2
    assert done.plan.conflicts == ()
    assert [both.says(*cell)[0] for cell in (("T2", "reach"), ("T1", "name"))] == kept
    assert both.held("T1", "name")["userEnteredValue"] == {"formulaValue": formula}
    assert both.says("T1", "action") == ("goes", "goes")
    assert both.is_quiet()


def test_an_edit_of_ours_meets_a_failed_formula_as_a_conflict(both: Pair) -> None:
    both.there("T1", "name", userEnteredValue={"formulaValue": "=1/0"})
    both.types("T1", "name", "ours")
    done = both.sync(prefer="workbook")
    assert [clash.row for clash in done.plan.conflicts] == ["T1"]
    assert both.says("T1", "name")[0] == "ours"
    assert both.held("T1", "name")["userEnteredValue"] == {"formulaValue": "=1/0"}


def test_a_row_is_not_deleted_for_a_formula_that_failed_in_it(both: Pair) -> None:
    both.there("T2", "name", userEnteredValue={"formulaValue": "=NA()"})
    done = both.sync()
    assert left(done) != []
    assert both.says("T2", "name")[0] == "Shop & go"
    assert both.is_quiet()


# ---- in the workbook -----------------------------------------------------------------------


def test_rich_text_of_the_workbook_crosses_as_plain_text_and_stays_rich(both: Pair) -> None:
    line, at = both.cell("T1", "name")
    bold = TextBlock(InlineFont(b=True), "advert")
    both.by_hand(lambda sheet: setattr(sheet.cell(line, at), "value", CellRichText("An ", bold)))
    both.text("T1", "action", "comes")
    both.sync()
    assert both.says("T1", "name") == ("An advert", "An advert")
    assert both.says("T1", "action") == ("comes", "comes")
    assert both.is_quiet()
    held: list[Any] = []
    both.by_hand(lambda sheet: held.append(sheet.cell(line, at).value))
    assert isinstance(held[0], CellRichText)


def test_an_error_in_the_workbook_keeps_what_was(both: Pair) -> None:
    line, at = both.cell("T1", "name")

    def fails(sheet: Any) -> None:
        sheet.cell(line, at).value, sheet.cell(line, at).data_type = "#REF!", "e"

    both.by_hand(fails)
    both.text("T1", "action", "comes")
    done = both.sync()
    assert left(done) == [("formula", f"Touchpoints!E{line}")]
    assert both.says("T1", "name")[1] == "Advert"
    assert both.says("T1", "action") == ("comes", "comes")
    assert both.is_quiet()
