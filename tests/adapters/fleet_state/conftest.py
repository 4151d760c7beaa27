"""Runs each test of what workers share twice: over SQLite files, and over Redis."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.adapters.fleet_state.shared import Shared, letting_go
from tests.redis_server import Running, running_redis


@pytest.fixture(scope="session")
def redis() -> Iterator[Running]:
    with running_redis() as server, letting_go():
        yield server


@pytest.fixture(params=["sqlite", "redis"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Shared:
    if request.param == "sqlite":
        return Shared(str(tmp_path))
    server: Running = request.getfixturevalue("redis")
    server.empty()
    return Shared(server.address)
