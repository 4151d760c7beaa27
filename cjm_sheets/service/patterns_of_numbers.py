"""Decides how a number reads in a pattern such as ``#,##0.00``, ``0%``, ``0.0E+0`` or ``# ?/?``."""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache

from cjm_sheets.service.locales import Conventions

_MAX_PLAIN = 1e15
_MIN_PLAIN = 1e-5
_DIGITS = 700
"""Enough for the largest number, every decimal that a pattern can ask for, and a percent sign."""
_WITH_ZERO, _WITH_TEXT = 3, 4
"""Sections of a pattern that has one for zero, or for text: positive;negative;zero;text."""
_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"])*)(?:;|$)', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_TESTS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_PIECE = re.compile(
    r'"(?P<text>[^"]*)"|\\(?P<escaped>.)|_(?P<gap>.)|\*.|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|(?P<exponent>[Ee][+-]0+)|(?P<digit>[#0?])|(?P<dot>\.)|(?P<comma>,)|(?P<percent>%)"
    r"|(?P<general>General)|(?P<own>@)|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_RATIO = re.compile(r"(?P<whole>[#0?]+\s+)?[#0?]+/(?P<below>\d+|[#0?]+)")


@dataclass(frozen=True, slots=True)
class _Section:
    """One section of a pattern in pieces, with what they say together."""

    pieces: tuple[tuple[str, str], ...]
    scale: int
    decimals: int
    least: int
    grouped: bool
    exponent: str


def plain_number(number: float) -> str:
    """Return a number as the automatic format shows it: at most ten significant digits.

    >>> plain_number(1 / 1024), plain_number(42.0), plain_number(1 / 3)
    ('0.0009765625', '42', '0.3333333333')
    """
    if float(number).is_integer() and abs(number) < _MAX_PLAIN:
        return str(int(number))
    text = f"{number:.10g}"
    if "e" not in text:
        return text
    if abs(number) < 1:
        return f"{number:.10f}".rstrip("0") if abs(number) >= _MIN_PLAIN else _scientific(text)
    return _scientific(text)


def _scientific(text: str) -> str:
    mantissa, exponent = text.split("e")
    return f"{mantissa}E{int(exponent):+03d}"


def text_in_pattern(text: str, pattern: str) -> str:
    """Return a text in a pattern that has a place for it: its fourth section, or ``@`` alone."""
    sections = _sections(pattern)
    section = sections[_WITH_TEXT - 1] if len(sections) >= _WITH_TEXT else sections[-1]
    if "@" not in section:
        return text if len(sections) < _WITH_TEXT else _literals(section)
    return "".join(text if kind == "own" else part for kind, part in _pieces(section))


def number_text(number: float, pattern: str, marks: Conventions) -> str:
    """Return a number in a pattern."""
    sections = _sections(pattern)
    section, magnitude, signed = _section_for(number, sections)
    ratio = _RATIO.search(re.sub(r'"[^"]*"|\[[^\]]*\]', "", section))
    if ratio is not None:
        return _ratio(magnitude, section, negative=signed)
    parsed = _parsed(section)
    if not any(kind in {"digit", "general", "own"} for kind, _ in parsed.pieces):
        return _literals(section)
    text = _filled(Decimal(repr(magnitude)), parsed, marks)
    return ("-" if signed and re.search(r"[1-9]", text) else "") + text


@lru_cache(maxsize=256)
def _sections(pattern: str) -> list[str]:
    return _SECTION.findall(pattern)[:-1] or [pattern]


def _section_for(number: float, sections: list[str]) -> tuple[str, float, bool]:
    """Return (section, magnitude, whether a minus sign is to be shown)."""
    conditions = [_CONDITION.search(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _TESTS[condition[1]](number, float(condition[2])):
                return section, abs(number), number < 0
        return sections[-1], abs(number), number < 0
    if number < 0 and len(sections) > 1:
        return sections[1], abs(number), False
    if number == 0 and len(sections) >= _WITH_ZERO:
        return sections[2], 0.0, False
    return sections[0], abs(number), number < 0


def _pieces(section: str) -> list[tuple[str, str]]:
    """Return (kind, text) of each piece; what is only to be printed has the kind ``text``."""
    found: list[tuple[str, str]] = []
    for match in _PIECE.finditer(section):
        kind = match.lastgroup or ""
        if kind in {"digit", "dot", "comma", "exponent", "general", "own"}:
            found.append((kind, match[0]))
        elif kind == "gap":
            found.append(("text", " "))
        elif kind:
            found.append(("percent" if kind == "percent" else "text", match[kind]))
    return found


def _literals(section: str) -> str:
    return "".join(text for kind, text in _pieces(section) if kind in {"text", "percent"})


@lru_cache(maxsize=256)
def _parsed(section: str) -> _Section:
    pieces = _pieces(section)
    dot = next((at for at, (kind, _) in enumerate(pieces) if kind == "dot"), len(pieces))
    after = [text for kind, text in pieces[dot:] if kind == "digit"]
    kept: list[tuple[str, str]] = []
    scale, grouped = 0, False
    for at, (kind, text) in enumerate(pieces):
        if kind != "comma":
            scale += 2 if kind == "percent" else 0
            kept.append((kind, text))
            continue
        before, behind = _beside(pieces[:at][::-1]), _beside(pieces[at + 1 :])
        if before == behind == "digit":
            grouped = True
        elif before == "digit":
            scale -= 3
        else:
            kept.append(("text", text))
    exponent = next((text for kind, text in pieces if kind == "exponent"), "")
    least = len("".join(after).rstrip("#?"))
    return _Section(tuple(kept), scale, len(after), least, grouped, exponent)


def _beside(pieces: list[tuple[str, str]]) -> str:
    """Return the kind of the nearest piece that is no comma."""
    return next((kind for kind, _ in pieces if kind != "comma"), "")


def _filled(amount: Decimal, section: _Section, marks: Conventions) -> str:
    with localcontext(prec=_DIGITS):
        amount = amount.scaleb(section.scale)
        exponent = 0
        if section.exponent:
            amount, exponent = _mantissa(amount, section)
        quantum = Decimal(1).scaleb(-section.decimals)
        text = f"{amount.quantize(quantum, ROUND_HALF_UP):f}"
    whole, _, decimals = text.partition(".")
    decimals = decimals[: section.least] + decimals[section.least :].rstrip("0")
    return _assembled(section, whole.lstrip("0"), decimals, (amount, exponent, marks))


def _mantissa(amount: Decimal, section: _Section) -> tuple[Decimal, int]:
    """Return (mantissa, exponent) with as many digits before the mark as the pattern has places."""
    places = sum(kind == "digit" for kind, _ in section.pieces) - section.decimals
    exponent = amount.adjusted() if amount else 0
    if places > 1:
        exponent -= exponent % places
    mantissa = amount.scaleb(-exponent)
    rounded = mantissa.quantize(Decimal(1).scaleb(-section.decimals), ROUND_HALF_UP)
    if places <= 1 and rounded.adjusted() > 0:
        exponent, mantissa = exponent + 1, mantissa.scaleb(-1)
    return mantissa, exponent


def _assembled(
    section: _Section, whole: str, decimals: str, rest: tuple[Decimal, int, Conventions]
) -> str:
    """Put the digits into their places, literals between them staying where they are."""
    amount, exponent, marks = rest
    dots = [at for at, (kind, _) in enumerate(section.pieces) if kind == "dot"]
    dot = dots[0] if dots else len(section.pieces)
    places = sum(kind == "digit" for kind, _ in section.pieces[:dot])
    heads = _whole_places(whole, [t for k, t in section.pieces[:dot] if k == "digit"])
    heads = _grouped(heads, marks.group) if section.grouped else heads
    tails = _decimal_places(decimals, [t for k, t in section.pieces[dot:] if k == "digit"])
    out: list[str] = []
    at = 0
    for position, (kind, text) in enumerate(section.pieces):
        if kind == "digit":
            out.append(heads[at] if at < places else tails[at - places])
            at += 1
        elif kind == "dot" and position == dot:
            out.append(("" if places else whole) + (marks.decimal if "".join(tails) else ""))
        elif kind == "exponent":
            sign = "-" if exponent < 0 else "+" if "+" in text else ""
            out.append(f"E{sign}{abs(exponent):0{len(text) - 2}d}")
        elif kind in {"general", "own"}:
            out.append(plain_number(float(amount)).replace(".", marks.decimal))
        else:
            out.append(text)
    return "".join(out)


def _whole_places(whole: str, marks: list[str]) -> list[str]:
    """Return what stands at each place before the decimal mark; the first takes what is left."""
    if not marks:
        return []
    digits = whole.rjust(len(marks), "\0")
    spare = len(digits) - len(marks)
    cells = [digits[: spare + 1], *digits[spare + 1 :]]
    empty = {"#": "", "0": "0", "?": " "}
    needed = False
    found: list[str] = []
    for cell, mark in zip(cells, marks, strict=True):
        needed = needed or mark == "0"
        found.append(("0" if needed else empty[mark]) if cell == "\0" else cell)
    return found


def _decimal_places(decimals: str, marks: list[str]) -> list[str]:
    padding = {"#": "", "0": "0", "?": " "}
    return [decimals[at] if at < len(decimals) else padding[mark] for at, mark in enumerate(marks)]


def _grouped(heads: list[str], mark: str) -> list[str]:
    """Return the places with a mark after each digit that three, six … others follow."""
    found: list[str] = []
    count = 0
    for cell in reversed(heads):
        text = ""
        for digit in reversed(cell):
            if count and count % 3 == 0 and digit.isdigit():
                text = mark + text
            text = digit + text
            count += digit.isdigit()
        found.append(text)
    return found[::-1]


def _ratio(magnitude: float, section: str, *, negative: bool) -> str:
    """Return a number as a ratio: 1.5 in ``# ?/?`` reads 1 1/2."""
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]', "", section)
    match = _RATIO.search(bare)
    below = "" if match is None else match["below"]
    whole = match is not None and match["whole"] is not None
    amount = Fraction(repr(magnitude))
    if below.isdigit() and below.strip("0"):
        fraction = Fraction(round(amount * int(below)), 1), int(below)
    else:
        near = amount.limit_denominator(10 ** len(below) - 1)
        fraction = Fraction(near.numerator), near.denominator
    above, under = int(fraction[0]), fraction[1]
    head, above = divmod(above, under) if whole else (0, above)
    parts = [str(head)] if head or (whole and not above) else []
    if above:
        parts.append(f"{above}/{under}")
    if not whole and not above:
        parts = [f"0/{under}"]
    return ("-" if negative and (head or above) else "") + " ".join(parts)
