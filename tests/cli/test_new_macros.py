"""A workbook with a module beside it, which *Run main* or a button on Start imports and runs."""

import importlib.util
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from cjm_sheets import wiring
from cjm_sheets.adapters import xlwings_files
from cjm_sheets.usecases.new_map import Wish
from cjm_sheets.usecases.ways_in import way_in
from cjm_sheets.words.languages import LANGUAGES
from tests.cli.conftest import Run
from tests.programs import convert
from tests.vba import modules

WORDS = ("--starter", "vacuum", "--language")
VBA, BUTTON = "xl/vbaProject.bin", "xl/drawings/vmlDrawing1.vml"


def loaded(path: Path) -> Any:
    """Return the module that lies beside a workbook."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["lenas_map.xlsx", "lenas_map.xlsm"])
def test_main_of_the_module_does_what_main_does_to_the_calling_workbook(
    run: Run, tmp_path: Path, name: str
) -> None:
    told = run("new", name, "--starter", "vacuum", "--macros", "--json")
    assert told.code == 0, told.err
    assert told.document["module"] == "lenas_map.py"
    module = loaded(tmp_path / "lenas_map.py")
    book = wiring.open_headless(str(tmp_path / name))
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
@pytest.mark.parametrize("name", ["map.xlsx", "map.xlsm"])
def test_the_comment_says_in_each_language_what_to_click(language: str, name: str) -> None:
    text = way_in(name, language, macros=True).module
    compile(text, "map.py", "exec")
    comment = [line for line in text.splitlines() if line.startswith("# ")]
    assert len(comment) == 3
    assert name in comment[0]
    assert ("xlwings addin install", "cjm-sheets excel install")[name == "map.xlsm"] in comment[1]
    if language != "en":
        assert not set(comment) & set(way_in(name, "en", macros=True).module.splitlines())


# ---- a workbook with a button ------------------------------------------------------------


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture(scope="module")
def with_buttons(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A workbook with a button in each language."""
    folder = tmp_path_factory.mktemp("buttons")
    made = {}
    for language in LANGUAGES:
        made[language] = folder / f"map_{language}.xlsm"
        wish = Wish(language=language, starter="vacuum")
        assert wiring.new_workbook(str(made[language]), wish).endswith(f"map_{language}.py")
    return made


def test_its_vba_is_that_of_xlwings_byte_for_byte(with_buttons: dict[str, Path]) -> None:
    project = xlwings_files.standalone_project()
    for path in with_buttons.values():
        assert parts(path)[VBA] == project
    found = modules(with_buttons["de"])
    assert {"Module1.bas", "xlwings.bas", "Dictionary.cls"} <= set(found)
    assert "BSD 3-clause license" in found["xlwings.bas"]


def test_the_button_names_the_macro_that_runs_the_module(with_buttons: dict[str, Path]) -> None:
    captions = set()
    for language, path in with_buttons.items():
        drawn = parts(path)[BUTTON].decode()
        (macro,) = re.findall(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", drawn)
        source = modules(path)["Module1.bas"]
        assert f"Sub {macro}()" in source
        assert 'RunPython "import " & mymodule & ";" & mymodule & ".main()"' in source
        assert drawn.count("<v:shape ") == 1
        captions.add(
            re.sub("<[^>]+>", "", drawn.split("<div")[1].split(">", 1)[1].split("</div")[0])
        )
        assert path.with_suffix(".py").exists(), language
    assert len(captions) == len(LANGUAGES)


@pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")
def test_it_is_sound_and_openpyxl_keeps_its_vba(
    with_buttons: dict[str, Path], tmp_path: Path
) -> None:
    for path in with_buttons.values():
        result = OpenXmlValidator().validate(path)
        assert result.is_valid, result.errors[:3]
    book = openpyxl.load_workbook(with_buttons["lv"], keep_vba=True)
    book.save(tmp_path / "again.xlsm")
    book.vba_archive.close()
    assert parts(tmp_path / "again.xlsm")[VBA] == xlwings_files.standalone_project()


@pytest.mark.office
def test_libreoffice_opens_it_and_shows_the_button(
    with_buttons: dict[str, Path], tmp_path: Path
) -> None:
    convert([with_buttons["ru"]], "ods", tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "out/map_ru.ods") as package:
        content = package.read("content.xml").decode()
    assert "<form:button" in content
    assert "Проверка, оценка, карта" in content


def test_verbs_leave_button_and_vba_as_they_are(run: Run, tmp_path: Path) -> None:
    assert run("new", "map.xlsm", *WORDS, "af").code == 0
    before = parts(tmp_path / "map.xlsm")
    for words in (
        ("check", "map.xlsm", "--write"),
        ("score", "map.xlsm", "--write"),
        ("draw", "map.xlsm", "--in-workbook"),
        ("fix", "map.xlsm", "--yes"),
        ("run-macro", "main", "map.xlsm"),
        ("sync", "map.xlsm", "--to", "local"),
        ("sync", "map.xlsm"),
    ):
        done = run(*words)
        assert done.code in {0, 1}, done.err
    after = parts(tmp_path / "map.xlsm")
    assert after[VBA] == before[VBA]
    assert b"SampleCall" in after[BUTTON]
    assert after["[Content_Types].xml"].count(b"macroEnabled") == 1
    assert OpenXmlValidator().validate(tmp_path / "map.xlsm").is_valid


@pytest.mark.parametrize("name", ["map.ods", "map.xls", "map.txt", "map", "map.xltm"])
def test_a_name_of_another_kind_of_file_is_refused(run: Run, tmp_path: Path, name: str) -> None:
    done = run("new", name)
    assert done.code == 2
    assert f"Cannot make {name}: end the name in .xlsx" in done.err
    assert not list(tmp_path.glob("map*"))
