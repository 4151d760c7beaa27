"""Labels lead to one column, one value, one sheet, whatever language they were written in."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

import pytest

from cjm_sheets.tables import naming
from cjm_sheets.tables.hints import HINTS
from cjm_sheets.tables.lists import LIST_LABELS, LISTS, LISTS_KEY, LISTS_LABEL
from cjm_sheets.tables.schema import TABLES
from cjm_sheets.tables.spec import Table
from cjm_sheets.words.labels import hint, label
from cjm_sheets.words.languages import LANGUAGES

PLAIN = re.compile(r"[^\W_]+( [^\W_]+)*")
SHEET_TITLE = 31
LABEL = 32
"""Longest title of an input message in Excel, which shows the label."""
HINT = 255
ENGLISH_HINT = 200

each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
each_list = pytest.mark.parametrize("name", LISTS)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def clashes(names: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return what leads to more than one key, from pairs of (key, a name of it)."""
    leads: dict[str, set[str]] = defaultdict(set)
    for key, name in names:
        leads[naming.plain(name)] |= {key}
    return {name: keys for name, keys in leads.items() if len(keys) > 1}


def column_label(table: Table, key: str, language: str) -> str:
    return naming.column_label(language, table, table.by_key[key])


def titles(language: str) -> dict[str, str]:
    found = {table.key: naming.table_label(language, table) for table in TABLES}
    return found | {LISTS_KEY: label(language, LISTS_KEY, LISTS_LABEL)}


def test_a_clash_is_found() -> None:
    assert clashes([("goal", "Mål"), ("target", " MÅL ")]) == {"mål": {"goal", "target"}}


@each_table
def test_a_label_in_any_language_leads_to_one_column(table: Table) -> None:
    names = [
        (key, column_label(table, key, tongue)) for key in table.by_key for tongue in LANGUAGES
    ]
    assert clashes([*names, *((key, key) for key in table.by_key)]) == {}


@each_list
def test_a_value_in_any_language_leads_to_one_key(name: str) -> None:
    values = LISTS[name]
    said = [(key, naming.word(tongue, name, key)) for key in values for tongue in LANGUAGES]
    assert clashes([*said, *((key, key) for key in values)]) == {}


def test_a_title_in_any_language_leads_to_one_sheet() -> None:
    said = [pair for tongue in LANGUAGES for pair in titles(tongue).items()]
    assert clashes([*said, *((key, key) for key in titles("en"))]) == {}


def test_a_header_of_the_lists_leads_to_one_list() -> None:
    said = [
        (name, label(tongue, f"list.{name}", english))
        for name, english in LIST_LABELS.items()
        for tongue in LANGUAGES
    ]
    assert clashes([*said, *((name, name) for name in LIST_LABELS)]) == {}


def test_every_list_has_a_header() -> None:
    assert list(LIST_LABELS) == list(LISTS)


@each_language
def test_titles_and_headers_are_plain_words(language: str) -> None:
    columns = [column_label(table, key, language) for table in TABLES for key in table.by_key]
    headers = [label(language, f"list.{name}", text) for name, text in LIST_LABELS.items()]
    wordy = [text for text in columns + headers if not PLAIN.fullmatch(text) or len(text) > LABEL]
    assert wordy == []
    assert [
        title
        for title in titles(language).values()
        if not PLAIN.fullmatch(title) or len(title) > SHEET_TITLE
    ] == []


@each_language
def test_texts_are_composed_and_trimmed(language: str) -> None:
    texts = [column_label(table, key, language) for table in TABLES for key in table.by_key]
    texts += [naming.word(language, name, key) for name, values in LISTS.items() for key in values]
    assert [text for text in texts if text != unicodedata.normalize("NFC", text).strip()] == []
    assert [text for text in texts if ";" in text or "," in text] == []


def test_every_column_that_people_see_has_a_hint_and_no_other() -> None:
    seen = {f"{t.key}.{column.key}" for t in TABLES for column in t.columns if not column.helper}
    assert set(HINTS) == seen


@each_language
def test_hints_fit_into_an_input_message(language: str) -> None:
    said = {context: hint(language, context, text) for context, text in HINTS.items()}
    longest = ENGLISH_HINT if language == "en" else HINT
    assert [context for context, text in said.items() if not 0 < len(text) <= longest] == []


@pytest.mark.parametrize("language", [tongue for tongue in LANGUAGES if tongue != "en"])
def test_hints_are_translated_and_keep_ids_and_numbers(language: str) -> None:
    example = re.compile(r"\b[A-Z]\d+\b|\d+%|CJ\d+")
    for context, text in HINTS.items():
        said = hint(language, context, text)
        assert said != text, context
        assert sorted(example.findall(said)) == sorted(example.findall(text)), context
