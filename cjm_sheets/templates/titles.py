"""Decides what the sheets are called that hold no table."""

from cjm_sheets.tables import calc, lists
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.labels import label
from cjm_sheets.words.mark import N_

BACK = N_("Back to the start")
MEMORY = "_cjm"
CALC = calc.SHEET

MAP_CONTEXT = "sheet.Map"
"""The context of the Map sheet's title among the labels: elsewhere "Map" is another word."""

MAP_LABEL = "Map"
_START = N_("Start")
_RETENTION = N_("Retention")


def start(language: str) -> str:
    """Return the title of the sheet that opens first."""
    return say(language, _START)


def map_sheet(language: str) -> str:
    """Return the title of the sheet with the wall map."""
    return label(language, MAP_CONTEXT, MAP_LABEL)


def retention(language: str) -> str:
    """Return the title of the sheet that reckons what staying customers are worth."""
    return say(language, _RETENTION)


def lists_sheet(language: str) -> str:
    """Return the title of the sheet of drop-down values."""
    return label(language, lists.LISTS_KEY, lists.LISTS_LABEL)
