"""Who gets in: links to one map with one role, cookies instead of tokens, nobody else."""

import http.client
import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from cjm_sheets.service.page.visitors import Visitors
from cjm_sheets.service.running import RunningService
from tests.service.calls import TIMEOUT, Api
from tests.service.page.sharing import Window, edit, started, typed

STEPS = "Touchpoints"
Guest = Callable[[str], Window]


def edits(window: Window) -> int:
    steps = window.tab(STEPS)
    return window.edit(edit(steps, steps["rows"][0], "Step", "By a guest")).status_code


def test_the_token_leaves_the_address_for_a_cookie(desk: RunningService, map_id: str) -> None:
    window = Window(desk, map_id)
    answer = window.enter(desk.token)
    assert "token" not in answer.url
    first = answer.history[0]
    assert first.status_code == 303
    said = first.headers["Set-Cookie"]
    assert "HttpOnly" in said
    assert "samesite=strict" in said.lower()
    assert desk.token not in said + answer.text
    assert window.get("content").status_code == 200


def test_who_comes_from_another_site_is_led_on_from_here(desk: RunningService, map_id: str) -> None:
    """A browser would not send a new strict cookie along a redirect that began elsewhere."""
    window = Window(desk, map_id)
    address = f"{desk.url}/spreadsheets/d/{map_id}/edit"
    crossing = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    answer = window.session.get(
        address, params={"token": desk.token, "lang": "de"}, headers=crossing, timeout=TIMEOUT
    )
    assert answer.status_code == 200
    assert answer.history == []
    assert f'url=/spreadsheets/d/{map_id}/edit?lang=de"' in answer.text
    again = requests.get(address, headers=crossing, timeout=TIMEOUT)
    assert f'url=/spreadsheets/d/{map_id}/edit"' in again.text
    assert "Set-Cookie" not in again.headers


def test_a_link_to_edit_edits_its_map_only(guest: Guest, desk_api: Api) -> None:
    window = guest("edit")
    assert edits(window) == 200
    assert window.history()[0]["who"] == "Guest who may edit"
    other = Window(window.service, desk_api.create("Other").id, window.session)
    assert other.get("content").status_code == 404
    assert other.get("events").status_code == 404
    assert other.post("edits", {"edits": [{}]}).status_code == 404
    place = f"{window.service.url}/spreadsheets/d/{other.id}"
    for rest in ("/edit", "/export?format=csv", "", "/"):
        assert window.session.get(place + rest, timeout=TIMEOUT).status_code == 404, rest


def test_a_link_to_read_reads_only(guest: Guest) -> None:
    window = guest("read")
    for rest in ("content", "map.svg", "health", "history", "download.xlsx"):
        assert window.get(rest).status_code == 200, rest
    assert edits(window) == 403
    sheet = window.tab(STEPS)["id"]
    assert window.post("rows", {"sheetId": sheet}).status_code == 403
    assert window.post("rows/delete", {"sheetId": sheet, "row": 1}).status_code == 403


@pytest.mark.parametrize("role", ["read", "edit"])
def test_a_guest_reaches_neither_links_nor_the_interfaces(guest: Guest, role: str) -> None:
    window = guest(role)
    assert window.get("links").status_code == 403
    assert window.post("links", {"role": "edit"}).status_code == 403
    assert window.post("links/revoke", {"id": "x"}).status_code == 403
    token = next(iter(window.session.cookies.get_dict().values()))
    for path in (f"/v4/spreadsheets/{window.id}", "/drive/v3/files"):
        url = window.service.url + path
        assert window.session.get(url, timeout=TIMEOUT).status_code == 401
        bearer = {"Authorization": f"Bearer {token}"}
        assert requests.get(url, headers=bearer, timeout=TIMEOUT).status_code == 401


def test_the_list_shows_a_guest_their_map_alone(guest: Guest, desk_api: Api) -> None:
    desk_api.create("Secret plans")
    window = guest("read")
    listing = window.session.get(window.service.url, timeout=TIMEOUT).text
    assert f"/spreadsheets/d/{window.id}/edit" in listing
    assert "Secret plans" not in listing


