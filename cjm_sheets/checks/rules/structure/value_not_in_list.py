"""Decides which cells hold a value that their list does not offer, and what may be meant."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.nearest import nearest_word
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.severity_words import meant
from cjm_sheets.checks.view import View
from cjm_sheets.tables import naming
from cjm_sheets.tables.codec import Unread
from cjm_sheets.tables.table import CellError
from cjm_sheets.words.mark import N_

_DID_YOU_MEAN = N_("Did you mean {nearest}? Else choose from the list, or add the value to Lists.")
_YES_OR_NO = N_("Choose {yes} or {no}.")
_NO_SEVERITY = N_("{value} is no severity, so {rule} keeps its own.")
_MEND_SEVERITY = N_("Write error, warning, info or off, or leave the cell blank.")
_NO_RULE = N_("There is no rule {rule}, so this setting does nothing.")
_MEND_RULE = N_("Correct the id of the rule, or delete the row.")

_RULE_ID = re.compile(r"CJ\w+")


@rule(
    "CJ010",
    Severity.ERROR,
    table="",
    reads=("*.*",),
    summary=N_("a value is not one of those that its list offers"),
    message=N_("{value} is not one of the values of {column}."),
    fix=N_("Choose from the list, or add the value to Lists."),
)
def value_not_in_list(view: View) -> Iterator[Found]:
    """CJ010: a value is not one of those that its list offers.

    Why: rows with a value of their own fall out of every count, filter and check that goes by it.
    Fires: the channel Web site; the kind of map curent state; perhaps as a moment of truth; a
        severity sometimes for a rule in Settings, or one for a rule that does not exist.
    Silent: website, Webseite or WEBSITE with a blank behind it, in any of the six languages; a
        value that somebody added to the sheet Lists; a formula that failed.
    """
    for key, decoded in view.tables.items():
        rows = view.row_ids(key)
        for column in decoded.table.spec.columns:
            if column.kind.name not in {"list", "yes_no"}:
                continue
            name = column.kind.target
            added = view.added.get(name, frozenset())
            for at, value in enumerate(decoded.values(column.key)):
                if not isinstance(value, Unread) or naming.plain(value.shown) in added:
                    continue
                line = decoded.lines[at]
                if not isinstance(view.raw(key, column.key, line), CellError):
                    found = Found(key, line, rows[at], column.key, value.shown)
                    yield _suggesting(view, found, name, added)
    yield from _severities(view)


def _severities(view: View) -> Iterator[Found]:
    """Yield what Settings give a rule in place of a severity, and ids of rules that are none."""
    if not view.has("Settings", "value"):
        return
    decoded = view.tables["Settings"]
    for line, key in zip(decoded.lines, decoded.texts("key"), strict=True):
        id_, value = key.strip().upper(), view.shown("Settings", "value", line)
        if not _RULE_ID.fullmatch(id_) or not value.strip():
            continue
        found = Found("Settings", line, key, "value", value, {"rule": id_})
        if view.rules and id_ not in view.rules:
            yield replace(found, column="key", message=_NO_RULE, fix=_MEND_RULE)
        elif meant(value) is None:
            yield replace(found, message=_NO_SEVERITY, fix=_MEND_SEVERITY)


def _suggesting(view: View, found: Found, name: str, added: frozenset[str]) -> Found:
    """Return a finding with what may be meant."""
    language = view.workbook.language
    if name == "yes_no":
        words = {key: naming.word(language, name, key) for key in ("yes", "no")}
        return replace(found, facts=words, fix=_YES_OR_NO)
    nearest = _nearest(found.value or "", name, language, added)
    return replace(found, facts={"nearest": nearest}, fix=_DID_YOU_MEAN) if nearest else found


@cache
def _nearest(typed: str, name: str, language: str, added: frozenset[str]) -> str:
    """Return the value most like a text, in the workbook's language."""
    words = {
        word: naming.word(language, name, key) for word, key in naming.known_words(name).items()
    }
    return nearest_word(typed, words | {word: word for word in added})
