"""What people edit in a cell: entered again, it gives the same cell, in every language."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_sheets.service.page.tongue import _wishes
from cjm_sheets.service.page.typed import typed_text
from cjm_sheets.service.parsing import entered
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.spreadsheet import Spreadsheet, new_properties

LOCALES = ("en_US", "de_DE", "da_DK", "lv_LV", "af_ZA", "ru_RU")
FORMATS: tuple[Json, ...] = (
    {},
    {"type": "PERCENT", "pattern": "0%"},
    {"type": "DATE", "pattern": "yyyy-mm-dd"},
    {"type": "DATE"},
    {"type": "NUMBER", "pattern": "#,##0.0"},
    {"type": "NUMBER", "pattern": "0"},
)
NUMBERS = st.integers(-(10**9), 10**9) | st.floats(-1e12, 1e12).filter(
    lambda number: number == 0 or abs(number) > 1e-9
)


def book(locale: str) -> Spreadsheet:
    return Spreadsheet("id", new_properties("Trial") | {"locale": locale})


def read_again(locale: str, cell: Json) -> Json:
    text = typed_text(book(locale), cell)
    found = entered(text, locale, datetime.now(tz=UTC).date())
    return found.value if found is not None else {}


@pytest.mark.parametrize("locale", LOCALES)
@given(number=NUMBERS, number_format=st.sampled_from(FORMATS))
def test_a_number_is_edited_without_losing_a_digit(
    locale: str, number: float, number_format: Json
) -> None:
    cell = {
        "userEnteredValue": {"numberValue": number},
        "userEnteredFormat": {"numberFormat": number_format},
    }
    assert read_again(locale, cell) == {"numberValue": number}


@pytest.mark.parametrize("locale", LOCALES)
@given(text=st.text(min_size=1) | st.sampled_from(["1", "=A1", "'x", "TRUE", "1/2", "5%", "1e3"]))
def test_a_text_stays_a_text(locale: str, text: str) -> None:
    assert read_again(locale, {"userEnteredValue": {"stringValue": text}}) == {"stringValue": text}


def test_a_text_cell_shows_its_text_as_it_is() -> None:
    cell = {
        "userEnteredValue": {"stringValue": "0012"},
        "userEnteredFormat": {"numberFormat": {"type": "TEXT"}},
    }
    assert typed_text(book("en_US"), cell) == "0012"


def test_the_dearest_language_comes_first() -> None:
    assert _wishes("en;q=0.5,lv,de;q=x,ru;q=0.9") == ["lv", "ru", "en"]
