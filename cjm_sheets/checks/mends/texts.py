"""Decides which texts are mended: letters read in a wrong encoding, blanks that nobody sees."""

from collections.abc import Iterator

from cjm_sheets.checks.blanks import tidied
from cjm_sheets.checks.mends.mend import Mend, cells
from cjm_sheets.checks.mojibake import is_garbled, repaired
from cjm_sheets.checks.view import View


def garbled(view: View) -> Iterator[Mend]:
    """Yield texts whose letters were read wrongly, as far as the right ones are sure."""
    for key, decoded in view.tables.items():
        for column in decoded.table.spec.typed:
            if not column.kind.is_text or column.kind.name == "url":
                continue
            for line, row, cell in cells(view, key, column):
                if isinstance(cell, str) and is_garbled(cell) and (meant := repaired(cell)):
                    yield Mend("CJ111", key, line, row, column.key, tidied(meant))


def stray_blanks(view: View) -> Iterator[Mend]:
    """Yield texts, ids and list values with blanks around them, and ids in small letters."""
    for key, decoded in view.tables.items():
        for column in decoded.table.spec.typed:
            if not (column.kind.is_text or column.kind.name in {"id", "list"}):
                continue
            is_id = column.kind.name == "id"
            for line, row, cell in cells(view, key, column):
                if isinstance(cell, str) and tidied(cell, is_id=is_id) not in {"", cell}:
                    after = tidied(cell, is_id=is_id)
                    yield Mend("CJ112", key, line, row, column.key, after)
