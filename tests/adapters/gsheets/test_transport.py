"""How requests are repeated and counted, and what failures become, at a service in moods."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
from google.auth.exceptions import RefreshError

from cjm_sheets.adapters.gsheets import transport as module
from cjm_sheets.adapters.gsheets.transport import GOOGLE_SHEETS, Endpoint, Transport
from cjm_sheets.errors.accounts import NotSignedInError
from cjm_sheets.errors.sharing import RefusedError, UnreachableError

Answer = tuple[int, dict[str, str], bytes]
URL = f"{GOOGLE_SHEETS}/v4/spreadsheets/abc"


class Moody:
    """A service that gives the answers it was told to, one after another; the last one stays."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def answer(self, verb: str) -> Answer:
        self.asked.append(verb)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def serve() -> Iterator[Callable[[Moody], Transport]]:
    running: list[ThreadingHTTPServer] = []

    def serving(moody: Moody) -> Transport:
        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, headers, body = moody.answer(self.command)
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = answer  # noqa: N815 - http.server looks for these names

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
                del format, args

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        running.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return Transport(Endpoint(f"http://127.0.0.1:{server.server_port}", "secret-token"))

    yield serving
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def _in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FIRST_WAIT", 0.001)
    monkeypatch.setattr(module, "_LONGEST_WAIT", 0.01)


OK: Answer = (200, {"Content-Type": "application/json"}, b"{}")


def failing(status: int, message: str = "no", **headers: str) -> Answer:
    body = f'{{"error": {{"code": {status}, "message": "{message}"}}}}'
    return (status, {"Content-Type": "application/json", **headers}, body.encode())


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_reading_is_repeated_while_the_service_is_busy_or_broken(
    serve: Callable[[Moody], Transport], status: int
) -> None:
    moody = Moody(failing(status), failing(status), OK)
    assert serve(moody).request("get", URL).json() == {}
    assert len(moody.asked) == 3


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_writing_is_never_repeated_blindly(
    serve: Callable[[Moody], Transport], status: int
) -> None:
    moody = Moody(failing(status), OK)
    with pytest.raises(UnreachableError) as caught:
        serve(moody).request("post", URL, json={})
    assert caught.value.facts["reason"] == f"HTTP {status}"
    assert len(moody.asked) == 1


def test_writing_is_repeated_when_it_was_not_begun(serve: Callable[[Moody], Transport]) -> None:
    moody = Moody(failing(429, **{"Retry-After": "0"}), OK)
    serve(moody).request("post", URL, json={})
    assert len(moody.asked) == 2


def test_repeating_has_an_end(serve: Callable[[Moody], Transport]) -> None:
    moody = Moody(failing(429, "slow down"))
    with pytest.raises(RefusedError) as caught:
        serve(moody).request("get", URL)
    assert caught.value.facts == {"status": 429, "reason": "slow down"}
    assert len(moody.asked) == module._ATTEMPTS  # noqa: SLF001 - the bound is what is tested


def test_a_web_page_instead_of_an_answer_is_no_crash(
    serve: Callable[[Moody], Transport],
) -> None:
    page: Answer = (400, {"Content-Type": "text/html"}, b"<html>Proxy says no</html>")
    with pytest.raises(RefusedError):
        serve(Moody(page)).request("get", URL)


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_sign_in_page_in_place_of_an_answer_is_no_answer(
    serve: Callable[[Moody], Transport], verb: str
) -> None:
    page: Answer = (200, {"Content-Type": "text/html"}, b"<html>Hotel WLAN</html>")
    moody = Moody(page)
    with pytest.raises(UnreachableError):
        serve(moody).request(verb, URL)
    assert len(moody.asked) == 1


def test_what_travels_is_counted(serve: Callable[[Moody], Transport]) -> None:
    transport = serve(Moody(OK))
    transport.request("post", URL, json={"requests": ["x" * 1000]})
    transport.request("get", URL)
    traffic = transport.traffic
    assert (traffic.read, traffic.write) == (1, 1)
    assert 1_000 < traffic.bytes_sent < 2_000
    assert traffic.bytes_received > 4


def test_a_token_that_was_taken_back_is_not_signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    transport = Transport(Endpoint("http://127.0.0.1:9", "t"))

    def refuse(**_: object) -> requests.Response:
        raise RefreshError("revoked")  # type: ignore[no-untyped-call] # google-auth has no types

    monkeypatch.setattr(transport.session, "request", refuse)
    with pytest.raises(NotSignedInError):
        transport.request("get", URL)


def test_no_error_tells_the_token(serve: Callable[[Moody], Transport]) -> None:
    for answer in (failing(401), failing(403), failing(404), failing(400)):
        with pytest.raises(Exception, match=r".") as caught:
            serve(Moody(answer)).request("get", URL)
        assert "secret-token" not in f"{caught.value!r} {caught.value}"


def test_nobody_there_is_unreachable() -> None:
    with pytest.raises(UnreachableError):
        Transport(Endpoint("http://127.0.0.1:9", "t")).request("get", URL)
