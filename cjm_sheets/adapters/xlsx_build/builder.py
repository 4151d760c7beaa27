"""Decides how a planned workbook becomes an Excel file."""

import io

from cjm_sheets.adapters.xlsx_build.charts import draw
from cjm_sheets.adapters.xlsx_build.formats import Formats
from cjm_sheets.adapters.xlsx_build.sheets import GrowingWorksheet, write
from cjm_sheets.adapters.xlsx_build.workbook import SpokenWorkbook
from cjm_sheets.templates.plan import Book


class XlsxBuilder:
    """Makes Excel files; equal plans give equal bytes."""

    def __init__(self, macros: bytes = b"") -> None:
        """Take the VBA project that files carry along, unchanged; without one they have none."""
        self._macros = macros

    def build(self, book: Book) -> bytes:
        """Return the file of a planned workbook."""
        file = io.BytesIO()
        workbook = SpokenWorkbook(file, {"in_memory": True})
        if self._macros:
            workbook.add_vba_project(io.BytesIO(self._macros), is_stream=True)
        formats = Formats(workbook, book.font)
        for plan in book.sheets:
            sheet = workbook.add_worksheet(plan.title, GrowingWorksheet)
            write(sheet, plan, formats)
            for chart in plan.charts:
                draw(workbook, sheet, chart, book.font)
            if plan.title == book.active:
                sheet.activate()
        for name, place in book.names.items():
            workbook.define_name(name, f"={place}")
        workbook.set_properties(
            {
                "title": book.title,
                "subject": book.subject,
                "comments": book.comment,
                "created": book.created.replace(tzinfo=None),
            }
        )
        workbook.speak(book.language)
        workbook.close()
        return file.getvalue()
