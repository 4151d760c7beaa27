"""The templates that lie in the repository are those that the program makes."""

import io
import zipfile

import pytest
import xlsxwriter

from scripts.make_templates import FOLDER, TEMPLATES, made

WITHOUT = {"docProps/core.xml"}
"""Parts that hold nothing but times."""


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
        if part not in WITHOUT:
            assert there.read(part) == fresh.read(part), part


def test_the_folder_holds_nothing_else() -> None:
    assert {path.name for path in FOLDER.glob("*.xlsx")} == set(TEMPLATES)
