"""Decides how other methods are named and sourced, and how it is told whom they put first."""

from collections.abc import Mapping, Sequence
from typing import Any

from cjm_sheets.model.scores import PainScore
from cjm_sheets.scoring.columns import aligned
from cjm_sheets.scoring.other_methods import (
    METHODS,
    OPPORTUNITY,
    PRODUCT,
    RICE,
    RISK,
    Agreement,
    Values,
)
from cjm_sheets.words.catalogue import count, say
from cjm_sheets.words.mark import N_

TITLES = {
    PRODUCT: N_("S × F × R"),
    RICE: N_("RICE"),
    RISK: N_("RPN"),
    OPPORTUNITY: N_("Opportunity"),
}
"""Headers of their columns."""

RULES = {
    PRODUCT: N_("{title}: severity × frequency × reach (after Nielsen 1994)."),
    RICE: N_(
        "{title}: reach × impact × confidence / effort (McBride, Intercom 2018);"
        " the effort is that of an idea against the pain."
    ),
    RISK: N_(
        "{title}: severity × occurrence × detection, each 1 to 10 (FMEA, IEC 60812);"
        " what no source shows is hardest to detect."
    ),
    OPPORTUNITY: N_(
        "{title}: importance + what it exceeds satisfaction by, for the step (Ulwick 2002)."
    ),
}

SOURCES = {
    PRODUCT: "J. Nielsen, Severity ratings for usability problems, Nielsen Norman Group, 1994",
    RICE: "S. McBride, RICE: simple prioritization for product managers, Intercom, 2018",
    RISK: "Failure mode and effects analysis, MIL-P-1629, 1949; IEC 60812",
    OPPORTUNITY: (
        "A. W. Ulwick, Turn customer input into innovation, Harvard Business Review 80, 2002"
    ),
}
"""Where the methods come from; titles of works are not translated."""

_DIGITS = {PRODUCT: ".3f", RICE: ".1f", RISK: "g", OPPORTUNITY: "g"}

_HEADING = N_("What other methods say")
_NONE = N_("No other method has what it needs to judge the first place.")

_MOST = 10
"""Pains, from the first one on, for which the terminal shows what other methods say."""


def document(values: Values, agreed: Sequence[Agreement]) -> Mapping[str, Any]:
    """Return what the methods say of the first place; the values stand with the pains."""
    judged = [each for each in agreed if each.agrees is not None]
    return {
        "agree_on_first": sum(each.agrees is True for each in judged),
        "can_judge": len(judged),
        "methods": [
            {
                "method": each.method,
                "source": SOURCES[each.method],
                "pains_with_a_value": sum(value is not None for value in values[each.method]),
                "first": list(each.first),
                "agrees": each.agrees,
            }
            for each in agreed
        ],
    }


def agreement_in_words(agreed: Sequence[Agreement], first: str, language: str) -> str:
    """Return how many methods put the same pain first, of those that can tell."""
    judged = [each for each in agreed if each.agrees is not None]
    if not judged:
        return say(language, _NONE)
    return count(
        language,
        "{part} of {n} other method puts {pain} first too.",
        "{part} of {n} other methods put {pain} first too.",
        len(judged),
        part=sum(each.agrees is True for each in judged),
        pain=first,
    )


def rules_in_words(language: str) -> list[str]:
    """Return a line for each method: how it reckons, and who says so."""
    return [say(language, RULES[method], title=say(language, TITLES[method])) for method in METHODS]


def lines(
    values: Values,
    agreed: Sequence[Agreement],
    scores: Sequence[PainScore],
    ranked: Sequence[int],
    language: str,
) -> list[str]:
    """Return the block for the terminal; `ranked` are the positions of scored pains, first first.

    Methods without a value for any of these pains have no column.
    """
    shown = ranked[:_MOST]
    methods = [m for m in METHODS if any(values[m][at] is not None for at in shown)]
    if not methods:
        return []
    rows = [("", *(say(language, TITLES[method]) for method in methods))]
    rows += [
        (f"  {scores[at].id}", *(number(method, values[method][at]) for method in methods))
        for at in shown
    ]
    said = rules_in_words(language)
    rules = [f"  {said[METHODS.index(method)]}" for method in methods]
    agreement = agreement_in_words(agreed, scores[ranked[0]].id, language)
    return ["", say(language, _HEADING), *aligned(rows, numbers=len(rows[0])), agreement, *rules]


def number(method: str, value: float | None) -> str:
    """Return a value with the digits that its method deserves; a dash for none."""
    if value is None:
        return "–"
    return (
        f"{value:.3f}" if method == PRODUCT else f"{value:.1f}" if method == RICE else f"{value:g}"
    )
