"""Decides by which names Excel on Windows knows the functions for cells, and in which order.

xlwings makes functions of Excel of them (*Import Functions*); it takes the sentences below for
Excel's own dialogue, so they are short and in English. `settings` is the block of keys and values
of the sheet Settings; without it the values of a fresh workbook count.
"""

import xlwings as xw

from cjm_sheets.usecases import cell_functions
from cjm_sheets.usecases.cell_functions import Told

__all__ = ["CJM_GRADE", "CJM_IF_TRUE", "CJM_SCORE", "CJM_WILSON"]

_CATEGORY = "cjm-sheets"
_SEVERITY = xw.arg("severity", doc="How bad, 1 to 5.")
_HIT = xw.arg("hit", doc="How many of the people asked had it.")
_OBSERVED = xw.arg("observed", doc="How many people were asked or watched.")
_REACH = xw.arg("reach", doc="Share of customers who pass there, 0 to 1.")
_MOMENT = xw.arg("moment", doc="Whether it is a moment of truth: yes or no.")
_SOURCES = xw.arg("sources", doc="How many kinds of source tell of it.")
_GUESS = xw.arg("guess", doc="A guessed share, 0 to 1, while nobody was asked.")
_SETTINGS = xw.arg("settings", ndim=2, doc="Keys and values of the sheet Settings.")


@xw.func(category=_CATEGORY)
@_SEVERITY
@_HIT
@_OBSERVED
@_REACH
@_MOMENT
@_SOURCES
@_GUESS
@_SETTINGS
def CJM_SCORE(severity, hit, observed, reach, moment=None, sources=None, guess=None, settings=None):
    """Score of a pain as far as it can be shown, 0 to 100: what is not proven counts less."""
    told = Told(hit, observed, guess, severity, reach, moment, sources)
    return cell_functions.evidenced(told, settings)


@xw.func(category=_CATEGORY)
@_SEVERITY
@_HIT
@_OBSERVED
@_REACH
@_MOMENT
@_GUESS
@_SETTINGS
def CJM_IF_TRUE(severity, hit, observed, reach, moment=None, guess=None, settings=None):
    """Score of a pain if all that is said of it is true, 0 to 100."""
    told = Told(hit, observed, guess, severity, reach, moment)
    return cell_functions.if_true(told, settings)


@xw.func(category=_CATEGORY)
@_HIT
@_OBSERVED
@_SOURCES
def CJM_GRADE(hit, observed, sources=None):
    """How far a pain can be trusted: A, B, C or D, by people and kinds of source."""
    return cell_functions.grade(Told(hit, observed, sources=sources))


@xw.func(category=_CATEGORY)
@_HIT
@_OBSERVED
@xw.arg("upper", doc="TRUE for the upper end.")
@_SETTINGS
def CJM_WILSON(hit, observed, upper=False, settings=None):
    """At least this share has it, nine times in ten: lower end of Wilson's score interval."""
    told = Told(hit, observed)
    if upper:
        return cell_functions.frequency_high(told, settings)
    return cell_functions.frequency_low(told, settings)
