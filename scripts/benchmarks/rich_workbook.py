"""Decides what workbook writing is measured with: our tables, and all that people put beside them.

Eight tables of ours, and on their sheets charts, pictures, notes, buttons, text boxes, sparklines,
colours and drop-downs of the old and the new kind: about sixty parts.
"""

import io
import struct
import zlib
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from cjm_sheets.tables import naming, schema

TABLES = ("Touchpoints", "Stages", "Personas", "Pains", "Actions", "Evidence", "Blueprint", "Maps")
COLUMNS = (
    "id", "stage", "order", "name", "channel", "action", "thought", "emotion", "why", "importance",
    "satisfaction", "impact", "moment_of_truth", "reach", "evidence",
)  # fmt: skip
"""The columns of the touchpoints."""

RICH = ("Touchpoints", "Stages", "Pains")
"""The tables beside which people put much."""

STAGES, HEADER = 30, 3
_DEVICES = ("website", "phone", "store")


def build(path: Path, touchpoints: int) -> None:
    """Write a workbook with so many touchpoints."""
    book = Workbook(path, {"in_memory": True})
    book.add_vba_project(io.BytesIO(bytes(range(256)) * 64), is_stream=True)
    number = book.add_format({"num_format": "0", "border": 1})
    for key in TABLES:
        sheet = book.add_worksheet(naming.table_label("en", schema.BY_KEY[key]))
        rows = touchpoints if key == "Touchpoints" else STAGES
        keys = _columns(key)
        _table(sheet, key, keys, rows)
        for line in range(HEADER + 1, HEADER + 1 + rows):
            for column, value in enumerate(_row(key, keys, line - HEADER)):
                sheet.write(line, column, value, None if isinstance(value, str) else number)
        if key in RICH:
            _extras(book, sheet, key, len(keys), HEADER + rows)
    _formulas(book)
    book.close()


def _columns(key: str) -> tuple[str, ...]:
    typed = tuple(column.key for column in schema.BY_KEY[key].typed)
    return COLUMNS if key == "Touchpoints" else typed


def _table(sheet: Worksheet, key: str, keys: tuple[str, ...], rows: int) -> None:
    of = schema.BY_KEY[key]
    labels = [{"header": naming.column_label("en", of, of.by_key[column])} for column in keys]
    settings = {"name": key, "columns": labels}
    sheet.add_table(HEADER, 0, HEADER + rows, len(keys) - 1, settings)


def _row(key: str, keys: tuple[str, ...], at: int) -> list[object]:
    """Return what stands in a row: ids, words that recur, words that do not, and numbers."""
    of = schema.BY_KEY[key]
    known: dict[str, object] = {
        "id": f"{of.prefix}{at}",
        "stage": f"S{at % STAGES + 1}",
        "order": at % 9999 + 1,
        "name": f"Step {at} <of the way>",
        "channel": _DEVICES[at % 3],
        "emotion": at % 5 - 2,
        "reach": at % 101 / 100,
        "moment_of_truth": "yes" if at % 7 else "no",
        "evidence": f"E{at % STAGES + 1}",
        "thought": f"What is this & why the {at}th time?",
    }
    kinds = (of.by_key[column].kind.name for column in keys)
    usual = {"int": at % 5 + 1, "num": at / 8, "pct": 0.5, "count": at}
    return [
        known.get(column, usual.get(kind, f"Words that stand in {column} often, {at % 50}"))
        for column, kind in zip(keys, kinds, strict=True)
    ]


def _extras(book: Workbook, sheet: Worksheet, key: str, width: int, last: int) -> None:
    """Put beside a table what people put beside tables."""
    aside = width + 1
    title = f"'{sheet.get_name()}'"
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"={title}!$C${HEADER + 2}:$C${HEADER + 12}"})
    sheet.insert_chart(HEADER, aside, chart, {"description": "How it goes"})
    shade = sum(map(ord, key)) % 256
    sheet.insert_image(30, aside, f"{key}.png", {"image_data": io.BytesIO(picture(shade))})
    sheet.insert_textbox(45, aside, "A text box")
    sheet.insert_button(50, aside, {"macro": "SampleCall", "caption": "Run"})
    sheet.write_comment(HEADER + 1, 1, "A note of a colleague")
    sheet.add_sparkline(HEADER + 1, aside, {"range": f"{title}!C5:C15"})
    sheet.data_validation(
        HEADER + 1, 2, last, 2, {"validate": "integer", "criteria": ">=", "value": 0}
    )
    other = {"validate": "list", "source": "=Stages!$A$5:$A$34"}
    sheet.data_validation(HEADER + 1, 1, last, 1, other)
    sheet.conditional_format(HEADER + 1, 2, last, 2, {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format(HEADER + 1, 3, last, 3, {"type": "3_color_scale"})
    sheet.freeze_panes(HEADER + 1, 2)
    sheet.set_header("&LJourney&G", {"image_left": "red.png", "image_data_left": _red()})


def _formulas(book: Workbook) -> None:
    """Add a sheet of somebody's own that calculates with the tables."""
    own = book.add_worksheet("Own")
    for line in range(20):
        own.write_formula(line, 0, f"=SUM(Stages!A{line + 1}:B{line + 5})", None, 0)
    own.write_dynamic_array_formula("C1", "=UNIQUE(Stages!B5:B9)", None, "S1")
    own.write_rich_string("D1", "very ", book.add_format({"bold": True}), "bold")
    book.define_name("my_name", "=Stages!$F$5")
    book.set_custom_property("Team", "Checkout")


def _red() -> io.BytesIO:
    return io.BytesIO(picture(255))


def picture(shade: int) -> bytes:
    """Return a picture of one red pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    head = struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes((0, shade, 0, 0)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
