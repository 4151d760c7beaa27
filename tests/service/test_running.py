"""Starting and stopping as a program, many callers at once, and Google's own Python client."""

import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
from googleapiclient.discovery import build
from googleapiclient.http import build_http

from cjm_sheets.service.running import RunningService
from cjm_sheets.service.store_sqlite import Store
from tests.service.calls import TIMEOUT, Api

PROGRAM = """
import sys
from pathlib import Path
from cjm_sheets.service.running import serve
serve(Path(sys.argv[1]), 0, sys.argv[2], lambda url: print(url, flush=True))
print("stopped", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_a_signal_and_ends_in_good_order(tmp_path: Path, number: int) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "data"), "secret"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        headers = {"Authorization": "Bearer secret"}
        assert requests.get(url + "/drive/v3/files", headers=headers, timeout=TIMEOUT).ok
        process.send_signal(number)
        assert process.stdout.read() == "stopped\n"
        assert process.wait(10) == 0


def test_small_answers_are_sent_at_once(service: RunningService) -> None:
    """Without TCP_NODELAY, a kept connection waits 40 ms for each answer."""
    headers = {"Authorization": f"Bearer {service.token}"}
    with requests.Session() as session:
        assert session.get(service.url + "/drive/v3/files", headers=headers, timeout=TIMEOUT).ok
        connections = list(service._server.server_state.connections)  # noqa: SLF001  its sockets
        sockets = [one.transport.get_extra_info("socket") for one in connections]
        assert sockets
        assert all(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for one in sockets)


def test_many_callers_at_once_lose_nothing(api: Api) -> None:
    book = api.create()

    def append(number: int) -> None:
        path = f"/v4/spreadsheets/{book.id}/values/A1:append"
        body = {"values": [[number]]}
        api.call("POST", path, body, valueInputOption="RAW")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(append, range(40)))
    assert sorted(int(row[0]) for row in book.values("A1:A100")) == list(range(40))


@pytest.fixture
def google(service: RunningService) -> Iterator[Callable[[str, str], Any]]:
    """Give Google's own client library, pointed at the service."""
    open_: list[Any] = []

    def client(name: str, version: str) -> Any:
        http = build_http()
        open_.append(http)
        plain = http.request

        def authorized(uri: str, *args: Any, **rest: Any) -> Any:
            rest["headers"] = (rest.get("headers") or {}) | {
                "authorization": f"Bearer {service.token}"
            }
            return plain(uri, *args, **rest)

        http.request = authorized
        base = service.url + ("/drive/v3/" if name == "drive" else "/")
        options = {"api_endpoint": base}
        return build(name, version, http=http, client_options=options, static_discovery=True)

    yield client
    for http in open_:
        http.close()


def test_googles_own_client_library_works(google: Callable[[str, str], Any]) -> None:
    sheets, drive = google("sheets", "v4"), google("drive", "v3")
    spreadsheets = sheets.spreadsheets()
    made = spreadsheets.create(body={"properties": {"title": "By Google's client"}}).execute()
    place = {"spreadsheetId": made["spreadsheetId"], "range": "Sheet1!A1:B1"}
    body = {"values": [["a", 2]]}
    spreadsheets.values().update(**place, valueInputOption="RAW", body=body).execute()
    assert spreadsheets.values().get(**place).execute()["values"] == [["a", "2"]]
    file = drive.files().get(fileId=made["spreadsheetId"], fields="name").execute()
    assert file == {"name": "By Google's client"}


def test_a_fault_of_the_service_is_logged_and_answered_in_googles_form(
    service: RunningService, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: Store) -> list[object]:
        msg = "the disk is gone"
        raise OSError(msg)

    monkeypatch.setattr(Store, "files", broken)
    headers = {"Authorization": f"Bearer {service.token}"}
    answer = requests.get(service.url + "/drive/v3/files", headers=headers, timeout=TIMEOUT)
    assert answer.status_code == 500
    assert answer.json()["error"]["status"] == "INTERNAL"
    assert "GET /drive/v3/files failed" in caplog.text
    assert "the disk is gone" in caplog.text
