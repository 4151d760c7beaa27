"""Typed text and shown values in the languages of the spreadsheet, there and back."""

from datetime import date

import pytest
from babel import Locale

from cjm_sheets.service.calendar_names import calendar_names
from cjm_sheets.service.formatting import shown
from cjm_sheets.service.locales import conventions
from cjm_sheets.service.parsing import entered
from tests.service.calls import Api, Json

TODAY = date(2026, 5, 4)
LOCALES = ("en_US", "en_GB", "de_DE", "da_DK", "lv_LV", "af_ZA", "ru_RU")
GAP = "\u00a0"


def typed(text: str, locale: str) -> tuple[object, str, str]:
    """Return (value, type of the number format, what is then shown)."""
    found = entered(text, locale, TODAY)
    assert found is not None
    (value,) = found.value.values()
    kind = (found.number_format or {}).get("type", "")
    return value, kind, shown(found.value, found.number_format or {}, locale) or ""


@pytest.mark.parametrize("language", ["en", "de", "da", "lv", "af", "ru", "fr", "es", "it", "nl"])
def test_months_and_days_are_called_as_babel_calls_them(language: str) -> None:
    names, locale = calendar_names(language), Locale.parse(language)
    for own, listed in (
        (names.months, locale.months["format"]["wide"]),
        (names.short_months, locale.months["format"]["abbreviated"]),
        (names.days, locale.days["format"]["wide"]),
        (names.short_days, locale.days["format"]["abbreviated"]),
    ):
        assert list(own) == [listed[key] for key in sorted(listed)]


@pytest.mark.parametrize("locale", LOCALES)
def test_decimal_marks_are_those_of_babel(locale: str) -> None:
    symbols = Locale.parse(locale).number_symbols
    symbols = symbols.get("latn", symbols)
    assert conventions(locale).decimal == symbols["decimal"]
    assert conventions(locale).group == symbols["group"]


@pytest.mark.parametrize(
    ("text", "locale", "value", "kind", "text_shown"),
    [
        ("$5", "en_US", 5, "CURRENCY", "$5"),
        ("$1,234.5", "en_US", 1234.5, "CURRENCY", "$1,234.50"),
        ("-$5.25", "en_US", -5.25, "CURRENCY", "-$5.25"),
        ("$-5", "en_US", -5, "CURRENCY", "-$5"),
        ("($5)", "en_US", -5, "CURRENCY", "-$5"),
        ("(5)", "en_US", -5, "", "-5"),
        ("€5", "en_US", 5, "CURRENCY", "€5"),
        ("£5.5", "en_GB", 5.5, "CURRENCY", "£5.50"),
        ("5 €", "de_DE", 5, "CURRENCY", "5 €"),
        ("1.234,5 €", "de_DE", 1234.5, "CURRENCY", "1.234,50 €"),
        ("5,5 kr.", "da_DK", 5.5, "CURRENCY", "5,50 kr."),
        ("5 kr", "da_DK", 5, "CURRENCY", "5 kr"),
        (f"1{GAP}000 €", "lv_LV", 1000, "CURRENCY", f"1{GAP}000 €"),
        ("R5,50", "af_ZA", 5.5, "CURRENCY", "R5,50"),
        ("5 ₽", "ru_RU", 5, "CURRENCY", "5 ₽"),
        ("5 Rand", "af_ZA", "5 Rand", "", "5 Rand"),
        ("R5", "en_US", "R5", "", "R5"),
        ("$", "en_US", "$", "", "$"),
        ("$5%", "en_US", "$5%", "", "$5%"),
        ("1 234,5", "ru_RU", 1234.5, "NUMBER", f"1{GAP}234,50"),
        ("1 234", "en_US", "1 234", "", "1 234"),
        ("12,5%", "de_DE", 0.125, "PERCENT", "12,50%"),
        ("1,5E3", "de_DE", 1500, "SCIENTIFIC", "1,50E+03"),
        ("1e400", "en_US", "1e400", "", "1e400"),
        ("0012", "da_DK", 12, "", "12"),
        ("WAHR", "de_DE", True, "", "WAHR"),
        ("falsch", "de_DE", False, "", "FALSCH"),
        ("true", "de_DE", True, "", "WAHR"),
        ("SAND", "da_DK", True, "", "SAND"),
        ("ложь", "ru_RU", False, "", "ЛОЖЬ"),
        ("WAHR", "en_US", "WAHR", "", "WAHR"),
        ("'WAHR", "de_DE", "WAHR", "", "WAHR"),
    ],
)
def test_numbers_money_and_answers(
    text: str, locale: str, value: object, kind: str, text_shown: str
) -> None:
    assert typed(text, locale) == (value, kind, text_shown)


