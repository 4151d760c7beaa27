"""Decides what a file that is no workbook is instead, so that a person can be told.

The words are: empty, encrypted, old-excel, binary-excel, xml-excel, opendocument,
other-opendocument, numbers, word, powerpoint, old-office, csv, text, html, xml, rtf, pdf, picture,
archive, unknown.
"""

import re

ZIP = b"PK\3\4"
_OLE = b"\xd0\xcf\x11\xe0"
_MAGIC = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
)
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("Workbook", "old-excel"),
    ("Book", "old-excel"),
    ("WordDocument", "word"),
    ("PowerPoint Document", "powerpoint"),
)
_MAIN_PARTS = (
    (b"wordprocessingml.", "word"),
    (b"presentationml.", "powerpoint"),
    (b"vnd.ms-excel.sheet.binary", "binary-excel"),
    (b"vnd.ms-word.", "word"),
    (b"vnd.ms-powerpoint.", "powerpoint"),
)
_WORKBOOK = re.compile(
    rb"spreadsheetml\.(sheet|template)\.main|ms-excel\.(sheet|template|addin)\.macroEnabled\.main"
)
_LOOKED_AT = 4096
_SEPARATOR = re.compile(r"[,;\t]")


def kind_of(data: bytes) -> str:
    """Return what a file that is no zip archive seems to be."""
    if not data.strip(b"\0\t\r\n "):
        return "empty"
    if data.startswith(_OLE):
        return next(
            (kind for name, kind in _STREAMS if name.encode("utf-16-le") in data), "old-office"
        )
    found = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    return found or _kind_of_text(data[:_LOOKED_AT])


def kind_of_archive(names: frozenset[str], types: bytes) -> str | None:
    """Return what a zip archive is if it is no workbook; None if it may be one.

    `names` are the names of its entries, `types` is the content of [Content_Types].xml or "".
    """
    if "mimetype" in names:
        return "opendocument"
    if any(name.endswith(".iwa") for name in names):
        return "numbers"
    if not _WORKBOOK.search(types):
        found = next((kind for text, kind in _MAIN_PARTS if text in types), None)
        if found:
            return found
    if "xl/workbook.bin" in names:
        return "binary-excel"
    is_office = "[Content_Types].xml" in names or any(name.startswith("xl/") for name in names)
    return None if is_office else "archive"


def _kind_of_text(start: bytes) -> str:
    """Return what kind of text a file begins with; "unknown" if it is none."""
    encoding = "utf-16" if start[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    text = start.decode(encoding, "ignore")
    if "\0" in text or len(text) * 4 < len(start):
        return "unknown"
    if encoding == "utf-8-sig" and not _mostly_printable(start):
        return "unknown"
    low = text.lstrip().lower()
    if low.startswith("<?xml") and "urn:schemas-microsoft-com:office:spreadsheet" in low:
        return "xml-excel"
    if low.startswith(("<!doctype html", "<html", "<table")) or "<html" in low:
        return "html"
    if low.startswith("<?xml"):
        return "xml"
    return "csv" if _SEPARATOR.search(low.partition("\n")[0]) else "text"


def _mostly_printable(start: bytes) -> bool:
    """Tell whether bytes may be text in any 8-bit encoding: hardly any control characters."""
    controls = sum(byte < 32 and byte not in b"\t\r\n\f" for byte in start)  # noqa: PLR2004 - ASCII
    return controls * 100 <= len(start)
