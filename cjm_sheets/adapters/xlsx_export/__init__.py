"""Writes spreadsheets of the Sheets interface as workbook files of other programs."""