@pytest.mark.parametrize(
    ("text", "locale", "serial", "text_shown"),
    [
        ("3/4/2024", "en_US", 45_355, "3/4/2024"),
        ("3/4/2024", "en_GB", 45_385, "03/04/2024"),
        ("3/4", "en_US", 46_085, "3/4"),
        ("3/4", "en_GB", 46_115, "3/4"),
        ("3-4", "en_US", 46_085, "3-4"),
        ("3-4-2024", "en_US", 45_355, "3-4-2024"),
        ("2024/3/4", "en_US", 45_355, "2024/3/4"),
        ("2024-03-04", "ru_RU", 45_355, "2024-03-04"),
        ("4.3.2024", "de_DE", 45_355, "04.03.2024"),
        ("4. 3. 2024", "de_DE", 45_355, "04.03.2024"),
        ("04.03.", "de_DE", 46_085, "04.03."),
        ("1.2", "de_DE", 46_054, "1.2"),
        ("4/3/2024", "lv_LV", 45_355, "4/3/2024"),
        ("04-03-2024", "da_DK", 45_355, "04-03-2024"),
        ("2024-03-04", "af_ZA", 45_355, "2024-03-04"),
        ("Mar 4, 2024", "en_US", 45_355, "Mar 4, 2024"),
        ("March 4", "en_US", 46_085, "March 4"),
        ("4 March 2024", "en_GB", 45_355, "4 March 2024"),
        ("4-Mar-2024", "en_US", 45_355, "4-Mar-2024"),
        ("Mar 2024", "en_US", 45_352, "Mar 2024"),
        ("4. März 2024", "de_DE", 45_355, "4. März 2024"),
        ("4. Dez. 2024", "de_DE", 45_630, "4. Dez. 2024"),
        ("4. marts 2024", "da_DK", 45_355, "4. marts 2024"),
        ("4. oktobris 2024", "lv_LV", 45_569, "4. oktobris 2024"),
        ("4 Desember 2024", "af_ZA", 45_630, "4 Desember 2024"),
        ("4 марта 2024 г.", "ru_RU", 45_355, "4 марта 2024 г."),
        ("12:30", "en_US", 0.520833, "12:30"),
        ("1:30:15 pm", "en_US", 0.562674, "1:30:15 PM"),
        ("12:00 AM", "en_US", 0, "12:00 AM"),
        ("36:15", "de_DE", 1.510417, "36:15:00"),
        ("12:30:15,5", "de_DE", 0.521013, "12:30:15,500"),
        ("4.3.2024 6:00", "de_DE", 45_355.25, "04.03.2024 6:00:00"),
        ("3/4/2024 6:00 PM", "en_US", 45_355.75, "3/4/2024 18:00:00"),
        ("2024-03-04T06:00", "en_US", 45_355.25, "2024-03-04 6:00:00"),
    ],
)
def test_dates_and_times(text: str, locale: str, serial: float, text_shown: str) -> None:
    value, kind, found = typed(text, locale)
    assert value == pytest.approx(serial, abs=1e-6)
    assert kind in {"DATE", "TIME", "DATE_TIME"}
    assert found == text_shown


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("4.3.2024", "en_US"),
        ("13/13/2024", "en_US"),
        ("30.2.2024", "de_DE"),
        ("4/3/2024", "af_ZA"),
        ("3-", "en_US"),
        ("12:60", "en_US"),
        ("13:00 PM", "en_US"),
        ("Mai 32, 2024", "de_DE"),
        ("März", "de_DE"),
        ("4 Marts 2024", "de_DE"),
        ("1.2.3.4", "de_DE"),
        ("3/4/2024 25:00", "en_US"),
        ("Step 4", "en_US"),
    ],
)
def test_what_is_no_date_stays_text(text: str, locale: str) -> None:
    assert typed(text, locale) == (text, "", text)


@pytest.mark.parametrize(
    ("number", "pattern", "locale", "text"),
    [
        (1234567.891, "#,##0.00", "en_US", "1,234,567.89"),
        (1234567.891, "#,##0.00", "de_DE", "1.234.567,89"),
        (123456, "0,000", "en_US", "123,456"),
        (5, "0,000", "en_US", "0,005"),
        (1_234_567, "0.0,,", "en_US", "1.2"),
        (12_345, '0.0,"K"', "en_US", "12.3K"),
        (5551234567, "(000) 000-0000", "en_US", "(555) 123-4567"),
        (42, "???", "en_US", " 42"),
        (3.5, "0.0??", "en_US", "3.5  "),
        (0, "#", "en_US", ""),
        (1.5, "# ?/?", "en_US", "1 1/2"),
        (0.3333, "# ?/?", "en_US", "1/3"),
        (2.25, "?/4", "en_US", "9/4"),
        (-0.5, "# ?/?", "en_US", "-1/2"),
        (3, "# ?/?", "en_US", "3"),
        (12_345, "0.00E+00", "en_US", "1.23E+04"),
        (9_999_999, "0.00E+00", "en_US", "1.00E+07"),
        (12_345, "##0.0E+0", "en_US", "12.3E+3"),
        (0.00012, "0.0E+0", "en_US", "1.2E-4"),
        (0.5, "0.00%", "de_DE", "50,00%"),
        (5, "[$€-1]#,##0.00", "en_US", "€5.00"),
        (5, '#,##0.00\\ "kr."', "da_DK", "5,00 kr."),
        (-5, "_($* #,##0.00_);_($* (#,##0.00)", "en_US", " $(5.00)"),
        (-5, "[Red]0", "en_US", "-5"),
        (5, '[<10]"few";[<100]"some";"many"', "en_US", "few"),
        (50, '[<10]"few";[<100]"some";"many"', "en_US", "some"),
        (500, '[<10]"few";[<100]"some";"many"', "en_US", "many"),
        (7, 'General" pieces"', "en_US", "7 pieces"),
        (1.5, '@" m"', "de_DE", "1,5 m"),
        (5, '"only words"', "en_US", "only words"),
        (0, "0;-0;;@", "en_US", ""),
        (0.25, "0.00;;\\-", "en_US", "0.25"),
    ],
)
def test_patterns_of_numbers(number: float, pattern: str, locale: str, text: str) -> None:
    assert shown({"numberValue": number}, {"type": "NUMBER", "pattern": pattern}, locale) == text


