"""Decides where the installed xlwings keeps the VBA that workbooks and add-ins carry along.

The VBA is read, never changed: it is xlwings' own (BSD), with a dictionary class of Tim Hall
(MIT). It names files of the version that it came with, so it is taken from what is installed.
"""

import zipfile
from importlib.util import find_spec
from pathlib import Path

_STANDALONE = "quickstart_standalone.xlsm"
_PROJECT = "xl/vbaProject.bin"


def standalone_project() -> bytes:
    """Return the VBA project that runs a module named like its workbook, without any add-in."""
    with zipfile.ZipFile(_folder() / _STANDALONE) as package:
        return package.read(_PROJECT)


def _folder() -> Path:
    """Return where xlwings lies; to import it would take more than a second."""
    spec = find_spec("xlwings")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("xlwings")
    return Path(spec.origin).parent
