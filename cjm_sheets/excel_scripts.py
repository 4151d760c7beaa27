"""Decides under which names xlwings Server and xlwings Lite offer the macros as their scripts.

Both need licences of their own (Server) or bring Python into the browser (Lite); nothing else of
this package needs them. A script gets the workbook, does what the macro does, and says so there.
"""

import xlwings as xw

from cjm_sheets import macros

__all__ = [
    "check_map",
    "draw_map",
    "explain_selection",
    "fix_map",
    "main",
    "score_map",
    "sync_map",
]


@xw.script
def main(book: xw.Book) -> None:
    """Check, score and draw the map."""
    macros.main(book)


@xw.script
def check_map(book: xw.Book) -> None:
    """Find what an expert would send back, and mark it on the cells."""
    macros.check(book)


@xw.script
def score_map(book: xw.Book) -> None:
    """Rank the pains, and let all sheets show the numbers of today."""
    macros.score(book)


@xw.script
def draw_map(book: xw.Book) -> None:
    """Draw the sheet with the map anew."""
    macros.draw(book)


@xw.script
def fix_map(book: xw.Book) -> None:
    """Mend what needs no judgement."""
    macros.fix(book)


@xw.script
def explain_selection(book: xw.Book) -> None:
    """Explain the pain or the finding under the cursor."""
    macros.explain(book)


@xw.script
def sync_map(book: xw.Book) -> None:
    """Bring the workbook and its shared copy in step."""
    macros.sync(book)
