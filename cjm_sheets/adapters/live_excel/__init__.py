"""The workbook that somebody has open in Excel, as a store.

Uses the parts of xlwings that are free and behave the same on Windows and macOS; never reads a
format back, never waits for an answer to a message box.
"""
