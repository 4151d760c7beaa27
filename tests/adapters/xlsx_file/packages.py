"""Makes zip files by hand, and looks into them."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def parts(path: Path) -> dict[str, bytes]:
    """Return the parts of a workbook file."""
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def pack(content: Mapping[str, bytes]) -> bytes:
    """Return a zip file with these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def changed(path: Path, **replaced: bytes | None) -> Path:
    """Write a workbook again with some parts replaced; None takes one away."""
    content: dict[str, bytes | None] = {**parts(path), **replaced}
    path.write_bytes(pack({name: data for name, data in content.items() if data is not None}))
    return path


def sheet(body: str, tail: str = "") -> bytes:
    """Return the XML of a sheet with these rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{tail}</worksheet>'.encode()
