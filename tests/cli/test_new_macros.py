"""A workbook with a module beside it, which *Run main* of the add-in imports and runs."""

import importlib.util
from pathlib import Path

import pytest

from cjm_sheets import wiring
from cjm_sheets.usecases.macro_module import macro_module
from cjm_sheets.words.languages import LANGUAGES
from tests.cli.conftest import Run


def test_main_of_the_module_does_what_main_does_to_the_calling_workbook(
    run: Run, tmp_path: Path
) -> None:
    told = run("new", "lenas_map.xlsx", "--starter", "vacuum", "--macros", "--json")
    assert told.code == 0, told.err
    assert told.document["module"] == "lenas_map.py"
    spec = importlib.util.spec_from_file_location("lenas_map", tmp_path / "lenas_map.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    book = wiring.open_headless(str(tmp_path / "lenas_map.xlsx"))
    try:
        book.set_mock_caller()
        module.main()
        said = [alert[0] for alert in book.app.impl.alerts]
    finally:
        book.app.quit()
    assert len(said) == 1
    assert "Health: A" in said[0]


@pytest.mark.parametrize("there", ["map.xlsx", "map.py"])
def test_neither_file_is_written_over(run: Run, tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mine")
    done = run("new", "map.xlsx", "--macros")
    assert done.code == 2
    assert f"{there} is there already" in done.err
    assert [(file.name, file.read_text()) for file in tmp_path.glob("map.*")] == [(there, "mine")]


@pytest.mark.parametrize("name", ["my map", "map-2", "2map", "class", "json", "xlwings", "pandas"])
def test_a_name_that_python_cannot_import_is_refused(run: Run, tmp_path: Path, name: str) -> None:
    done = run("new", f"{name}.xlsx", "--macros")
    assert done.code == 2
    assert f"{name}.xlsx needs another name" in done.err
    assert not list(tmp_path.glob(f"{name}.*"))


def test_a_workbook_that_cannot_be_made_leaves_no_module(run: Run, tmp_path: Path) -> None:
    assert run("new", "map.xlsx", "--starter", "nosuch", "--macros").code == 2
    assert not list(tmp_path.glob("map.*"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_comment_says_in_each_language_what_to_click(language: str) -> None:
    text = macro_module(language, "map.xlsx")
    compile(text, "map.py", "exec")
    comment = [line for line in text.splitlines() if line.startswith("# ")]
    assert len(comment) == 3
    assert "map.xlsx" in comment[0]
    assert "xlwings addin install" in comment[1]
    assert "Run main" in comment[2]
    if language != "en":
        assert not set(comment) & set(macro_module("en", "map.xlsx").splitlines())
