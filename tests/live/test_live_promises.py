"""The promises of a sync, against a real account (docs/sync.md says how to run these)."""

from pathlib import Path

import pytest

from cjm_sheets.adapters.gsheets.permissions import DrivePermissions
from cjm_sheets.adapters.system import SystemChance, SystemClock
from cjm_sheets.ports.permissions import ANYONE
from cjm_sheets.tables.table import CellError
from cjm_sheets.usecases.undo_run import Notebook, undo_run
from cjm_sheets.words.languages import LANGUAGES
from tests.live.conftest import Pair, paired
from tests.live.guarded import GuardedTransport


def settled(pair: Pair) -> None:
    """A sync with nothing new reads once, and writes nothing anywhere."""
    file, traffic = pair.workbook.path.read_bytes(), pair.transport.traffic
    assert pair.sync().plan.writes_nothing
    assert pair.transport.traffic.write == traffic.write
    assert pair.transport.traffic.read == traffic.read + 1
    assert pair.workbook.path.read_bytes() == file


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_push_takes_few_requests_and_no_formula_fails(
    transport: GuardedTransport, tmp_path: Path, language: str
) -> None:
    pair = paired(transport, tmp_path / "map.xlsx", language)
    assert transport.traffic.write <= 3
    read = pair.another().read()
    failed = [
        (table.sheet, column.label, cell)
        for table in read.tables
        for column in table.columns
        for cell in column.cells
        if isinstance(cell, CellError)
    ]
    assert failed == []
    assert read.language == language
    settled(pair)


def test_edits_cross_and_a_dry_run_says_so_before(pair: Pair) -> None:
    pair.edit("Pains", "N1", "severity", 2)
    pair.types("Pains", "N2", "severity", userEnteredValue={"numberValue": 5})
    would = pair.sync(dry_run=True).plan
    did = pair.sync().plan
    assert (would.pushed, would.pulled) == (did.pushed, did.pulled)
    assert pair.value("Pains", "N1", "severity") == (2, 2)
    assert pair.value("Pains", "N2", "severity") == (5, 5)
    settled(pair)


def test_texts_arrive_as_they_were_typed(pair: Pair) -> None:
    for text in ("=1+1", "+49 40", "0012", "3/4", "'quoted", "a\nb", "ё ’n ā 🙂", "TRUE"):
        pair.edit("Touchpoints", "T2", "thought", text)
        pair.sync()
        assert pair.value("Touchpoints", "T2", "thought") == (text, text)
    settled(pair)


def test_a_conflict_keeps_both_and_its_note_comes_and_goes(pair: Pair) -> None:
    pair.edit("Touchpoints", "T2", "name", "Ours")
    theirs = {"userEnteredValue": {"stringValue": "Theirs"}, "note": "Ask Mia"}
    pair.types("Touchpoints", "T2", "name", **theirs)
    assert len(pair.sync(annotate=True).plan.conflicts) == 1
    assert pair.value("Touchpoints", "T2", "name") == ("Ours", "Theirs")
    notes = note_on(pair)
    assert notes.startswith("Ask Mia\n\n⇄ cjm-sheets\n")
    write = pair.transport.traffic.write
    pair.sync(annotate=True)
    assert pair.transport.traffic.write == write, "a note comes back as it was written"
    pair.sync(prefer="sheet")
    assert pair.value("Touchpoints", "T2", "name") == ("Theirs", "Theirs")
    assert note_on(pair) == "Ask Mia"
    settled(pair)


def note_on(pair: Pair) -> str:
    """Return the note on the name of the second touchpoint."""
    copy = pair.another()
    copy.mind_notes()
    (table,) = [each for each in copy.read().tables if each.spec.key == "Touchpoints"]
    line = next(at for at in table.lines if table.cell("id", at) == "T2")
    return table.notes[line, table.by_key["name"].at]


def test_sorting_moving_and_renaming_is_no_change(pair: Pair) -> None:
    place = pair.place("Touchpoints", "T1", "name")
    sheet, at = place["sheetId"], place["columnIndex"]
    column = {"sheetId": sheet, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
    body = {"sheetId": sheet, "startRowIndex": 1, "startColumnIndex": 0}
    head = {"sheetId": sheet, "rowIndex": 0, "columnIndex": at}
    called = {"values": [{"userEnteredValue": {"stringValue": "What happens"}}]}
    pair.ask(
        {"updateCells": {"start": head, "rows": [called], "fields": "userEnteredValue"}},
        {"moveDimension": {"source": column, "destinationIndex": at + 3}},
        {
            "sortRange": {
                "range": body, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}],
            }
        },
    )  # fmt: skip
    settled(pair)


def test_a_row_of_a_colleague_arrives_with_an_id_and_a_deleted_one_goes(pair: Pair) -> None:
    place = pair.place("Pains", "N2", "id")
    rows = {"sheetId": place["sheetId"], "dimension": "ROWS"}
    line = place["rowIndex"]
    pair.ask({"deleteDimension": {"range": {**rows, "startIndex": line, "endIndex": line + 1}}})
    first = pair.place("Pains", "N1", "pain")
    below = first["rowIndex"] + 1
    inserted = {**rows, "startIndex": below, "endIndex": below + 1}
    cell = {"values": [{"userEnteredValue": {"stringValue": "Nobody answers"}}]}
    start = {**first, "rowIndex": below}
    pair.ask(
        {"insertDimension": {"range": inserted, "inheritFromBefore": True}},
        {"updateCells": {"start": start, "rows": [cell], "fields": "userEnteredValue"}},
    )
    pair.sync()
    (table,) = [each for each in pair.workbook.read().tables if each.spec.key == "Pains"]
    pains = dict(zip(table.by_key["id"].cells, table.by_key["pain"].cells, strict=True))
    assert "N2" not in pains
    (new,) = [row for row, pain in pains.items() if pain == "Nobody answers"]
    assert str(new).startswith("N")
    settled(pair)


def test_an_undone_run_is_undone_there_too(pair: Pair) -> None:
    before = pair.value("Pains", "N1", "severity")
    pair.types("Pains", "N1", "severity", userEnteredValue={"numberValue": 1})
    pair.sync()
    around = Notebook(pair.history, SystemClock(), SystemChance())
    assert undo_run(pair.workbook, "2", around, dry_run=False).kept == ()
    pair.sync()
    assert pair.value("Pains", "N1", "severity") == before
    settled(pair)


def test_whoever_has_the_address_is_let_in_and_stopped(pair: Pair) -> None:
    permissions = DrivePermissions(pair.transport, pair.copy.spreadsheet)
    permissions.give(ANYONE, "reader")
    (anyone,) = [each for each in permissions.listed() if each.who == ANYONE]
    assert anyone.role == "reader"
    permissions.take(anyone)
    assert ANYONE not in [each.who for each in permissions.listed()]
