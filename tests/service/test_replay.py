"""Replays recorded exchanges with Google and compares the embedded service's answers with them.

Ids that Google drew are mapped to ours in order of appearance. Not compared, since they belong
to Google's own surroundings: the theme and the default format of a spreadsheet, its address,
times, e-mail addresses, and files in a listing that another recording made.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from cjm_sheets.service.running import RunningService
from tests.service.calls import TIMEOUT
from tests.service.conftest import GOOGLE

SHARED = Path(os.environ.get("CJM_SHEETS_SHARED", "../shared"))
RECORDINGS = sorted((SHARED / "data" / "sheets-recordings").glob("*.json"))
IGNORED = {
    "spreadsheetTheme",
    "defaultFormat",
    "spreadsheetUrl",
    "createdTime",
    "modifiedTime",
    "users",
}
ID_FIELDS = {
    "id",
    "spreadsheetId",
    "sheetId",
    "namedRangeId",
    "protectedRangeId",
}
NOT_MATCHED = {
    "ClientTest.test_access_private_spreadsheet": (
        "asks for a stranger's private file; here there is one user, so it is unknown (404)"
    ),
    "ClientTest.test_open_all_has_metadata": "lists the whole Drive of the recorded account",
    "ClientTest.test_openall": "lists the whole Drive of the recorded account",
}


class Replay:
    """One session played again; remembers which of our ids stands for which recorded one."""

    def __init__(self, service: RunningService) -> None:
        self._service = service
        self._ids: dict[str, str] = {}

    def answer(self, request: dict[str, Any]) -> requests.Response:
        uri: str = request["uri"]
        for address in GOOGLE:
            uri = uri.replace(address, self._service.url)
        body = request["body"]
        headers = {"Authorization": f"Bearer {self._service.token}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        return requests.request(
            request["method"],
            self._ours(uri),
            data=None if body is None else self._ours(body).encode(),
            headers=headers,
            timeout=TIMEOUT,
        )

    def _ours(self, text: str) -> str:
        for recorded, own in self._ids.items():
            text = re.sub(rf"(?<![\w-]){re.escape(recorded)}(?![\w-])", own, text)
        return text

    def learn(self, recorded: Any, own: Any) -> None:
        if isinstance(recorded, dict) and isinstance(own, dict):
            for name, part in recorded.items():
                if name in ID_FIELDS and part not in {0, None} and name in own:
                    self._ids.setdefault(str(part), str(own[name]))
                else:
                    self.learn(part, own.get(name))
        elif isinstance(recorded, list) and isinstance(own, list):
            for one, other in zip(recorded, own, strict=False):
                self.learn(one, other)

    def expected(self, recorded: Any) -> Any:
        return json.loads(self._ours(json.dumps(recorded)))


def comparable(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: comparable(part) for name, part in value.items() if name not in IGNORED}
        return {name: part for name, part in kept.items() if not (name == "editors" and not part)}
    if isinstance(value, list):
        return [comparable(item) for item in value]
    return value


def parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def differences(path: Path, service: RunningService) -> Iterator[str]:
    replay = Replay(service)
    for exchange in json.loads(path.read_text(encoding="utf-8")):
        request, recorded = exchange["request"], exchange["response"]
        answer = replay.answer(request)
        want, have = parsed(recorded["body"] or ""), parsed(answer.text)
        replay.learn(want, have)
        name = f"{request['method']} {request['uri']}"
        if answer.status_code != recorded["status"]:
            yield f"{name}: {answer.status_code} {answer.text[:300]}, not {recorded['status']}"
        elif comparable(have) != comparable(replay.expected(want)):
            yield f"{name}: {comparable(have)}, not {comparable(replay.expected(want))}"


@pytest.mark.skipif(not RECORDINGS, reason=f"no recordings in {SHARED}: set CJM_SHEETS_SHARED")
@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_the_service_answers_as_google_did(
    path: Path, service: RunningService, request: pytest.FixtureRequest
) -> None:
    if path.stem in NOT_MATCHED:
        request.applymarker(pytest.mark.xfail(strict=True, reason=NOT_MATCHED[path.stem]))
    assert list(differences(path, service)) == []


@pytest.mark.skipif(not RECORDINGS, reason=f"no recordings in {SHARED}: set CJM_SHEETS_SHARED")
def test_every_exception_is_a_recording() -> None:
    assert NOT_MATCHED.keys() <= {path.stem for path in RECORDINGS}
