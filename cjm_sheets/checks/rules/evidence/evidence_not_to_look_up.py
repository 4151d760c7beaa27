"""Decides which evidence nobody can look up."""

import re
from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.tables.table import CellError
from cjm_sheets.words.mark import N_

_ADDRESS = re.compile(r"https?://[^\s/?#.]+(\.[^\s/?#.]+)*(:\d+)?([/?#]\S*)?", re.IGNORECASE)

_NOTHING = N_("This evidence has no link, no finding and no quote.")
_SAY = N_("Fill in what was found, or a link under which it can be read.")


@rule(
    "CJ121",
    Severity.WARNING,
    table="Evidence",
    reads=("Evidence.source", "Evidence.link", "Evidence.finding", "Evidence.quote"),
    summary=N_("evidence cannot be looked up"),
    message=N_("{value} is no web address."),
    fix=N_("Copy the address from the browser; it begins with https://."),
)
def evidence_not_to_look_up(view: View) -> Iterator[Found]:
    """CJ121: evidence cannot be looked up.

    Why: who doubts a pain asks for its source; where that leads nowhere, the doubt stays.
    Fires: www.example.com without https in front; a path on somebody's own disk; a source that has
        neither link nor finding nor quote.
    Silent: https://example.com/report; an interview without a link, but with a quote; a row without
        a source; a formula that failed (that is CJ114).
    """
    for row in view.workbook.evidence:
        link = row.link.strip()
        failed = isinstance(view.raw("Evidence", "link", row.line), CellError)
        if link and not failed and not _ADDRESS.fullmatch(link):
            yield Found("Evidence", row.line, row.id, "link", link)
        elif row.source and not (link or row.finding or row.quote or failed):
            yield Found("Evidence", row.line, row.id, "finding", message=_NOTHING, fix=_SAY)
