from datetime import date

import pytest

from cjm_sheets.drawing import formats, tidy


@pytest.mark.parametrize(
    ("language", "figure", "share", "day"),
    [
        ("en", "1,234.5", "45%", "2026-03-05"),
        ("de", "1.234,5", "45\u00a0%", "05.03.2026"),
        ("da", "1.234,5", "45\u00a0%", "05.03.2026"),
        ("lv", "1\u00a0234,5", "45%", "05.03.2026."),
        ("af", "1\u00a0234,5", "45%", "2026-03-05"),
        ("ru", "1\u00a0234,5", "45\u00a0%", "05.03.2026"),
        ("xx", "1,234.5", "45%", "2026-03-05"),
    ],
)
def test_each_language_has_its_own_way(language: str, figure: str, share: str, day: str) -> None:
    assert formats.number(language, 1234.5, 1) == figure
    assert formats.percent(language, 0.45) == share
    assert formats.day(language, date(2026, 3, 5)) == day


def test_figures_are_as_short_as_they_can_be() -> None:
    assert [formats.short("en", x) for x in (2, 0.5, 0.25, 1 / 3, -0.001)] == [
        "2", "0.5", "0.25", "0.33", "0",
    ]  # fmt: skip
    assert [formats.percent("en", x) for x in (0, 0.03, 0.035, 0.999, 1)] == [
        "0%", "3%", "3.5%", "100%", "100%",
    ]  # fmt: skip
    assert [formats.signed(x) for x in (-2, 0, 1)] == ["−2", "0", "+1"]


def test_words_are_quoted_once() -> None:
    assert formats.quoted("de", "Nie wieder") == "„Nie wieder“"
    assert formats.quoted("en", "“Never again”") == "“Never again”"
    assert formats.quoted("ru", "") == ""


def test_what_is_no_number_is_missing() -> None:
    assert tidy.number(float("nan")) is None
    assert tidy.number(True) is None  # noqa: FBT003 - a cell that holds TRUE
    assert tidy.share(1.2) is None
    assert tidy.mood(3) is None
    assert tidy.mood(-2.0) == -2
