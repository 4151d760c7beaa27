"""Decides what the sheets are called that hold no table."""

from collections.abc import Mapping

from cjm_sheets.tables import a1, calc, lists
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.labels import label
from cjm_sheets.words.mark import N_

MARK = "cjm_sheet_{}"
"""The name of the first cell of a sheet that the program writes, by which it is known again."""

BACK = N_("Back to the start")
MEMORY = "_cjm"
"""The record sheet; found by its title, since some programs make very hidden sheets hidden."""

CALC = calc.SHEET

MAP_CONTEXT = "sheet.Map"
"""The context of the Map sheet's title among the labels: elsewhere "Map" is another word."""

MAP_LABEL = "Map"
_START = N_("Start")
_RETENTION = N_("Retention")
_FINDINGS = N_("Findings")
_CONFLICTS = N_("Conflicts")
_RANKING = N_("Ranking")
_RESEARCH = N_("Research next")


ROLES = (
    "Start", "Map", "Findings", "Conflicts", "Ranking", "Research", "Retention", "Lists", "Calc",
    "CalcMap",
)  # fmt: skip
"""The sheets that the program makes, besides those of tables."""


def of_role(language: str, role: str) -> str:
    """Return the title of a sheet that the program makes."""
    known = {
        "Start": start,
        "Map": map_sheet,
        "Findings": findings,
        "Conflicts": conflicts,
        "Ranking": ranking,
        "Research": research,
        "Retention": retention,
        "Lists": lists_sheet,
    }
    return known[role](language) if role in known else role


def marks(language: str, there: Mapping[str, str]) -> dict[str, str]:
    """Return the names by which sheets are known again that are no tables.

    `there` has the title that a sheet bears now by the one that a new workbook gives it.
    """
    titles = {role: of_role(language, role) for role in ROLES}
    return {
        MARK.format(role): f"{a1.title(there[title])}!$A$1"
        for role, title in titles.items()
        if title in there
    }


def roles(names: Mapping[str, str]) -> dict[str, str]:
    """Return the titles of sheets by what they are, from the titles of where names lie."""
    mark = MARK.format("").casefold()
    return {
        name[len(mark) :]: title
        for name, title in names.items()
        if name.casefold().startswith(mark) and title
    }


def start(language: str) -> str:
    """Return the title of the sheet that opens first."""
    return say(language, _START)


def map_sheet(language: str) -> str:
    """Return the title of the sheet with the wall map."""
    return label(language, MAP_CONTEXT, MAP_LABEL)


def ranking(language: str) -> str:
    """Return the title of the sheet that ranks the pains."""
    return say(language, _RANKING)


def research(language: str) -> str:
    """Return the title of the sheet that says about which pains to learn more."""
    return say(language, _RESEARCH)


def findings(language: str) -> str:
    """Return the title of the sheet that lists what a check found."""
    return say(language, _FINDINGS)


def conflicts(language: str) -> str:
    """Return the title of the sheet that lists what both copies changed since they agreed."""
    return say(language, _CONFLICTS)


def retention(language: str) -> str:
    """Return the title of the sheet that reckons what staying customers are worth."""
    return say(language, _RETENTION)


def lists_sheet(language: str) -> str:
    """Return the title of the sheet of drop-down values."""
    return label(language, lists.LISTS_KEY, lists.LISTS_LABEL)
