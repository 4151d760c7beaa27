"""Customer journey maps that live in a spreadsheet."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cjm_sheets.api import (
        Book,
        Change,
        Error,
        Findings,
        Ranking,
        new,
        open,  # noqa: A004 - as in gzip and in gspread
        rules,
        sentence,
    )

__version__ = "0.1.0"
__all__ = [
    "Book", "Change", "Error", "Findings", "Ranking", "new", "open", "rules", "sentence",
]  # fmt: skip


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module may hold anything
    """Return a public name, loaded when it is first asked for: importing us costs nothing."""
    if name not in __all__:
        raise AttributeError(name)
    from importlib import import_module  # noqa: PLC0415 - late on purpose

    return getattr(import_module("cjm_sheets.api"), name)
