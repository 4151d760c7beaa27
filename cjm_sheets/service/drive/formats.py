"""Decides which formats a spreadsheet can be exported to and made from, by content type."""

from collections.abc import Mapping

from cjm_sheets.service.calls import Call

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPORTS: Mapping[str, str] = {
    EXCEL: "xlsx",
    "application/pdf": "pdf",
    "application/x-vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
ELSEWHERE = frozenset({"application/zip", "application/epub+zip", "text/html"})
"""What Google exports spreadsheets to, and this service does not."""

SEPARATORS: Mapping[str, str] = {"csv": ",", "tsv": "\t"}
IMPORTS: Mapping[str, str] = {
    EXCEL: "xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.12": "xlsx",
    "text/csv": "csv",
    "application/csv": "csv",
    "text/tab-separated-values": "tsv",
    "text/plain": "csv",
}


def can_export(call: Call, suffix: str) -> bool:
    """Say whether this service was started with what writes a format."""
    return suffix in SEPARATORS or call.workbooks is not None
