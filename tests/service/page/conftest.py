"""Gives a service with the sample map on it, and windows of its owner and of link holders."""

from collections.abc import Callable, Iterator

import pytest

from cjm_sheets.service.running import RunningService
from tests.service.calls import Api, Book
from tests.service.page.sharing import Window, shared, started


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """Give a running service of this module's own."""
    with started(tmp_path_factory.mktemp("desk")) as service:
        yield service


@pytest.fixture(scope="module")
def sample(desk: RunningService, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Share the sample; the history of the sync stays out of the real home."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CJM_SHEETS_HOME", str(home))
        return shared(desk, home)


@pytest.fixture
def map_id(desk: RunningService, sample: str) -> str:
    """Give each test a copy of the sample of its own."""
    made: str = Api(desk).call("POST", f"/drive/v3/files/{sample}/copy", {"name": "vacuum"})["id"]
    return made


@pytest.fixture
def owner(desk: RunningService, map_id: str) -> Window:
    window = Window(desk, map_id)
    assert window.enter(desk.token).status_code == 200
    return window


@pytest.fixture
def guest(owner: Window) -> Callable[[str], Window]:
    """Give a window that was opened with a link of a role."""

    def come(role: str) -> Window:
        made = owner.post("links", {"role": role, "name": f"Guest who may {role}"}).json()
        window = Window(owner.service, owner.id)
        assert window.enter(made["token"]).status_code == 200
        return window

    return come


@pytest.fixture
def desk_api(desk: RunningService) -> Api:
    return Api(desk)


@pytest.fixture
def desk_book(desk_api: Api) -> Callable[[str], Book]:
    """Give a spreadsheet as programs see it."""
    return lambda id_: Book(desk_api, id_)
