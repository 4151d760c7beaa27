"""Faults on demand: each does what it says, as seen by a plain client, by gspread and by ours."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gspread
import pytest
import requests
import stamina

from cjm_sheets.adapters.gsheets.transport import GOOGLE_SHEETS, Endpoint, Transport
from cjm_sheets.errors import CjmError
from cjm_sheets.errors.accounts import NotSignedInError
from cjm_sheets.errors.sharing import NoSuchSpreadsheetError, NotAllowedError, UnreachableError
from cjm_sheets.service.faults import (
    Broken,
    Busy,
    Cut,
    Delay,
    Edit,
    Expired,
    Fault,
    Faults,
    Forbidden,
    FrontEnd,
    Missing,
    On,
    PlanError,
    Trash,
    Truncated,
)
from cjm_sheets.service.running import RunningService
from cjm_sheets.service.store_sqlite import Store
from tests.service.calls import TIMEOUT, Api, Book, RefusedCallError
from tests.service.conftest import client_of

Json = dict[str, Any]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningService, Faults]]:
    faults = Faults(seed=1)
    with RunningService(tmp_path_factory.mktemp("faults"), faults=faults) as service:
        yield service, faults


@pytest.fixture
def faults(running: tuple[RunningService, Faults]) -> Iterator[Faults]:
    """Give an empty plan, and see to it that all of it took place."""
    plan = running[1]
    plan.clear()
    yield plan
    plan.verify()
    plan.clear()


@pytest.fixture
def api(running: tuple[RunningService, Faults]) -> Api:
    return Api(running[0])


@pytest.fixture
def book(api: Api) -> Book:
    made = api.create()
    made.write("A1", [["before"]])
    return made


def put(text: str, row: int = 0) -> Json:
    """Return a request that writes one cell of column A."""
    cell = {"userEnteredValue": {"stringValue": text}}
    start = {"sheetId": 0, "rowIndex": row, "columnIndex": 0}
    return {
        "updateCells": {
            "start": start,
            "rows": [{"values": [cell]}],
            "fields": "userEnteredValue",
        }
    }


def plain(book: Book, verb: str = "GET", path: str = "/values/A1", **rest: Any) -> Any:
    """Return what a plain client gets."""
    service = book.api.service
    address = f"{service.url}/v4/spreadsheets/{book.id}{path}"
    headers = {"Authorization": f"Bearer {service.token}"}
    return requests.request(verb, address, headers=headers, timeout=TIMEOUT, **rest)


ANSWERS: list[tuple[Fault, int, str]] = [
    (Busy(), 429, "RESOURCE_EXHAUSTED"),
    (Broken(500), 500, "INTERNAL"),
    (Broken(503), 503, "UNAVAILABLE"),
    (Expired(), 401, "UNAUTHENTICATED"),
    (Forbidden(), 403, "PERMISSION_DENIED"),
    (Missing(), 404, "NOT_FOUND"),
]


@pytest.mark.parametrize(("fault", "code", "status"), ANSWERS)
def test_a_refusal_has_googles_form_and_nothing_is_done(
    faults: Faults, book: Book, fault: Fault, code: int, status: str
) -> None:
    faults.add("POST *:batchUpdate", fault)
    answer = plain(book, "POST", ":batchUpdate", json={"requests": [put("after")]})
    assert (answer.status_code, answer.json()["error"]["status"]) == (code, status)
    assert answer.headers.get("Retry-After") == ("1" if isinstance(fault, Busy) else None)
    assert book.values("A1") == [["before"]]
    book.batch(put("after"))
    assert book.values("A1") == [["after"]]


def test_the_body_of_429_names_the_budget(faults: Faults, book: Book) -> None:
    faults.add("READ *", Busy(retry_after=None)).add(On("WRITE *"), Busy())
    reading, writing = plain(book), plain(book, "POST", ":batchUpdate", json={"requests": [{}]})
    assert "Retry-After" not in reading.headers
    limits = [
        answer.json()["error"]["details"][0]["metadata"]["quota_limit"]
        for answer in (reading, writing)
    ]
    assert limits == ["ReadRequestsPerMinutePerUser", "WriteRequestsPerMinutePerUser"]


@pytest.mark.parametrize(("fault", "code", "reason"), [
    (Busy(), 429, "rateLimitExceeded"),
    (Broken(503), 503, "backendError"),
    (Missing(), 404, "notFound"),
])  # fmt: skip
def test_drive_refuses_in_its_own_form(
    faults: Faults, api: Api, fault: Fault, code: int, reason: str
) -> None:
    faults.add("GET /drive/v3/files", fault)
    headers = {"Authorization": f"Bearer {api.service.token}"}
    answer = requests.get(f"{api.service.url}/drive/v3/files", headers=headers, timeout=TIMEOUT)
    error = answer.json()["error"]
    assert (answer.status_code, error["errors"][0]["reason"]) == (code, reason)


@pytest.mark.parametrize("after", [False, True])
def test_the_front_end_answers_with_a_page(faults: Faults, book: Book, *, after: bool) -> None:
    faults.add("POST *:batchUpdate", FrontEnd(after=after))
    answer = plain(book, "POST", ":batchUpdate", json={"requests": [put("after")]})
    assert answer.status_code == 502
    assert answer.headers["Content-Type"].startswith("text/html")
    assert book.values("A1") == [["after" if after else "before"]]


def test_an_error_may_hide_that_the_call_was_carried_out(faults: Faults, book: Book) -> None:
    faults.add("POST *:batchUpdate", Broken(503, after=True))
    assert plain(book, "POST", ":batchUpdate", json={"requests": [put("done")]}).status_code == 503
    assert book.values("A1") == [["done"]]


@pytest.mark.parametrize("after", [False, True])
def test_a_cut_connection_gives_no_answer(faults: Faults, book: Book, *, after: bool) -> None:
    faults.add("POST *:batchUpdate", Cut(after=after))
    with pytest.raises(requests.ConnectionError):
        plain(book, "POST", ":batchUpdate", json={"requests": [put("after")]})
    assert book.values("A1") == [["after" if after else "before"]]


def test_a_cut_hits_no_other_connection(faults: Faults, book: Book) -> None:
    faults.add("POST *:batchUpdate", Cut())
    with requests.Session() as other:
        other.headers["Authorization"] = f"Bearer {book.api.service.token}"
        address = f"{book.api.service.url}/v4/spreadsheets/{book.id}/values/A1"
        assert other.get(address, timeout=TIMEOUT).ok
        other.mount("http://", requests.adapters.HTTPAdapter(max_retries=0))
        assert other.get(address, timeout=TIMEOUT).ok
        with pytest.raises(requests.ConnectionError):
            plain(book, "POST", ":batchUpdate", json={"requests": [put("after")]})
        assert other.get(address, timeout=TIMEOUT).ok


@pytest.mark.parametrize("size", [10, 50_000])
def test_a_truncated_answer_is_seen_to_be_one(faults: Faults, book: Book, size: int) -> None:
    book.write("A2", [["x" * size]])
    faults.add("GET */values/*", Truncated(0.5))
    with pytest.raises(requests.RequestException):
        plain(book, path="/values/A2")
    assert book.values("A2") == [["x" * size]]


def test_a_delay_makes_a_client_give_up_on_what_is_then_done(faults: Faults, book: Book) -> None:
    faults.add("POST *:batchUpdate", Delay(1.0, after=True))
    service = book.api.service
    with pytest.raises(requests.ReadTimeout):
        requests.post(
            f"{service.url}/v4/spreadsheets/{book.id}:batchUpdate",
            json={"requests": [put("done")]},
            headers={"Authorization": f"Bearer {service.token}"},
            timeout=(5, 0.4),
        )
    assert book.values("A1") == [["done"]]


def test_the_third_write_and_the_next_but_no_other(faults: Faults, book: Book) -> None:
    faults.add(On("POST *:batchUpdate", nth=3, times=2), Busy())
    codes = [
        plain(book, "POST", ":batchUpdate", json={"requests": [put(str(n))]}).status_code
        for n in range(6)
    ]
    assert codes == [200, 200, 429, 429, 200, 200]
    assert book.values("A1") == [["5"]]
    log = [(fired.route.split(":")[-1], fired.fault) for fired in faults.fired[-2:]]
    assert log == [("batchUpdate", Busy()), ("batchUpdate", Busy())]
    assert faults.fired[-1].call == faults.fired[-2].call + 1


def test_chance_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    def codes(seed: int) -> list[int]:
        plan = Faults(seed).add(On("GET *", times=None, chance=0.3), Broken())
        with RunningService(tmp_path / "data", faults=plan) as service:
            headers = {"Authorization": f"Bearer {service.token}"}
            address = f"{service.url}/drive/v3/files"
            with requests.Session() as session:
                return [
                    session.get(address, headers=headers, timeout=TIMEOUT).status_code
                    for _ in range(40)
                ]

    first = codes(5)
    assert codes(5) == first
    assert codes(6) != first
    assert set(first) == {200, 500}


def test_read_only_and_forbidden_last(faults: Faults, book: Book) -> None:
    faults.read_only(f"/v4/spreadsheets/{book.id}*")
    for _ in range(2):
        with pytest.raises(RefusedCallError, match="does not have permission"):
            book.batch(put("after"))
        assert book.values("A1") == [["before"]]
    other = book.api.create()
    assert other.write("A1", [["free"]])["updatedCells"] == 1


# ---- edits of another user -----------------------------------------------------------


def test_a_colleague_edits_before_a_write(faults: Faults, book: Book) -> None:
    insert = {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}}
    faults.add("POST *:batchUpdate", Edit([{"insertDimension": insert}]))
    book.batch(put("ours"))
    assert book.values("A1:A2") == [["ours"], ["before"]]


def test_a_colleague_edits_between_our_read_and_our_write(faults: Faults, book: Book) -> None:
    colleague = Edit([put("colleague", 1)])
    faults.add(On("WRITE *", since=On("READ *", nth=2)), colleague)
    book.batch(put("first", 2))
    assert book.values("A1:A2") == [["before"]]
    book.batch(put("second", 2))
    assert book.values("A1:A2") == [["before"]]
    book.batch(put("third", 2))
    assert book.values("A1:A3") == [["before"], ["colleague"], ["third"]]


def test_a_colleague_edits_between_our_batch_and_our_next_read(faults: Faults, book: Book) -> None:
    faults.add("POST *:batchUpdate", Edit([put("colleague", 1)], after=True))
    body: Json = {"includeSpreadsheetInResponse": True, "responseIncludeGridData": True}
    answer = book.batch(put("ours"), **body)
    rows = answer["updatedSpreadsheet"]["sheets"][0]["data"][0]["rowData"]
    assert len(rows) == 1
    assert book.values("A1:A2") == [["ours"], ["colleague"]]


def test_a_colleague_edits_after_a_read_and_meets_no_faults(faults: Faults, book: Book) -> None:
    service = book.api.service

    def over_http(_: Store) -> None:
        headers = {"Authorization": f"Bearer {service.token}", "X-Faults": "none"}
        address = f"{service.url}/v4/spreadsheets/{book.id}:batchUpdate"
        body = {"requests": [put("colleague")]}
        assert requests.post(address, json=body, headers=headers, timeout=TIMEOUT).ok

    faults.add("GET *", Edit(over_http, after=True)).add("POST *:batchUpdate", Missing())
    assert book.values("A1") == [["before"]]
    assert book.values("A1") == [["colleague"]]
    with pytest.raises(RefusedCallError, match="not found"):
        book.batch(put("ours"))


def test_a_colleague_works_on_what_was_just_made_and_on_other_spreadsheets(
    faults: Faults, api: Api, book: Book
) -> None:
    faults.add("POST /v4/spreadsheets", Edit([put("colleague")], after=True))
    made = api.create()
    faults.add("GET *", Edit([put("elsewhere")], file_id=book.id))
    assert made.values("A1") == [["colleague"]]
    assert book.values("A1") == [["elsewhere"]]


def test_somebody_trashes_the_spreadsheet(faults: Faults, book: Book) -> None:
    faults.add("POST *:batchUpdate", Trash(after=True))
    book.batch(put("ours"))
    file = book.api.call("GET", f"/drive/v3/files/{book.id}", fields="trashed")
    assert file == {"trashed": True}


def test_an_edit_that_cannot_be_carried_out_is_not_passed_over(book: Book, faults: Faults) -> None:
    faults.add("GET *", Edit([{"deleteSheet": {"sheetId": 77}}]))
    with pytest.raises(RefusedCallError, match="A planned edit failed"):
        book.values("A1")
    with pytest.raises(PlanError, match="deleteSheet"):
        faults.verify()
    faults.clear()


def test_what_was_never_met_is_told(book: Book) -> None:
    plan = Faults().add(On("POST *:append", nth=2), Cut())
    assert plan.due("POST", f"/v4/spreadsheets/{book.id}/values/A1:append") == []
    with pytest.raises(PlanError, match="was never met"):
        plan.verify()


@pytest.mark.parametrize("wrong", [
    lambda: On("GET"),
    lambda: On("GET *", nth=0),
    lambda: On("GET *", times=0),
    lambda: On("GET *", chance=0),
    lambda: Broken(404),
    lambda: Delay(-1),
    lambda: Truncated(1),
])  # fmt: skip
def test_a_plan_that_makes_no_sense_is_refused(wrong: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        wrong()


# ---- as clients see it ------------------------------------------------------------------


def test_gspread_sees_googles_errors(faults: Faults, book: Book) -> None:
    client: gspread.Client = client_of(book.api.service)
    sheet = client.open_by_key(book.id).sheet1
    for fault, code in ((Busy(), 429), (Broken(503), 503), (Forbidden(), 403)):
        faults.add("GET */values/*", fault)
        with pytest.raises(gspread.exceptions.APIError) as refused:
            sheet.get("A1")
        assert refused.value.code == code
    faults.add("GET */values/*", Cut())
    with pytest.raises(requests.ConnectionError):
        sheet.get("A1")
    assert sheet.get("A1") == [["before"]]


@pytest.fixture
def transport(running: tuple[RunningService, Faults]) -> Iterator[Transport]:
    """Give our own transport, which waits no second between two attempts."""
    with stamina.set_testing(True, attempts=6):
        yield Transport(Endpoint(running[0].url, running[0].token))


def read(transport: Transport, book: Book) -> Any:
    return transport.request("get", f"{GOOGLE_SHEETS}/v4/spreadsheets/{book.id}/values/A1").json()


def write(transport: Transport, book: Book) -> None:
    address = f"{GOOGLE_SHEETS}/v4/spreadsheets/{book.id}:batchUpdate"
    transport.request("post", address, json={"requests": [put("ours")]})


@pytest.mark.parametrize("fault", [
    Busy(0), Busy(None), Broken(500), Broken(503), FrontEnd(), Cut(), Cut(after=True), Truncated(),
])  # fmt: skip
def test_our_transport_reads_again(
    faults: Faults, book: Book, transport: Transport, fault: Fault
) -> None:
    faults.add(On("GET *", times=3), fault)
    assert read(transport, book)["values"] == [["before"]]


@pytest.mark.parametrize(("fault", "error"), [
    (Broken(503), UnreachableError),
    (FrontEnd(after=True), UnreachableError),
    (Cut(), UnreachableError),
    (Cut(after=True), UnreachableError),
    (Truncated(), UnreachableError),
    (Expired(), NotSignedInError),
    (Forbidden(), NotAllowedError),
    (Missing(), NoSuchSpreadsheetError),
])  # fmt: skip
def test_our_transport_never_writes_twice(
    faults: Faults, book: Book, transport: Transport, fault: Fault, error: type[CjmError]
) -> None:
    before = faults.calls
    faults.add("POST *:batchUpdate", fault)
    with pytest.raises(error):
        write(transport, book)
    assert faults.calls - before == 1


def test_our_transport_writes_again_where_the_service_did_not_begin(
    faults: Faults, book: Book, transport: Transport
) -> None:
    faults.add(On("POST *:batchUpdate", times=2), Busy(0))
    write(transport, book)
    assert book.values("A1") == [["ours"]]
