"""gspread's own methods against the embedded service; every answer is checked by discovery."""

import gspread
import pytest
from gspread.utils import (
    DateTimeOption,
    MergeType,
    ValidationConditionType,
    ValueInputOption,
    ValueRenderOption,
)

from cjm_sheets.service.running import RunningService
from tests.service.conftest import client_of


def test_values_come_back_as_written(book: gspread.Spreadsheet) -> None:
    tab = book.sheet1
    tab.update([["name", "n"], ["one", 1], ["two", 2.5]], "A1")
    assert tab.get_all_values() == [["name", "n"], ["one", "1"], ["two", "2.5"]]
    assert tab.get_all_records() == [{"name": "one", "n": 1}, {"name": "two", "n": 2.5}]
    assert tab.col_values(1) == ["name", "one", "two"]
    assert tab.row_values(2) == ["one", "1"]
    assert tab.batch_get(["A2:B2", "A3"]) == [[["one", "1"]], [["two"]]]


def test_cells_are_updated_one_by_one_and_in_batches(book: gspread.Spreadsheet) -> None:
    tab = book.sheet1
    tab.update_cell(1, 1, "0042")
    tab.update_acell("B1", "'0042")
    assert tab.get_values("A1:B1") == [["42", "0042"]]
    tab.batch_update([{"range": "A2:B2", "values": [["a", "b"]]}, {"range": "C3", "values": [[3]]}])
    cells = tab.range("A2:B2")
    cells[0].value = "changed"
    tab.update_cells(cells)
    assert tab.get("A2:C3") == [["changed", "b"], ["", "", "3"]]
    tab.batch_clear(["A2:B2"])
    assert tab.get("A2:B2") == [[]]


def test_rows_are_appended_inserted_and_deleted(book: gspread.Spreadsheet) -> None:
    tab = book.sheet1
    tab.append_rows([["a", 1], ["b", 2]])
    tab.append_row(["c", 3], table_range="A1")
    tab.insert_rows([["x", 0]], row=2)
    tab.insert_cols([["left"]], col=1)
    assert tab.get("A1:C4") == [["left", "a", "1"], ["", "x", "0"], ["", "b", "2"], ["", "c", "3"]]
    tab.delete_columns(1)
    tab.delete_rows(2, 3)
    assert tab.get_all_values() == [["a", "1"], ["c", "3"]]


def test_an_append_that_needs_room_grows_the_grid(book: gspread.Spreadsheet) -> None:
    tab = book.add_worksheet("Small", 2, 2)
    tab.append_rows([["a"], ["b"], ["c", "c", "c"]])
    again = book.worksheet("Small")
    assert (again.row_count, again.col_count) == (3, 3)


def test_tabs_are_added_renamed_moved_copied_and_removed(book: gspread.Spreadsheet) -> None:
    added = book.add_worksheet("It's", 5, 5, index=0)
    added.update([["quoted"]], "A1")
    assert added.acell("A1").value == "quoted"
    added.update_title("Pains")
    copied = added.duplicate(new_sheet_name="Pains again")
    copied.update_index(3)  # before the tab that stands there now, as Google counts
    assert [tab.title for tab in book.worksheets()] == ["Pains", "Sheet1", "Pains again"]
    assert copied.acell("A1").value == "quoted"
    book.reorder_worksheets(list(reversed(book.worksheets())))
    assert [tab.title for tab in book.worksheets()] == ["Pains again", "Sheet1", "Pains"]
    book.del_worksheet(copied)
    assert len(book.worksheets()) == 2


def test_a_tab_is_copied_to_another_spreadsheet(
    client: gspread.Client, book: gspread.Spreadsheet
) -> None:
    book.sheet1.update([["travels"]], "A1")
    other = client.create("Another")
    book.sheet1.copy_to(other.id)
    assert other.worksheet("Copy of Sheet1").acell("A1").value == "travels"


def test_formats_notes_and_merges(book: gspread.Spreadsheet) -> None:
    tab = book.sheet1
    tab.update([["a", "b"], ["c", 0.5]], "A1")
    tab.format("B2", {"numberFormat": {"type": "PERCENT", "pattern": "0%"}})
    assert tab.acell("B2").value == "50%"
    tab.update_note("A1", "a hint")
    assert tab.get_note("A1") == "a hint"
    assert tab.get_notes() == [["a hint"]]
    tab.clear_note("A1")
    assert tab.get_note("A1") == ""
    tab.merge_cells("A1:B1", MergeType.merge_all)
    assert tab.get("A1:B2") == [["a"], ["c", "50%"]]
    tab.unmerge_cells("A1:B1")


