"""Gives a running service, and a way to it on which each message must be as Google describes."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from cjm_sheets.adapters.gsheets.transport import Endpoint, Transport
from cjm_sheets.service.running import RunningService
from tests.service.discovery import body_problems, problems


class CheckedTransport(Transport):
    """Our transport; what it sends and gets must be valid by Google's description."""

    def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> requests.Response:
        path = urlsplit(endpoint).path
        if kwargs.get("json") is not None:
            assert body_problems(method.upper(), path, kwargs["json"]) == []
        answer = super().request(method, endpoint, *args, **kwargs)
        assert problems(method.upper(), path, answer.json()) == []
        return answer


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture
def transport(service: RunningService) -> Transport:
    return CheckedTransport(Endpoint(service.url, service.token))
