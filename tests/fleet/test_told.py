"""What a fleet is told of: how it stands, what a run did, and what a new file says."""

from datetime import UTC, date

import pytest

from cjm_sheets.checks.catalogue import all_rules
from cjm_sheets.errors import CjmError
from cjm_sheets.errors.accounts import NotSignedInError
from cjm_sheets.errors.sharing import BadLinkError
from cjm_sheets.errors.workbook import NoSuchFileError, OpenElsewhereError
from cjm_sheets.fleet.cost import limits_of
from cjm_sheets.fleet.due import Due, Pair, Why
from cjm_sheets.fleet.reading import read_fleet
from cjm_sheets.fleet.settings import Entry, Wish
from cjm_sheets.ports.quota import Used
from cjm_sheets.ports.standings import Health, Standing
from cjm_sheets.usecases import fleet_report
from cjm_sheets.usecases.fleet_status import fleet_status
from cjm_sheets.usecases.keep_pair import Kept
from cjm_sheets.usecases.new_fleet import new_fleet
from cjm_sheets.usecases.run_fleet import Ran
from cjm_sheets.words.failures import sentence
from cjm_sheets.words.languages import LANGUAGES

ENTRY = Entry("all", "*.xlsx", "new", Wish(), None, 1)
PAIRS = tuple(Pair(name, name, ENTRY) for name in ("a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx"))
DAY = 86_400.0
KNOWN = {
    "a.xlsx": Standing(
        "a.xlsx", "google", "s1", synced=20_000 * DAY, tried=20_000 * DAY,
        health=Health(7, 2, 1, 3, 4, "F", "2024-10-01"),
    ),
    "b.xlsx": Standing(
        "b.xlsx", "google", "s2", synced=20_000 * DAY, tried=20_001 * DAY, failures=2,
        said="It failed.",
    ),
    "c.xlsx": Standing("c.xlsx", tried=20_001 * DAY, waits=True, said="It is open."),
}  # fmt: skip


def test_how_a_fleet_stands() -> None:
    dues = [Due(PAIRS[0], Why.WORKBOOK, 0), Due(PAIRS[3], Why.NEW, 0)]
    status = fleet_status(PAIRS, KNOWN, dues, (20_001 * DAY, date(2024, 10, 5)), 0.5)
    told = status.document()
    assert [each["state"] for each in told["pairs"]] == ["due", "failed", "waits", "never"]
    assert told["overdue_reviews"] == 1
    assert told["pairs"][0]["findings"] == {"error": 1, "warning": 3, "info": 4}
    assert told["pairs"][0]["age"] == told["oldest_age"] == 86_400
    assert told["pairs"][0]["in_step"] == "2024-10-04T00:00:00+00:00"
    assert (told["due"], told["failed"], told["conflicts"]) == (2, 1, 2)
    assert told["least_requests"] == {"reads": 2, "writes": 2, "drive": 2}
    lines = status.lines("en", UTC)
    assert lines[1].split() == [
        "a.xlsx", "2024-10-04", "00:00", "due", "2", "1", "3", "F", "2024-10-01", "!",
    ]  # fmt: skip
    assert "b.xlsx: It failed." in lines
    assert len({tuple(status.lines(language, UTC)) for language in LANGUAGES}) == len(LANGUAGES)


def kept(error: CjmError | None = None, *, waits: bool = False, conflicts: int = 0) -> Kept:
    at = Standing("a.xlsx", health=Health(conflicts=conflicts))
    return Kept(Due(PAIRS[0], Why.NEW, 0), at, error=error, waits=waits)


def say(error: CjmError) -> str:
    return sentence(error, "en")


@pytest.mark.parametrize(
    ("results", "unmeant", "down", "code"),
    [
        ([], (), {}, 0),
        ([kept()], (), {}, 0),
        ([kept(conflicts=1)], (), {}, 1),
        ([kept(OpenElsewhereError("a"), waits=True)], (), {}, 5),
        ([kept(NotSignedInError("g")), kept(OpenElsewhereError("a"), waits=True)], (), {}, 4),
        ([kept(conflicts=1)], (), {"google": NotSignedInError("g")}, 4),
        ([kept(NotSignedInError("g"))], (NoSuchFileError("x"),), {}, 3),
        ([kept(BadLinkError("x"))], (), {}, 2),
    ],
)
def test_how_a_run_ends(
    results: list[Kept],
    unmeant: tuple[CjmError, ...],
    down: dict[str, CjmError],
    code: int,
) -> None:
    ran = Ran(4, len(results), results, down=down)
    told = fleet_report.Told(ran, unmeant, Used(), say)
    assert fleet_report.exit_code(told) == code
    assert fleet_report.document(told)["failed"] == len(ran.failures)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_run_says(language: str) -> None:
    ran = Ran(4, 3, [kept(conflicts=2)], deaf={"google": NotSignedInError("g")}, stopped=True)
    ran.resting["b.xlsx"] = "It failed."
    told = fleet_report.Told(ran, (), Used({"reads": 7, "drive": 1}, {"reads": 2}), say)
    lines = fleet_report.total_lines(told, language)
    assert lines[0] == "b.xlsx: It failed."
    assert len(lines) == 5
    assert not any("{" in line for line in lines)
    assert fleet_report.pair_lines(ran.kept[0], language, say)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_file_can_be_read(language: str) -> None:
    text = new_fleet("fleet.toml", 'C:\\maps\\"new"\\*.xlsx', "new", language)
    fleet = read_fleet(text, "fleet.toml", {rule.id for rule in all_rules()})
    (entry,) = fleet.entries
    assert entry.workbook == 'C:\\maps\\"new"\\*.xlsx'
    assert (fleet.quota_share, entry.wish.every) == (0.8, 900)


def test_shares_of_the_quota() -> None:
    assert limits_of(0.8, 1.0)["reads"] == (240, 48, 48)
    assert limits_of(0.8, 0.25)["writes"] == (240, 48, 12)
    assert limits_of(0.001, 0.001)["reads"] == (1, 1, 1)