def test_the_look_of_a_tab(book: gspread.Spreadsheet) -> None:
    tab = book.sheet1
    tab.freeze(rows=1, cols=2)
    tab.hide_gridlines()
    tab.update_tab_color("#ff7f00")
    book.add_worksheet("Visible", 1, 1)
    tab.hide()
    tab.resize(rows=50, cols=10)
    again = book.get_worksheet(0)
    assert (again.frozen_row_count, again.frozen_col_count) == (1, 2)
    assert again.is_gridlines_hidden
    assert again.isSheetHidden
    assert (again.row_count, again.col_count) == (50, 10)
    assert again.get_tab_color() == "#FF7F00"
    again.show()
    again.clear_tab_color()
    assert book.get_worksheet(0).get_tab_color() is None


def test_rows_and_columns_are_hidden_grouped_and_sized(book: gspread.Spreadsheet) -> None:
    tab = book.sheet1
    tab.hide_rows(1, 3)
    tab.hide_columns(0, 1)
    tab.add_dimension_group_rows(4, 8)
    tab.add_dimension_group_rows(5, 6)
    groups = [(g["range"]["startIndex"], g["depth"]) for g in tab.list_dimension_group_rows()]
    assert groups == [(4, 1), (5, 2)]
    tab.delete_dimension_group_rows(5, 6)
    tab.columns_auto_resize(0, 2)
    tab.rows_auto_resize(0, 2)
    data = book.fetch_sheet_metadata({"fields": "sheets.data(rowMetadata,columnMetadata)"})
    part = data["sheets"][0]["data"][0]
    assert [line.get("hiddenByUser", False) for line in part["rowMetadata"][:4]] == [
        False,
        True,
        True,
        False,
    ]


def test_sorting_filtering_and_finding(book: gspread.Spreadsheet) -> None:
    tab = book.sheet1
    tab.update([["n"], [3], [1], [2]], "A1")
    tab.sort((1, "asc"), range="A2:A4")
    assert tab.col_values(1) == ["n", "1", "2", "3"]
    tab.set_basic_filter("A1:A4")
    tab.clear_basic_filter()
    found = tab.find("2")
    assert found is not None
    assert (found.row, found.col) == (3, 1)
    assert len(tab.findall("1")) == 1


def test_names_protection_and_validation(book: gspread.Spreadsheet) -> None:
    tab = book.sheet1
    tab.update([["x", "y"]], "A1")
    reply = tab.define_named_range("A1:B1", "both")
    assert tab.get("both") == [["x", "y"]]
    name_id = reply["replies"][0]["addNamedRange"]["namedRange"]["namedRangeId"]
    assert [name["name"] for name in book.list_named_ranges()] == ["both"]
    tab.delete_named_range(name_id)
    tab.add_protected_range("A1:B1", warning_only=True)
    protected = book.list_protected_ranges(tab.id)
    assert protected[0]["warningOnly"] is True
    tab.delete_protected_range(protected[0]["protectedRangeId"])
    assert book.list_protected_ranges(tab.id) == []
    tab.add_validation("A2", ValidationConditionType.one_of_list, ["yes", "no"], showCustomUi=True)


def test_dates_in_every_rendering(book: gspread.Spreadsheet) -> None:
    tab = book.sheet1
    tab.update([["2024-02-29", "3/4/2024"]], "A1", value_input_option=ValueInputOption.user_entered)
    assert tab.get("A1:B1") == [["2024-02-29", "3/4/2024"]]
    raw = tab.get("A1:B1", value_render_option=ValueRenderOption.unformatted)
    assert raw == [[45351, 45355]]
    shown = tab.get(
        "A1:B1",
        value_render_option=ValueRenderOption.unformatted,
        date_time_render_option=DateTimeOption.formatted_string,
    )
    assert shown == [["2024-02-29", "3/4/2024"]]


def test_files_are_listed_found_copied_shared_and_deleted(
    client: gspread.Client, book: gspread.Spreadsheet
) -> None:
    assert client.open(book.title).id == book.id
    assert book.id in {file["id"] for file in client.list_spreadsheet_files()}
    book.share("colleague@example.com", perm_type="user", role="writer")
    people = [person.get("emailAddress") for person in book.list_permissions()]
    assert "colleague@example.com" in people
    book.remove_permissions("colleague@example.com")
    assert len(book.list_permissions()) == 1
    copied = client.copy(book.id, title="A copy")
    assert copied.title == "A copy"
    copied.update_title("Renamed")
    assert client.open("Renamed").id == copied.id
    client.del_spreadsheet(copied.id)
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open_by_key(copied.id)


def test_a_spreadsheet_has_its_locale_and_time_zone(book: gspread.Spreadsheet) -> None:
    book.update_locale("de_DE")
    book.update_timezone("Europe/Riga")
    book.sheet1.update([[1.5]], "A1")
    assert (book.locale, book.timezone) == ("de_DE", "Europe/Riga")
    assert book.sheet1.acell("A1").value == "1,5"


def test_two_services_do_not_share_anything(
    book: gspread.Spreadsheet, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with (
        RunningService(tmp_path_factory.mktemp("other")) as other,
        pytest.raises(gspread.SpreadsheetNotFound),
    ):
        client_of(other).open_by_key(book.id)
