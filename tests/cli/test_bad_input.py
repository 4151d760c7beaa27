"""Bad input: one plain sentence, the right exit code, the file unchanged."""

import os
from pathlib import Path

import pytest

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import Changes, SetCell
from cjm_sheets.tables.codec import decode
from cjm_sheets.usecases.new_map import Wish, new_map
from tests.cli.conftest import Run
from tests.sync.world import Clock

SHARED = Path(os.environ.get("CJM_SHEETS_SHARED", Path(__file__).parents[3] / "shared"))
READING_VERBS = (("check",), ("score",), ("draw", "-o", "map.html"), ("sync", "--to", "local"))


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "map.xlsx"
    path.write_bytes(new_map(Wish(starter="vacuum"), StarterFiles(), XlsxBuilder(), Clock().now()))
    return path


def one_sentence(text: str) -> bool:
    """Tell whether a text is a line that ends like a sentence."""
    return len(text.splitlines()) == 1 and text.strip().endswith((".", "new"))


@pytest.mark.parametrize("verb", READING_VERBS, ids=lambda verb: verb[0])
def test_no_file(run: Run, verb: tuple[str, ...]) -> None:
    ran = run(verb[0], "nowhere.xlsx", *verb[1:])
    assert (ran.code, ran.out) == (3, "")
    assert one_sentence(ran.err)
    assert "nowhere.xlsx" in ran.err


@pytest.mark.parametrize("verb", READING_VERBS, ids=lambda verb: verb[0])
def test_a_folder(run: Run, tmp_path: Path, verb: tuple[str, ...]) -> None:
    (tmp_path / "maps").mkdir()
    ran = run(verb[0], "maps", *verb[1:])
    assert ran.code == 3
    assert one_sentence(ran.err)
    assert "folder" in ran.err


@pytest.mark.parametrize("verb", READING_VERBS, ids=lambda verb: verb[0])
def test_a_text_table_with_the_wrong_name(run: Run, tmp_path: Path, verb: tuple[str, ...]) -> None:
    file = tmp_path / "table.xlsx"
    file.write_text("id;name\nT1;Search\nT2;Buy\n")
    before = file.read_bytes()
    ran = run(verb[0], "table.xlsx", *verb[1:])
    assert ran.code == 3
    assert one_sentence(ran.err)
    assert "CSV" in ran.err
    assert file.read_bytes() == before


def test_a_workbook_without_our_tables(run: Run, tmp_path: Path) -> None:
    import openpyxl  # noqa: PLC0415 - slow to import, and only this test needs it

    book = openpyxl.Workbook()
    book.active.title = "Budget"  # type: ignore[union-attr] # a new workbook has a sheet
    book.save(tmp_path / "budget.xlsx")
    ran = run("check", "budget.xlsx")
    assert ran.code == 3
    assert one_sentence(ran.err)
    assert "Budget" in ran.err


def test_an_id_twice(run: Run, workbook: Path) -> None:
    change(workbook, "Touchpoints", 1, "id", "T1")
    before = workbook.read_bytes()
    ran = run("check", "map.xlsx", "--select", "CJ003", "--json")
    assert ran.code == 1
    assert [(f["rule"], f["row"]) for f in ran.document["findings"]] == [("CJ003", "T1")]
    assert workbook.read_bytes() == before


def test_text_in_a_number_cell(run: Run, workbook: Path) -> None:
    change(workbook, "Pains", 0, "severity", "very")
    ran = run("check", "map.xlsx", "--select", "CJ011", "--json")
    assert ran.code == 1
    (finding,) = ran.document["findings"]
    assert (finding["table"], finding["column"], finding["value"]) == ("Pains", "severity", "very")
    assert finding["cell"].startswith("Pains!")


def change(path: Path, table: str, index: int, column: str, value: str) -> None:
    """Type a value into a row of a workbook."""
    store = XlsxFile(path)
    snapshot = store.read()
    lines = decode(next(t for t in snapshot.tables if t.spec.key == table)).lines
    store.apply(Changes(cells=(SetCell(table, lines[index], column, value),)), snapshot)


@pytest.mark.skipif(
    not (SHARED / "data" / "bad-workbooks").is_dir(),
    reason="the folder of hostile workbooks (CJM_SHEETS_SHARED) is not here",
)
@pytest.mark.parametrize("name", ["04_csv_renamed", "08_docx_renamed", "110_encrypted_ole",
                                  "36_last_cell_sparse", "60_billion_laughs_sheet",
                                  "02_truncated_half"])  # fmt: skip
