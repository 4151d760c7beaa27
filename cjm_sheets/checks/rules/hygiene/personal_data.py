"""Decides which quotes and findings give people away: addresses, phone numbers, cards, codes."""

import re
from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_COLUMNS = {
    "Personas": ("summary", "quote"),
    "Touchpoints": ("action", "thought", "why"),
    "Empathy": ("note",),
    "Pains": ("pain",),
    "Highs": ("high",),
    "Evidence": ("finding", "quote"),
    "Steps": ("note",),
}
"""Where words of customers are copied to."""

_WORTH_A_LOOK = re.compile(r"@|\d(?:[ ()/.\u00a0-]{0,2}\d){7}")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_DIGITS = re.compile(r"(?<![\w.,])\+?\d[\d ()/.\u00a0-]{5,22}\d(?![\w%\u20ac$])")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_AMOUNT = re.compile(r"\d{1,3}([ .\u00a0]\d{3})+")
_PERSONAL = re.compile(r"\d{6}-\d{4,5}")
"""Danish and Latvian personal codes: the day of birth, a stroke, four or five digits."""

_KINDS = {
    "email": N_("an e-mail address"),
    "phone": N_("a phone number"),
    "card": N_("a card number"),
    "code": N_("a personal code"),
}


@rule(
    "CJ119",
    Severity.WARNING,
    table="",
    reads=(*(f"{table}.{column}" for table, of in _COLUMNS.items() for column in of),),
    summary=N_("a quote gives away who said it"),
    message=N_("This text holds {what} ({value})."),
    fix=N_("Take it out; on a map it is enough to know what kind of customer said it."),
)
def personal_data(view: View) -> Iterator[Found]:
    """CJ119: a quote gives away who said it.

    Why: a map is printed, shared and kept for years; people who told you their troubles did not
        agree to that, and the law asks for a reason. What was found is shown with stars.
    Fires: anna@example.com; +45 12 34 56 78; 4111 1111 1111 1111; 010180-1234.
    Silent: a date; a price of 1 200 000; order 48213; an address without a point behind the sign.
    """
    for table, columns in _COLUMNS.items():
        if table not in view.tables:
            continue
        decoded, rows = view.tables[table], view.row_ids(table)
        for column in columns:
            for at, value in enumerate(decoded.columns.get(column, ())):
                if not isinstance(value, str) or not _WORTH_A_LOOK.search(value):
                    continue
                kind, there = _first(value)
                if kind:
                    facts = {"what": say(view.language, _KINDS[kind])}
                    yield Found(table, decoded.lines[at], rows[at], column, _masked(there), facts)


def _first(text: str) -> tuple[str, str]:
    """Return the kind of the first thing that gives somebody away, and the thing; "" if none."""
    if found := _EMAIL.search(text):
        return "email", found[0]
    for found in _DIGITS.finditer(text):
        there = found[0].strip()
        if kind := _kind(there):
            return kind, there
    return "", ""


def _kind(there: str) -> str:
    """Return what a row of digits is, "" if it is a date, an amount or any other number."""
    digits = re.sub(r"\D", "", there)
    if _PERSONAL.fullmatch(there):
        return "code"
    if 13 <= len(digits) <= 19 and _is_card(digits):  # noqa: PLR2004 - ISO/IEC 7812
        return "card"
    if _DATE.match(there) or _AMOUNT.fullmatch(there) or len(digits) > 15:  # noqa: PLR2004 - E.164
        return ""
    if there.startswith(("+", "00")):
        return "phone" if len(digits) >= 8 else ""  # noqa: PLR2004 - the shortest with its country
    grouped = len(re.split(r"[ ()/.\u00a0-]+", there)) > 1
    return "phone" if grouped and len(digits) >= 8 else ""  # noqa: PLR2004 - as in Denmark, Latvia


def _is_card(digits: str) -> bool:
    """Tell whether digits end in their check digit (H. P. Luhn, US patent 2950048)."""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 + at % 2)
        total += number - 9 if number > 9 else number  # noqa: PLR2004 - the sum of its digits
    return total % 10 == 0


def _masked(there: str) -> str:
    """Return what was found with stars in place of most of it."""
    return there[:2] + "***" + there[-2:]
