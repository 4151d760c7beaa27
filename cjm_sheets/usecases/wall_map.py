"""Decides when the drawing beside a workbook is made anew, and when it is left as it is.

It is a page called like the workbook. What is there is replaced if it is not what would be drawn
now, whatever the reason: the map changed, a day came on which something is overdue, another version
draws otherwise. A file that is no drawing of this workbook, or that somebody changed, stays.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from cjm_sheets.drawing.seal import is_ours
from cjm_sheets.errors import CjmError, UnforeseenError
from cjm_sheets.errors.asked import NotOurDrawingError
from cjm_sheets.ports.drawings import Drawings
from cjm_sheets.usecases.draw_map import drawn
from cjm_sheets.usecases.reading import Reading


@dataclass(frozen=True, slots=True)
class Wall:
    """The drawing beside a workbook: whether it was made anew, or why that was not possible."""

    file: str
    is_new: bool = False
    error: CjmError | None = None


def beside(workbook: str) -> str:
    """Return what the drawing of a workbook is called.

    >>> beside("maps/de.v2.xlsx")
    'maps/de.v2.html'
    """
    return str(PurePath(workbook).with_suffix(".html"))


def refresh(workbook: str, reading: Reading, today: date, drawings: Drawings) -> Wall:
    """Let the drawing beside a workbook show the map that was read; raises nothing."""
    file = beside(workbook)
    try:
        page = drawn(reading, file, today)
        return Wall(file, _replaced(file, page, PurePath(workbook).name, drawings))
    except CjmError as error:
        return Wall(file, error=error)
    except Exception as error:  # noqa: BLE001 - a drawing is no reason for a pair to fail
        return Wall(file, error=UnforeseenError(type(error).__name__, "wall map"))


def _replaced(file: str, page: str, workbook: str, drawings: Drawings) -> bool:
    """Put a page in place of an older one, unless it is there already."""
    new = page.encode("utf-8", "surrogatepass")
    old = drawings.read(file)
    if old == new:
        return False
    if old is not None and not is_ours(old.decode("utf-8", "replace"), workbook):
        raise NotOurDrawingError(file, workbook)
    drawings.write(file, new)
    return True
