"""Decides how a starter is written: TOML with one array of rows for each table.

List values are stable keys, lists of references are arrays, and dates are days from the day on
which the workbook is built (`"-30 days"`), so that a starter never goes stale. Its words are
English; another language has a second document with one table of words for each row
(`[Pains.N3]`), so that ids, keys and numbers are the same in all of them.
"""

import re
import tomllib
from datetime import date, timedelta
from typing import Any

from cjm_sheets.tables import schema, spec
from cjm_sheets.tables.codec import Value
from cjm_sheets.templates.content import Content, Row

_DAYS = re.compile(r"([+-]\d+) days")


def parse(text: str, words: str, language: str, today: date) -> Content:
    """Return the content that a starter describes on a day, with its words in a language.

    `words` is "" for English. Starters come with the program, so a mistake in one, such as a text
    without its translation, is a ValueError that names it.
    """
    document = tomllib.loads(text)
    about = document.pop("starter")
    if words:
        _translate(document, tomllib.loads(words))
    settings = document.pop("settings", {})
    unknown = document.keys() - schema.BY_KEY.keys()
    if unknown:
        raise ValueError(unknown)
    rows = {key: tuple(_row(schema.BY_KEY[key], r, today) for r in of)
            for key, of in document.items()}  # fmt: skip
    return Content(about["map_type"], language, rows, settings, illustrative=True)


def _translate(document: dict[str, Any], words: dict[str, Any]) -> None:
    """Put the words of another language in place of the English ones, every single one."""
    for key, rows in document.items():
        of = words.pop(key, {})
        for row in rows if isinstance(rows, list) else ():
            said = of.pop(row["id"], {})
            english = {column for column in row if has_words(schema.BY_KEY[key], column, row)}
            if said.keys() != english:
                raise ValueError(key, row["id"], sorted(said.keys() ^ english))
            row.update(said)
        if of:
            raise ValueError(key, sorted(of))
    if words:
        raise ValueError(sorted(words))


def has_words(of: spec.Table, column: str, row: dict[str, Any]) -> bool:
    """Tell whether a cell of a starter holds words of a language: text with a letter in it."""
    text = row[column]
    is_text = of.by_key[column].kind.name in {"text", "long"}
    return is_text and isinstance(text, str) and any(letter.isalpha() for letter in text)


def _row(of: spec.Table, row: dict[str, Any], today: date) -> Row:
    unknown = row.keys() - {column.key for column in of.typed}
    if unknown:
        raise ValueError(of.key, unknown)
    return {key: _value(of.by_key[key], value, today) for key, value in row.items()}


def _value(column: spec.Column, value: Any, today: date) -> Value:  # noqa: ANN401 - what TOML holds
    if column.kind.name == "date":
        return _day(value, today)
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, str):
        return value.strip()
    known: Value = value
    return known


def _day(text: str, today: date) -> date:
    found = _DAYS.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return today + timedelta(days=int(found[1]))
