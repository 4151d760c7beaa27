"""Texts that look alike and are not, or are and do not look it: letters, line ends, signs unseen.

A real file and the service: what crosses arrives as it was, and what only the programs write
differently is no edit.
"""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from cjm_sheets.service.running import RunningService
from tests.sync.real import Pair, pair

EMOJI = {
    "name": "\N{GRINNING FACE}",
    "action": "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER}",
    "thought": "\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}",
    "feeling": "\N{REGIONAL INDICATOR SYMBOL LETTER L}\N{REGIONAL INDICATOR SYMBOL LETTER V}",
}
SIGNS = {
    "name": "zero\N{ZERO WIDTH SPACE}width",
    "action": "no\N{NO-BREAK SPACE}break",
    "thought": "\N{LEFT-TO-RIGHT MARK}mark\N{WORD JOINER}",
    "feeling": "soft\N{SOFT HYPHEN}hyphen \N{ZERO WIDTH NO-BREAK SPACE}",
}
CONTROL = {
    "name": "bell\a",
    "action": "tab\there",
    "thought": "\x01 begins",
    "feeling": "esc\x1b[",
}
LOOKS_ESCAPED = {"name": "_x0041_", "action": "_x000D_\n", "thought": "_x005F_x0041_"}
SPACES = {"name": "  both  ", "action": "line \n end ", "thought": "a\n\n\nb", "feeling": "\ta\t"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("texts")) as running:
        yield running


@pytest.fixture
def both(service: RunningService, tmp_path: Path) -> Pair:
    return pair(service, tmp_path)


@pytest.mark.parametrize("texts", [EMOJI, SIGNS, CONTROL, LOOKS_ESCAPED, SPACES])
def test_what_a_person_wrote_arrives_as_it_was(both: Pair, texts: dict[str, str]) -> None:
    both.types_all("T1", texts)
    both.texts("T2", texts)
    both.sync()
    for column, text in texts.items():
        assert both.says("T1", column) == (text, text), column
        assert both.says("T2", column) == (text, text), column
    assert both.is_quiet()


@pytest.mark.parametrize("text", ["Café", "Ķekava", "Ą́", "한국", "Å"])
def test_letters_put_together_or_not_are_the_same(both: Pair, text: str) -> None:
    whole, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    both.types("T1", "name", whole)
    both.sync()
    both.text("T1", "name", apart)
    assert both.is_quiet()
    assert both.held("T1", "name")["userEnteredValue"] == {"stringValue": apart}
    both.types("T1", "name", whole + "!")
    both.sync()
    assert both.says("T1", "name") == (whole + "!", whole + "!")
    assert both.is_quiet()


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_ends_of_lines_are_the_same_however_programs_write_them(both: Pair, end: str) -> None:
    both.types("T1", "name", f"one{end}two")
    both.sync()
    assert both.says("T1", "name") == ("one\ntwo", "one\ntwo")
    both.text("T1", "name", "one\r\ntwo")
    assert both.is_quiet()
    both.text("T2", "name", f"one{end}two")
    both.sync()
    assert both.says("T2", "name") == ("one\ntwo", "one\ntwo")
    assert both.is_quiet()


@pytest.mark.parametrize("text", [" ", "\n", "\N{NO-BREAK SPACE}", "\t"])
def test_a_cell_with_nothing_to_see_is_empty(both: Pair, text: str) -> None:
    both.text("T1", "action", text)
    assert both.is_quiet()
    both.text("T1", "name", text)
    done = both.sync()
    assert [(move.row, move.column, move.after) for move in done.plan.pulled] == [
        ("T1", "name", None)
    ]
    assert both.is_quiet()


@pytest.mark.parametrize("text", ["half \ud83d", "\ufffe no sign", "\uffff"])
def test_what_unicode_has_no_letter_for_stops_nothing(both: Pair, text: str) -> None:
    both.text("T1", "name", text)
    both.text("T2", "name", "goes")
    both.sync()
    assert both.says("T2", "name") == ("goes", "goes")
    assert both.is_quiet()
    kept = both.held("T1", "name")["userEnteredValue"]["stringValue"]
    assert kept == text


def test_letters_that_look_alike_are_not_the_same(both: Pair) -> None:
    latin, cyrillic = "Pc", "Рс"
    both.types("T1", "name", latin)
    both.sync()
    both.text("T1", "name", cyrillic)
    both.sync()
    assert both.says("T1", "name") == (cyrillic, cyrillic)
    assert both.is_quiet()
