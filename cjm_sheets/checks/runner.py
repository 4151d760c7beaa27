"""Decides which rules run, which of their findings count, and in which order they are reported."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cjm_sheets.checks.catalogue import all_rules
from cjm_sheets.checks.finding import Finding, Found, Severity
from cjm_sheets.checks.muting import mute_of
from cjm_sheets.checks.registry import Rule
from cjm_sheets.checks.severity_words import OFF, meant
from cjm_sheets.checks.view import View
from cjm_sheets.errors.asked import UnknownRuleError
from cjm_sheets.model.journey import Mute
from cjm_sheets.tables import schema
from cjm_sheets.words.catalogue import say

_ORDER = {table.key: at for at, table in enumerate(schema.TABLES)}


@dataclass(frozen=True, slots=True)
class Ran:
    """What the rules found: what counts, and what somebody muted, each with its mute."""

    findings: tuple[Finding, ...]
    muted: tuple[tuple[Finding, Mute], ...] = ()


def run(view: View, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Return what the rules find and nobody muted; see run_all."""
    return run_all(view, select, ignore).findings


def run_all(view: View, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Ran:
    """Return what the rules find, in the order of tables, lines and rule ids.

    select and ignore are beginnings of rule ids (CJ03 means CJ030 to CJ039); without select all
    rules run. UnknownRuleError if one of them fits no rule.
    """
    knowing = replace(view, rules=frozenset(each.id for each in all_rules()))
    found = [finding for each in chosen(select, ignore) for finding in _run_one(each, knowing)]
    found.sort(key=lambda f: (_ORDER.get(f.table, -1), f.line, f.rule, f.column))
    mutes = view.workbook.mutes
    judged = [(finding, mute_of(finding, mutes, view.as_of)) for finding in found]
    return Ran(
        tuple(finding for finding, mute in judged if mute is None),
        tuple((finding, mute) for finding, mute in judged if mute is not None),
    )


def chosen(select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """Return the rules whose ids begin with one of select (all if empty) and none of ignore."""
    wanted, unwanted = _beginnings(select), _beginnings(ignore)
    return tuple(
        each
        for each in all_rules()
        if (not wanted or each.id.startswith(wanted)) and not each.id.startswith(unwanted)
    )


def _beginnings(asked: Iterable[str]) -> tuple[str, ...]:
    """Return beginnings of ids as they are compared, after making sure that each fits a rule."""
    beginnings = tuple(text.strip().upper() for text in asked)
    for text in beginnings:
        if not text or not any(each.id.startswith(text) for each in all_rules()):
            raise UnknownRuleError(text)
    return beginnings


def _run_one(each: Rule, view: View) -> Iterator[Finding]:
    """Yield what one rule finds, with the severity that Settings gives it."""
    given = meant(dict(view.workbook.settings.severities).get(each.id, ""))
    if given == OFF:
        return
    severity = Severity(given) if given else None
    for found in each.find(view):
        yield _finding(each, found, severity or found.severity or each.severity, view)


def _finding(each: Rule, found: Found, severity: Severity, view: View) -> Finding:
    """Return what a rule found as people get to see it."""
    table, column, line = found.table, found.column, found.line
    value = view.shown(table, column, line) if found.value is None else found.value
    facts = {
        "value": value,
        "column": view.label(table, column),
        "sheet": view.sheet(table),
        **found.facts,
    }
    return Finding(
        rule=each.id,
        severity=severity,
        map=view.map_of(table, line),
        table=table,
        row=found.row,
        column=column,
        cell=found.cell or view.cell(table, column, line),
        value=value,
        message=say(view.language, found.message or each.message, **facts),
        fix=say(view.language, found.fix or each.fix, **facts),
        line=line,
    )
