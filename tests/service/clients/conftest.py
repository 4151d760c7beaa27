"""Starts a service that is watched, and sends strangers' clients to it by their own means."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httplib2
import pytest
import requests
from google.auth.transport.requests import AuthorizedSession
from requests.adapters import HTTPAdapter
from starlette.applications import Starlette

from cjm_sheets.service import running
from cjm_sheets.service.app import make_app
from cjm_sheets.service.running import RunningService, Setting
from cjm_sheets.wiring import workbooks
from tests.service.calls import Api
from tests.service.conftest import BearerCredentials
from tests.service.witness import Notes, Witness

GOOGLE = ("sheets.googleapis.com", "www.googleapis.com", "docs.google.com")


@pytest.fixture(scope="session")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningService, Notes]]:
    notes = Notes()

    def with_witness(*args: Any, **kwargs: Any) -> Starlette:
        app = make_app(*args, **kwargs)
        app.add_middleware(Witness, notes=notes)
        return app

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "make_app", with_witness)
        with RunningService(
            tmp_path_factory.mktemp("watched"), setting=Setting(workbooks=workbooks())
        ) as service:
            yield service, notes


@pytest.fixture
def service(watched: tuple[RunningService, Notes]) -> Iterator[RunningService]:
    """Give the service; whatever it answered in JSON must have been as Google describes it."""
    served, notes = watched
    notes.clear()
    yield served
    assert notes.seen > 0
    assert notes.wrong == []


@pytest.fixture
def api(service: RunningService) -> Api:
    """Return the other way to the same spreadsheets: raw calls."""
    return Api(service)


class _Redirect(HTTPAdapter):
    """What a session sends calls with: to another address than they name."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        request.url = redirected(str(request.url), self._base)
        return super().send(request, *args, **kwargs)


def redirected(url: str, base: str) -> str:
    """Return an address of Google as the service has it; others stay."""
    parts, there = urlsplit(url), urlsplit(base)
    if parts.netloc not in GOOGLE:
        return url
    return urlunsplit((there.scheme, there.netloc, parts.path, parts.query, ""))


@pytest.fixture
def session(service: RunningService) -> Iterator[AuthorizedSession]:
    """Return a signed-in session of requests whose calls to Google go to the service."""
    credentials = BearerCredentials(service.token)
    with AuthorizedSession(credentials) as session:  # type: ignore[no-untyped-call]  # google-auth ships few types
        for host in GOOGLE:
            session.mount(f"https://{host}", _Redirect(service.url))
        yield session


@pytest.fixture
def http(service: RunningService) -> Iterator[httplib2.Http]:
    """Return a client of httplib2 whose calls to Google go to the service."""

    class Redirected(httplib2.Http):  # type: ignore[misc]  # httplib2 ships no types
        def request(self, uri: str, *args: Any, **kwargs: Any) -> Any:
            kwargs.pop("connection_type", None)
            return super().request(redirected(uri, service.url), *args, **kwargs)

    client = Redirected(timeout=60)
    client.redirect_codes -= {308}  # as Google's own client sets it: in uploads it is no redirect
    yield client
    client.close()


@pytest.fixture
def credentials(service: RunningService) -> BearerCredentials:
    return BearerCredentials(service.token)
