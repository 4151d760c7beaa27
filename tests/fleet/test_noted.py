"""What a run of a fleet notes for the digest: all that happened, once it happened."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cjm_sheets.adapters.fleet_sqlite.journal import SqliteJournal
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.errors.workbook import OpenElsewhereError
from cjm_sheets.fleet.news import together
from cjm_sheets.ports.journal import News
from cjm_sheets.ports.store import Changes, Outcome, Snapshot
from cjm_sheets.usecases.note_news import noting
from tests.fleet.simulated import Fleet, founded


class Held(XlsxFile):
    """A workbook that is open in a program, which lets nobody write."""

    def apply(self, changes: Changes, since: Snapshot) -> Outcome:
        del changes, since
        raise OpenElsewhereError(self.name)


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    with founded(tmp_path, 3) as made:
        yield made


def test_values_are_noted_when_they_arrive(fleet: Fleet, tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "journal.sqlite", "me")
    note = noting(journal, fleet.time.now)

    def noted() -> dict[str, News]:
        volume = journal.close()
        return together(journal.news(volume - 1, volume))

    first, second, _ = fleet.pairs
    fleet.edit(first, "typed here")
    fleet.answer(second, "typed there")
    hands = replace(fleet.means().hands, workbook=lambda path: Held(Path(path)))
    held = fleet.run(hands=hands, remember=note)
    assert {each.due.pair.key: each.waits for each in held.ran.kept}[second.key]
    assert all(each.known is None for each in held.ran.kept), "it need not cross the network"
    told = noted()
    assert (told[first.key].pushed, told[first.key].pulled) == (1, 0)
    assert second.key not in told
    fleet.run(remember=note)
    told = noted()
    assert (told[second.key].pushed, told[second.key].pulled) == (0, 1)
    assert first.key not in told
    fleet.run(remember=note)
    assert noted() == {}
