"""Decides how a sentence with live numbers is written: one formula, and what it shows now."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cjm_sheets.templates.plan import Shown

_PLACE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Live:
    """A formula in canonical text, without its =, and the result that is known."""

    formula: str
    value: Shown


def text(words: str) -> Live:
    r"""Return words as a formula has them.

    >>> text("so-called 'free'").formula
    '"so-called \'free\'"'
    """
    quoted = words.replace('"', '""')
    return Live(f'"{quoted}"', words)


def sentence(template: str, parts: Mapping[str, Live]) -> Live:
    """Return a sentence whose {places} are filled by live parts.

    >>> sentence("{part} of {all}", {"part": Live("A1", 2), "all": Live("B1", 7)})
    Live(formula='A1&" of "&B1', value='2 of 7')
    """
    pieces = _PLACE.split(template)
    formulas = [
        parts[piece].formula if at % 2 else text(piece).formula
        for at, piece in enumerate(pieces)
        if piece
    ]
    shown = _PLACE.sub(lambda found: f"{parts[found[1]].value}", template)
    return Live("&".join(formulas), shown)


def either(test: Live, yes: Live, no: Live) -> Live:
    """Return one of two, as a test turns out."""
    value = yes.value if test.value else no.value
    return Live(f"IF({test.formula},{yes.formula},{no.formula})", value)
