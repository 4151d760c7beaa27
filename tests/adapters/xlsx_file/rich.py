"""Builds a workbook with about everything that people and Excel put into one.

XlsxWriter makes what it can; the rest are parts by hand, as Excel would write them (see by_hand).
"""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

from tests.adapters.xlsx_file import by_hand
from tests.adapters.xlsx_file.packages import pack, parts
from tests.adapters.xlsx_file.sample import NAMES, ROWS, Sample

STAGES, PAINS = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"
OWN, PIVOT = "xl/worksheets/sheet6.xml", "xl/worksheets/sheet7.xml"
FIRST, LAST = 5, 8
"""The first and the last line of the table Pains."""

THREAD = "tc={2E1B3A55-6B29-4A3C-9D0C-0123456789AB}"
PAIN_ROWS = (
    *ROWS["Pains"],
    {"id": "N2", "touchpoint": "T2", "pain": "Too dear", "severity": 3, "hit": 2, "observed": 8},
    {"id": "N3", "touchpoint": "T3", "pain": "Too far", "severity": 2, "hit": 1, "observed": 9},
    {"id": "N4", "touchpoint": "T9", "pain": "Too <old> & dull", "severity": 9, "hit": 1},
)
"""The last one has mistakes: a step that is not there, and a severity that is none."""


