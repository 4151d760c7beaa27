"""Decides by which names Excel on Windows knows the functions for cells, and in which order.

xlwings makes functions of Excel of them (*Import Functions*); it takes the sentences below for
Excel's own dialogue, so they are short and in English. `settings` is the block of keys and values
of the sheet Settings; without it the values of a fresh workbook count.
"""

from collections.abc import Callable
from inspect import signature
from typing import Any

import xlwings as xw

from cjm_sheets.usecases import cell_functions
from cjm_sheets.usecases.cell_functions import Told

__all__ = ["CJM_GRADE", "CJM_IF_TRUE", "CJM_SCORE", "CJM_WILSON"]

_ARGUMENTS = {
    "severity": "How bad, 1 to 5.",
    "hit": "How many of the people asked had it.",
    "observed": "How many people were asked or watched.",
    "reach": "Share of customers who pass there, 0 to 1.",
    "moment": "Whether it is a moment of truth: yes or no.",
    "sources": "How many kinds of source tell of it.",
    "guess": "A guessed share, 0 to 1, while nobody was asked.",
    "upper": "TRUE for the upper end.",
    "settings": "Keys and values of the sheet Settings.",
}


def _offered(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let xlwings offer a function, with a sentence for each argument.

    Every argument gets a decorator of its own: xlwings takes the sentence out of one that it used.
    """
    for name in signature(function).parameters:
        rows = {"ndim": 2} if name == "settings" else {}
        function = xw.arg(name, doc=_ARGUMENTS[name], **rows)(function)
    offered: Callable[..., Any] = xw.func(category="cjm-sheets")(function)
    return offered


@_offered
def CJM_SCORE(severity, hit, observed, reach, moment=None, sources=None, guess=None, settings=None):
    """Score of a pain as far as it can be shown, 0 to 100: what is not proven counts less."""
    told = Told(hit, observed, guess, severity, reach, moment, sources)
    return cell_functions.evidenced(told, settings)


@_offered
def CJM_IF_TRUE(severity, hit, observed, reach, moment=None, guess=None, settings=None):
    """Score of a pain if all that is said of it is true, 0 to 100."""
    told = Told(hit, observed, guess, severity, reach, moment)
    return cell_functions.if_true(told, settings)


@_offered
def CJM_GRADE(hit, observed, sources=None):
    """How far a pain can be trusted: A, B, C or D, by people and kinds of source."""
    return cell_functions.grade(Told(hit, observed, sources=sources))


@_offered
def CJM_WILSON(hit, observed, upper=False, settings=None):
    """At least this share has it, nine times in ten: lower end of Wilson's score interval."""
    told = Told(hit, observed)
    if upper:
        return cell_functions.frequency_high(told, settings)
    return cell_functions.frequency_low(told, settings)
