"""Decides how the sheet looks that reckons what it is worth when more customers stay."""

from collections.abc import Iterator
from dataclasses import replace

from cjm_sheets.tables import naming, schema
from cjm_sheets.templates import looks, titles
from cjm_sheets.templates.facts import Facts
from cjm_sheets.templates.heading import HEIGHTS, heading
from cjm_sheets.templates.plan import Cell, ColumnLook, Page, Sheet, Shown, Style
from cjm_sheets.templates.structure import structured
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_LEAD = N_(
    "What it is worth when more of your customers stay."
    " The four figures come from the sheet {settings}."
)
_INPUTS = (
    ("customers", N_("Customers"), "#,##0"),
    ("annual_value", N_("What one customer is worth in a year"), "#,##0.00"),
    ("retention_now", N_("Share who stay for a year, now"), "0%"),
    ("retention_target", N_("Share who should stay for a year"), "0%"),
)
_RESULT = N_("More revenue a year, if that many stay")
_POINT = N_("What each single point of retention is worth a year")
_RULE = N_("Customers × worth of one customer × (share who should stay − share who stay now)")

_GIVEN = "COUNT(cjm_customers,cjm_annual_value,cjm_retention_now,cjm_retention_target)=4"
_MORE = f'=IF({_GIVEN},cjm_customers*cjm_annual_value*(cjm_retention_target-cjm_retention_now),"")'
_EACH = '=IF(COUNT(cjm_customers,cjm_annual_value)=2,cjm_customers*cjm_annual_value/100,"")'
_CURRENCY = (
    '=IFERROR(INDEX(Settings[[#All],[value]],MATCH("currency",Settings[[#All],[key]],0))&"","")'
)

_TEXT = Style(size=11, line=looks.RULE, indent=1, align="left")
_NUMBER = Style(
    size=11, line=looks.RULE, fill=looks.COMPUTED, color=looks.COMPUTED_INK, align="right", indent=1
)
_B, _C, _D = 2, 3, 4
_FIRST = 5


def retention_sheet(facts: Facts) -> Sheet:
    """Return the sheet, with live formulas over Settings."""
    language = facts.content.language
    title = titles.retention(language)
    settings = naming.table_label(language, schema.BY_KEY["Settings"])
    cells = [
        *heading(language, title, say(language, _LEAD, settings=settings), leads_to=settings),
        *_inputs(facts),
        *_results(facts),
    ]
    return Sheet(
        title,
        cells=tuple(cells),
        columns=tuple(ColumnLook(width) for width in (6.5, 58, 20, 10)),
        heights=HEIGHTS | dict.fromkeys(range(_FIRST, _FIRST + 8), 24.0),
        page=Page(one_page=True),
        tab="#B8C1CA",
    )


def _inputs(facts: Facts) -> Iterator[Cell]:
    """Yield the four figures that come from Settings."""
    language = facts.content.language
    for line, (key, words, number) in enumerate(_INPUTS, start=_FIRST):
        known = facts.setting(key)
        look = replace(_NUMBER, number=number)
        yield Cell(line, _B, say(language, words), _TEXT)
        yield Cell(line, _C, "" if known is None else known, look, f"=cjm_{key}")
        currency = key == "annual_value"
        yield _currency(facts, line) if currency else Cell(line, _D, None, _TEXT)


def _results(facts: Facts) -> Iterator[Cell]:
    """Yield what they come to, and how it is reckoned."""
    language = facts.content.language
    line = _FIRST + len(_INPUTS)
    strong = replace(_NUMBER, number="#,##0", bold=True, size=14)
    yield Cell(line, _B, say(language, _RESULT), replace(_TEXT, bold=True))
    yield Cell(line, _C, _more(facts), strong, _MORE)
    yield _currency(facts, line)
    yield Cell(line + 1, _B, say(language, _POINT), _TEXT)
    yield Cell(line + 1, _C, _each(facts), replace(_NUMBER, number="#,##0"), _EACH)
    yield _currency(facts, line + 1)
    yield Cell(line + 3, _B, say(language, _RULE), looks.LEAD)


def _currency(facts: Facts, line: int) -> Cell:
    known = facts.content.settings.get("currency", "EUR")
    formula = structured(facts.content, _CURRENCY)
    return Cell(line, _D, known, _TEXT, formula)


def _more(facts: Facts) -> Shown:
    customers, value, now, target = (facts.setting(key) for key, _, _ in _INPUTS)
    if customers is None or value is None or now is None or target is None:
        return ""
    return customers * value * (target - now)


def _each(facts: Facts) -> Shown:
    customers, value = facts.setting("customers"), facts.setting("annual_value")
    return "" if customers is None or value is None else customers * value / 100
