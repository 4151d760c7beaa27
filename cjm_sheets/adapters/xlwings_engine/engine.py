"""Decides how the engine is made known to xlwings, and opens workbooks through it."""

from collections.abc import Callable
from typing import Any

import xlwings

from cjm_sheets.adapters.xlwings_engine import values
from cjm_sheets.adapters.xlwings_engine.apps import NAME, Apps
from cjm_sheets.ports.open_books import BookFiles


class Engine:
    """What xlwings asks first: the programs that run, and how values cross."""

    name = NAME
    type = "desktop"
    """Scalars fill blocks, as in Excel itself."""

    def __init__(self, files: BookFiles) -> None:
        self.apps = Apps(self, files)

    @staticmethod
    def prepare_xl_data_element(x: Any, options: Any) -> Any:
        """Return a value as it is written."""
        del options
        return values.prepared(x)

    @staticmethod
    def clean_value_data(
        data: list[list[Any]],
        datetime_builder: Callable[..., Any],
        empty_as: Any,
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,  # noqa: FBT001 - the same
    ) -> list[list[Any]]:
        """Return rows of values as the options of a range ask for them."""
        return [
            [
                values.cleaned(v, datetime_builder, empty_as, number_builder, errors=err_to_str)
                for v in row
            ]
            for row in data
        ]


def engine(files: BookFiles) -> Engine:
    """Return the engine, made known to xlwings once."""
    if NAME not in xlwings.engines.engines_by_name:
        made = xlwings.main.Engine(impl=Engine(files))
        xlwings.engines.add(made)
        if xlwings.engines.active is None:  # no Excel on this machine
            made.activate()
    found: Engine = xlwings.engines(NAME).impl
    return found


def open_book(file: str, files: BookFiles) -> Any:
    """Return a workbook file as an open `xlwings.Book`, in a program of its own.

    Raises an InputError that says why the file cannot be read.
    """
    app = engine(files).apps.add()
    try:
        return xlwings.Book(impl=app.books.open(file))
    except BaseException:
        app.quit()
        raise
