"""The shared copy, spoken to over HTTP at the embedded service as it is at Google."""

from collections.abc import Mapping

import gspread
import pytest

from cjm_sheets.adapters.gsheets.store import SharedCopy, create
from cjm_sheets.adapters.gsheets.transport import Endpoint, Transport
from cjm_sheets.errors.accounts import NotSignedInError
from cjm_sheets.errors.sharing import NoSuchSpreadsheetError, UnreachableError
from cjm_sheets.ports.store import AddRow, Changes, DropRow, NewTable, SetCell, Snapshot, Store
from cjm_sheets.service.running import RunningService
from cjm_sheets.tables import schema
from cjm_sheets.tables.codec import Value, decode
from cjm_sheets.tables.table import CellError, Raw
from tests.service.conftest import client_of
from tests.stores.contract import PAINS, TOUCHPOINTS, Rows, StoreContract

EMPTY = Snapshot("", (), (), "", "")
SETTINGS: Rows = [
    {"key": "z", "value": 1.2816},
    {"key": "moment_factor", "value": 1.25},
    {"key": "weight_severity", "value": 1},
    {"key": "weight_frequency", "value": 1},
    {"key": "weight_reach", "value": 1},
]
SETTINGS += [
    {"key": f"severity_{i}", "value": v} for i, v in enumerate((0.1, 0.25, 0.5, 0.75, 1), 1)
]
SETTINGS += [
    {"key": f"grade_{g}", "value": v} for g, v in zip("ABCD", (1, 0.8, 0.5, 0.2), strict=True)
]


def new_table(key: str, rows: Rows, language: str = "en") -> NewTable:
    of = schema.BY_KEY[key]
    return NewTable(of, tuple(column.key for column in of.columns), tuple(rows), language)


def published(transport: Transport, tables: Mapping[str, Rows], language: str = "en") -> SharedCopy:
    copy = create(transport, "A map", language)
    made = tuple(new_table(key, rows, language) for key, rows in tables.items())
    copy.apply(Changes(tables=made), EMPTY)
    return copy


class TestSharedCopy(StoreContract):
    """The shared copy keeps the contract of stores."""

    @pytest.fixture(autouse=True)
    def _reachable(self, transport: Transport) -> None:
        self.transport = transport

    def make(self, tables: Mapping[str, Rows]) -> Store:
        copy = published(self.transport, tables)
        copy.read()
        return copy


SCORED: dict[str, Rows] = {
    "Touchpoints": TOUCHPOINTS,
    "Pains": PAINS,
    "Evidence": [{"id": "E1", "source": "survey"}, {"id": "E2", "source": "interview"}],
    "Settings": SETTINGS,
}


def test_the_first_push_takes_one_request_beside_the_making(transport: Transport) -> None:
    published(transport, SCORED)
    assert (transport.traffic.read, transport.traffic.write) == (0, 1)


def test_the_sheet_that_says_what_it_is_comes_first(
    transport: Transport, service: RunningService
) -> None:
    copy = published(transport, SCORED)
    answer = transport.request(
        "get", f"{service.url}/v4/spreadsheets/{copy.spreadsheet}", {"fields": "sheets.properties"}
    ).json()
    titles = [sheet["properties"]["title"] for sheet in answer["sheets"]]
    assert titles[0] == "Start"
    assert titles[1:5] == ["Touchpoints", "Pains", "Evidence", "Settings"]


def test_one_cell_takes_one_small_write(transport: Transport) -> None:
    copy = published(transport, SCORED)
    before = copy.read()
    sent = transport.traffic
    copy.apply(Changes(cells=(SetCell("Pains", 2, "severity", 5),)), before)
    now = transport.traffic
    assert (now.read - sent.read, now.write - sent.write) == (0, 1)
    assert now.bytes_sent - sent.bytes_sent < 1_700


@pytest.mark.parametrize("language", ["en", "de", "ru", "lv"])
def test_live_formulas_show_no_error_in_any_locale(transport: Transport, language: str) -> None:
    copy = published(transport, SCORED, language)
    pains = next(table for table in copy.read().tables if table.spec.key == "Pains")
    computed = [column for column in pains.spec.columns if column.computed]
    for column in computed:
        for line in pains.lines:
            assert not isinstance(pains.cell(column.key, line), CellError), (column.key, line)
    assert pains.cell("frequency", 2) == 0.75
    assert pains.cell("grade", 3) == "D"


def test_a_row_that_we_add_has_live_formulas(transport: Transport) -> None:
    copy = published(transport, SCORED)
    before = copy.read()
    cells: dict[str, Raw] = {
        "id": "N9",
        "touchpoint": "T2",
        "pain": "Closed",
        "severity": 5,
        "hit": 1,
        "observed": 4,
    }
    copy.apply(Changes(added=(AddRow("Pains", 3, cells),)), before)
    pains = next(table for table in copy.read().tables if table.spec.key == "Pains")
    assert pains.cell("id", 4) == "N9"
    assert pains.cell("if_true", 4) == pytest.approx(100 * (1 * 0.25 * 0.4) ** (1 / 3))