def picture(red: int = 255) -> bytes:
    """Return a picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    head = struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes((0, red, 0, 0)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def rich(path: Path) -> Path:
    """Write the workbook, with macros; the table Pains ends on the line LAST."""
    sample = Sample(path, blank=0).tables(NAMES, {**ROWS, "Pains": PAIN_ROWS})
    book, sheet = sample.book, sample.sheets["Pains"]
    macros, signature = io.BytesIO(bytes(range(256)) * 8), io.BytesIO(bytes(range(255, -1, -1)))
    book.add_signed_vba_project(
        macros, project_is_stream=True, signature=signature, signature_is_stream=True
    )
    _looks(book, sheet)
    _drawn(book, sheet)
    _page(sheet)
    behind = path.with_suffix(".png")  # a file, since older versions of XlsxWriter take no stream
    behind.write_bytes(picture(9))
    _own(book, book.add_worksheet("Own"), behind)
    book.add_worksheet("Pivot").write("A1", "Made by a pivot table")
    wall = book.add_chartsheet("Wall")
    wall.set_chart(_chart(book, "column"))
    book.define_name("pains_all", f"=Pains!$D${FIRST}:$D${LAST}")
    book.define_name("one_pain", f"=Pains!$D${FIRST}")
    book.define_name("Own!local_rate", "=0.25")
    book.set_custom_property("Team", "Checkout")
    book.set_properties({"title": "Our journey", "author": "Nora", "company": "Acme"})
    sample.save()
    behind.unlink()
    path.write_bytes(pack(by_hand.completed(parts(path))))
    return path


def _chart(book: Any, kind: str) -> Any:
    """Return a chart of the severities."""
    chart = book.add_chart({"type": kind})
    chart.add_series(
        {
            "name": "=Pains!$F$4",
            "categories": f"=Pains!$D${FIRST}:$D${LAST}",
            "values": f"=Pains!$F${FIRST}:$F${LAST}",
        }
    )
    return chart


def _looks(book: Any, sheet: Any) -> None:
    """Put looks, checks and special cells beside and over the table."""
    table = f"{FIRST}:{{}}{LAST}"
    sheet.data_validation(f"F{table.format('F')}", {"validate": "list", "source": ["1", "2", "9"]})
    sheet.conditional_format(f"F{table.format('G')}", {"type": "3_color_scale"})
    sheet.conditional_format(f"G{table.format('G')}", {"type": "data_bar", "data_bar_2010": True})
    icons = {"type": "icon_set", "icon_style": "3_arrows"}
    sheet.conditional_format(f"H{table.format('H')}", icons)
    red = book.add_format({"font_color": "#C00000", "num_format": '0.0 "of 5"'})
    formula = {"type": "formula", "criteria": f"=COUNTIF($D${FIRST}:$D${LAST},$D{FIRST})>1"}
    sheet.conditional_format(f"D{table.format('D')}", {**formula, "format": red})
    sheet.add_sparkline("AG6", {"range": f"Pains!F{FIRST}:F{LAST}"})
    sheet.write_url("AG5", "https://example.org/", string="a link")
    sheet.write_rich_string("AG7", "very ", book.add_format({"bold": True}), "bold")
    sheet.write_dynamic_array_formula("AG8", f"=UNIQUE(A{FIRST}:A{FIRST})", None, "N1")
    sheet.write_array_formula("AH5:AH6", f"{{=F{FIRST}:F{FIRST + 1}*2}}", None, 8)
    sheet.write_number("AH6", 6)
    sheet.insert_checkbox("AI5", True)  # noqa: FBT003 - XlsxWriter takes it by position
    sheet.embed_image("AI6", "in-cell.png", {"image_data": io.BytesIO(picture(60))})
    sheet.ignore_errors({"number_stored_as_text": f"A{FIRST}:A{LAST}"})
    sheet.write_string("AI7", "007")
    sheet.write_comment("D5", "A note of a colleague", {"author": "Nora"})
    sheet.write_comment("D6", "[Threaded comment]\n\nSure?", {"author": THREAD})


def _drawn(book: Any, sheet: Any) -> None:
    """Draw charts, pictures and boxes beside the table."""
    sheet.insert_chart("AK5", _chart(book, "line"), {"description": "Severity of each pain"})
    at = {"image_data": io.BytesIO(picture()), "description": "A red dot"}
    sheet.insert_image("AK30", "red.png", at)
    sheet.insert_textbox("AK40", "Read me first", {"description": "How to read this"})
    sheet.insert_button("AK2", {"macro": "SampleCall", "caption": "Run"})


def _page(sheet: Any) -> None:
    """Set how the sheet is seen and printed."""
    sheet.freeze_panes(4, 2)
    sheet.set_zoom(85)
    sheet.set_column("K:L", None, None, {"level": 1, "hidden": True})
    sheet.set_paper(9)
    sheet.set_landscape()
    logo = {"image_left": "logo.png", "image_data_left": io.BytesIO(picture(128))}
    sheet.set_header("&LJourney&G&R&D", logo)
    sheet.set_footer("&CPage &P")
    sheet.print_area(f"A1:M{LAST}")
    sheet.repeat_rows(3)
    sheet.set_h_pagebreaks([30])


def _own(book: Any, sheet: Any, behind: Path) -> None:
    """Fill a sheet that is a person's own, with a picture behind its cells."""
    sheet.write_formula("A1", f"=SUM(Pains!F{FIRST}:F{LAST})", None, 18)
    sheet.write_formula("A2", f"=COUNTA(Pains!$D${FIRST}:$D${LAST})", None, 4)
    sheet.write_formula("A3", f'=Pains!F{FIRST}&" Pains!F{FIRST}:F{LAST}"', None, "4 Pains!F5:F8")
    sheet.write_formula("A4", '=SUM([1]Sheet1!A1:A3)&"x"', None, "6x")
    sheet.write_row("C1", ["low", "middle", "high"])
    sheet.write_boolean("E5", True)  # noqa: FBT003 - as above
    sheet.write_number("E6", 12.5, book.add_format({"num_format": '0.00" EUR"', "bold": True}))
    sheet.protect("", {"sort": True})
    sheet.unprotect_range("C1:E6", "Prices")
    sheet.set_background(str(behind))
    sheet.insert_chart("H2", _chart(book, "pie"), {"description": "Shares"})
    sheet.write_formula("A6", "=1/0", None, "#DIV/0!")
