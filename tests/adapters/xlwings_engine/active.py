"""A plug-in for pytest that lets our engine be the one that xlwings itself asks.

It makes one workbook of the facts that xlwings' tests state, where their own is not at hand.
"""

import xlwings

from cjm_sheets.adapters.xlsx_file.open_books import OpenXlsx
from cjm_sheets.adapters.xlwings_engine.engine import engine

engine(OpenXlsx()).apps.add()
xlwings.engines("cjm-sheets").activate()
