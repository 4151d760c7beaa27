"""Decides which hostile workbooks the drawing has to stand: any value in any field."""

import math
from dataclasses import fields
from datetime import date
from typing import Any

from hypothesis import strategies as st

from cjm_sheets.model import journey
from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook

IDS = ("", "M1", "M2", "P1", "P2", "S1", "S2", "T1", "T2", "T3", "N1", "N2", "O1", "A1", "E1")
NASTY = (
    "<script>alert(1)</script>",
    "]]> & &amp; \" ' `",
    "control\x00\x01\x08\x0b\x1f\x7f\x85\u2028end",
    "lone \ud800 surrogate \udfff, non\uffffcharacter \U0001ffff",
    "مرحبا بالعالم، كيف حالك؟",
    "שלום עולם (123) abc",
    "\u202eoverride\u202c \u2066isolate\u2069",
    "👩‍👩‍👧‍👦 family 🏳️‍🌈 👍🏽",
    "漢字かな交じり文の長い文章がここに入ります",
    "e\u0301\u0302\u0303\u0304 combining",
    "x" * 400,
    "long words " * 60,
    "{placeholder} %s {0}",
    "  \n\n lines \r\n and\ttabs \n ",
    "=1+1",
)

texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.just(""), st.none())
numbers = st.one_of(
    st.none(),
    st.integers(-5, 12),
    st.floats(0, 1),
    st.sampled_from([math.nan, math.inf, -math.inf, 1e300, -0.0]),
)
dates = st.one_of(st.none(), st.dates(), st.datetimes())
references = st.one_of(
    st.just(()), st.none(), st.lists(st.sampled_from(IDS), max_size=3).map(tuple)
)
_KEYS = ("", "done", "dropped", "online", "website", "empathy", "future", "says", "no such key")
words = st.one_of(texts, st.sampled_from(_KEYS))


def _value(name: str, kind: Any) -> st.SearchStrategy[Any]:
    if name == "id" or name in {"map", "stage", "touchpoint", "persona", "opportunity"}:
        return st.sampled_from((*IDS, None, math.nan))
    if kind == "tuple[str, ...]" or kind == tuple[str, ...]:
        return references
    if "bool" in str(kind):
        return st.one_of(st.none(), st.booleans(), texts)
    if "Date" in str(kind) or "date" in str(kind):
        return dates
    return words if kind is str else numbers


def rows(of: type[Any], most: int = 4) -> st.SearchStrategy[Any]:
    """Return rows of a class of the model, with anything in any field."""
    kinds = {f.name: _value(f.name, f.type) for f in fields(of) if f.name != "line"}
    return st.lists(st.builds(of, **kinds), max_size=most).map(tuple)


def workbooks() -> st.SearchStrategy[Workbook]:
    """Return workbooks with anything in any field."""
    return st.builds(
        Workbook,
        maps=rows(journey.Map, 2),
        personas=rows(journey.Persona, 3),
        stages=rows(journey.Stage),
        touchpoints=rows(journey.Touchpoint, 6),
        blueprint=rows(journey.BlueprintStep, 2),
        day_moments=rows(journey.DayMoment, 2),
        empathy=rows(journey.EmpathyNote, 3),
        pains=rows(journey.Pain),
        highs=rows(journey.High, 2),
        opportunities=rows(journey.Opportunity, 3),
        actions=rows(journey.Action, 3),
        evidence=rows(journey.Evidence, 2),
    )


_score = st.builds(
    PainScore,
    position=st.integers(0, 5),
    id=st.sampled_from(IDS),
    frequency=numbers,
    n=numbers,
    frequency_low=numbers,
    frequency_high=numbers,
    severity=numbers,
    reach=numbers,
    moment=numbers,
    sources=st.integers(0, 3),
    grade=st.sampled_from(["A", "B", "C", "D", ""]),
    if_true=numbers,
    evidenced=numbers,
)
scores = st.lists(_score, max_size=4).map(tuple)
days = st.one_of(st.none(), st.just(date(2026, 3, 20)))
