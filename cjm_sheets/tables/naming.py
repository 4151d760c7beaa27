"""Decides which table, column or list value a text means, in any of the six languages."""

import unicodedata
from functools import cache, lru_cache

from cjm_sheets.model.ids import INVISIBLE
from cjm_sheets.tables import lists, schema, spec
from cjm_sheets.words.labels import label
from cjm_sheets.words.languages import LANGUAGES


@lru_cache(maxsize=4096)  # the same labels and list values are asked for again and again
def plain(text: str) -> str:
    r"""Return a text as it is compared: no invisible characters, single blanks, no case.

    >>> plain("  What\u00a0they  DO ")
    'what they do'
    """
    if text.isascii():  # which has no invisible characters and but one way to write a letter
        return " ".join(text.lower().split())
    kept = unicodedata.normalize("NFKC", text.translate(INVISIBLE))
    return " ".join(kept.split()).casefold()


def table_label(language: str, table: spec.Table) -> str:
    """Return the title of a table's sheet in a language."""
    return label(language, table.key, table.label)


def column_label(language: str, table: spec.Table, column: spec.Column) -> str:
    """Return the header of a column in a language."""
    return label(language, f"{table.key}.{column.key}", column.label)


def word(language: str, list_name: str, key: str) -> str:
    """Return a list value in a language; a value that the list does not know stays as it is."""
    english = lists.LISTS[list_name].get(key)
    return key if english is None else label(language, f"list.{list_name}.{key}", english)


def every_word(list_name: str, key: str) -> tuple[str, ...]:
    """Return a list value in all languages, its key last."""
    return (*dict.fromkeys(word(language, list_name, key) for language in LANGUAGES), key)


@cache
def known_titles() -> dict[str, spec.Table]:
    """Return the tables by the titles of their sheets in all languages and by their keys."""
    titles = {
        plain(table_label(language, table)): table
        for language in LANGUAGES
        for table in schema.TABLES
    }
    return titles | {plain(table.key): table for table in schema.TABLES}


@cache
def known_columns(table: str) -> dict[str, str]:
    """Return the column keys of a table by their labels in all languages and by themselves."""
    of = schema.BY_KEY[table]
    labels = {
        plain(column_label(language, of, column)): column.key
        for language in LANGUAGES
        for column in of.columns
    }
    return labels | {plain(column.key): column.key for column in of.columns}


@cache
def known_words(list_name: str) -> dict[str, str]:
    """Return the keys of a list by its values in all languages and by themselves."""
    return {
        plain(text): key for key in lists.LISTS[list_name] for text in every_word(list_name, key)
    }


def speaks(labels: set[str], table: str) -> str:
    """Return the language of which most of these column headers are, English first."""
    of = schema.BY_KEY[table]
    found = {plain(text) for text in labels}

    def hits(language: str) -> int:
        return sum(plain(column_label(language, of, column)) in found for column in of.columns)

    return max(LANGUAGES, key=hits)
