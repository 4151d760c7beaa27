import pytest

from cjm_sheets.drawing import palette

WHITE_ON = [
    *(shade.deep for shade in (*palette.STAGES, palette.LOOSE)),
    *palette.GRADES.values(),
    *palette.PEOPLE,
    palette.PAIN,
]
GROUNDS = [
    palette.PAPER,
    palette.WASH,
    *(shade.tint for shade in (*palette.STAGES, palette.LOOSE)),
    palette.PAIN_WASH,
    palette.AMBER_WASH,
    palette.HIGH_WASH,
    palette.IDEA_WASH,
    palette.ACTION_WASH,
    palette.MOOD_ABOVE,
    palette.MOOD_BELOW,
]


@pytest.mark.parametrize("ground", WHITE_ON)
def test_white_can_be_read_on_it(ground: str) -> None:
    assert palette.contrast(palette.PAPER, ground) >= 4.5


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", [palette.INK, palette.MUTED, palette.PAIN, palette.TRUTH])
def test_it_can_be_read_on_every_ground(ink: str, ground: str) -> None:
    assert palette.contrast(ink, ground) >= 4.5


def test_amber_words_can_be_read_on_their_card() -> None:
    assert palette.contrast(palette.AMBER, palette.AMBER_WASH) >= 4.5


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert round(palette.contrast("#000000", "#FFFFFF"), 6) == 21
