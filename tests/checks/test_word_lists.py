"""Which phrases of a word list are found in a text, and what only looks like one."""

import pytest

from cjm_sheets.checks import word_lists
from cjm_sheets.words.languages import LANGUAGES

LIST = """
starts = ["we", "send reminder*", "hand over ... order"]
words = ["straße frei", "don't know", "größe*", "lead"]
names = ["sales", "back office"]
never = ["we all", "lead singer"]
"""


@pytest.fixture(autouse=True)
def _a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {("odd", "en"): LIST, ("odd", "de"): "", ("bad", "en"): 'word = ["a"]'}
    monkeypatch.setattr(word_lists, "_text", lambda *which: texts.get(which))


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("We send it", "we"),
        ("  1. “We” send it", "we"),
        ("we'll send it", "we"),
        ("Went home, as we do", ""),
        ("We all wait", ""),
        ("Send reminders", "send reminders"),
        ("Send\u00a0 Reminder now", "send reminder"),
        ("I send reminders", ""),
        ("Hand over the whole big order", "hand over the whole big order"),
        ("Hand over order", "hand over order"),
        ("Hand over one and two and three order", ""),
        ("Is the STRASSE FREI?", "strasse frei"),
        ("I don’t know", "don't know"),
        ("the gro\u0308ßere one", "grössere"),
        ("the right Gro\u0308ßentabelle", "grössentabelle"),
        ("Übergröße", ""),
        ("We all, we pack", ""),
        ("the leader", ""),
        ("the lead singer", ""),
        ("the lead singer is a lead", "lead"),
        ("2. SALES!", "sales"),
        ("Sales talk", ""),
        ("After-sales", ""),
        ("Back\u00a0office", "back office"),
        ("", ""),
        ("...", ""),
    ],
)
def test_whole_words_are_found_whatever_their_case(text: str, hit: str) -> None:
    assert word_lists.hits("odd", "en", text) == hit


def test_an_empty_list_finds_nothing() -> None:
    assert word_lists.hits("odd", "de", "We send it") == ""


def test_a_language_without_a_list_is_read_in_english() -> None:
    assert not word_lists.has_list("odd", "sv")
    assert word_lists.hits("odd", "sv", "We send it") == "we"


@pytest.mark.parametrize("what", ["bad", "none"])
def test_a_list_that_is_missing_or_malformed_is_no_empty_one(what: str) -> None:
    with pytest.raises(ValueError, match=what):
        word_lists.hits(what, "en", "x")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", ["company", "departments"])
def test_there_is_a_list_for_each_language(
    what: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    assert word_lists.has_list(what, language)
    assert word_lists.hits(what, language, "\N{SNOWMAN}") == ""
