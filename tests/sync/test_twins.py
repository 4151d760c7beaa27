"""A first sync that dies at any step, and the next one: it makes no second spreadsheet.

A real workbook file and the embedded service over HTTP; the run dies before or after each request
and each replacement of the file, which is all that it does outside of its own memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from cjm_sheets.adapters.gsheets.store import SharedCopy, create, find
from cjm_sheets.adapters.gsheets.transport import GOOGLE_DRIVE, GOOGLE_SHEETS, Endpoint, Transport
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.errors.accounts import NotSignedInError
from cjm_sheets.ports.store import Changes, Outcome, SetCell, Snapshot
from cjm_sheets.service.faults import Faults, Forbidden, On
from cjm_sheets.service.running import RunningService
from cjm_sheets.sync.steps import Options
from cjm_sheets.tables.codec import decode
from cjm_sheets.usecases.sync_map import Link, Opened, Surroundings, Synced, linked_to, sync_map
from tests.adapters.xlsx_file.sample import Sample
from tests.sync.test_saves import person
from tests.sync.world import Chance, Clock, Diary


class KilledError(BaseException):
    """The process is gone: nothing that it has in mind is ever done."""


@dataclass
class Fate:
    """Counts the steps of a run, and ends it before or after one of them."""

    step: int = 0
    after: bool = False
    taken: int = 0
    said: list[str] = field(default_factory=list)

    def before(self, what: str) -> None:
        self.taken += 1
        self.said.append(what)
        if self.taken == self.step and not self.after:
            raise KilledError(what)

    def done(self) -> None:
        if self.taken == self.step and self.after:
            raise KilledError


class Mortal(Transport):
    """A way to the service on which a run may die."""

    def __init__(self, endpoint: Endpoint, fate: Fate) -> None:
        super().__init__(endpoint)
        self.fate = fate

    def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> requests.Response:
        self.fate.before(f"{method} {endpoint}")
        answer = super().request(method, endpoint, *args, **kwargs)
        self.fate.done()
        return answer


class MortalFile(XlsxFile):
    """A workbook file at whose replacement a run may die."""

    def __init__(self, path: Path, fate: Fate) -> None:
        super().__init__(path)
        self.fate = fate

    def apply(self, changes: Changes, since: Snapshot) -> Outcome:
        self.fate.before("replace")
        outcome = super().apply(changes, since)
        self.fate.done()
        return outcome


@dataclass
class First:
    """A workbook that has no shared copy yet, and the service that is to hold one."""

    service: RunningService
    path: Path
    chance: Chance = field(default_factory=Chance)

    def sync(self, fate: Fate, target: Link | None = Link("local")) -> Synced:  # noqa: B008 - frozen
        def transport() -> Mortal:
            return Mortal(Endpoint(self.service.url, self.service.token), fate)

        def opened(copy: SharedCopy) -> Opened:
            return Opened(Link("local", copy.spreadsheet), copy, lambda: copy.traffic)

        def finding(link: Link, like: Snapshot) -> Opened | None:
            copy = find(transport(), "A map", like.language, link.key)
            return None if copy is None else opened(copy)

        around = Surroundings(
            lambda link: opened(SharedCopy(transport(), link.spreadsheet)),
            lambda link, like: opened(create(transport(), "A map", like.language, link.key)),
            Diary(), Clock(), self.chance, find=finding,
        )  # fmt: skip
        book = MortalFile(self.path, fate)
        # What arrived before the kill and was edited since is a conflict, settled so.
        return sync_map(book, target, Options("workbook"), around, dry_run=False)

    def there(self) -> list[str]:
        """Return the spreadsheets that the service has."""
        asked = {"q": "trashed = false", "fields": "files(id)"}
        transport = Transport(Endpoint(self.service.url, self.service.token))
        answer = transport.request("get", f"{GOOGLE_DRIVE}/drive/v3/files", asked).json()
        return [file["id"] for file in answer["files"]]

    def titles(self) -> list[str]:
        """Return the sheets that people see in the only spreadsheet, and its locale."""
        (spreadsheet,) = self.there()
        transport = Transport(Endpoint(self.service.url, self.service.token))
        fields = {"fields": "properties.locale,sheets.properties(title,hidden)"}
        url = f"{GOOGLE_SHEETS}/v4/spreadsheets/{spreadsheet}"
        answer = transport.request("get", url, fields).json()
        sheets = [sheet["properties"] for sheet in answer["sheets"]]
        return [
            answer["properties"]["locale"],
            *(s["title"] for s in sheets if not s.get("hidden")),
        ]


@pytest.fixture
def first(tmp_path: Path) -> Iterator[First]:
    with RunningService(tmp_path / "spreadsheets") as service:
        yield First(service, Sample(tmp_path / "map.xlsx").tables().save())


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], list[str]]:
    """Return the steps of a run that nobody ends, and what it makes."""
    folder = tmp_path_factory.mktemp("whole")
    with RunningService(folder / "spreadsheets") as service:
        made = First(service, Sample(folder / "map.xlsx").tables().save())
        fate = Fate()
        made.sync(fate)
        return fate.said, made.titles()


def test_a_first_sync_asks_no_more_than_it_must(whole: tuple[list[str], list[str]]) -> None:
    said, _ = whole
    asked = [step.split("/")[-1].split(":")[-1] for step in said if "replace" not in step]
    # The third looks whether the formulas work where the copy is.
    assert asked[:2] == ["files", "batchUpdate"]
    assert len(asked) == 3


@pytest.mark.parametrize("by_name", [True, False])
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", range(1, 6))
def test_a_kill_at_every_step_makes_no_twin(
    first: First, whole: tuple[list[str], list[str]], step: int, *, after: bool, by_name: bool
) -> None:
    said, titles = whole
    assert len(said) == 5, "other steps than are tried here"
    with pytest.raises(KilledError):
        first.sync(Fate(step, after))
    person(first.path, SetCell("Touchpoints", 5, "name", "typed meanwhile"))
    remembers = linked_to(XlsxFile(first.path).read())
    knows = remembers.is_linked or remembers.making[0]
    first.sync(Fate(), None if knows and not by_name else Link("local"))
    assert len(first.there()) == 1
    assert first.titles() == titles
    assert linked_to(XlsxFile(first.path).read()).spreadsheet == first.there()[0]
    copy = SharedCopy(
        Transport(Endpoint(first.service.url, first.service.token)), first.there()[0]
    ).read()
    for ours in XlsxFile(first.path).read().tables:
        theirs = next(table for table in copy.tables if table.spec.key == ours.spec.key)
        assert decode(ours).names == decode(theirs).names
    last = first.sync(Fate(), None)
    assert last.plan.writes_nothing
    assert "typed meanwhile" in {
        cell for t in copy.tables if t.spec.key == "Touchpoints" for cell in t.by_key["name"].cells
    }


def test_a_colleague_who_copies_a_half_made_one_gets_no_map(first: First) -> None:
    with pytest.raises(KilledError):
        first.sync(Fate(2, after=True))
    (ours,) = first.there()
    transport = Transport(Endpoint(first.service.url, first.service.token))
    transport.request("post", f"{GOOGLE_DRIVE}/drive/v3/files/{ours}/copy", json={"name": "Mine"})
    assert first.sync(Fate()).link.spreadsheet == ours


def test_one_that_was_thrown_away_meanwhile_is_made_again(first: First) -> None:
    with pytest.raises(KilledError):
        first.sync(Fate(2, after=True))
    (ours,) = first.there()
    transport = Transport(Endpoint(first.service.url, first.service.token))
    transport.request("patch", f"{GOOGLE_DRIVE}/drive/v3/files/{ours}", json={"trashed": True})
    assert first.sync(Fate()).link.spreadsheet != ours
    assert first.sync(Fate(), None).plan.writes_nothing


def test_the_copy_that_was_there_is_kept_while_another_one_is_made(first: First) -> None:
    first.sync(Fate())
    (before,) = first.there()
    with pytest.raises(KilledError):
        first.sync(Fate(3, after=True), Link("elsewhere"))
    assert linked_to(XlsxFile(first.path).read()).spreadsheet == before
    assert first.sync(Fate(), None).link.spreadsheet == before
    again = first.sync(Fate(), Link("elsewhere"))
    assert len(first.there()) == 2
    assert again.link.spreadsheet != before


def test_where_drive_may_not_be_asked_the_copy_is_made_all_the_same(tmp_path: Path) -> None:
    faults = Faults()
    with RunningService(tmp_path / "spreadsheets", faults=faults) as service:
        first = First(service, Sample(tmp_path / "map.xlsx").tables().save())
        faults.add(On("POST /drive/v3/files"), Forbidden())
        fate = Fate()
        first.sync(fate)
        assert len(first.there()) == 1
        assert first.sync(Fate(), None).plan.writes_nothing


def test_nobody_signed_in_leaves_the_workbook_as_it_was(first: First) -> None:
    before = first.path.read_bytes()

    def refuses(_: Link) -> None:
        raise NotSignedInError("here")

    around = Surroundings(
        lambda _: pytest.fail("opened"), lambda _, __: pytest.fail("made"),
        Diary(), Clock(), Chance(), sign_in=refuses,
    )  # fmt: skip
    with pytest.raises(NotSignedInError):
        sync_map(XlsxFile(first.path), Link("local"), Options(), around, dry_run=False)
    assert first.path.read_bytes() == before
