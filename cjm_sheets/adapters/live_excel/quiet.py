"""Decides what of Excel is held still while we write, and is as before afterwards."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from typing import Any

from cjm_sheets.adapters.live_excel.taking_back import patiently

_STILL = (
    ("screen_updating", False),
    ("enable_events", False),
    ("display_alerts", False),
    ("calculation", "manual"),
)
"""What is switched, and to what. The keyboard is left alone: if we were killed, Excel would stay
locked, with all that was not saved."""


@contextmanager
def quiet(book: Any) -> Iterator[None]:
    """Hold screen, events and calculation still; sheet and selection come back too.

    Each is put back by itself, so that one that fails leaves none of the others switched.
    """
    app = book.app
    with ExitStack() as back:
        for name, value in _STILL:
            with suppress(Exception):
                before = getattr(app, name)
                if before != value:
                    back.callback(_put, app, name, before)
                    setattr(app, name, value)
        back.callback(_return, book, _front(book))
        yield


def _front(book: Any) -> tuple[str, str]:
    """Return the sheet in front and the selected cells, "" for what nobody knows."""
    sheet = selected = ""
    with suppress(Exception):
        sheet = book.sheets.active.name
        chosen = book.app.selection
        selected = chosen.address if chosen.sheet.name == sheet else ""
    return sheet, selected


def _return(book: Any, front: tuple[str, str]) -> None:
    """Bring a sheet to the front again, if another one is there."""
    sheet, selected = front

    def to_the_front() -> None:
        if sheet and book.sheets.active.name != sheet:
            book.sheets[sheet].impl.activate()  # the public one would pull Excel to the front
            if selected:
                book.sheets[sheet].range(selected).select()

    patiently(to_the_front)


def _put(app: Any, name: str, value: Any) -> None:
    patiently(partial(setattr, app, name, value))
