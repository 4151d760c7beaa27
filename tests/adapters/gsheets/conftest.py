from collections.abc import Iterator
from pathlib import Path

import pytest

from cjm_sheets.adapters.gsheets.transport import Endpoint, Transport
from cjm_sheets.service.running import RunningService


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    folder: Path = tmp_path_factory.mktemp("service")
    with RunningService(folder) as running:
        yield running


@pytest.fixture
def transport(service: RunningService) -> Transport:
    return Transport(Endpoint(service.url, service.token))
