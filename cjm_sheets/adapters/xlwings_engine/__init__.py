"""An engine for xlwings that needs no Excel, so that macros run on servers and in tests.

Its ``Range`` and ``Sheet`` are built on xlwings' own base classes (BSD) and its public
documentation alone; cells are read by our reader of workbook files, formats by openpyxl, and what
changed is written back exactly, cell by cell.
"""
