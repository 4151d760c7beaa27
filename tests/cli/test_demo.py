"""The demonstration, as a newcomer runs it, and what it promises."""

import re
from pathlib import Path

from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.tables.codec import decode
from tests.cli.conftest import Run


def test_the_whole_loop(run: Run, tmp_path: Path) -> None:
    ran = run("demo", "show", "--json")
    assert ran.code == 0, ran.err
    shown = ran.document
    assert [each for each in shown["findings"] if each["severity"] != "info"] == []
    assert len(shown["ranking"]) >= 8
    assert shown["colleague_kept"] is True
    pulled = {(move["row"], move["column"]) for move in shown["pulled"]}
    assert {column for _, column in pulled} >= {"", "emotion", "reach"}
    assert [move["column"] for move in shown["pushed"]] == ["thought"]
    assert [clash["column"] for clash in shown["conflicts"]] == ["why"]
    again = shown["second_sync"]
    assert (again["pushed"], again["pulled"]) == (0, 0)
    assert again["requests"]["write"] == 0
    assert (tmp_path / "show" / "vacuum.html").stat().st_size > 50_000


def test_afterwards_the_workbook_says_what_both_said(run: Run, tmp_path: Path) -> None:
    run("demo", "show", "-q")
    file = tmp_path / "show" / "vacuum.xlsx"
    tables = {table.spec.key: decode(table) for table in XlsxFile(file).read().tables}
    touchpoints = tables["Touchpoints"]
    assert 0.45 in touchpoints.values("reach")
    assert any("recommends" in name for name in touchpoints.texts("name"))
    before = file.read_bytes()
    ran = run("sync", "show/vacuum.xlsx")
    assert ran.code == 1
    assert "nothing was written" in ran.out
    assert file.read_bytes() == before
    assert run("sync", "show/vacuum.xlsx", "--prefer", "sheet").code == 0
    last = run("sync", "show/vacuum.xlsx")
    assert last.code == 0
    assert "Both sides say the same" in last.out


def test_what_the_workbook_shows_after_a_sync_is_what_it_would_calculate(
    run: Run, tmp_path: Path
) -> None:
    run("demo", "show", "-q")
    file = str(tmp_path / "show" / "vacuum.xlsx")
    scores = {
        pain["row"]: pain["evidenced"] for pain in run("score", file, "--json").document["pains"]
    }
    pains = next(t for t in XlsxFile(Path(file)).read().tables if t.spec.key == "Pains")
    decoded = decode(pains)
    for line, row in zip(decoded.lines, decoded.texts("id"), strict=True):
        cell = pains.cell("evidenced", line)
        assert isinstance(cell, float | int)
        assert abs(cell - scores[row]) < 1e-9


def test_a_second_demonstration_leaves_the_first_alone(run: Run, tmp_path: Path) -> None:
    run("demo", "show", "-q")
    before = (tmp_path / "show" / "vacuum.xlsx").read_bytes()
    again = run("demo", "show")
    assert again.code == 2
    assert (tmp_path / "show" / "vacuum.xlsx").read_bytes() == before


def test_it_tells_where_to_look(run: Run) -> None:
    told = run("demo").out
    assert re.search(r"cjm-demo/vacuum\.xlsx", told)
    assert re.search(r"cjm-demo/vacuum\.html", told)
    assert "cjm-sheets serve" in told
