"""Decides what workbook is made of a map that lies elsewhere: a new one, with all its rows."""

from datetime import datetime

from cjm_sheets.ports.builder import Builder
from cjm_sheets.usecases.as_content import content_of
from cjm_sheets.usecases.new_map import planned
from cjm_sheets.usecases.reading import Reading


def as_workbook(reading: Reading, builder: Builder, created: datetime) -> bytes:
    """Return the file of a new workbook that holds a map as it was read.

    Columns and sheets that people added themselves are not in it.
    """
    return builder.build(planned(content_of(reading), created))
