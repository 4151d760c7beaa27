"""A row that was deleted in the workbook, and of which a colleague speaks in the shared copy."""

from collections.abc import Iterator
from typing import Any

import pytest

from cjm_sheets.errors.sharing import RefusedError
from cjm_sheets.service.running import RunningService
from tests.sync.test_races import ACTION, NAME, Meeting, our_deletion, our_edit


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("remarks")) as running:
        yield running


@pytest.fixture
def meeting(service: RunningService) -> Meeting:
    return Meeting(service)


def place(meeting: Meeting, row: int = 2, column: int = ACTION) -> dict[str, int]:
    return {"sheetId": meeting.sheet, "rowIndex": row, "columnIndex": column}


def note(meeting: Meeting, text: str, **at: int) -> None:
    cell = {"note": text} if text else {}
    rows = [{"values": [cell]}]
    meeting.batch({"updateCells": {"start": place(meeting, **at), "rows": rows, "fields": "note"}})


def comment(meeting: Meeting, **at: int) -> str:
    """Comment on a cell; return the name of the thread."""
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{meeting.copy.spreadsheet}:batchUpdate"
    request = {"insertComment": {"content": "Is it so?", "coordinate": place(meeting, **at)}}
    answer = meeting.colleague.request("post", url, json={"requests": [request]}).json()
    return str(answer["replies"][0]["insertComment"]["commentThread"]["commentId"])


def left(done: Any) -> list[tuple[str, str]]:
    return [(each.kind, each.what) for each in done.plan.left]


def stays(meeting: Meeting) -> None:
    our_deletion(meeting)
    meeting.workbook.sheets[0].rows[0][NAME] = "goes"
    requests = meeting.transport.traffic
    assert left(meeting.sync()) == [("remarked", "T2")]
    now = meeting.transport.traffic
    assert (now.read - requests.read, now.write - requests.write) == (1, 1)
    again = meeting.sync()
    assert left(again) == [("remarked", "T2")]
    assert again.plan.writes_nothing
    assert meeting.shown(2, NAME) == "name 2"
    assert meeting.shown(1, NAME) == "goes"
    assert meeting.lost() - {"name 1"} == set()


def goes(meeting: Meeting) -> None:
    assert left(meeting.sync()) == []
    assert "T2" not in {line[0] for line in meeting.rows() if line}
    assert "T2" in {entry.row for entry in meeting.history.entries}
    assert meeting.sync().plan.writes_nothing


@pytest.mark.parametrize("column", [0, NAME, ACTION, 8])
def test_a_row_with_a_note_stays_until_the_note_is_gone(meeting: Meeting, column: int) -> None:
    note(meeting, "ask Dana", column=column)
    stays(meeting)
    note(meeting, "", column=column)
    goes(meeting)


@pytest.mark.parametrize("column", [0, ACTION])
def test_a_row_with_a_comment_stays_until_the_comment_is_gone(
    meeting: Meeting, column: int
) -> None:
    thread = comment(meeting, column=column)
    stays(meeting)
    meeting.batch({"deleteComment": {"commentId": thread}})
    goes(meeting)


def test_notes_of_other_rows_and_of_headers_keep_nothing(meeting: Meeting) -> None:
    note(meeting, "ask Dana", row=1)
    comment(meeting, row=3)
    our_deletion(meeting)
    goes(meeting)


def test_what_we_wrote_of_a_conflict_keeps_nothing(meeting: Meeting) -> None:
    our_edit(meeting)
    meeting.types_into("T2", "theirs")
    assert len(meeting.sync(annotate=True).plan.conflicts) == 1
    meeting.sync(prefer="sheet")
    note(meeting, "⇄ cjm-sheets\nBoth sides\n⇄")
    our_deletion(meeting)
    goes(meeting)


def test_an_account_for_which_there_are_no_comments_reads_the_notes(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(meeting, "ask Dana")
    our_deletion(meeting)
    asks = meeting.transport.request

    def request(method: str, endpoint: str, *args: Any, **kwargs: Any) -> Any:
        if "commentsViewMode" in (kwargs.get("params") or {}):
            raise RefusedError(400, "Unknown name")
        return asks(method, endpoint, *args, **kwargs)

    monkeypatch.setattr(meeting.transport, "request", request)
    assert left(meeting.sync()) == [("remarked", "T2")]