def test_a_link_of_one_map_does_not_open_another(
    owner: Window, desk_api: Api, desk: RunningService
) -> None:
    made = owner.post("links", {"role": "edit", "name": ""}).json()
    other = Window(desk, desk_api.create("Other").id)
    assert other.enter(made["token"]).status_code == 401
    assert Window(desk, owner.id).enter("guessed").status_code == 401
    assert Window(desk, owner.id).get("content").status_code == 401


def hears(window: Window) -> int:
    address = f"{window.service.url}/page/{window.id}/events"
    with window.session.get(address, timeout=TIMEOUT, stream=True) as answer:
        return answer.status_code


def test_a_stream_ends_when_its_link_is_revoked(guest: Guest, owner: Window) -> None:
    window = guest("read")
    address = f"{window.service.url}/page/{window.id}/events"
    with window.session.get(address, timeout=TIMEOUT, stream=True) as answer:
        lines = answer.iter_lines(chunk_size=1, decode_unicode=True)
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        assert next(line for line in lines if line.startswith("event")) == "event: hello"
        steps = owner.tab(STEPS)
        owner.edit(edit(steps, steps["rows"][0], "Step", "Heard"), who="Ann")
        assert next(line for line in lines if line.startswith("event")) == "event: changed"
        assert json.loads(next(lines).removeprefix("data: "))["who"] == "Ann"
        (link,) = owner.get("links").json()["links"]
        owner.post("links/revoke", {"id": link["id"]})
        owner.edit(edit(steps, steps["rows"][1], "Step", "Not for you"))
        assert not [line for line in lines if line.startswith("event")]


def test_a_revoked_link_leads_nowhere_at_once(guest: Guest, owner: Window) -> None:
    window = guest("edit")
    (link,) = owner.get("links").json()["links"]
    assert link.keys() == {"id", "role", "name", "created"}
    assert owner.post("links/revoke", {"id": link["id"]}).status_code == 200
    assert window.get("content").status_code == 401
    assert hears(window) == 401
    assert owner.post("links/revoke", {"id": link["id"]}).status_code == 404
    assert owner.get("links").json()["links"] == []


def test_tokens_of_links_are_not_kept_and_links_outlive_a_restart(tmp_path: Path) -> None:
    with started(tmp_path) as service:
        id_ = Api(service).create("Kept").id
        owner = Window(service, id_)
        owner.enter(service.token)
        token = owner.post("links", {"role": "read", "name": "Ann"}).json()["token"]
    database = sqlite3.connect(tmp_path / "page.sqlite")
    assert token not in "".join(database.iterdump())
    database.close()
    with started(tmp_path) as service:
        assert Window(service, id_).enter(token).status_code == 200
        assert owner.session.get(
            f"{service.url}/page/{id_}/content", timeout=TIMEOUT
        ).status_code in {401, 404}  # the service has a new token: its old cookie opens nothing
        Api(service).call("DELETE", f"/drive/v3/files/{id_}")
        assert Window(service, id_).enter(token).status_code == 401


def test_a_link_needs_a_role_that_there_is(owner: Window) -> None:
    assert owner.post("links", {"role": "owner", "name": "x"}).status_code == 400
    assert owner.post("links", {"role": "edit", "name": 5}).status_code == 400


# ---- calls that pages of others can make


def raw(window: Window, method: str, rest: str, headers: dict[str, str], body: str = "") -> int:
    """Send a call with exactly these headers, and the cookies of a window."""
    place = urlsplit(window.service.url)
    cookies = "; ".join(f"{k}={v}" for k, v in window.session.cookies.get_dict().items())
    connection = http.client.HTTPConnection("127.0.0.1", place.port or 0, timeout=5)
    sent = {"Host": place.netloc, "Cookie": cookies} | headers
    connection.request(method, f"/page/{window.id}/{rest}", body, sent)
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_page_of_another_site_can_neither_write_nor_read(owner: Window) -> None:
    steps = owner.tab(STEPS)
    body = json.dumps({"edits": [edit(steps, steps["rows"][0], "Step", "Forged")]})
    own, kind = {"Origin": owner.service.url}, {"Content-Type": "application/json"}
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert raw(owner, "POST", "edits", {"Origin": "https://evil.example"} | kind, body) == 403
    assert raw(owner, "POST", "edits", {"Origin": "http://127.0.0.1:1"} | kind, body) == 403
    assert raw(owner, "POST", "edits", {"Origin": "null"} | kind, body) == 403
    assert raw(owner, "POST", "edits", kind, body) == 403
    assert raw(owner, "POST", "edits", own | form, body) == 415
    assert raw(owner, "POST", "edits", own | {"Content-Type": "text/plain"}, body) == 415
    for site in ("cross-site", "same-site"):
        assert raw(owner, "GET", "content", {"Sec-Fetch-Site": site}) == 403
        assert raw(owner, "POST", "edits", own | kind | {"Sec-Fetch-Site": site}, body) == 403
    after = owner.tab(STEPS)
    assert typed(after, after["rows"][0], "Step") != "Forged"
    assert raw(owner, "POST", "edits", own | kind, body) == 200


