"""Makes zip files by hand, and looks into them."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from openxml_audit import OpenXmlValidator

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


def raw_entries(path: Path) -> dict[str, bytes]:
    """Return the compressed entries with their headers, as they lie in the file, in that order."""
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
        ends = [info.header_offset for info in infos[1:]] + [archive.start_dir]
    return {
        info.filename: data[info.header_offset : end] for info, end in zip(infos, ends, strict=True)
    }


def errors(path: Path) -> list[str]:
    """Return what Excel would want to repair."""
    return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]


SOME = (
    *("CJ001", "CJ002", "CJ003", "CJ004", "CJ010", "CJ011", "CJ031", "CJ070", "CJ073", "CJ100"),
)
"""Rules whose findings tests of marks count on; what others find is none of their business."""
