"""Another program plans faults over HTTP: only where the service was started for that."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.service.calls import TIMEOUT

Json = dict[str, Any]


class Program:
    """The service as a program of its own."""

    def __init__(self, said: Json) -> None:
        self.url, self.token = said["url"], said["token"]

    def ask(self, verb: str, path: str, body: Any = None, token: str = "") -> requests.Response:
        headers = {"Authorization": f"Bearer {token or self.token}"}
        return requests.request(verb, self.url + path, json=body, headers=headers, timeout=TIMEOUT)


def started(folder: Path, *switches: str) -> Iterator[Program]:
    words = ["serve", "--port", "0", "--json", "--data", str(folder), *switches]
    command = [sys.executable, "-m", "cjm_sheets", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Program(json.loads(process.stdout.readline()))
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    yield from started(tmp_path_factory.mktemp("controlled"), "--controls")


@pytest.fixture(autouse=True)
def _clean(program: Program) -> None:
    for path in ("/control/faults", "/control/quota"):
        assert program.ask("DELETE", path).ok


@pytest.fixture
def book(program: Program) -> str:
    answer = program.ask("POST", "/v4/spreadsheets", {"properties": {"title": "Controlled"}})
    return f"/v4/spreadsheets/{answer.json()['spreadsheetId']}"


def test_without_the_switch_there_are_no_controls(tmp_path: Path) -> None:
    for program in started(tmp_path / "plain"):
        for verb, path in (("GET", "/control/faults"), ("POST", "/control/faults")):
            body = {"on": "GET *", "do": [{"kind": "Busy"}]} if verb == "POST" else None
            assert program.ask(verb, path, body).status_code == 501
        assert program.ask("GET", "/drive/v3/files").status_code == 200


def test_the_controls_need_the_token(program: Program) -> None:
    assert program.ask("GET", "/control/faults", token="wrong").status_code == 401  # noqa: S106


def test_faults_are_planned_and_told(program: Program, book: str) -> None:
    edit = {
        "updateCells": {
            "start": {"sheetId": 0},
            "rows": [{"values": [{"userEnteredValue": {"stringValue": "colleague"}}]}],
            "fields": "userEnteredValue",
        }
    }
    since = {"route": "READ *"}
    plans: list[Json] = [
        {"on": "WRITE *", "do": [{"kind": "Edit", "edit": [edit], "after": True}]},
        {"on": {"route": "GET *", "since": since}, "do": [{"kind": "Busy", "retry_after": 7}]},
        {"on": {"route": "GET *", "nth": 99}, "do": [{"kind": "Cut"}, {"kind": "Delay"}]},
    ]
    for plan in plans:
        assert program.ask("POST", "/control/faults", plan).ok
    body = {"values": [["ours"]]}
    path = f"{book}/values/A1"
    assert program.ask("PUT", f"{path}?valueInputOption=RAW", body).ok
    assert program.ask("GET", path).json()["values"] == [["colleague"]]
    refused = program.ask("GET", path)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "7")
    told = program.ask("GET", "/control/faults").json()
    assert [(fired["fault"]["kind"], fired["error"]) for fired in told["fired"]] == [
        ("Edit", ""), ("Busy", ""),
    ]  # fmt: skip
    assert [on["nth"] for on in told["waiting"]] == [99]
    assert program.ask("DELETE", "/control/faults").json()["waiting"] == []
    assert program.ask("GET", path).ok


def test_quota_and_clock_are_set_and_read(program: Program, book: str) -> None:
    assert program.ask("PUT", "/control/clock", {"speed": 0}).json()["speed"] == 0
    limits = program.ask("PUT", "/control/quota", {"reads": {"project": 3, "user": 2}}).json()
    assert limits["reads"] == {"project": 3, "user": 2}
    assert limits["writes"] == {"project": None, "user": None}
    codes = [program.ask("GET", f"{book}/values/A1").status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    before = program.ask("GET", "/control/clock").json()["now"]
    after = program.ask("PUT", "/control/clock", {"advance": 60}).json()["now"]
    assert after - before == pytest.approx(60)
    assert program.ask("GET", f"{book}/values/A1").ok
    counted = program.ask("GET", "/control/quota").json()["reads"]
    assert (counted["requests"], counted["refused"], counted["highest_minute"]) == (4, 1, 2)
    assert program.ask("PUT", "/control/quota", {"reads": {}}).ok
    assert program.ask("PUT", "/control/clock", {"speed": 1}).ok


@pytest.mark.parametrize(("verb", "path", "body", "sentence"), [
    ("POST", "faults", {"on": "GET *"}, "A plan has a point, 'on', and a list of faults, 'do'."),
    ("POST", "faults", {"on": "GET", "do": [{"kind": "Cut"}]}, "A route is a method and a path"),
    ("POST", "faults", {"on": {"nth": "2"}, "do": [{"kind": "Cut"}]}, 'nth cannot be "2".'),
    ("POST", "faults", {"on": {"at": 2}, "do": [{"kind": "Cut"}]}, "There is no at; there are"),
    ("POST", "faults", {"on": 5, "do": [{"kind": "Cut"}]}, "An object is needed, not 5."),
    ("POST", "faults", {"on": {}, "do": [{"kind": "Flood"}]}, "There is no fault 'Flood'"),
    ("POST", "faults", {"on": {}, "do": [{"kind": "Edit"}]}, "An Edit needs 'edit'"),
    ("POST", "faults", {"on": {}, "do": [{"kind": "Delay", "seconds": True}]}, "seconds cannot be"),
    ("POST", "faults", {"on": {}, "do": [{"kind": "Broken", "code": 404}]}, "500 or 503, not 404"),
    ("PUT", "quota", {"pages": {}}, "There is no pages; there are reads, writes, drive."),
    ("PUT", "quota", {"reads": {"user": "many"}}, 'user cannot be "many".'),
    ("PUT", "clock", {"advance": -1}, "speed and advance lie between 0 and"),
    ("PUT", "clock", {"speed": float("inf")}, "speed and advance lie between 0 and"),
    ("PUT", "clock", [1], "An object is needed"),
])  # fmt: skip
def test_a_wrong_plan_gets_a_sentence(
    program: Program, verb: str, path: str, body: Any, sentence: str
) -> None:
    # requests itself refuses to send what JSON does not know
    headers = {"Authorization": f"Bearer {program.token}", "Content-Type": "application/json"}
    answer = requests.request(
        verb,
        f"{program.url}/control/{path}",
        data=json.dumps(body),
        headers=headers,
        timeout=TIMEOUT,
    )
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]["message"]
    told = program.ask("GET", "/control/faults").json()
    assert told["waiting"] == []