@pytest.mark.parametrize(
    ("number", "pattern", "locale", "text"),
    [
        (45_355, "dddd d mmmm yyyy", "en_US", "Monday 4 March 2024"),
        (45_355, "ddd d. mmm yy", "de_DE", "Mo. 4. März 24"),
        (45_355, "mmmmm", "da_DK", "m"),
        (45_355, 'd. mmmm "gads"', "lv_LV", "4. marts gads"),
        (1.5, "[h]:mm", "en_US", "36:00"),
        (1.5, "[mm]", "en_US", "2160"),
        (90 / 86_400, "[s]", "en_US", "90"),
        (45_355.000_009, "hh:mm:ss.000", "en_US", "00:00:00.778"),
        (45_355.75, "h a/p", "en_US", "6 p"),
        (45_355.999_999_9, "yyyy-mm-dd hh:mm:ss", "en_US", "2024-03-05 00:00:00"),
        (45_355.52, "mm:ss", "en_US", "28:48"),
        (45_355, "\\d d", "en_US", "d 4"),
    ],
)
def test_patterns_of_dates(number: float, pattern: str, locale: str, text: str) -> None:
    number_format = {"type": "DATE_TIME", "pattern": pattern}
    assert shown({"numberValue": number}, number_format, locale) == text


def test_texts_have_their_own_section() -> None:
    number_format = {"type": "NUMBER", "pattern": '0;-0;0;"about "@'}
    assert shown({"stringValue": "ten"}, number_format, "en_US") == "about ten"
    assert shown({"stringValue": "ten"}, {"type": "TEXT", "pattern": "@"}, "en_US") == "ten"
    assert shown({"stringValue": "ten"}, {"type": "NUMBER", "pattern": "0.00"}, "en_US") == "ten"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", ["DATE", "TIME", "DATE_TIME", "CURRENCY", "PERCENT", "NUMBER"])
def test_what_a_locale_shows_it_also_reads(kind: str, locale: str) -> None:
    value = {"numberValue": 45_355.25 if kind == "DATE_TIME" else 0.5 if kind == "TIME" else 45_355}
    text = shown(value, {"type": kind}, locale) or ""
    if (kind, locale) == ("TIME", "da_DK"):
        assert text == "12.00.00"  # as a Dane writes it; typed, it is read with colons only
    else:
        assert typed(text, locale)[0] == value["numberValue"]


@pytest.mark.parametrize(
    ("value", "date_time", "row"),
    [
        ("FORMATTED_VALUE", "SERIAL_NUMBER", ["04.03.2024", "50%", "1,5", "WAHR", "3"]),
        ("FORMATTED_VALUE", "FORMATTED_STRING", ["04.03.2024", "50%", "1,5", "WAHR", "3"]),
        ("UNFORMATTED_VALUE", "SERIAL_NUMBER", [45_355, 0.5, 1.5, True, 3]),
        ("UNFORMATTED_VALUE", "FORMATTED_STRING", ["04.03.2024", 0.5, 1.5, True, 3]),
        ("FORMULA", "SERIAL_NUMBER", [45_355, 0.5, 1.5, True, "=1+2"]),
        ("FORMULA", "FORMATTED_STRING", ["04.03.2024", 0.5, 1.5, True, "=1+2"]),
    ],
)
def test_every_way_of_reading_over_http(
    api: Api, value: str, date_time: str, row: list[object]
) -> None:
    book = api.create()
    change: Json = {"properties": {"locale": "de_DE"}, "fields": "locale"}
    book.batch({"updateSpreadsheetProperties": change})
    path = f"/v4/spreadsheets/{book.id}/values/A1:E1"
    body = {"values": [["4.3.2024", "50%", "1,5", "wahr", "=1+2"]]}
    answer = book.api.call(
        "PUT",
        path,
        body,
        valueInputOption="USER_ENTERED",
        includeValuesInResponse="true",
        responseValueRenderOption=value,
        responseDateTimeRenderOption=date_time,
    )
    assert answer["updatedData"]["values"] == [row]
    query: Json = {"valueRenderOption": value, "dateTimeRenderOption": date_time}
    assert book.api.call("GET", path, **query)["values"] == [row]
