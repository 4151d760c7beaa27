"""Decides what drawing a map is: read it, score it, and give the picture that its name asks for."""

from datetime import date
from pathlib import PurePath

from cjm_sheets.drawing.html import draw_html
from cjm_sheets.drawing.seal import sealed
from cjm_sheets.drawing.svg import draw_svg
from cjm_sheets.errors.asked import UnknownPictureError
from cjm_sheets.ports.store import Store
from cjm_sheets.usecases.reading import Reading, read_map

_WAYS = {".html": draw_html, ".htm": draw_html, ".svg": draw_svg}


def draw_map(store: Store, picture: str, today: date, map_id: str | None = None) -> str:
    """Return the wall map as the text of a file called `picture`, in the workbook's language.

    Raises:
        UnknownPictureError: the name asks for something else than HTML or SVG.
    """
    if PurePath(picture).suffix.lower() not in _WAYS:
        raise UnknownPictureError(picture)
    return drawn(read_map(store), picture, today, map_id)


def drawn(reading: Reading, picture: str, today: date, map_id: str | None = None) -> str:
    """Return the wall map of a map that was read."""
    draw = _WAYS[PurePath(picture).suffix.lower()]
    workbook = reading.workbook
    page = draw(workbook, reading.scores, workbook.language, map_id=map_id, as_of=today)
    return page if draw is draw_svg else sealed(page, reading.snapshot.title)
