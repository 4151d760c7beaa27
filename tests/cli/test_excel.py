"""Buttons are put into Excel and taken out again by typing."""

import sys
import zipfile
from pathlib import Path

import pytest

from cjm_sheets.templates.ribbon import ribbon
from cjm_sheets.words.languages import LANGUAGES
from tests.cli.conftest import Run

TAB = "customUI/customUI.xml"


def test_the_add_in_is_put_there_looked_at_and_taken_away(run: Run, tmp_path: Path) -> None:
    there = str(tmp_path / "cjm-sheets.xlam")
    assert "There is no add-in of ours" in run("excel", "status", "--folder", ".").out
    done = run("excel", "install", "--folder", str(tmp_path), "--json")
    assert done.code == 0
    assert (done.document["addin"], done.document["settings"]) == (there, "")
    told = run("excel", "status", "--folder", str(tmp_path), "--json").document
    assert (told["addin"], told["there"], told["fresh"]) == (there, True, True)
    Path(there).write_bytes(b"older")
    assert "of another version" in run("excel", "status", "--folder", str(tmp_path)).out
    assert run("excel", "install", "--folder", str(tmp_path)).code == 0
    assert there in run("excel", "remove", "--folder", str(tmp_path)).out
    assert not Path(there).exists()
    assert "There is no add-in" in run("excel", "remove", "--folder", str(tmp_path)).out


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tab_is_in_the_language_that_was_asked_for(
    run: Run, tmp_path: Path, language: str
) -> None:
    done = run("excel", "install", "--folder", ".", "--language", language)
    assert done.code == 0, done.err
    with zipfile.ZipFile(tmp_path / "cjm-sheets.xlam") as package:
        assert ribbon(language).groups[0].buttons[0].label in package.read(TAB).decode()
    assert run("excel", "status", "--folder", ".", "--json").document["fresh"]


def test_an_unknown_language_and_a_missing_folder_are_told(run: Run) -> None:
    done = run("excel", "install", "--folder", ".", "--language", "xx")
    assert done.code == 2
    assert "xx" in done.err
    done = run("excel", "install", "--folder", "nosuch")
    assert done.code in {3, 5}
    assert "nosuch" in done.err


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="Excel may be here.")
@pytest.mark.parametrize("verb", ["install", "remove", "status"])
def test_without_excel_one_sentence_tells_what_to_do(run: Run, verb: str) -> None:
    done = run("excel", verb)
    assert done.code == 3
    assert done.err.strip().startswith("No Excel answers on this machine.")
    assert "--folder" in done.err
