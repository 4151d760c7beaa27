"""Makes the blank workbooks in workbook_templates, for people who take a file and type on.

python scripts/make_templates.py makes them anew; a test compares them with what the program makes
today, part by part.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cjm_sheets.adapters.starter_files import StarterFiles  # noqa: E402 - the path comes first
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder  # noqa: E402 - the same
from cjm_sheets.templates.map_types import MAP_TYPES  # noqa: E402 - the same
from cjm_sheets.usecases.new_map import Wish, new_map  # noqa: E402 - the same
from cjm_sheets.words.languages import LANGUAGES  # noqa: E402 - the same

FOLDER = ROOT / "workbook_templates"
MADE = datetime(2026, 1, 1, tzinfo=UTC)
"""The moment that all templates bear, so that making them again changes no byte."""

TEMPLATES = {
    f"{kind}.{language}.xlsx": Wish(kind, language) for kind in MAP_TYPES for language in LANGUAGES
}
"""The files by their names: every kind of map in every language, with nothing filled in."""


def made(name: str) -> bytes:
    """Return the file of a template as the program makes it today."""
    return new_map(TEMPLATES[name], StarterFiles(), XlsxBuilder(), MADE)


def main() -> None:
    """Write all templates, and remove workbooks that are none any more."""
    for path in FOLDER.glob("*.xlsx"):
        if path.name not in TEMPLATES:
            path.unlink()
    for name in TEMPLATES:
        (FOLDER / name).write_bytes(made(name))
        print(name)


if __name__ == "__main__":
    main()