def test_hostile_workbooks(run: Run, name: str) -> None:
    file = SHARED / "data" / "bad-workbooks" / f"{name}.xlsx"
    before = file.read_bytes()
    ran = run("check", str(file))
    assert ran.code == 3
    assert one_sentence(ran.err), ran.err
    assert file.read_bytes() == before


def test_wrong_use(run: Run, workbook: Path) -> None:
    assert run("check").code == 2
    assert run("draw", "map.xlsx", "-o", "map.docx").code == 2
    assert run("explain", "CJ999").code == 2
    assert run("explain", "N99", "map.xlsx").code == 2
    assert run("sync", "map.xlsx").code == 2
    assert run("sync", "map.xlsx", "--to", "somewhere").code == 2
    before = workbook.read_bytes()
    assert run("new", "map.xlsx").code == 2
    assert workbook.read_bytes() == before
    assert run("new", "other.xlsx", "--starter", "rocket").code == 2
    assert not (workbook.parent / "other.xlsx").exists()


def test_a_home_that_is_a_file(run: Run, workbook: Path) -> None:
    (workbook.parent / "taken").write_text("")
    ran = run("sync", "map.xlsx", "--to", "local", CJM_SHEETS_HOME=str(workbook.parent / "taken"))
    assert ran.code == 2
    assert one_sentence(ran.err)


def test_a_damaged_history(run: Run, workbook: Path) -> None:
    (workbook.parent / "home").mkdir()
    (workbook.parent / "home" / "history.sqlite").write_text("no database" * 200)
    before = workbook.read_bytes()
    ran = run("sync", "map.xlsx", "--to", "local")
    assert ran.code == 2
    assert "history.sqlite" in ran.err
    assert workbook.read_bytes() == before


def test_key_files_that_are_no_keys(run: Run, workbook: Path) -> None:
    (workbook.parent / "key.json").write_text('{"type": "service_account", "client_email": "a@b"}')
    for name in ("key.json", "typo.json"):
        ran = run("sync", "map.xlsx", "--to", "new", "--credentials", name)
        assert ran.code == 4
        assert name in ran.err


def test_errors_are_documents_with_json(run: Run) -> None:
    ran = run("check", "nowhere.xlsx", "--json")
    assert ran.document["error"]["kind"] == "NoSuchFileError"
    assert "nowhere.xlsx" in ran.document["error"]["message"]


def test_errors_are_in_the_language_of_the_terminal(run: Run) -> None:
    english = run("check", "nowhere.xlsx").err
    german = run("check", "nowhere.xlsx", CJM_SHEETS_LANGUAGE="de").err
    assert "nowhere.xlsx" in german
    assert german != english


def test_a_service_that_is_not_there(run: Run, workbook: Path) -> None:
    before = XlsxFile(workbook).read()
    ran = run(
        "sync", "map.xlsx", "--to", "new",
        CJM_SHEETS_ENDPOINT="http://127.0.0.1:9", CJM_SHEETS_TOKEN="t",  # noqa: S106 - nobody listens there
    )  # fmt: skip
    assert ran.code == 4
    assert one_sentence(ran.err)
    # It remembers that a copy was being made, for an answer may have been lost; nothing else.
    after = XlsxFile(workbook).read()
    assert (after.tables, after.others) == (before.tables, before.others)


def test_a_busy_workbook(run: Run, workbook: Path) -> None:
    (workbook.parent / "~$map.xlsx").write_bytes(b"")
    assert run("sync", "map.xlsx", "--to", "local").code == 5
    (workbook.parent / "~$map.xlsx").unlink()
    assert run("sync", "map.xlsx", "--to", "local").code == 0
    change(workbook, "Touchpoints", 0, "name", "Broken again")
    (workbook.parent / "~$map.xlsx").write_bytes(b"")
    before = workbook.read_bytes()
    ran = run("sync", "map.xlsx", "--json")
    assert ran.code == 5
    assert "open" in ran.err
    assert ran.document["workbook_waits"]
    assert workbook.read_bytes() == before
    (workbook.parent / "~$map.xlsx").unlink()
    again = run("sync", "map.xlsx", "--json")
    assert again.code == 0
    assert (again.document["pushed"], again.document["conflicts"]) == ([], [])
