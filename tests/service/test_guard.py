"""Who is let in: the token, the host, the origin, the kind of body; and what a page may hold."""

import http.client
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from cjm_sheets.service.database import FolderInUseError
from cjm_sheets.service.page import package_files
from cjm_sheets.service.running import RunningService
from tests.service.calls import TIMEOUT, Api


def asked(service: RunningService, path: str = "/drive/v3/files", **headers: str) -> int:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.get(service.url + path, headers=sent, timeout=TIMEOUT).status_code


def test_a_call_needs_the_token(service: RunningService) -> None:
    assert asked(service) == 401
    assert asked(service, Authorization="Bearer wrong") == 401
    assert asked(service, Authorization=f"Basic {service.token}") == 401
    assert asked(service, path=f"/drive/v3/files?token={service.token}") == 401
    assert asked(service, Authorization=f"Bearer {service.token}") == 200
    body = requests.get(service.url + "/drive/v3/files", timeout=TIMEOUT).json()
    assert body["error"]["status"] == "UNAUTHENTICATED"


def test_another_host_name_is_turned_away(service: RunningService) -> None:
    place = urlsplit(service.url)
    for host, status in (("evil.example", 403), (f"localhost:{place.port}", 200)):
        connection = http.client.HTTPConnection("127.0.0.1", place.port or 0, timeout=5)
        headers = {"Host": host, "Authorization": f"Bearer {service.token}"}
        connection.request("GET", "/drive/v3/files", headers=headers)
        assert connection.getresponse().status == status
        connection.close()


def test_another_origin_is_turned_away(service: RunningService) -> None:
    bearer = f"Bearer {service.token}"
    assert asked(service, Authorization=bearer, Origin="https://evil.example") == 403
    assert asked(service, Authorization=bearer, Origin="null") == 403
    assert asked(service, Authorization=bearer, Origin=service.url) == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_that_is_not_json_is_turned_away(service: RunningService, kind: str) -> None:
    headers = {"Authorization": f"Bearer {service.token}", "Content-Type": kind}
    answer = requests.post(
        service.url + "/v4/spreadsheets", data="{}", headers=headers, timeout=TIMEOUT
    )
    assert answer.status_code == 415


def test_broken_json_gets_a_sentence(service: RunningService) -> None:
    headers = {"Authorization": f"Bearer {service.token}", "Content-Type": "application/json"}
    for body in ("{", "[]"):
        answer = requests.post(
            service.url + "/v4/spreadsheets", data=body, headers=headers, timeout=TIMEOUT
        )
        assert answer.status_code == 400
        assert answer.json()["error"]["message"].startswith("Invalid JSON payload received.")


def test_the_page_shows_tabs_and_escapes_them(service: RunningService, api: Api) -> None:
    hidden = {"properties": {"title": "_cjm", "hidden": True}}
    tab = {"properties": {"title": "<b>Pains</b>"}}
    book = api.create("<script>alert(1)</script>", sheets=[tab, hidden])
    book.write("'<b>Pains</b>'!A1", [["<img src=x>", "=1+1"]])
    address = f"{service.url}/spreadsheets/d/{book.id}"
    assert requests.get(address, timeout=TIMEOUT).status_code == 401
    answer = requests.get(address, params={"token": service.token}, timeout=TIMEOUT)
    assert answer.status_code == 200
    for harmful in ("<script>alert", "<img", "<b>", "_cjm"):
        assert harmful not in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    listing = requests.get(service.url, params={"token": service.token}, timeout=TIMEOUT)
    assert f"/spreadsheets/d/{book.id}/edit" in listing.text
    assert "&lt;script&gt;alert(1)" in listing.text
    assert service.token not in answer.text + listing.text


def test_without_the_grid_the_page_shows_tables_to_read(
    service: RunningService, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package_files, "grid", lambda: None)
    tab = {"properties": {"title": "<b>Pains</b>"}}
    book = api.create("Plain", sheets=[tab, {"properties": {"title": "_cjm", "hidden": True}}])
    book.write("'<b>Pains</b>'!A1", [["<img src=x>", "=1+1"]])
    address = f"{service.url}/spreadsheets/d/{book.id}?lang=de"
    answer = requests.get(address, params={"token": service.token}, timeout=TIMEOUT)
    assert "<td>&lt;img src=x&gt;</td><td>2</td>" in answer.text
    assert "pip install &#x27;cjm-sheets[page]&#x27;" in answer.text
    assert "_cjm" not in answer.text


def test_an_answer_is_zipped_when_asked(service: RunningService, api: Api) -> None:
    book = api.create()
    book.write("A1", [["x" * 5_000]])
    headers = {"Authorization": f"Bearer {service.token}", "Accept-Encoding": "gzip"}
    answer = requests.get(
        f"{service.url}/v4/spreadsheets/{book.id}/values/A1", headers=headers, timeout=TIMEOUT
    )
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) < 500
    assert json.loads(answer.text)["values"] == [["x" * 5_000]]


def test_the_port_is_free_again_afterwards(tmp_path: Path) -> None:
    with RunningService(tmp_path / "one") as first:
        port = urlsplit(first.url).port
    assert port is not None
    with RunningService(tmp_path / "one", port=port) as second:
        assert asked(second, Authorization=f"Bearer {second.token}") == 200
        with pytest.raises(OSError, match="in use"):
            RunningService(tmp_path / "two", port=port).__enter__()


def test_a_data_folder_has_one_service_at_a_time(tmp_path: Path) -> None:
    with (
        RunningService(tmp_path),
        pytest.raises(FolderInUseError, match="Another service is running on the data folder"),
    ):
        RunningService(tmp_path).__enter__()
