"""Decides what is done, and in which order, to put buttons into Excel and to take them out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cjm_sheets.ports.excel import AddinFolder, Excel
from cjm_sheets.templates.ribbon import RibbonTab, ribbon
from cjm_sheets.words.languages import LANGUAGES

Pack = Callable[[RibbonTab, Mapping[str, str]], bytes]
"""Returns the file of an add-in for a tab and the settings that say which Python it starts."""


@dataclass(frozen=True, slots=True)
class Installed:
    """What was written: the add-in, and the settings for workbooks with a button, "" if none."""

    addin: str
    settings: str


def install(
    excel: Excel, folder: AddinFolder, pack: Pack, language: str, *, here: bool
) -> Installed:
    """Put the add-in into a folder, its tab in a language; an older one is replaced.

    `here`: this machine's Excel will load it, so that it has to be allowed to start Python, too.

    Raises:
        CannotReplaceError
    """
    folder.put(pack(ribbon(language), excel.python_settings()))
    if not here:
        return Installed(folder.path, "")
    excel.let_start_python()
    return Installed(folder.path, excel.remember_python())


def remove(folder: AddinFolder) -> str:
    """Take the add-in out of a folder; return its path, "" if there was none.

    Raises:
        FileNotReadableError, CannotReplaceError
    """
    if folder.read() is None:
        return ""
    folder.take()
    return folder.path


def fresh(excel: Excel, folder: AddinFolder, pack: Pack) -> bool | None:
    """Tell whether the add-in is the one of this version and this Python, None if there is none.

    Raises:
        FileNotReadableError
    """
    content = folder.read()
    if content is None:
        return None
    settings = excel.python_settings()
    return any(pack(ribbon(language), settings) == content for language in LANGUAGES)