def test_renamed_and_moved_columns_stay_ours(transport: Transport, service: RunningService) -> None:
    copy = published(transport, SCORED)
    before = copy.read()
    sheet = client_of(service).open_by_key(copy.spreadsheet).worksheet("Touchpoints")
    for key in ("name", "emotion", "reach"):
        rename(sheet, labels(before, "Touchpoints")[key], f"Our {key}")
    at = sheet.row_values(1).index("Our name")
    source = {"sheetId": sheet.id, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
    move = {"moveDimension": {"source": source, "destinationIndex": 0}}
    sheet.spreadsheet.batch_update({"requests": [move]})
    after = copy.read()
    assert values(after, "Touchpoints") == values(before, "Touchpoints")
    assert labels(after, "Touchpoints")["name"] == "Our name"


def test_even_if_every_header_is_renamed(transport: Transport, service: RunningService) -> None:
    copy = published(transport, SCORED)
    before = copy.read()
    sheet = client_of(service).open_by_key(copy.spreadsheet).worksheet("Evidence")
    for at, label in enumerate(labels(before, "Evidence").values()):
        rename(sheet, label, f"Field {at}")
    assert values(copy.read(), "Evidence") == values(before, "Evidence")


def rename(sheet: gspread.Worksheet, label: str, new: str) -> None:
    sheet.update_cell(1, sheet.row_values(1).index(label) + 1, new)


def labels(snapshot: Snapshot, key: str) -> dict[str, str]:
    table = next(table for table in snapshot.tables if table.spec.key == key)
    return {name: column.label for name, column in table.by_key.items()}


def values(snapshot: Snapshot, key: str) -> dict[str, tuple[Value, ...]]:
    table = next(table for table in snapshot.tables if table.spec.key == key)
    return dict(decode(table).columns)


def test_rows_below_the_last_line_of_the_sheet_stand_below_each_other(
    transport: Transport, service: RunningService
) -> None:
    copy = published(transport, SCORED)
    sheet = client_of(service).open_by_key(copy.spreadsheet).worksheet("Touchpoints")
    sheet.resize(rows=len(TOUCHPOINTS) + 1)
    before = copy.read()
    added = tuple(
        AddRow("Touchpoints", None, {"id": f"T{i}", "name": f"Step {i}"}) for i in (7, 8, 9)
    )
    copy.apply(Changes(added=added), before)
    assert values(copy.read(), "Touchpoints")["id"] == ("T1", "T2", "T3", "T7", "T8", "T9")


def test_a_row_goes_but_what_a_colleague_put_beside_it_stays(
    transport: Transport, service: RunningService
) -> None:
    copy = published(transport, SCORED)
    sheet = client_of(service).open_by_key(copy.spreadsheet).worksheet("Touchpoints")
    width = len(sheet.row_values(1))
    sheet.add_cols(1)
    sheet.update([["Mine"], [""], ["precious"]], gspread.utils.rowcol_to_a1(1, width + 1))
    copy.apply(Changes(dropped=(DropRow("Touchpoints", 3),)), copy.read())
    assert values(copy.read(), "Touchpoints")["id"] == ("T1", "T3")
    assert sheet.col_values(width + 1) == ["Mine", "", "precious"]


def test_sheets_of_the_same_title_are_left_to_their_owner(
    transport: Transport, service: RunningService
) -> None:
    book = client_of(service).create("Ours already")
    for title in ("pains", "Lists", "Calc"):
        book.add_worksheet(title, 5, 5).update([["not yours"]])
    copy = SharedCopy(transport, book.id)
    empty = copy.read()
    copy.apply(Changes(tables=tuple(new_table(key, rows) for key, rows in SCORED.items())), empty)
    after = copy.read()
    pains = next(table for table in after.tables if table.spec.key == "Pains")
    assert pains.sheet == "Pains (2)"
    assert pains.cell("frequency", 2) == 0.75
    assert not isinstance(pains.cell("if_true", 2), CellError)
    mine = {
        grid.sheet: grid.rows for grid in after.others if grid.sheet in {"pains", "Lists", "Calc"}
    }
    assert set(mine.values()) == {(("not yours",),)}


def test_labels_and_lists_are_in_the_language_of_the_workbook(transport: Transport) -> None:
    copy = published(transport, SCORED, "lv")
    snapshot = copy.read()
    assert snapshot.language == "lv"
    assert {grid.sheet for grid in snapshot.others} >= {"Calc"}


def test_a_spreadsheet_that_is_gone_is_named(service: RunningService) -> None:
    transport = Transport(Endpoint(service.url, service.token))
    with pytest.raises(NoSuchSpreadsheetError) as caught:
        SharedCopy(transport, "1Nobody-has-this").read()
    assert caught.value.facts["spreadsheet"] == "1Nobody-has-this"


def test_a_wrong_token_is_not_signed_in(service: RunningService) -> None:
    with pytest.raises(NotSignedInError):
        SharedCopy(Transport(Endpoint(service.url, "wrong")), "x").read()


def test_a_service_that_is_not_there_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cjm_sheets.adapters.gsheets.transport._ATTEMPTS", 1)
    with pytest.raises(UnreachableError):
        SharedCopy(Transport(Endpoint("http://127.0.0.1:9", "t")), "x").read()
