"""Decides which formulas Excel would not take, since they lead to what is not there."""

import re
from collections.abc import Collection

from cjm_sheets.tables import a1

_TEXT = re.compile(r'"(?:[^"]|"")*"')
_LEADS = re.compile(r"('(?:[^']|'')+'|[^\W\d][\w.]*)!|([^\W\d][\w.]*)\[")


def leads_nowhere(formula: str, sheets: Collection[str], tables: Collection[str]) -> str:
    """Return the first sheet or table that a formula names and nobody has, "" if there is none.

    Both are told in small letters; what lies in other workbooks does not count.

    >>> leads_nowhere("=Pains!A1+Stages[[#This Row],[a]]", {"pains"}, {"touchpoints"})
    'Stages'
    """
    for found in _LEADS.finditer(_TEXT.sub('""', formula)):
        if found[1]:
            title = a1.untitled(found[1])
            if "[" not in title and title.casefold() not in sheets:
                return title
        elif found[2].casefold() not in tables:
            return found[2]
    return ""
