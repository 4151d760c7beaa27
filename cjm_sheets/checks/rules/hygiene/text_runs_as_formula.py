"""Decides which texts would run as a formula where somebody pastes or imports them."""

import re
from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_RUNS = re.compile(r"\s*(=|[+\-@]\s*[^\s()!|]*[(!|])")
"""Equals in front of anything, and other signs in front of a call, a sheet or a DDE link."""

_LONGEST = 60


@rule(
    "CJ110",
    Severity.ERROR,
    table="",
    reads=("*.*",),
    summary=N_("a text would run as a formula elsewhere"),
    message=N_("{value} stands here as text, and would run as a formula where it is pasted."),
    fix=N_("Begin it with a word, or put quotes around it."),
)
def text_runs_as_formula(view: View) -> Iterator[Found]:
    """CJ110: a text would run as a formula elsewhere.

    Why: a review that begins with = is harmless here, but in a CSV file or pasted into a sheet it
        is a formula, and may send what stands in other cells away.
    Fires: =HYPERLINK(...) as text; +cmd|' /C calc'!A0; @SUM(A1:A9).
    Silent: - waits long; +5 %; @anna on social media; a live formula of a person's own.
    """
    for key, decoded in view.tables.items():
        table, formulas = decoded.table, decoded.table.formulas
        for column in table.spec.typed:
            if column.key not in table.by_key or not column.kind.is_text:
                continue
            at_column = table.by_key[column.key].at
            for line, row, cell in view.cells(key, column.key):
                if not isinstance(cell, str) or not _RUNS.match(cell):
                    continue
                if (line, at_column) not in formulas:
                    yield Found(key, line, row, column.key, cell.strip()[:_LONGEST])
