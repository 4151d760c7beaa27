"""Makes OpenDocument spreadsheets by hand."""

from pathlib import Path

from tests.adapters.xlsx_file.packages import pack

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="{uri}"'
    for name, uri in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    }.items()
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
STAGES = "".join(
    f"<table:table-row>{''.join(f'<table:table-cell><text:p>{text}</text:p></table:table-cell>' for text in row)}</table:table-row>"  # noqa: E501 - one row of a sheet
    for row in (("ID", "Order", "Name"), ("S1", "1", "Aware"), ("S2", "2", "Buy"))
)


def document(body: str, head: str = HEAD) -> str:
    """Return a content with this spreadsheet."""
    return (
        f"{head}<office:document-content {SPACES}><office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def sheet(rows: str, title: str = "Own") -> str:
    """Return one sheet."""
    return f'<table:table table:name="{title}">{rows}</table:table>'


def row(cells: str, attributes: str = "") -> str:
    """Return one row."""
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def cell(text: str = "x", attributes: str = "") -> str:
    """Return a cell with a text."""
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def packed(content: bytes, **more: bytes) -> bytes:
    """Return the file; more parts by their names."""
    return pack({"mimetype": MIMETYPE, **more, "content.xml": content})


def write(path: Path, own: str = "", **more: bytes) -> Path:
    """Write a spreadsheet with a table of ours and whatever else."""
    path.write_bytes(packed(document(sheet(STAGES, "Stages") + own).encode(), **more))
    return path