def test_a_host_name_that_was_bent_to_this_machine_is_turned_away(owner: Window) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""):
        assert raw(owner, "GET", "content", {"Host": host}) in {400, 403}, host


def test_a_body_that_is_too_large_is_turned_away(owner: Window) -> None:
    headers = {"Origin": owner.service.url, "Content-Type": "application/json"}
    answer = owner.session.post(
        f"{owner.service.url}/page/{owner.id}/edits",
        data=(b" " * 1_000_000 for _ in range(10)),
        headers=headers,
        timeout=TIMEOUT,
    )
    assert answer.status_code == 413


def test_texts_of_people_are_shown_as_text(owner: Window, desk_api: Api) -> None:
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    book = desk_api.create(evil)
    book.write("A1", [[evil]])
    window = Window(owner.service, book.id, owner.session)
    page = window.session.get(f"{owner.service.url}/spreadsheets/d/{book.id}/edit", timeout=TIMEOUT)
    assert "<script>alert" not in page.text
    assert "<img" not in page.text
    made = window.post("links", {"role": "read", "name": evil}).json()
    guest = Window(owner.service, book.id)
    assert "<script>alert" not in guest.enter(made["token"]).text
    content = window.get("content")
    assert content.headers["Content-Type"] == "application/json"
    assert content.headers["X-Content-Type-Options"] == "nosniff"


def test_every_answer_of_the_page_keeps_the_browser_short(owner: Window) -> None:
    base, ours = owner.service.url, f"/page/{owner.id}"
    paths = [
        "/",
        f"/spreadsheets/d/{owner.id}/edit",
        "/page/assets/main.js",
        "/page/assets/grid.js",
    ]
    paths += [f"{ours}/content", f"{ours}/map.svg", f"{ours}/health", "/page/assets/none.js"]
    for path in paths:
        answer = owner.session.get(base + path, timeout=TIMEOUT)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert not re.search(r"unsafe|\*", policy), path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_assets_are_ours_by_name_alone(owner: Window) -> None:
    base = f"{owner.service.url}/page/assets/"
    assert owner.session.get(base + "main.js", timeout=TIMEOUT).status_code == 200
    for name in ("..%2fguard.py", "%2e%2e/guard.py", "guard.py", "__init__.py", ""):
        assert owner.session.get(base + name, timeout=TIMEOUT).status_code in {404, 501}, name
    assert requests.get(base + "main.js", timeout=TIMEOUT).status_code == 401


def test_the_sentence_of_a_closed_page_is_in_the_visitors_language(
    desk: RunningService, map_id: str
) -> None:
    headers = {"Accept": "text/html", "Accept-Language": "fr, ru;q=0.9, de;q=0.8"}
    address = f"{desk.url}/spreadsheets/d/{map_id}/edit"
    answer = requests.get(address, headers=headers, timeout=TIMEOUT)
    assert answer.status_code == 401
    assert '<html lang="ru">' in answer.text
    answer = requests.get(address, params={"lang": "lv"}, headers=headers, timeout=TIMEOUT)
    assert '<html lang="lv">' in answer.text


def test_a_token_with_letters_of_any_kind_is_compared_not_crashed_on(desk: RunningService) -> None:
    assert Visitors(None, "secret").knows("gehéim") is False
    answer = requests.get(f"{desk.url}/?token=ж", timeout=TIMEOUT)
    assert answer.status_code == 401
