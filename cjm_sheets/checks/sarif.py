"""Decides how findings are written as SARIF 2.1.0, which code scanning services read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cjm_sheets.checks import reference
from cjm_sheets.checks.finding import Finding
from cjm_sheets.checks.registry import Rule
from cjm_sheets.model.journey import Mute
from cjm_sheets.words.catalogue import say

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "cjmSheetsFinding/v1"
"""Under this name a result says of which rule, table, row id and column it is."""

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


@dataclass(frozen=True, slots=True)
class Artifact:
    """A workbook, by its address (relative, %-encoded), with what was found; or why it was not.

    `failed` is the sentence of a failure, "" for none.
    """

    uri: str
    findings: Sequence[Finding] = ()
    muted: Sequence[tuple[Finding, Mute]] = ()
    failed: str = ""


def document(
    artifacts: Sequence[Artifact], rules: Sequence[Rule], version: str, language: str
) -> dict[str, Any]:
    """Return a SARIF log of one run over several workbooks as a JSON-able document."""
    numbers = {each.id: number for number, each in enumerate(rules)}
    failed = [_notification(each) for each in artifacts if each.failed]
    invocation: dict[str, Any] = {"executionSuccessful": not failed}
    if failed:
        invocation["toolExecutionNotifications"] = failed
    driver = {
        "name": "cjm-sheets",
        "version": version,
        "language": language,
        "rules": [_rule(each, language) for each in rules],
    }
    run = {
        "tool": {"driver": driver},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "artifacts": [{"location": {"uri": each.uri}} for each in artifacts],
        "results": [result for each in artifacts for result in _results(each, numbers)],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(of: Rule, language: str) -> dict[str, Any]:
    page = reference.page(of, language)
    why = reference.parts(of.text).get("Why", "")
    summary = say(language, of.summary)
    return {
        "id": of.id,
        "name": "".join(map(str.capitalize, of.find.__name__.split("_"))),
        "shortDescription": {"text": _sentence(summary)},
        "fullDescription": {"text": _sentence(why or summary)},
        "help": {"text": reference.as_text(page), "markdown": reference.as_markdown(page)},
        "defaultConfiguration": {"level": _LEVELS[of.severity.value]},
    }


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


def _results(of: Artifact, numbers: dict[str, int]) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for finding, mute in _all(of):
        same = f"{finding.rule}/{finding.table}/{finding.row}/{finding.column}"
        seen[same] += 1
        mark = same if seen[same] == 1 else f"{same}#{seen[same]}"
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": numbers[finding.rule],
            "level": _LEVELS[finding.severity.value],
            "message": {"text": f"{finding.message} {finding.fix}"},
            "locations": [_location(of.uri, finding)],
            "partialFingerprints": {FINGERPRINT: mark},
        }
        if mute is not None:
            suppression = {"kind": "inSource", "status": "accepted", "justification": mute.reason}
            result["suppressions"] = [suppression]
        yield result


def _all(of: Artifact) -> Iterable[tuple[Finding, Mute | None]]:
    yield from ((finding, None) for finding in of.findings)
    yield from of.muted


def _location(uri: str, finding: Finding) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": uri}}}
    sheet, cell = finding.place
    if sheet or finding.table:
        logical = {"name": cell or sheet or finding.table, "kind": "cell" if cell else "sheet"}
        logical["fullyQualifiedName"] = finding.cell or finding.table
        location["logicalLocations"] = [logical]
    return location


def _notification(of: Artifact) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": of.failed},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": of.uri}}}],
    }
