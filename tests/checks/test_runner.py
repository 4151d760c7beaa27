"""Which rules run, what is muted, whose map a finding is, and how findings are reported."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cjm_sheets.checks import report
from cjm_sheets.checks.finding import Finding, Severity
from cjm_sheets.checks.health import counts, grade
from cjm_sheets.checks.runner import chosen, run
from cjm_sheets.checks.view import View
from cjm_sheets.errors.asked import UnknownRuleError
from cjm_sheets.model import journey
from cjm_sheets.model.belonging import Belonging
from cjm_sheets.model.workbook import Workbook
from tests.checks.builder import AS_OF, view

PAIN = {"id": "N1", "touchpoint": "T1", "pain": "slow", "severity": 3, "hit": 9, "observed": 12}
CASE: dict[str, Any] = {
    "maps": [{"id": "M1", "title": "shop", "type": "current"}],
    "personas": [{"id": "P1", "name": "Ann"}],
    "stages": [{"id": "S1", "map": "M1", "name": "buy"}],
    "touchpoints": [{"id": "T1", "stage": "S1", "name": "till", "channel": "stor", "reach": 0.5}],
    "pains": [PAIN, {"id": "N2", "touchpoint": "T9", "pain": "dear"}],
    "evidence": [{"id": "E1", "source": "survey"}],
    "opportunities": [{"id": "O1", "opportunity": "second till", "pains": "N1"}],
}

SOME = ("CJ004", "CJ010", "CJ031", "CJ070")
"""Rules that find something in the case; other rules have cases of their own."""


def _found(case: dict[str, Any], select: Sequence[str] = ()) -> list[str]:
    return [f"{f.rule} {f.row} {f.column}" for f in run(view(case), select=select)]


def test_findings_come_in_the_order_of_tables_lines_and_rules() -> None:
    assert _found(CASE, SOME) == [
        "CJ010 T1 channel",
        "CJ031 N1 evidence",
        "CJ004 N2 touchpoint",
        "CJ031 N2 evidence",
        "CJ070 N2 severity",
    ]


def test_rules_are_chosen_by_the_beginnings_of_their_ids() -> None:
    ids = [rule.id for rule in chosen(["CJ03", "cj00"], ["CJ003"])]
    assert "CJ031" in ids
    assert "CJ001" in ids
    assert "CJ003" not in ids
    assert "CJ070" not in ids
    assert len(chosen([], [])) > len(chosen([], ["CJ0"])) > 0


@pytest.mark.parametrize("unknown", ["CJ999", "X", "", " "])
def test_a_beginning_that_fits_no_rule_is_refused(unknown: str) -> None:
    with pytest.raises(UnknownRuleError):
        run(view(CASE), select=[unknown])
    with pytest.raises(UnknownRuleError):
        run(view(CASE), ignore=[unknown])


def test_a_finding_says_where_it_is() -> None:
    finding = run(view(CASE), select=["CJ010"])[0]
    assert (finding.cell, finding.line, finding.map) == ("Touchpoints!F2", 2, "M1")
    assert (finding.table, finding.row, finding.column) == ("Touchpoints", "T1", "channel")
    assert (finding.value, finding.severity) == ("stor", Severity.ERROR)
    assert finding.message == "stor is not one of the values of Channel."
    assert finding.fix.startswith("Did you mean store?")


@pytest.mark.parametrize(
    ("given", "severities"),
    [
        ("error", [Severity.ERROR, Severity.ERROR]),
        (" Info ", [Severity.INFO, Severity.INFO]),
        ("off", []),
        ("perhaps", [Severity.WARNING, Severity.WARNING]),
    ],
)
def test_settings_may_give_a_rule_another_severity(given: str, severities: list[Severity]) -> None:
    findings = run(view(CASE | {"settings": {"CJ031": given}}), select=["CJ031"])
    assert [finding.severity for finding in findings] == severities


MUTE = {"rule": "CJ031", "table": "Pains", "row": "N1", "reason": "known", "until": AS_OF}


@pytest.mark.parametrize(
    ("changed", "left"),
    [
        ({}, ["N2"]),
        ({"rule": "cj031 "}, ["N2"]),
        ({"row": "n1 slow"}, ["N2"]),
        ({"row": ""}, []),
        ({"until": date(2026, 7, 1)}, ["N2"]),
        ({"until": date(2026, 6, 29)}, ["N1", "N2"]),  # past
        ({"until": ""}, ["N1", "N2"]),
        ({"reason": ""}, ["N1", "N2"]),
        ({"table": "Highs"}, ["N1", "N2"]),
        ({"table": "nowhere"}, ["N1", "N2"]),
        ({"rule": "CJ03"}, ["N1", "N2"]),
        ({"row": "N3"}, ["N1", "N2"]),
    ],
)
def test_a_muted_finding_is_left_out(changed: dict[str, Any], left: list[str]) -> None:
    findings = run(view(CASE | {"mutes": [MUTE | changed]}), select=["CJ031"])
    assert [finding.row for finding in findings] == left


def test_the_title_of_the_sheet_names_the_table_in_a_mute_too() -> None:
    case = CASE | {"day_moments": [{"id": "D1", "activity": "tea", "touchpoint": "T7"}]}
    assert _found(case, ["CJ004"]) == ["CJ004 D1 touchpoint", "CJ004 N2 touchpoint"]
    muted = case | {"mutes": [MUTE | {"rule": "CJ004", "table": "Day", "row": "D1"}]}
    assert _found(muted, ["CJ004"]) == ["CJ004 N2 touchpoint"]


BOOK = Workbook(
    maps=(
        journey.Map("M1", personas=("P1", "P2"), line=2),
        journey.Map("M2", personas=("P2",), line=3),
    ),
    personas=(journey.Persona("P1", line=2), journey.Persona("P2", line=3)),
    stages=(
        journey.Stage("S1", map="M1", line=2),
        journey.Stage("S2", map="M2", line=3),
        journey.Stage("S3", line=4),
    ),
    touchpoints=(
        journey.Touchpoint("T1", stage="S1", line=2),
        journey.Touchpoint("T2", stage="S2", line=3),
        journey.Touchpoint("T3", stage="S3", line=4),
    ),
    blueprint=(journey.BlueprintStep("B1", touchpoint="T2", line=2),),
    day_moments=(journey.DayMoment("D1", touchpoint="T2", line=2),),
    empathy=(
        journey.EmpathyNote("Y1", persona="P1", line=2),
        journey.EmpathyNote("Y2", persona="P2", line=3),
    ),
    pains=(
        journey.Pain("N1", touchpoint="T1", line=2),
        journey.Pain("N2", touchpoint="T2", line=3),
        journey.Pain("N3", touchpoint="T9", line=4),
    ),
    highs=(journey.High("H1", touchpoint="T1", line=2),),
    opportunities=(
        journey.Opportunity("O1", pains=("N2", "N3"), line=2),
        journey.Opportunity("O2", pains=("N1", "N2"), line=3),
    ),
    actions=(
        journey.Action("A1", map="M2", pains=("N1",), line=2),
        journey.Action("A2", pains=("N1",), line=3),
        journey.Action("A3", opportunity="O1", line=4),
        journey.Action("A4", line=5),
    ),
    metrics=(
        journey.Metric("K1", stage="S2", line=2),
        journey.Metric("K2", touchpoint="T1", line=3),
    ),
    evidence=(journey.Evidence("E1", line=2),),
)


@pytest.mark.parametrize(
    ("table", "maps"),
    [
        ("Maps", ["M1", "M2"]),
        ("Personas", ["M1", ""]),
        ("Stages", ["M1", "M2", ""]),
        ("Touchpoints", ["M1", "M2", ""]),
        ("Blueprint", ["M2"]),
        ("DayMoments", ["M2"]),
        ("Empathy", ["M1", ""]),
        ("Pains", ["M1", "M2", ""]),
        ("Highs", ["M1"]),
        ("Opportunities", ["M2", ""]),
        ("Actions", ["M2", "M1", "M2", ""]),
        ("Metrics", ["M2", "M1"]),
        ("Evidence", [""]),
        ("Settings", [""]),
    ],
)
def test_a_row_belongs_to_the_map_that_it_leads_to(table: str, maps: list[str]) -> None:
    belonging = Belonging(BOOK)
    assert [belonging.map_of(table, line) for line in range(2, 2 + len(maps))] == maps


def test_everything_belongs_to_the_only_map() -> None:
    belonging = Belonging(replace(BOOK, maps=BOOK.maps[:1]))
    assert belonging.map_of("Evidence", 2) == "M1"
    assert belonging.map_of("Touchpoints", 4) == "M1"
    assert belonging.map_of("Pains", 0) == "M1"


def _finding(severity: Severity) -> Finding:
    return Finding("CJ999", severity, "", "Pains", "N1", "pain", "Pains!C2", "", "Bad.", "Mend.")


@pytest.mark.parametrize(
    ("errors", "warnings", "expected"),
    [(0, 0, "A"), (0, 1, "B"), (0, 3, "B"), (0, 4, "C"), (0, 8, "C"), (0, 9, "D"), (1, 0, "F")],
)
def test_health_at_its_thresholds(errors: int, warnings: int, expected: str) -> None:
    findings = [
        *[_finding(Severity.ERROR)] * errors,
        *[_finding(Severity.WARNING)] * warnings,
        *[_finding(Severity.INFO)] * 20,
    ]
    assert grade(findings) == expected
    assert counts(findings) == {"error": errors, "warning": warnings, "info": 20}


def test_the_document_holds_every_finding_and_fits_into_json() -> None:
    document = json.loads(json.dumps(report.document(run(view(CASE), select=SOME))))
    assert document["schema"] == "cjm-sheets/1"
    assert document["counts"] == {"error": 2, "warning": 3, "info": 0}
    assert document["grade"] == "F"
    assert list(document["findings"][0]) == [
        "rule", "severity", "map", "table", "row", "column", "cell", "value", "message", "fix",
    ]  # fmt: skip
    assert document["findings"][0]["severity"] == "error"


def test_the_lines_go_sheet_by_sheet() -> None:
    text = report.lines(run(view(CASE), select=SOME), "en")
    assert text[0] == "Touchpoints"
    assert text[1] == "  F2  error  CJ010  stor is not one of the values of Channel."
    assert text[2].startswith(" " * 20 + "Did you mean store?")
    assert text[3:5] == ["", "Pains"]
    assert text[5].startswith("  K2  warning  CJ031  ")
    assert text[-1] == "2 errors, 3 warnings, 0 notes. Health: F"


def test_no_findings_are_said_too() -> None:
    assert report.lines((), "en") == ["No findings.", "Health: A"]


def test_a_sheet_with_a_name_of_several_words_is_shown_without_quotes() -> None:
    odd = replace(_finding(Severity.INFO), cell="'Anna''s pains'!C2")
    assert report.lines([odd], "en")[0] == "Anna's pains"
    missing = replace(_finding(Severity.INFO), cell="")
    assert report.lines([missing], "en")[0] == "Pains"


def test_an_empty_workbook_only_lacks_its_maps() -> None:
    empty = View(Workbook(), {}, (), AS_OF)
    assert [(f.rule, f.table, f.cell) for f in run(empty)] == [("CJ001", "Maps", "")]
