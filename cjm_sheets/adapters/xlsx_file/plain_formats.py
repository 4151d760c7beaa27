"""Decides which formats of cells surely show numbers, and which surely show days."""

import re

from cjm_sheets.adapters.xlsx_file import small_xml
from cjm_sheets.adapters.xlsx_file.plain_sheet import DAY, NUMBER, UNSURE

_NUMBERS = {*range(14), *range(37, 45), 48, 49}
_DAYS = {*range(14, 18), 22}
_BESIDE = r"""\\.|"[^"]*"|\[\$[^\]hmsHMS]*\]"""
_NUMBER = re.compile(rf"(?:General|[0#?.,%+\-/ ();@]|E\+|{_BESIDE}|\[Red\])+")
_DAY = re.compile(r"(?:\[\$-[0-9A-Fa-f]+\])?(?:[dmyDMY./, -]|\\[./, -])+(?:;@)?")


def formats(styles: bytes) -> list[str]:
    """Return what each format of cells shows; ValueError if the part is not well-formed."""
    found: list[str] = []
    codes: dict[str, str] = {}
    inside = False
    for tag in small_xml.tags(styles):
        if tag.name == "numFmt":
            codes[tag.attributes.get("numFmtId", "")] = tag.attributes.get("formatCode", "")
        elif tag.name in {"cellXfs", "cellStyles", "dxfs", "cellStyleXfs"}:
            inside = tag.name == "cellXfs"
        elif tag.name == "xf" and inside:
            found.append(_shows(tag.attributes.get("numFmtId", ""), codes))
    return found


def _shows(number: str, codes: dict[str, str]) -> str:
    """Return what a format shows, by its number or, if it has one, by its code."""
    code = codes.get(number)
    if code is not None:
        return NUMBER if _NUMBER.fullmatch(code) else DAY if _DAY.fullmatch(code) else UNSURE
    if not number.isdecimal():
        return UNSURE
    return NUMBER if int(number) in _NUMBERS else DAY if int(number) in _DAYS else UNSURE
