"""Decides how Google's sign-in behaves in tests: on this machine, and as badly as is asked for."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

ID, SECRET = "client-of-a-test", "planted-client-secret"
ACCESS, REFRESH, CODE = "planted-access-token", "planted-refresh-token", "planted-code"
PLANTED = (SECRET, ACCESS, REFRESH, CODE)
"""What nobody must ever see."""

SCOPES = "https://www.googleapis.com/auth/drive.file https://www.googleapis.com/auth/spreadsheets"
_GOOD = {
    "access_token": ACCESS, "refresh_token": REFRESH, "expires_in": 3599, "token_type": "Bearer",
    "scope": SCOPES,
}  # fmt: skip


@dataclass
class FakeGoogle:
    """Answers where tokens are given and taken back; `mood` says how."""

    url: str
    mood: str = "good"
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def client(self) -> dict[str, Any]:
        """What the file of an OAuth client holds."""
        return {
            "installed": {
                "client_id": ID, "client_secret": SECRET, "auth_uri": f"{self.url}/auth",
                "token_uri": f"{self.url}/token", "redirect_uris": ["http://localhost"],
            }
        }  # fmt: skip

    def answer(self, path: str, said: dict[str, str]) -> tuple[int, str, str]:
        """Return status, kind and body of the answer to a form that was sent."""
        self.asked.append((path, said))
        # A bad service quotes all that it was sent.
        quoted = json.dumps({"error": "invalid_grant", "error_description": json.dumps(said)})
        if self.mood == "good":
            return 200, "application/json", json.dumps(_GOOD)
        if self.mood == "no refresh token":
            kept = {key: text for key, text in _GOOD.items() if key != "refresh_token"}
            return 200, "application/json", json.dumps(kept)
        if self.mood == "other scopes":
            return 200, "application/json", json.dumps({**_GOOD, "scope": f"{REFRESH} email"})
        return {
            "refuses": (400, "application/json", quoted),
            "broken": (500, "text/html", f"<html>{quoted}</html>"),
        }.get(self.mood, (200, "text/html", f"sign in to this hotel {quoted}"))


@contextmanager
def fake_google() -> Iterator[FakeGoogle]:
    """Give one that stops at the end."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            said = {key: values[0] for key, values in parse_qs(sent).items()}
            status, kind, body = google.answer(self.path, said)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    google = FakeGoogle(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield google
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def agree(address: str, **other: str) -> int:
    """Do what the browser of a person does who agrees; `other` replaces parts of the answer.

    Returns the status of what the browser then shows.
    """
    asked = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
    answer = {"state": asked["state"], "code": CODE, "scope": SCOPES} | other
    place = urlsplit(asked["redirect_uri"])
    # Not with requests: its log of what a browser sends is no log of ours.
    browser = HTTPConnection(place.netloc, timeout=10)
    try:
        browser.request("GET", f"{place.path}?{urlencode(answer)}")
        return browser.getresponse().status
    finally:
        browser.close()
