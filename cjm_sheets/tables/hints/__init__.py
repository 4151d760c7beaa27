"""Decides what each column asks of the people who fill in a workbook.

`HINTS` is keyed `Table.column`, for every column that people see; computed columns say where their
number comes from. Translations lie in the hints catalogues of words, under the same context.
"""

from cjm_sheets.tables.hints import customers, journey, pains, proof

HINTS: dict[str, str] = {**customers.HINTS, **journey.HINTS, **pains.HINTS, **proof.HINTS}
