"""Every trap that live formulas once fell into, by its name, in both forms of the formulas.

LibreOffice must show what is written here, and what Python says of the same cells, for structured
references as Excel has them and for plain ones as Google Sheets gets them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from cjm_sheets.tables import calc, formulas, naming
from cjm_sheets.tables.table import Raw
from tests.scoring import both, sheets

Row = Mapping[str, Raw]

STEPS: Sequence[Row] = (
    {"id": "T1", "name": "shop", "reach": 0.5},
    {"id": "T2", "name": "till", "reach": 0.8, "moment_of_truth": "yes"},
)
SOURCES: Sequence[Row] = (
    {"id": "E1", "source": "survey"},
    {"id": "E2", "source": "interview"},
    {"id": "E11", "source": "review"},
)
GLUES = (";", ",", "\n", " ", ";; ,")
YES_AND_PERHAPS: tuple[Raw, ...] = ("JA", " да", "jā", True, "perhaps")
IDEA: Row = {"id": "O1", "opportunity": "idea", "relief": 0.5, "effort": 2}


def pain(number: int = 1, **changed: Raw) -> Row:
    """Return a pain that has all that a score needs, but for what is changed."""
    sound: Row = {"id": f"N{number}", "touchpoint": "T1", "pain": "slow", "severity": 3, "hit": 10,
                  "observed": 40, "evidence": "E1; E2"}  # fmt: skip
    return {**sound, **changed}


def settings(**changed: Raw) -> tuple[Row, ...]:
    """Return all settings, some of them changed."""
    return tuple({"key": key, "value": changed.get(key, value)} for key, value in sheets.SETTINGS)


@dataclass(frozen=True)
class Trap:
    """Rows with a trap in them, and what columns must show; numbers to six digits."""

    rows: sheets.Rows
    shows: Mapping[str, Sequence[object]]


def trap(*pains: Row, shows: Mapping[str, Sequence[object]], **tables: Sequence[Row]) -> Trap:
    """Return a trap among pains; other tables are the sound ones unless they are given."""
    rows: dict[str, Sequence[Row]] = {
        "Touchpoints": STEPS,
        "Evidence": SOURCES,
        "Settings": settings(),
    }
    return Trap({**rows, "Pains": pains, **tables}, shows)


SCORE = {"Pains.if_true": [39.685026], "Pains.evidenced": [35.122019]}
"""What the sound pain scores, worked out by hand: 100 * (0.5 * f * 0.5) ** (1/3), times trust A."""

TRAPS = {
    "settings in another order": trap(pain(), Settings=settings()[::-1], shows=SCORE),
    "tables of one row": trap(
        pain(evidence="E1"),
        Touchpoints=STEPS[:1],
        Evidence=SOURCES[:1],
        Opportunities=[{**IDEA, "pains": "N1"}],
        shows={
            "Pains.sources": [1],
            "Pains.grade": ["B"],
            "Pains.reach_used": [0.5],
            "Evidence.row_no": [2],
            "Opportunities.payoff": [7.024404],
        },
    ),
    "E1 beside E11": trap(
        pain(1, evidence="E1"),
        pain(2, evidence="E11"),
        pain(3, evidence="E11, E1"),
        Evidence=[*SOURCES[:1], {"id": "E11", "source": "survey"}, {"id": "E111", "source": "x"}],
        shows={"Pains.sources": [1, 1, 1]},
    ),
    "ids in lower case": trap(
        pain(touchpoint="t2", evidence="e1;e2"),
        Opportunities=[{**IDEA, "pains": "n1"}],
        shows={
            "Pains.touchpoint_row": [3],
            "Pains.sources": [2],
            "Pains.moment_used": [1.077217],
            "Opportunities.pains_list": [" N1 "],
        },
    ),
    "separators without blanks": trap(
        *(pain(n, evidence=f"E1{glue}E2") for n, glue in enumerate(GLUES, 1)),
        shows={"Pains.sources": [2] * 5, "Pains.evidence_list": [" E1 E2 "] * 5},
    ),
    "a weight of 0": trap(
        pain(hit=0),
        pain(2),
        Settings=settings(weight_frequency=0),
        shows={"Pains.if_true": [50, 50]},
    ),
    "all weights 0": trap(
        pain(),
        Settings=settings(weight_frequency=0, weight_severity=0, weight_reach=0),
        shows={"Pains.if_true": [""], "Pains.evidenced": [""]},
    ),
    "a weight below 0": trap(
        pain(), Settings=settings(weight_reach=-1), shows={"Pains.if_true": [""]}
    ),
    "more had it than were asked": trap(
        pain(hit=41, guess=0.5),
        shows={"Pains.frequency": [""], "Pains.grade": ["D"], "Pains.if_true": [""]},
    ),
    "a guess beside half a count": trap(
        pain(observed=None, guess=0.5),
        pain(2, hit=None, guess=0.5),
        pain(3, hit=0, observed=0, guess=0.5),
        shows={"Pains.frequency": ["", "", 0.5], "Pains.n_used": ["", "", 2]},
    ),
    "a reach of 45 for 45 %": trap(
        pain(reach=45), pain(2, touchpoint="T2"),
        Touchpoints=[STEPS[0], {**STEPS[1], "reach": 45}],
        shows={"Pains.reach_used": ["", ""], "Pains.if_true": ["", ""]},
    ),
    "an own reach that is none keeps the one of the step out": trap(
        pain(reach="half"), pain(2, reach=-0.1), pain(3, reach=0),
        shows={"Pains.reach_used": ["", "", 0], "Pains.evidenced": ["", "", 0]},
    ),
    "a step without a reach, which INDEX reads as 0": trap(
        pain(), Touchpoints=[{"id": "T1", "name": "shop"}], shows={"Pains.reach_used": [""]}
    ),
    "ids of nothing": trap(
        pain(touchpoint="T99", evidence="E99; E1"),
        Opportunities=[{**IDEA, "pains": "N1; N99"}],
        shows={
            "Pains.touchpoint_row": [""],
            "Pains.reach_used": [""],
            "Pains.moment_used": [1],
            "Pains.sources": [1],
            "Opportunities.payoff": [""],
        },
    ),
    "a step with its name behind the id": trap(
        pain(touchpoint="T2 till"), pain(2, touchpoint=" T2  till; more"),
        shows={"Pains.touchpoint_row": [3, 3]},
    ),
    "text in cells for numbers": trap(
        pain(severity="3"), pain(2, hit="nine"), pain(3, observed="many"),
        shows={
            "Pains.severity_used": ["", 0.5, 0.5],
            "Pains.frequency": [0.25, "", ""],
            "Pains.if_true": ["", "", ""],
        },
    ),
    "a severity between two": trap(
        pain(severity=2.5), pain(2, severity=6), shows={"Pains.severity_used": ["", ""]}
    ),
    "an idea for a pain without a score": trap(
        pain(1), pain(2, severity=None),
        Opportunities=[{**IDEA, "pains": "N1"}, {**IDEA, "id": "O2", "pains": "N1; N2"}],
        shows={"Opportunities.payoff": [8.780505, ""]},
    ),
    "an idea for an id that two pains bear": trap(
        pain(1), pain(1), pain(3),
        Opportunities=[
            {**IDEA, "pains": "N1"},
            {**IDEA, "id": "O2", "pains": "N3"},
            {**IDEA, "id": "O3", "pains": "N3; N3"},
        ],
        shows={"Opportunities.payoff": ["", 8.780505, ""]},
    ),
    "nobody had it": trap(
        pain(hit=0),
        shows={"Pains.frequency": [0], "Pains.frequency_low": [0], "Pains.if_true": [0],
               "Pains.evidenced": [0]},
    ),
    "yes in any language and any case": trap(
        *(pain(n, touchpoint=f"T{n}") for n in range(1, 6)),
        Touchpoints=[
            {"id": f"T{n}", "name": "shop", "moment_of_truth": said}
            for n, said in enumerate(YES_AND_PERHAPS, 1)
        ],
        shows={"Pains.moment_used": [1.077217] * 4 + [1]},
    ),
    "the last value of severity is missing": trap(
        pain(severity=4),
        Settings=[row for row in settings() if row["key"] != "severity_4"],
        shows={"Pains.severity_used": [""], "Pains.if_true": [""]},
    ),
    "a target of 0": trap(
        pain(),
        Stages=[
            {"id": "S1", "name": "a", "target": 0, "actual": 4},
            {"id": "S2", "name": "b", "better": "lower", "target": 2, "actual": 4},
        ],
        shows={"Stages.attainment": ["", 0.5]},
    ),
    "a row of numbers without words": trap(
        pain(), pain(2, pain=None), shows={"Pains.sources": [2, ""], "Pains.grade": ["A", ""]}
    ),
}  # fmt: skip

FORMS = {"structured": False, "plain": True}


@pytest.fixture(scope="module")
def calculated(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], Path]:
    """All traps in both forms, calculated by one start of LibreOffice."""
    folder = tmp_path_factory.mktemp("traps")
    made = {}
    for at, (name, of) in enumerate(TRAPS.items()):
        for form, plain in FORMS.items():
            made[name, form] = folder / f"{at}-{form}.xlsx"
            sheets.write(made[name, form], of.rows, "en", plain=plain)
    return dict(zip(made, sheets.recalculated(list(made.values())), strict=True))


@pytest.mark.office
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", TRAPS)
def test_trap(name: str, form: str, calculated: Mapping[tuple[str, str], Path]) -> None:
    of = TRAPS[name]
    pairs = list(both.results(of.rows, "en", calculated[name, form]))
    assert [pair for pair in pairs if not pair.alike] == []
    for column, values in of.shows.items():
        table, _, key = column.partition(".")
        shown = [p.shown for p in pairs if (p.table, p.column) == (table, key)]
        assert shown == [_about(value) for value in values], column


def _about(value: object) -> object:
    return pytest.approx(value, abs=1e-6) if isinstance(value, int | float) else value


# ---- what every formula must do without ----------------------------------------------

_ALL = {
    **{f"{table}.{key}": text
       for table, columns in formulas.FORMULAS.items() for key, text in columns.items()},
    **{f"{named.name}.{at}": cell
       for named in calc.names(lambda name, key: naming.word("de", name, key), naming.every_word)
       for at, row in enumerate(named.rows) for cell in row
       if isinstance(cell, str) and cell.startswith("=")},
}  # fmt: skip

_OLD_ENOUGH = frozenset({
    "ABS", "AND", "CHAR", "COUNT", "COUNTIFS", "FIND", "IF", "IFERROR", "INDEX", "ISLOGICAL",
    "ISNA", "ISNUMBER", "LEFT", "LEN", "MATCH", "MAX", "MIN", "N", "NOT", "OR", "ROW", "SQRT",
    "SUBSTITUTE", "SUMPRODUCT", "TODAY", "TRIM", "UPPER", "VLOOKUP",
})  # fmt: skip
"""Functions that Excel 2010, LibreOffice 7 and Google Sheets have under one name."""


@pytest.mark.parametrize("name", _ALL)
def test_a_formula_does_without_what_a_program_or_a_locale_lacks(name: str) -> None:
    plain = formulas.plain(_ALL[name], lambda key: f"${key}2", lambda *at: f"{at[0]}!$A$2:$A$9")
    code = re.sub(r'"[^"]*"', "", plain)
    assert "," not in code, "Sheets parses the semicolon in every locale"
    assert not re.search(r"\d\.\d", code), "a decimal literal has another sign in German"
    assert not set("{}[]@#") & set(code), "array constants and table references are not for Sheets"
    assert set(re.findall(r"([A-Z][A-Z0-9_.]*)\(", code)) <= _OLD_ENOUGH
