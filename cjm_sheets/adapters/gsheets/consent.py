"""Decides how a person lets the program into their Google account: in a browser on this machine.

The answer comes to an address of this machine that listens for it only meanwhile. What is no answer
to our own question is answered with a refusal, and waited on.
"""

import logging
import secrets
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import TCPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from google_auth_oauthlib.flow import Flow

from cjm_sheets.adapters.gsheets.token_file import kept
from cjm_sheets.errors.accounts import NoClientError, SignInFailedError

for _chatty in ("oauthlib", "requests_oauthlib"):
    # They log whole requests and answers, secrets included, as soon as anybody listens.
    logging.getLogger(_chatty).setLevel(logging.WARNING)

_DESKTOP = "installed"
"""What a client file holds that Google makes for programs on people's machines."""


def client_config(named: str, places: tuple[Path, ...]) -> dict[str, Any]:
    """Return the OAuth client to ask with: the named file, else the first of those that is one."""
    for path in (Path(named),) if named else places:
        found = kept(path)
        if found is not None and isinstance(found.get(_DESKTOP), dict):
            return found
    raise NoClientError(named or ", ".join(map(str, places)))


def consent(
    client: Mapping[str, Any],
    scopes: tuple[str, ...],
    show: Callable[[str], None],
    patience: float,
) -> dict[str, Any]:
    """Return what a person agrees to, as it is kept; `show` gets the address to open."""
    state = secrets.token_urlsafe(24)
    with _Listener(state) as listener:
        flow = Flow.from_client_config(dict(client), list(scopes))
        flow.redirect_uri = f"http://127.0.0.1:{listener.server_address[1]}/"
        # Without `consent` Google gives no refresh token to who agreed before.
        address, _ = flow.authorization_url(access_type="offline", prompt="consent", state=state)
        show(address)
        code = listener.answer(patience)
    try:
        flow.fetch_token(code=code)
    except Exception as error:  # noqa: BLE001 - oauthlib raises what it likes, even warnings
        # Its words may quote what was sent, secrets included: the kind of error is all that leaves.
        raise SignInFailedError(type(error).__name__) from None
    made = flow.credentials
    if not made.refresh_token:
        raise SignInFailedError("no refresh token")  # noqa: TRY003 - what is missing
    return {
        "type": "authorized_user",
        "client_id": made.client_id,
        "client_secret": made.client_secret,
        "refresh_token": made.refresh_token,
        "token_uri": made.token_uri,
        "scopes": sorted(made.granted_scopes or made.scopes or ()),
    }


class _Listener(TCPServer):
    """Listens on a free port of this machine for the one answer to our question."""

    def __init__(self, state: str) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.state = state
        self.code = ""
        self.refused = ""

    def answer(self, patience: float) -> str:
        """Return the code that Google gave; SignInFailedError if none comes."""
        until = time.monotonic() + patience
        while not (self.code or self.refused):
            self.timeout = until - time.monotonic()
            if self.timeout <= 0:
                raise SignInFailedError("nobody answered")  # noqa: TRY003 - what happened
            self.handle_request()
        if self.refused:
            raise SignInFailedError(self.refused)
        return self.code


class _Answering(BaseHTTPRequestHandler):
    """Takes the answer from the browser, and tells the person that the window can be closed."""

    server: _Listener
    timeout = 10  # seconds in which a visitor says what it wants

    def do_GET(self) -> None:
        """Take an answer with our state; all else is not found."""
        asked = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
        ours = secrets.compare_digest(asked.get("state", "").encode(), self.server.state.encode())
        if not ours or not ("code" in asked or "error" in asked):
            self.send_error(404)
            return
        self.server.code = asked.get("code", "")
        # An error is one of few known words; what else it might be is not repeated.
        word = asked.get("error", "")
        self.server.refused = (word if word.isidentifier() else "refused") if word else ""
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"cjm-sheets: OK. You can close this window.\n")

    def log_message(self, *args: object) -> None:
        """Log nothing: the path holds the code."""
