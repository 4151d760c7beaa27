"""Decides how LibreOffice makes another format of a workbook: apart, for a limited time."""

import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

_NAMES = ("soffice", "libreoffice")
_SECONDS = 120.0
_FILTERS = {"pdf": "pdf:calc_pdf_Export", "ods": "ods:calc8"}
_one_at_a_time = threading.Lock()


def convert(workbook: bytes, kind: str) -> bytes | None:
    """Return an Excel workbook in the format ``pdf`` or ``ods``.

    None where LibreOffice Calc is not installed, or makes nothing of the workbook in two minutes.
    """
    program = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if program is None:
        return None
    with _one_at_a_time, tempfile.TemporaryDirectory(prefix="cjm-export-") as place:
        folder = Path(place)
        source = folder / "export.xlsx"
        source.write_bytes(workbook)
        profile = (folder / "profile").as_uri()
        command = [
            program, "--headless", "--norestore", f"-env:UserInstallation={profile}",
            "--convert-to", _FILTERS[kind], "--outdir", place, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(  # noqa: S603 - our own command, and no shell
                command, check=True, capture_output=True, timeout=_SECONDS
            )
            return (folder / f"export.{kind}").read_bytes()
        except (subprocess.SubprocessError, OSError):
            return None
