"""Decides how a spreadsheet leaves as a file: its type, its name and which tabs are in it."""

import csv
import io
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from cjm_sheets.service.a1 import quoted_title
from cjm_sheets.service.calls import Call, Reply
from cjm_sheets.service.drive.folders import called_file, is_folder
from cjm_sheets.service.drive.formats import ELSEWHERE, EXPORTS, SEPARATORS
from cjm_sheets.service.drive.refusing import DriveRefusedError, forbid, required_parameter
from cjm_sheets.service.formulas import separated
from cjm_sheets.service.refusals import Json, refuse, refuse_unsupported
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.values import Rendering, read
from cjm_sheets.service.wire import spreadsheet_json

_TYPES = {suffix: kind for kind, suffix in reversed([*EXPORTS.items()])}
_BREAKS = str.maketrans("\t\r\n", "   ")


def export(call: Call) -> Reply:
    """Return a spreadsheet as the type of content that is asked for."""
    kind = call.one("mimeType")
    if not kind:
        raise required_parameter("mimeType")
    _check_exportable(call)
    suffix = EXPORTS.get(kind)
    if suffix is None and kind not in ELSEWHERE:
        message = "The requested conversion is not supported."
        raise DriveRefusedError(message, "badRequest", place=("convertTo", "parameter"))
    book = call.store.book(call.path["file_id"])
    return Reply(_content(call, book, book.sheets[0], suffix or kind, kind), kind)


def _check_exportable(call: Call) -> None:
    if is_folder(called_file(call)):
        forbid("Export only supports Docs Editors files.", "fileNotExportable")


def download(call: Call) -> Reply:
    """Return a spreadsheet from the address that browsers have for it, tab by tab if need be."""
    suffix = call.one("format") or call.one("exportFormat") or "xlsx"
    if suffix not in _TYPES:
        refuse_unsupported(f"exports as {suffix}")
    _check_exportable(call)
    book = call.store.book(call.path["file_id"])
    tab = _tab(call, book)
    one = suffix in SEPARATORS or (suffix == "pdf" and "gid" in dict(call.query))
    name = book.properties["title"] + (f" - {tab.title}" if one else "")
    if one and suffix == "pdf":
        book = book.copy()
        book.sheets = [_shown(sheet, tab) for sheet in book.sheets]
    kind = _TYPES[suffix]
    content = _content(call, book, tab, suffix, kind)
    return Reply(content, kind, headers={"Content-Disposition": _disposition(name, suffix)})


def _tab(call: Call, book: Spreadsheet) -> Sheet:
    gid = call.one("gid")
    found = book.find(int(gid)) if gid.isascii() and gid.isdigit() else None
    if gid and found is None:
        refuse(f"No sheet with id: {gid}")
    return found or book.sheets[0]


def _shown(sheet: Sheet, only: Sheet) -> Sheet:
    """Return a tab, hidden unless it is the one that is printed."""
    copy = sheet.copy()
    copy.properties = copy.properties | {"hidden": sheet.id != only.id}
    return copy


def _disposition(name: str, suffix: str) -> str:
    """Return the header that names a file, for old programs in ASCII."""
    plain = "".join(c for c in name if c.isascii() and (c.isalnum() or c in " -_"))
    whole = quote(f"{name}.{suffix}", safe="")
    return (
        f"attachment; filename=\"{plain.strip() or 'export'}.{suffix}\"; filename*=UTF-8''{whole}"
    )


def _content(call: Call, book: Spreadsheet, sheet: Sheet, suffix: str, kind: str) -> bytes:
    """Return the bytes of an export; refuses what is missing on this machine by name."""
    if suffix in SEPARATORS:
        return _separated_values(book, sheet, suffix)
    if call.workbooks is None or suffix not in _TYPES:
        refuse_unsupported(f"exports as {kind}")
    workbook = call.workbooks.build(_in_english(call, book))
    if suffix == "xlsx":
        return workbook
    converted = call.workbooks.convert(workbook, suffix)
    if converted is None:
        refuse(
            f"The embedded service does not support exports as {kind} on this machine:"
            " LibreOffice Calc is not installed, or it did not do it.",
            HTTPStatus.NOT_IMPLEMENTED,
        )
    return converted


def _separated_values(book: Spreadsheet, sheet: Sheet, suffix: str) -> bytes:
    lines: list[list[Any]] = read(book, quoted_title(sheet.title), Rendering()).get("values", [])
    width = max((len(line) for line in lines), default=0)
    whole = [[*line, *[""] * (width - len(line))] for line in lines]
    if suffix == "tsv":  # it has no quotes
        rows = ("\t".join(str(cell).translate(_BREAKS) for cell in line) for line in whole)
        return "\r\n".join(rows).encode(errors="replace")
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(whole)
    return out.getvalue().removesuffix("\r\n").encode(errors="replace")


def _in_english(call: Call, book: Spreadsheet) -> Json:
    """Return a whole spreadsheet, its formulas with the separators that workbook files have."""
    whole = spreadsheet_json(book, call.page(book.id), None, [], grid=True)
    return whole | {"sheets": [_sheet_in_english(part, book.language) for part in whole["sheets"]]}


def _sheet_in_english(sheet: Json, language: str) -> Json:
    data = [
        part
        | {
            "rowData": [
                {"values": [_cell_in_english(cell, language) for cell in row.get("values", [])]}
                for row in part.get("rowData", [])
            ]
        }
        for part in sheet["data"]
    ]
    rules = [_rule_in_english(rule, language) for rule in sheet.get("conditionalFormats", [])]
    return sheet | {"data": data} | ({"conditionalFormats": rules} if rules else {})


def _rule_in_english(rule: Json, language: str) -> Json:
    """Return a rule that colours cells with its formulas as workbook files have them."""
    boolean: Json = rule.get("booleanRule", {})
    condition: Json = boolean.get("condition", {})
    values = [_value_in_english(value, language) for value in condition.get("values", [])]
    if not values:
        return rule
    return rule | {"booleanRule": boolean | {"condition": condition | {"values": values}}}


def _value_in_english(value: Json, language: str) -> Json:
    text = value.get("userEnteredValue", "")
    if not text.startswith("="):
        return value
    try:
        return value | {"userEnteredValue": separated(text, language)}
    except SyntaxError:
        return value


def _cell_in_english(cell: Json, language: str) -> Json:
    value: Mapping[str, Any] = cell.get("userEnteredValue", {})
    if "formulaValue" not in value:
        return cell
    try:
        formula = separated(value["formulaValue"], language)
    except SyntaxError:
        return cell | {"userEnteredValue": {}}  # it means nothing: what it shows is kept
    return cell | {"userEnteredValue": {"formulaValue": formula}}
