"""The page on formulas shows the formulas that there are."""

from pathlib import Path

from cogapp import Cog  # type: ignore[import-untyped] # ships no types

PAGE = Path(__file__).parents[2] / "docs" / "formulas.md"


def test_the_page_on_formulas_is_up_to_date() -> None:
    """If this fails, run: cog -r -I . docs/formulas.md."""
    page = PAGE.read_text("utf-8")
    assert Cog().process_string(page, str(PAGE)) == page
