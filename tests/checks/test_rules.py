"""What every rule must have: an id of its own, a docstring in its form, sentences that fit."""

import re
import string

import pytest

from cjm_sheets.checks import reference
from cjm_sheets.checks.catalogue import all_rules, rule_by_id
from cjm_sheets.checks.registry import Rule
from cjm_sheets.errors.asked import UnknownRuleError
from cjm_sheets.tables import schema

RULES = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)


def test_ids_are_unique_and_sorted() -> None:
    ids = [rule.id for rule in all_rules()]
    assert len(ids) >= 10
    assert ids == sorted(set(ids))


@RULES
def test_the_id_is_formed_like_one(rule: Rule) -> None:
    assert re.fullmatch(r"CJ\d{3}", rule.id)


@RULES
def test_the_docstring_says_why_and_when(rule: Rule) -> None:
    first, blank, *rest = rule.text.splitlines()
    assert first == f"{rule.id}: {rule.summary}."
    assert blank == ""
    found = reference.parts(rule.text)
    assert list(found) == ["Why", "Fires", "Silent"]
    assert all(len(text) > 10 and text.endswith(".") for text in found.values())
    assert rest[0].strip().startswith("Why: ")


@RULES
def test_the_function_is_called_like_its_module(rule: Rule) -> None:
    assert rule.find.__name__ == rule.find.__module__.rpartition(".")[2]


@RULES
def test_what_it_reads_is_in_the_schema(rule: Rule) -> None:
    assert rule.table in {"", *schema.BY_KEY}
    assert rule.reads
    for name in rule.reads:
        table, column = name.split(".")
        tables = schema.TABLES if table == "*" else (schema.BY_KEY[table],)
        assert column == "*" or any(column in each.by_key for each in tables)


@RULES
def test_sentences_are_single_and_plain(rule: Rule) -> None:
    for text in (rule.message, rule.fix):
        assert text[0] in string.ascii_uppercase + "{"
        assert text.endswith(".")
    assert not rule.summary.endswith(".")


@RULES
def test_its_page_says_it_all(rule: Rule) -> None:
    page = reference.page(rule, "en")
    plain, markdown = reference.as_text(page), reference.as_markdown(page)
    assert plain.startswith(f"{rule.id}: {rule.summary}\n")
    assert markdown.startswith(f"# {rule.id}: {rule.summary}\n")
    parts = [text[0].upper() + text[1:] for text in reference.parts(rule.text).values()]
    for text in (*parts, rule.message, rule.fix, *rule.reads):
        assert text in plain
        assert text in markdown


def test_a_rule_is_found_by_its_id() -> None:
    assert rule_by_id(" cj031").id == "CJ031"
    with pytest.raises(UnknownRuleError):
        rule_by_id("CJ03")
