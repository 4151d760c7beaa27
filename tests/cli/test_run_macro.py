"""Macros of the buttons in Excel, run as a server runs them."""

from pathlib import Path

from tests.cli.conftest import Run


def test_it_does_what_the_button_does_and_saves(run: Run, tmp_path: Path) -> None:
    run("new", "map.xlsx", "--starter", "vacuum", "-q")
    before = (tmp_path / "map.xlsx").read_bytes()
    done = run("run-macro", "main", "map.xlsx", "--json")
    assert done.code == 0, done.err
    assert done.document["macro"] == "main"
    assert "Health: A" in done.document["said"][0]
    assert (tmp_path / "map.xlsx").read_bytes() != before
    assert run("check", "map.xlsx", "-q").code == 0


def test_the_cell_under_the_cursor_can_be_named(run: Run, tmp_path: Path) -> None:
    run("new", "map.xlsx", "--starter", "vacuum", "-q")
    before = (tmp_path / "map.xlsx").read_bytes()
    told = run("run-macro", "explain", "map.xlsx", "--at", "Pains!A6")
    assert told.out.startswith("N2: ")
    assert told.out.splitlines()[:5] == run("explain", "N2", "map.xlsx").out.splitlines()[:5]
    assert (tmp_path / "map.xlsx").read_bytes() == before


def test_what_goes_wrong_is_one_sentence_and_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("new", "map.xlsx", "--starter", "vacuum", "-q")
    before = (tmp_path / "map.xlsx").read_bytes()
    for words, code, said in (
        (("run-macro", "paint", "map.xlsx"), 2, "There is no macro paint."),
        (("run-macro", "explain", "map.xlsx", "--at", "Nowhere!A1"), 2, "has no cell Nowhere!A1"),
        (("run-macro", "explain", "map.xlsx", "--at", "Pains!ZZZZ9"), 2, "no cell Pains!ZZZZ9"),
        (("run-macro", "check", "none.xlsx"), 3, "There is no file none.xlsx."),
        (("run-macro", "sync", "map.xlsx"), 2, "has no shared copy yet"),
    ):
        done = run(*words)
        assert done.code == code, done.err
        assert said in done.err
        assert len(done.err.strip().splitlines()) == 1
    (tmp_path / "~$map.xlsx").touch()
    assert run("run-macro", "check", "map.xlsx").code == 5
    (tmp_path / "~$map.xlsx").unlink()
    (tmp_path / "text.xlsx").write_text("no workbook")
    assert run("run-macro", "check", "text.xlsx").code == 3
    assert (tmp_path / "map.xlsx").read_bytes() == before


def test_mends_are_told_and_written(run: Run) -> None:
    run("new", "map.xlsx", "--starter", "vacuum", "-q")
    assert run("run-macro", "fix", "map.xlsx").out.startswith("Nothing can be mended")
