"""Decides how requests reach the service: where to, how long to wait, what to repeat and count.

gspread's own client waits for ever, and its back-off repeats requests that may have been carried
out. Here every request has a time limit; what only reads is repeated when the service is busy or
broken; what writes is repeated only when the service says that it did not begin (429).
"""

from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, replace
from itertools import pairwise
from json import dumps
from typing import Any
from urllib.parse import urlencode

import gspread
import requests
import stamina
import stamina.instrumentation
from google.auth.credentials import AnonymousCredentials, Credentials
from google.auth.exceptions import RefreshError, TransportError
from google.auth.transport.requests import AuthorizedSession

from cjm_sheets.errors.accounts import NotSignedInError
from cjm_sheets.errors.sharing import (
    NoSuchSpreadsheetError,
    NotAllowedError,
    RefusedError,
    UnreachableError,
)
from cjm_sheets.ports.quota import Kind, Quota
from cjm_sheets.ports.store import Traffic

GOOGLE_SHEETS = "https://sheets.googleapis.com"
GOOGLE_DRIVE = "https://www.googleapis.com"
_TIMEOUT = (10.0, 120.0)  # seconds to connect, and to wait for an answer
_ATTEMPTS = 6
_PATIENCE = 90.0  # seconds over all attempts
_FIRST_WAIT = 1.0
_LONGEST_WAIT = 64.0
_NO_CONTENT = 204
_BUSY = 429
_FORBIDDEN = 403
_BROKEN = frozenset({500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the service is and who asks; an address of "" means Google."""

    address: str = ""
    token: str = ""
    credentials: Credentials | None = None
    account: str = ""

    @property
    def host(self) -> str:
        """The service as people know it."""
        return self.address or GOOGLE_SHEETS


class Transport(gspread.HTTPClient):
    """gspread's way to the service, with time limits, careful repetition and counters."""

    def __init__(
        self,
        endpoint: Endpoint,
        quota: Quota | None = None,
        weigh: Callable[[int, int], None] = lambda _, __: None,
    ) -> None:
        """Open a way; with a `quota` no request leaves unless that lets it pass, or counted it.

        `weigh` hears of the bytes of each request and its answer, those of Drive as well.
        """
        session = _session(endpoint)
        super().__init__(auth=AnonymousCredentials(), session=session)  # type: ignore[no-untyped-call]
        self.set_timeout(_TIMEOUT)
        self.endpoint = endpoint
        self.traffic = Traffic()
        self._quota = quota
        self._weigh = weigh

    def request(  # noqa: PLR0913, PLR0917 - the signature is gspread's
        self,
        method: str,
        endpoint: str,
        params: MutableMapping[str, Any] | None = None,
        data: bytes | None = None,
        json: Mapping[str, Any] | None = None,
        files: Any = None,  # noqa: ANN401 - gspread's
        headers: MutableMapping[str, str] | None = None,
    ) -> requests.Response:
        """Send a request; return the answer, or raise an error that a person can understand."""
        asked: dict[str, Any] = {"method": method, "url": self._rewritten(endpoint)}
        if params:
            # Masks are full of signs that need no escape, and each escape takes three bytes.
            asked["url"] += "?" + urlencode(params, doseq=True, safe="(),/*:")
        asked |= {"data": data}
        if json is not None:
            asked |= {"data": _body(json)}
            headers = {"Content-Type": "application/json", **(headers or {})}
        asked |= {"files": files, "headers": headers, "timeout": self.timeout}
        try:
            return self._send(asked, reads=method.lower() == "get")
        except _Refusal as refusal:
            raise refusal.meaning from None

    def _send(self, asked: Mapping[str, Any], *, reads: bool) -> requests.Response:
        """Send a request as often as it takes and may be; return the answer."""
        kind = _kind(asked["url"], reads=reads)
        is_held = self._quota is not None and self._quota.waits
        for attempt in stamina.retry_context(
            on=lambda error: _wait(error, reads=reads, is_held=is_held),
            attempts=_ATTEMPTS,
            # A quota may let nobody pass for minutes; the attempts alone are counted then.
            timeout=None if is_held else _PATIENCE,
            wait_initial=_FIRST_WAIT,
            wait_max=_LONGEST_WAIT,
            wait_jitter=_FIRST_WAIT,
        ):
            with attempt:
                try:
                    answer = self._passed(asked, kind)
                except RefreshError:
                    # A token that was taken back, or has run out for good: repeating mends nothing.
                    # The error may quote what was sent, so that nobody gets to see it.
                    raise NotSignedInError(self.endpoint.host) from None
                except (requests.RequestException, TransportError, TypeError) as error:
                    # A TypeError is google-auth's, of a token service that answers with a page.
                    raise UnreachableError(self.endpoint.host, type(error).__name__) from None
                self._count(answer, reads=reads)
                if not answer.ok:
                    refusal = _Refusal(answer, self._explained(answer))
                    if self._quota is not None and refusal.is_busy:
                        self._quota.refused(kind, refusal.seconds)
                    raise refusal
                if not _is_json(answer):
                    # A proxy or a hotel's sign-in page that answers in the service's place.
                    raise UnreachableError(self.endpoint.host, "no JSON")
                return answer
        raise AssertionError  # stamina either returns or raises

    def _passed(self, asked: Mapping[str, Any], kind: Kind) -> requests.Response:
        """Send a request once the quota lets it pass; the one place where requests leave."""
        if self._quota is None:
            return self.session.request(**asked)
        with self._quota.passing(kind):
            return self.session.request(**asked)

    def _rewritten(self, url: str) -> str:
        """Return a Google address as the service's own."""
        if not self.endpoint.address:
            return url
        for google in (GOOGLE_SHEETS, GOOGLE_DRIVE):
            url = url.replace(google, self.endpoint.address, 1) if url.startswith(google) else url
        return url

    def _count(self, answer: requests.Response, *, reads: bool) -> None:
        """Count a request to Sheets and its bytes; Drive's have a quota of their own."""
        asked = answer.request
        body = asked.body if isinstance(asked.body, bytes | str) else b""
        line = f"{asked.method} {asked.path_url} HTTP/1.1\r\n"
        sent = len(line) + _size(asked.headers) + len(body)
        length = answer.headers.get("Content-Length")
        received = _size(answer.headers) + int(length or len(answer.content))
        self._weigh(sent, received)
        if _kind(asked.url or "", reads=reads) == "drive":
            return
        now = self.traffic
        self.traffic = replace(
            now,
            read=now.read + reads,
            write=now.write + (not reads),
            bytes_sent=now.bytes_sent + sent,
            bytes_received=now.bytes_received + received,
        )

    def _explained(self, answer: requests.Response) -> Exception:
        """Return the error that says what a refusal means."""
        spreadsheet = _spreadsheet_in(answer.request.path_url or "")
        match answer.status_code:
            case 401:
                return NotSignedInError(self.endpoint.host)
            case 403 if not _is_too_much(answer):
                return NotAllowedError(spreadsheet, self.endpoint.account)
            case 404:
                return NoSuchSpreadsheetError(spreadsheet)
        if answer.status_code in _BROKEN:
            # Nobody knows whether a request that met this was carried out; the next sync finds out.
            return UnreachableError(self.endpoint.host, f"HTTP {answer.status_code}")
        return RefusedError(answer.status_code, _message(answer))


# What is repeated is ours to tell; the library's own notes would land in people's terminals.
stamina.instrumentation.set_on_retry_hooks([])


class _Refusal(Exception):  # noqa: N818 - never leaves this module
    """An answer that is no success, on its way to the decision whether to repeat."""

    def __init__(self, answer: requests.Response, meaning: Exception) -> None:
        super().__init__(str(meaning))
        self.answer = answer
        self.meaning = meaning

    @property
    def is_busy(self) -> bool:
        """Whether the service did not begin, since it was asked too much."""
        return self.answer.status_code == _BUSY or _is_too_much(self.answer)

    @property
    def seconds(self) -> float | None:
        """How long the service wants to be left alone, None if it does not say."""
        asked = self.answer.headers.get("Retry-After", "")
        return min(float(asked), _LONGEST_WAIT) if asked.isdigit() else None


def _wait(error: Exception, *, reads: bool, is_held: bool) -> bool | float:
    """Tell whether to repeat after an error, or how many seconds to wait before.

    Where a quota holds back requests it is that which waits when the service is busy, for all.
    """
    if isinstance(error, UnreachableError):
        return reads and error.facts["reason"] != "no JSON"
    if not isinstance(error, _Refusal):
        return False
    if error.is_busy and is_held:
        return 0.0
    if not error.is_busy and not (reads and error.answer.status_code in _BROKEN):
        return False
    return True if error.seconds is None else error.seconds


def _kind(url: str, *, reads: bool) -> Kind:
    """Return as what Google counts a request."""
    if "/drive/v3/" in url:
        return "drive"
    return "reads" if reads else "writes"


def _is_too_much(answer: requests.Response) -> bool:
    """Tell whether Drive refuses for want of quota, which it does with 403 as well as with 429."""
    if answer.status_code != _FORBIDDEN:
        return False
    try:
        errors = answer.json()["error"]["errors"]
        return any(str(each["reason"]).lower().endswith("ratelimitexceeded") for each in errors)
    except (ValueError, KeyError, TypeError):
        return False


def _session(endpoint: Endpoint) -> requests.Session:
    """Return a session that signs every request."""
    if endpoint.credentials is not None:
        return AuthorizedSession(endpoint.credentials)  # type: ignore[no-untyped-call]
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {endpoint.token}"
    # A service on this machine must be reached as it is, whatever proxy the surroundings name.
    session.trust_env = False
    return session


def _body(json: Mapping[str, Any]) -> bytes:
    """Return a body as short as can be: no blanks, letters of all alphabets as they are."""
    try:
        return dumps(json, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # half of a pair of surrogates, which UTF-8 has no form for
        return dumps(json, separators=(",", ":")).encode()


def _is_json(answer: requests.Response) -> bool:
    """Tell whether an answer can be what the service says; one without content says enough."""
    return answer.status_code == _NO_CONTENT or answer.headers.get("Content-Type", "").startswith(
        "application/json"
    )


def _size(headers: Mapping[str, Any]) -> int:
    """Return the bytes of headers as they travel."""
    return sum(len(name) + len(value) + 4 for name, value in headers.items()) + 2


def _spreadsheet_in(path: str) -> str:
    """Return the id of the spreadsheet in a path, "" if there is none."""
    parts = path.split("?", maxsplit=1)[0].split("/")
    after = [b for a, b in pairwise(parts) if a in {"spreadsheets", "files"}]
    return after[0].split(":")[0] if after else ""


def _message(answer: requests.Response) -> str:
    """Return what the service says of an error, in one line."""
    try:
        said = str(answer.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        said = answer.reason or ""
    return " ".join(said.split())[:300]
