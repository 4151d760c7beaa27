"""Lets no test of fleets wait before it asks a service once more."""

from collections.abc import Iterator

import pytest
import stamina


@pytest.fixture(autouse=True)
def _nobody_waits() -> Iterator[None]:
    with stamina.set_testing(True, attempts=6):
        yield
