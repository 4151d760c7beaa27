"""Decides how findings are reported: the document for programs and the lines for people."""

import itertools
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from cjm_sheets.checks.finding import Finding
from cjm_sheets.checks.health import counts, grade
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.counts import findings as in_words
from cjm_sheets.words.mark import N_

SCHEMA = "cjm-sheets/1"

_NOTHING = N_("No findings.")
_HEALTH = N_("Health: {grade}")
_WORDS = {"error": N_("error"), "warning": N_("warning"), "info": N_("info")}
_KEYS = tuple(field.name for field in fields(Finding) if field.name != "line")


def document(findings: Sequence[Finding]) -> dict[str, Any]:
    """Return findings, their numbers by severity and the health grade as one JSON-able document."""
    return {
        "schema": SCHEMA,
        "findings": [{key: str(getattr(finding, key)) for key in _KEYS} for finding in findings],
        "counts": counts(findings),
        "grade": grade(findings),
    }


def lines(findings: Sequence[Finding], language: str) -> list[str]:
    """Return findings as lines of text, sheet by sheet, and a last line with their numbers.

    Findings are taken in the order in which they come; see runner.run.
    """
    if not findings:
        return [say(language, _NOTHING), say(language, _HEALTH, grade=grade(findings))]
    text: list[str] = []
    for sheet, group in itertools.groupby(findings, key=_sheet):
        text += [sheet or "-", *_of_sheet(list(group), language), ""]
    return [*text, summary(findings, language)]


def summary(findings: Sequence[Finding], language: str) -> str:
    """Return the numbers of findings and the health grade in a line."""
    number = counts(findings)
    found = in_words(language, number["error"], number["warning"], number["info"])
    return f"{found}. {say(language, _HEALTH, grade=grade(findings))}"


def _of_sheet(findings: Sequence[Finding], language: str) -> list[str]:
    """Return two lines for each finding of a sheet: what is wrong, and how to mend it."""
    cells = [finding.place[1] for finding in findings]
    words = [say(language, _WORDS[finding.severity.value]) for finding in findings]
    wide, long = max(map(len, cells)), max(map(len, words))
    text = []
    for finding, cell, word in zip(findings, cells, words, strict=True):
        start = f"  {cell:<{wide}}  {word:<{long}}  {finding.rule}  "
        text += [start + finding.message, " " * len(start) + finding.fix]
    return text


def _sheet(finding: Finding) -> str:
    return finding.place[0] or finding.table
