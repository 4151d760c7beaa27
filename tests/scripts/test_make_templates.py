"""The templates that lie in the repository are those that the program makes."""

import io
import zipfile

import pytest
import xlsxwriter

from cjm_sheets.templates.map_types import MAP_TYPES
from cjm_sheets.words.languages import LANGUAGES
from scripts.make_templates import FOLDER, TEMPLATES, made


@pytest.mark.skipif(
    not xlsxwriter.__version__.startswith("3.3."),
    reason="the templates were made with XlsxWriter 3.3, and other releases write other bytes",
)
@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_a_template_is_what_the_program_makes(name: str) -> None:
    there = zipfile.ZipFile(FOLDER / name)
    fresh = zipfile.ZipFile(io.BytesIO(made(name)))
    assert there.namelist() == fresh.namelist()
    for part in there.namelist():
        assert there.read(part) == fresh.read(part), part


def test_there_is_one_of_every_kind_in_every_language_and_nothing_else() -> None:
    assert len(TEMPLATES) == len(MAP_TYPES) * len(LANGUAGES) == 30
    assert {path.name for path in FOLDER.glob("*.xlsx")} == set(TEMPLATES)
