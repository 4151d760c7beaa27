"""Starts the embedded service for tests, and clients that speak HTTP to it as they do to Google."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import gspread
import pytest
from google.auth.credentials import Credentials
from requests import Response

from cjm_sheets.service.running import RunningService
from tests.service.calls import TIMEOUT, Api
from tests.service.discovery import problems

GOOGLE = ("https://sheets.googleapis.com", "https://www.googleapis.com")


class BearerCredentials(Credentials):
    """Credentials that are one token and never change."""

    def __init__(self, token: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # google-auth ships few types
        self.token = token

    @property
    def valid(self) -> bool:
        return True

    def refresh(self, request: object) -> None:
        msg = f"the token was refused: {request}"
        raise AssertionError(msg)


class RedirectedClient(gspread.HTTPClient):
    """gspread's own client, sent to another address; every answer is held against Google's."""

    base = ""

    def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Response:
        for address in GOOGLE:
            endpoint = endpoint.replace(address, self.base)
        answer = super().request(method, endpoint, *args, **kwargs)
        if answer.headers.get("Content-Type") == "application/json":
            path = urlsplit(endpoint).path
            assert problems(method.upper(), path, answer.json()) == []
        return answer


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("service")) as running:
        yield running


def client_of(service: RunningService) -> gspread.Client:
    http = type("Redirected", (RedirectedClient,), {"base": service.url})
    client = gspread.Client(BearerCredentials(service.token), http_client=http)
    client.set_timeout(TIMEOUT)
    return client


@pytest.fixture(scope="session")
def client(service: RunningService) -> gspread.Client:
    return client_of(service)


@pytest.fixture
def book(client: gspread.Client, request: pytest.FixtureRequest) -> gspread.Spreadsheet:
    """Return a new spreadsheet with one tab, ``Sheet1``, id 0."""
    return client.create(request.node.name)


@pytest.fixture
def restartable(tmp_path: Path) -> Path:
    """Return a data folder of its own, for services that are started twice."""
    return tmp_path / "data"


@pytest.fixture(scope="session")
def api(service: RunningService) -> Api:
    return Api(service)
