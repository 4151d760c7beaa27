"""Decides how findings are reported: the document for programs and the lines for people."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from cjm_sheets.checks.finding import Finding
from cjm_sheets.checks.health import counts, grade
from cjm_sheets.model.journey import Mute
from cjm_sheets.words.catalogue import count, say
from cjm_sheets.words.counts import findings as in_words
from cjm_sheets.words.mark import N_, NN_

SCHEMA = "cjm-sheets/1"
Muted = Sequence[tuple[Finding, Mute]]
Paint = Callable[[str, str], str]
"""From a severity and the text that names it to that text as it is shown, such as in a colour."""

_NOTHING = N_("No findings.")
_HEALTH = N_("Health: {grade}")
_MUTED = N_("Muted: {n}")
_MUTED_TITLE = N_("Muted findings")
_UNTIL = N_("Until {date}: {reason}")
_WORKBOOKS = NN_("{n} workbook", "{n} workbooks")
_FAILED = NN_("{n} could not be checked", "{n} could not be checked")
_WORDS = {"error": N_("error"), "warning": N_("warning"), "info": N_("info")}
_KEYS = tuple(field.name for field in fields(Finding) if field.name != "line")


def document(
    findings: Sequence[Finding], muted: Muted = (), *, show_muted: bool = False
) -> dict[str, Any]:
    """Return findings, their numbers by severity and the health grade as one JSON-able document.

    `muted` is the number of findings that somebody muted; they come along if they are to be shown.
    """
    whole = {
        "schema": SCHEMA,
        "findings": [_of(finding) for finding in findings],
        "counts": counts(findings),
        "grade": grade(findings),
        "muted": len(muted),
    }
    if show_muted:
        whole["muted_findings"] = [
            {**_of(finding), "reason": mute.reason, "until": str(mute.until)}
            for finding, mute in muted
        ]
    return whole


def _of(finding: Finding) -> dict[str, str]:
    return {key: str(getattr(finding, key)) for key in _KEYS}


def _plain(severity: str, text: str) -> str:
    del severity
    return text


def lines(
    findings: Sequence[Finding], language: str, muted: Muted = (), paint: Paint = _plain
) -> list[str]:
    """Return findings as lines of text, sheet by sheet, and a last line with their numbers.

    Findings are taken in the order in which they come; see runner.run. `muted` are only counted.
    """
    if not findings:
        last = say(language, _HEALTH, grade=grade(findings)) + _count_of(muted, language)
        return [say(language, _NOTHING), last]
    text: list[str] = []
    for sheet, group in itertools.groupby(findings, key=_sheet):
        text += [sheet or "-", *_of_sheet(list(group), language, paint), ""]
    return [*text, summary(findings, language) + _count_of(muted, language)]


def muted_lines(muted: Muted, language: str) -> list[str]:
    """Return what somebody muted as lines of text, each with the reason and the day of its end."""
    if not muted:
        return []
    text = [say(language, _MUTED_TITLE)]
    for finding, mute in muted:
        word = say(language, _WORDS[finding.severity.value])
        start = f"  {finding.cell or finding.table}  {word}  {finding.rule}  "
        until = say(language, _UNTIL, date=mute.until, reason=mute.reason)
        text += [start + finding.message, " " * len(start) + until]
    return [*text, ""]


def summary(findings: Sequence[Finding], language: str) -> str:
    """Return the numbers of findings and the health grade in a line."""
    return f"{_numbers(findings, language)}. {say(language, _HEALTH, grade=grade(findings))}"


def total(language: str, findings: Sequence[Finding], checked: int, failed: int) -> str:
    """Return the line that sums up several workbooks, of which some could not be checked."""
    books = count(language, *_WORKBOOKS, checked)
    said = f"{books}: {_numbers(findings, language)}"
    return f"{said}; {count(language, *_FAILED, failed)}" if failed else said


def _numbers(findings: Sequence[Finding], language: str) -> str:
    number = counts(findings)
    return in_words(language, number["error"], number["warning"], number["info"])


def _count_of(muted: Muted, language: str) -> str:
    return f". {say(language, _MUTED, n=len(muted))}" if muted else ""


def _of_sheet(findings: Sequence[Finding], language: str, paint: Paint) -> list[str]:
    """Return two lines for each finding of a sheet: what is wrong, and how to mend it."""
    cells = [finding.place[1] for finding in findings]
    words = [say(language, _WORDS[finding.severity.value]) for finding in findings]
    wide, long = max(map(len, cells)), max(map(len, words))
    text = []
    for finding, cell, word in zip(findings, cells, words, strict=True):
        before, bad, rule = f"  {cell:<{wide}}  ", f"{word:<{long}}", f"  {finding.rule}  "
        shown = paint(finding.severity.value, bad)
        indent = " " * len(before + bad + rule)
        text += [before + shown + rule + finding.message, indent + finding.fix]
    return text


def _sheet(finding: Finding) -> str:
    return finding.place[0] or finding.table
