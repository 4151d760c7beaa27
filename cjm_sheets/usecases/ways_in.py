"""Decides which way leads from a new workbook to its macros, by its name and what was asked for.

An .xlsx has a module beside it if that was asked for: *Run main* of xlwings' add-in imports the
module named like the workbook and calls its `main`. An .xlsm always has that module, and a button
on Start that does the same without the add-in.
"""

import keyword
import sys
from dataclasses import dataclass
from pathlib import PurePath

from cjm_sheets.errors.asked import NotAModuleNameError, UnknownEndingError
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

PLAIN, WITH_MACROS = ".xlsx", ".xlsm"

_ABOUT = N_("Excel runs this for {file}: it checks, scores and draws the map.")
_ONCE_ADDIN = N_("Once: close Excel and type xlwings addin install in a terminal.")
_CLICK_ADDIN = N_("Then open the workbook in Excel and click Run main on the tab xlwings.")
_ONCE_BUTTON = N_("Once: close Excel and type cjm-sheets excel install in a terminal.")
_CLICK_BUTTON = N_("Then open the workbook in Excel, allow macros and click the button on Start.")
_IMPORTS = """\
import xlwings as xw

from cjm_sheets import macros
"""
_CODE = """\


def main():
    macros.main(xw.Book.caller())
"""
_FUNCTIONS = """\
from cjm_sheets.excel_functions import *  # =CJM_SCORE(...) and others, by ImportPythonUDFs
"""
_OTHERS = frozenset({"cjm_sheets", "numpy", "openpyxl", "pandas", "win32com", "xlsxwriter"})


@dataclass(frozen=True, slots=True)
class WayIn:
    """What is made for a new workbook: a button on Start, and the text of a module beside it.

    The text is "" if there is no module.
    """

    button: bool
    module: str


def way_in(path: str, language: str, *, macros: bool) -> WayIn:
    """Return the way that leads to the macros of a new workbook, whose module is in a language.

    Raises:
        UnknownEndingError: no workbook is made under such a name.
        NotAModuleNameError: the module could not be imported, or would hide one that is needed.
    """
    name = PurePath(path)
    button = name.suffix.lower() == WITH_MACROS
    if not button and name.suffix.lower() != PLAIN:
        raise UnknownEndingError(path)
    if not (button or macros):
        return WayIn(button=False, module="")
    if not _importable(name.stem):
        raise NotAModuleNameError(path)
    return WayIn(button, _module(language, name.name, button=button))


def _importable(stem: str) -> bool:
    taken = stem in sys.stdlib_module_names or stem.lower() in _OTHERS | {"xlwings"}
    return stem.isidentifier() and not (taken or keyword.iskeyword(stem))


def _module(language: str, workbook: str, *, button: bool) -> str:
    """Return the text of the module for a workbook's name; its comment is in that language."""
    once, click = (_ONCE_BUTTON, _CLICK_BUTTON) if button else (_ONCE_ADDIN, _CLICK_ADDIN)
    told = (say(language, _ABOUT, file=workbook), say(language, once), say(language, click))
    code = _IMPORTS + (_FUNCTIONS if button else "") + _CODE
    return "".join(f"# {line}\n" for line in told) + "\n" + code
