"""Decides what tests may touch in somebody's Google account: what they made, and what says test."""

import os
import time
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

import requests

from cjm_sheets.adapters.gsheets.sign_in import google_endpoint
from cjm_sheets.adapters.gsheets.transport import (
    GOOGLE_DRIVE,
    GOOGLE_SHEETS,
    Endpoint,
    Transport,
)

SETTING = "CJM_SHEETS_LIVE_CREDENTIALS"
ELSEWHERE = "endpoint"
"""The value that means the service of CJM_SHEETS_ENDPOINT instead of Google."""

SHEETS = f"{GOOGLE_SHEETS}/v4/spreadsheets"
FILES = f"{GOOGLE_DRIVE}/drive/v3/files"


class NotOursError(AssertionError):
    """A test is about to touch a spreadsheet whose title does not say that it is one for tests."""


def endpoint() -> Endpoint:
    """Return the service that the surroundings name, signed in."""
    named = os.environ[SETTING]
    if named == ELSEWHERE:
        address = os.environ["CJM_SHEETS_ENDPOINT"].rstrip("/")
        return Endpoint(address, os.environ["CJM_SHEETS_TOKEN"])
    return google_endpoint(named, Path())


class GuardedTransport(Transport):
    """A transport that touches no spreadsheet but those for tests, and can throw away its own."""

    def __init__(self, to: Endpoint) -> None:
        super().__init__(to)
        self.made: list[str] = []
        self._known: set[str] = set()

    def request(  # noqa: PLR0913, PLR0917 - the signature is gspread's
        self,
        method: str,
        endpoint: str,
        params: MutableMapping[str, Any] | None = None,
        data: bytes | None = None,
        json: Mapping[str, Any] | None = None,
        files: Any = None,
        headers: MutableMapping[str, str] | None = None,
    ) -> requests.Response:
        """Send a request, unless it is about a spreadsheet that is not for tests."""
        rest = endpoint.removeprefix(SHEETS).removeprefix(FILES)
        name = rest.strip("/").split("/")[0].split(":")[0]
        if rest == endpoint or (not name and not is_for_tests(title_in(json))):
            raise NotOursError(endpoint)
        if name and name not in self._known:
            asked = {"fields": "properties.title"}
            found = super().request("get", f"{SHEETS}/{name}", params=asked).json()
            if not is_for_tests(found["properties"]["title"]):
                raise NotOursError(found["properties"]["title"])
            self._known.add(name)
        answer = super().request(method, endpoint, params, data, json, files, headers)
        if not name:
            self.made.append(answer.json()["id"])
        return answer

    def throw_away(self) -> None:
        """Put all spreadsheets that were made into the trash."""
        while self.made:
            super().request("patch", f"{FILES}/{self.made.pop()}", json={"trashed": True})


def title_in(body: Mapping[str, Any] | None) -> str:
    """Return the title that a new spreadsheet is to have, which Drive makes."""
    return str((body or {}).get("name", ""))


def is_for_tests(title: str) -> bool:
    """Tell whether a title says that a spreadsheet is one for tests.

    >>> is_for_tests("A map (test)"), is_for_tests("Our map")
    (True, False)
    """
    return "test" in title.casefold()


def a_moment() -> None:
    """Wait as long as Google's quota asks, a few writes a second; the embedded service has none."""
    if os.environ[SETTING] != ELSEWHERE:
        time.sleep(1)
