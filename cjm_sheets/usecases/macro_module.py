"""Decides what stands in the module beside a workbook, which *Run main* of Excel's add-in imports."""

import keyword
import sys

from cjm_sheets.errors import NotAModuleNameError
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_ABOUT = N_("Excel runs this for {file}: it checks, scores and draws the map.")
_ONCE = N_("Once: close Excel and type xlwings addin install in a terminal.")
_CLICK = N_("Then open the workbook in Excel and click Run main on the tab xlwings.")
_CODE = """\
import xlwings as xw

from cjm_sheets import macros


def main():
    macros.main(xw.Book.caller())
"""
_OTHERS = frozenset({"cjm_sheets", "numpy", "openpyxl", "pandas", "win32com", "xlsxwriter"})


def refuse_unimportable(stem: str, path: str) -> None:
    """Refuse a file name whose module could not be imported, or would hide one that is needed.

    Raises:
        NotAModuleNameError
    """
    taken = stem in sys.stdlib_module_names or stem.lower() in _OTHERS | {"xlwings"}
    if taken or keyword.iskeyword(stem) or not stem.isidentifier():
        raise NotAModuleNameError(path)


def macro_module(language: str, workbook: str) -> str:
    """Return the text of the module for a workbook's name; its comment is in that language."""
    told = (say(language, _ABOUT, file=workbook), say(language, _ONCE), say(language, _CLICK))
    return "".join(f"# {line}\n" for line in told) + "\n" + _CODE
