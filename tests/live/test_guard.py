"""What keeps live tests from anything but spreadsheets for tests; this needs no account."""

from pathlib import Path

import pytest

from cjm_sheets.adapters.gsheets.store import create
from cjm_sheets.adapters.gsheets.transport import Endpoint, Transport
from cjm_sheets.service.running import RunningService
from tests.live.guarded import FILES, SHEETS, GuardedTransport, NotOursError


def test_only_spreadsheets_for_tests_are_touched_and_all_that_were_made_are_thrown_away(
    tmp_path: Path,
) -> None:
    with RunningService(tmp_path) as service:
        to = Endpoint(service.url, service.token)
        theirs = create(Transport(to), "Our map", "en").spreadsheet
        guarded = GuardedTransport(to)
        for method, address in (
            ("get", f"{SHEETS}/{theirs}"),
            ("post", f"{SHEETS}/{theirs}:batchUpdate"),
            ("patch", f"{FILES}/{theirs}"),
            ("delete", f"{FILES}/{theirs}/permissions/x"),
            ("get", "https://www.googleapis.com/drive/v3/about"),
        ):
            with pytest.raises(NotOursError):
                guarded.request(method, address, json={"requests": []})
        with pytest.raises(NotOursError):
            create(guarded, "Our map", "en")
        ours = create(guarded, "A map for a test", "en").spreadsheet
        guarded.throw_away()
        asked = {"fields": "files(id,trashed)"}
        there = Transport(to).request("get", FILES, params=asked).json()["files"]
    assert {each["id"]: bool(each.get("trashed")) for each in there} == {theirs: False, ours: True}
