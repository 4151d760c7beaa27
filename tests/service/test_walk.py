"""One walk through the service with gspread, and a restart: the shortest proof that it serves."""

from pathlib import Path

import gspread
import pytest
from gspread.utils import ValueInputOption, ValueRenderOption

from cjm_sheets.service.running import RunningService
from tests.service.conftest import client_of


def test_a_spreadsheet_is_made_filled_read_and_changed(client: gspread.Client) -> None:
    spreadsheet = client.create("Walk")
    tab = spreadsheet.sheet1
    tab.update(
        [["a", "b"], [1, "=A2*2"]], "A1:B2", value_input_option=ValueInputOption.user_entered
    )
    assert tab.get_all_records() == [{"a": 1, "b": 2}]
    tab.insert_row(["title"], 1)
    assert tab.acell("B3", value_render_option=ValueRenderOption.formula).value == "=A3*2"
    other = spreadsheet.add_worksheet("Pains 1", 10, 5)
    assert [sheet.title for sheet in spreadsheet.worksheets()] == ["Sheet1", "Pains 1"]
    spreadsheet.del_worksheet(other)
    assert [sheet.title for sheet in spreadsheet.worksheets()] == ["Sheet1"]


def test_what_was_written_is_there_after_a_restart(restartable: Path) -> None:
    with RunningService(restartable) as running:
        spreadsheet = client_of(running).create("Kept")
        spreadsheet.sheet1.update([["still here"]], "B2")
    with RunningService(restartable) as running:
        again = client_of(running).open_by_key(spreadsheet.id)
        assert again.title == "Kept"
        assert again.sheet1.acell("B2").value == "still here"


def test_a_refused_batch_leaves_nothing_behind(client: gspread.Client) -> None:
    spreadsheet = client.create("All or nothing")
    requests = [
        {"addSheet": {"properties": {"title": "New"}}},
        {"deleteSheet": {"sheetId": 4711}},
    ]
    with pytest.raises(gspread.exceptions.APIError) as refusal:
        spreadsheet.batch_update({"requests": requests})
    assert refusal.value.code == 400
    assert "Invalid requests[1].deleteSheet: No sheet with id: 4711" in str(refusal.value)
    assert [sheet.title for sheet in spreadsheet.worksheets()] == ["Sheet1"]
