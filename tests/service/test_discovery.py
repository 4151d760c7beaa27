"""The schemas for answers: Google's own recorded answers pass, inventions fail."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.service.discovery import body_problems, problems
from tests.service.test_replay import RECORDINGS, SHARED

GET = "/v4/spreadsheets/abc"


@pytest.mark.skipif(not RECORDINGS, reason=f"no recordings in {SHARED}: set CJM_SHEETS_SHARED")
@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_what_google_answered_is_valid_by_its_own_description(path: Path) -> None:
    for exchange in json.loads(path.read_text(encoding="utf-8")):
        request, response = exchange["request"], exchange["response"]
        if response["status"] == 200 and "json" in (response["content_type"] or ""):
            place = urlsplit(request["uri"]).path
            assert problems(request["method"], place, json.loads(response["body"])) == []


@pytest.mark.parametrize(
    "answer",
    [
        {"invented": 1},
        {"sheets": {}},
        {"sheets": [{"properties": {"sheetId": "0"}}]},
        {"sheets": [{"properties": {"sheetType": "ROUND"}}]},
        {"sheets": [{"data": [{"rowData": [{"values": [{"colour": {}}]}]}]}]},
    ],
)
def test_an_answer_that_google_would_not_give_fails(answer: object) -> None:
    assert len(problems("GET", GET, answer)) == 1


def test_a_call_that_does_not_exist_fails() -> None:
    assert "is no method" in problems("PATCH", GET, {})[0]
    assert body_problems("POST", f"{GET}:batchUpdate", {"requests": [{"addShet": {}}]}) != []
    assert body_problems("POST", f"{GET}:batchUpdate", {"requests": [{"addSheet": {}}]}) == []
