import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from cjm_sheets.drawing import tidy
from cjm_sheets.drawing.measure import width, wrap
from cjm_sheets.drawing.shapes import Font
from tests.drawing.geometry import bare
from tests.drawing.hostile import NASTY

_FONTS = st.builds(Font, st.sampled_from([10.5, 11, 13, 26]), st.booleans())


def one_character(line: str) -> bool:
    """Tell whether a line is one visible character with what sticks to it."""
    spread = [c for c in line if unicodedata.category(c)[0] not in "MCS"]
    return len(line) == 1 or len(spread) <= 1 or "\u200d" in line


@given(st.one_of(st.text(), st.sampled_from(NASTY)).map(tidy.text), _FONTS, st.floats(8, 400))
def test_lines_fit_and_nothing_is_lost(text: str, font: Font, room: float) -> None:
    lines = wrap(text, font, room)
    assert all(width(line, font) <= room or one_character(line) for line in lines)
    assert bare("".join(lines)) == bare(text)


def test_a_long_word_is_divided_between_syllables() -> None:
    assert wrap("Kundenzufriedenheit", Font(11), 80) == ("Kundenzufrie-", "denheit")
    assert wrap("удовлетворённость", Font(11), 80) == ("удовлетво-", "рённость")


def test_an_address_is_divided_without_hyphens() -> None:
    lines = wrap("https://example.org/a/long/path/to/a/page", Font(11), 90)
    assert "".join(lines) == "https://example.org/a/long/path/to/a/page"


def test_line_ends_are_kept_and_empty_text_has_no_lines() -> None:
    assert wrap("one\ntwo", Font(11), 200) == ("one", "two")
    assert wrap("", Font(11), 200) == ()


def test_bold_is_wider_and_marks_take_no_room() -> None:
    assert width("Checkout", Font(11, bold=True)) > width("Checkout", Font(11))
    assert width("e\u0301", Font(10)) == width("e", Font(10))
