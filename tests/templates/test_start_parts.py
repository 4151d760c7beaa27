"""Start leads everywhere, says how far the work and how sound the map is, and is fit to print."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise

import pytest

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.checks.finding import Finding, Severity
from cjm_sheets.tables import a1, lists, naming, schema
from cjm_sheets.tables.codec import Value
from cjm_sheets.templates import book, map_types, start_health, start_questions
from cjm_sheets.templates.content import HEADER_LINE, Content
from cjm_sheets.templates.facts import Facts, Health
from cjm_sheets.templates.map_types import MAP_TYPES
from cjm_sheets.templates.plan import Book, Cell, Sheet
from cjm_sheets.templates.start_part import WIDTHS, E, F
from cjm_sheets.templates.start_sheet import start_sheet
from cjm_sheets.usecases.map_health import health, health_of
from cjm_sheets.usecases.new_map import Wish, content_of, planned
from cjm_sheets.words.languages import LANGUAGES

NOW = datetime(2026, 3, 31, 9, tzinfo=UTC)
_KINDS = [(kind, language) for kind in MAP_TYPES for language in LANGUAGES]
_PAGE = 569
"""Points of height that Excel prints on a page of A4 when these columns fill its width."""


@cache
def _book(wish: Wish) -> Book:
    return planned(content_of(wish, StarterFiles(), NOW.date()), NOW)


def _start(wish: Wish) -> Sheet:
    return _book(wish).sheets[0]


def _texts(sheet: Sheet) -> list[str]:
    return [cell.value for cell in sheet.cells if isinstance(cell.value, str)]


def _work(language: str, *rows: tuple[str, str]) -> Sheet:
    """Return Start of a workbook with these steps of the work and their status."""
    steps: list[dict[str, Value]] = [
        {"id": f"W{n}", "step": step, "status": status} for n, (step, status) in enumerate(rows, 1)
    ]
    content = Content("current", language, {"Steps": steps})
    return planned(content, NOW).sheets[0]


# ---- the work -----------------------------------------------------------------------


def test_the_work_says_how_far_each_step_is() -> None:
    said = _texts(_work("en", ("focus", "done"), ("research", "doing"), ("walk", "not-needed")))
    assert "1 of 8 done" in said
    assert Counter(text for text in said if text[:2] in {"✓ ", "● ", "– ", "○ "}) == {
        "✓ done": 1, "● doing": 1, "– not needed": 1, "○ to do": 6,
    }  # fmt: skip


def test_words_of_another_language_count_and_the_first_row_of_a_step_too() -> None:
    research = naming.word("de", "workflow_step", "research")
    done = naming.word("de", "step_status", "done").upper()
    said = _texts(_work("da", (research, done), ("research", "to-do"), ("tea", "done")))
    assert "1 af 9 færdige" in said


@pytest.mark.parametrize("kind", MAP_TYPES)
def test_each_step_of_the_work_leads_to_a_sheet_that_is_shown(kind: str) -> None:
    made = _book(Wish(kind))
    shown = {sheet.title for sheet in made.sheets if sheet.visibility == "shown"}
    start = made.sheets[0]
    for key in lists.LISTS["workflow_step"]:
        step = naming.word("en", "workflow_step", key)
        line = next(c.line for c in start.cells if c.value == step[:1].upper() + step[1:]
                    and c.column == 3 and not c.link)  # fmt: skip
        assert next(c.link for c in start.cells if (c.line, c.column) == (line, E)) in shown


# ---- health -------------------------------------------------------------------------


@pytest.mark.parametrize("grade", start_health.MEANINGS)
def test_the_grade_stands_with_its_meaning_its_findings_and_its_day(grade: str) -> None:
    content = Content("current", "en", {})
    known = Health(grade, 1, 2, 0, date(2026, 3, 30))
    said = _texts(start_sheet(Facts(content, {}, known)))
    assert grade in said
    assert start_health.MEANINGS[grade] in said
    assert any(t.startswith("1 error, 2 warnings, 0 notes. Checked on 2026-03-30") for t in said)


def test_a_blank_workbook_is_not_scolded() -> None:
    content = content_of(Wish(), StarterFiles(), NOW.date())
    assert health_of(content, NOW.date()) is None
    said = _texts(planned(content, NOW).sheets[0])
    assert "–" in said
    assert not any("warning" in text for text in said)


def test_a_workbook_is_checked_on_the_day_it_is_made() -> None:
    pain: dict[str, Value] = {"id": "N1", "pain": "slow", "touchpoint": "T7"}
    content = Content("current", "en", {"Pains": (pain,)})
    known = health_of(content, NOW.date())
    assert known is not None
    assert (known.grade != "A", known.day) == (True, NOW.date())
    assert known.grade in _texts(planned(content, NOW).sheets[0])


def test_health_is_what_findings_tell() -> None:
    found = Finding("CJ010", Severity.WARNING, "", "Pains", "N1", "pain", "", "", "", "")
    findings = (*(found,) * 4, replace(found, severity=Severity.INFO))
    assert health(findings, NOW.date()) == Health("C", 0, 4, 1, NOW.date())


def test_a_plan_takes_its_health_from_its_caller() -> None:
    content = Content("current", "en", {})
    made = book.plan(content, {}, NOW, Health("F", 3, 0, 0, NOW.date()))
    assert start_health.MEANINGS["F"] in _texts(made.sheets[0])


# ---- whom to ask next ---------------------------------------------------------------


def _asked(*pains: dict[str, Value], evidence: int = 0) -> list[str]:
    """Return what Start says of people asked; each pain has as many sources as `evidence`."""
    kinds = ("survey", "interview")[:evidence]
    step: dict[str, Value] = {"id": "T1", "name": "Checkout", "reach": 1.0}
    ids = tuple(f"E{n}" for n in range(1, evidence + 1))
    base: dict[str, Value] = {"touchpoint": "T1", "severity": 5, "evidence": ids}
    rows: dict[str, Sequence[dict[str, Value]]] = {
        "Touchpoints": (step,),
        "Pains": [{"id": f"N{n}", "pain": "slow", **base, **p} for n, p in enumerate(pains, 1)],
        "Evidence": [{"id": i, "source": kind} for i, kind in zip(ids, kinds, strict=True)],
    }
    said = _texts(planned(Content("current", "en", rows), NOW).sheets[0])
    return [text for text in said if text.startswith("People asked")]


_FEW: dict[str, Value] = {"hit": 8, "observed": 12}
_SOME: dict[str, Value] = {"hit": 30, "observed": 40}
_UNSURE: dict[str, Value] = {"hit": 1, "observed": 30}


@pytest.mark.parametrize(
    ("pain", "sources", "said"),
    [
        ({"guess": 0.9}, 0, "0, kinds of source: 0. Ask at least five customers."),
        (_FEW, 1, "12, kinds of source: 1. Ask more, and find a second source."),
        (_FEW, 2, "12, kinds of source: 2. Ask more people, up to thirty."),
        (_SOME, 1, "40, kinds of source: 1. Find a second kind of source."),
        (_UNSURE, 2, "30, kinds of source: 2. Ask more: the share is still unsure."),
    ],
)
def test_it_says_what_a_pain_lacks_for_a_firm_ground(
    pain: dict[str, Value], sources: int, said: str
) -> None:
    assert _asked(pain, evidence=sources) == [f"People asked: {said}"]


def test_only_the_three_widest_gaps_are_asked_about() -> None:
    guesses: list[dict[str, Value]] = [{"guess": share} for share in (0.5, 0.9, 0.7, 0.8)]
    firm: dict[str, Value] = {"hit": 500, "observed": 900}
    assert len(_asked(*guesses)) == 3
    assert _asked(firm, evidence=2) == []


# ---- links, questions, words --------------------------------------------------------


@pytest.mark.parametrize(("kind", "language"), _KINDS)
def test_start_leads_to_every_sheet_and_to_no_other(kind: str, language: str) -> None:
    made = _book(Wish(kind, language))
    shown = {sheet.title for sheet in made.sheets if sheet.visibility == "shown"}
    start = made.sheets[0]
    assert {cell.link for cell in start.cells if cell.link} == shown
    lines = set(start.heights)
    for cell in start.cells:
        if cell.link == start.title:
            assert a1.parse_cell(cell.spot)[0] in lines


@pytest.mark.parametrize(("kind", "language"), _KINDS)
def test_each_question_leads_to_the_column_that_it_names(kind: str, language: str) -> None:
    made = _book(Wish(kind, language))
    sheets = {sheet.title: sheet for sheet in made.sheets}
    answers = [cell for cell in made.sheets[0].cells if cell.link and cell.spot != "A1"
               and cell.link != made.sheets[0].title]  # fmt: skip
    assert len(answers) > 8
    for cell in answers:
        line, column = a1.parse_cell(cell.spot)
        sheet = sheets[cell.link]
        header = next(c.value for c in sheet.cells if (c.line, c.column) == (line, column))
        folded = " (+)" if sheet.columns[column - 1].hidden else ""
        assert line == HEADER_LINE
        named = f"{cell.value}".removeprefix(f"{cell.link}: ").split(", ")[0]
        assert named == f"{header}{folded}"


def test_every_kind_of_map_asks_what_its_tables_answer() -> None:
    everything = [question for bank in start_questions.BANK.values() for question in bank]
    for kind in MAP_TYPES:
        said = _texts(_start(Wish(kind)))
        for question in everything:
            wanted = question.table in map_types.shown(kind) and question.only in {"", kind}
            assert (question.words in said) == wanted, (kind, question.words)
    for question in everything:
        assert set(question.columns) <= schema.BY_KEY[question.table].by_key.keys()


def test_an_empathy_map_speaks_of_no_ranking() -> None:
    said = _texts(_start(Wish("empathy")))
    assert "What hurts most, as far as you can show" not in said
    assert "Score if true" not in said
    assert "What do they say, think, do and feel?" in said


# ---- looks --------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "language"), _KINDS)
def test_no_part_is_torn_and_no_page_is_nearly_empty(kind: str, language: str) -> None:
    sheet = _start(Wish(kind, language))
    breaks = (0, *sheet.page.breaks, max(sheet.heights))
    tall = [
        sum(height for line, height in sheet.heights.items() if first < line <= last)
        for first, last in pairwise(breaks)
    ]
    assert max(tall) <= _PAGE + 9, "the gap below the last part may go"
    assert min(tall[:-1]) > _PAGE * 0.6
    assert tall[-1] > _PAGE * 0.5
    assert sheet.merged == ()


@pytest.mark.parametrize(("kind", "language"), _KINDS)
def test_text_fits_its_cell_and_the_empty_ones_beside_it(kind: str, language: str) -> None:
    sheet = _start(Wish(kind, language))
    there = {(cell.line, cell.column) for cell in sheet.cells if cell.value not in {None, ""}}
    for cell in sheet.cells:
        if not isinstance(cell.value, str) or cell.style.wrap:
            continue
        room = WIDTHS[cell.column - 1].width
        for column in range(cell.column + 1, F + 1):
            if (cell.line, column) in there:
                break
            room += WIDTHS[column - 1].width
        assert len(cell.value) * cell.style.size / 10 <= room * 1.12, cell.value


def _light(color: str) -> float:
    """Return how light a colour is, as the web's rules of contrast reckon."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(cell: Cell, fill: str) -> float:
    dark, light = sorted((_light(cell.style.color), _light(fill)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("wish", [Wish(), Wish(starter="vacuum"), Wish("empathy")])
def test_all_words_stand_out_from_their_ground(wish: Wish) -> None:
    sheet = _start(wish)
    seen = 0
    for cell in sheet.cells:
        bars = [
            bar.color
            for bar in sheet.conditions
            if bar.column == cell.column and bar.first_line <= cell.line <= bar.last_line
        ]
        for fill in (cell.style.fill or "#FFFFFF", *bars):
            if cell.value not in {None, ""}:
                assert _contrast(cell, fill) >= 4.5, (cell.value, cell.style.color, fill)
                seen += 1
    assert seen > 100


def test_what_a_formula_says_is_short_enough_for_excel() -> None:
    for language in LANGUAGES:
        for cell in _start(Wish(language=language)).cells:
            assert len(cell.formula) < 8192
            for words in re.findall(r'"((?:[^"]|"")*)"', cell.formula):
                assert len(words) <= 255, words
