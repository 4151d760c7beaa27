"""Decides the sentence for each failure: what is wrong, where, and what to do."""

from cjm_sheets.errors import CjmError
from cjm_sheets.errors.excel import HalfWrittenError
from cjm_sheets.errors.fleet import FleetFileError
from cjm_sheets.errors.sharing import MassDeletionError
from cjm_sheets.errors.workbook import NotAWorkbookError
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.failures import (
    accounts,
    asked,
    excel,
    fleet,
    machine,
    sharing,
    workbook,
)
from cjm_sheets.words.fleet_file import problem_in_file
from cjm_sheets.words.mark import N_

_SENTENCES = {
    **asked.SENTENCES,
    **workbook.SENTENCES,
    **excel.SENTENCES,
    **sharing.SENTENCES,
    **accounts.SENTENCES,
    **fleet.SENTENCES,
    **machine.SENTENCES,
}
_IN_EXCEL = {**workbook.IN_EXCEL, **sharing.IN_EXCEL, **accounts.IN_EXCEL}

_ADVISES = ("ExcelBusyError", "SheetProtectedError", "OnlyReadByExcelError")
"""Failures that tell what to do before the same button is pressed again."""

_NAME_ANOTHER = N_("Name the workbook itself.")
_SAVE_AS = N_("Open it in your spreadsheet program and save it as .xlsx.")
_KINDS = {
    "empty": (N_("an empty file"), N_("Get it once more, or make one with: cjm-sheets new")),
    "encrypted": (N_("an encrypted file"), N_("Save it without a password, then try again.")),
    "old-excel": (N_("a workbook of Excel 2003 or older (.xls)"), _SAVE_AS),
    "binary-excel": (N_("a binary workbook (.xlsb)"), _SAVE_AS),
    "xml-excel": (N_("an XML spreadsheet"), _SAVE_AS),
    "opendocument": (N_("an OpenDocument spreadsheet (.ods)"), _SAVE_AS),
    "other-opendocument": (N_("an OpenDocument file without sheets"), _NAME_ANOTHER),
    "numbers": (N_("a Numbers spreadsheet"), N_("Export it from Numbers as Excel (.xlsx).")),
    "csv": (N_("a text table (CSV)"), _SAVE_AS),
    "html": (N_("a web page"), _SAVE_AS),
}
_OTHER_KINDS = {
    "word": N_("a Word document"),
    "powerpoint": N_("a PowerPoint presentation"),
    "old-office": N_("a document of an old Office program"),
    "text": N_("plain text"),
    "xml": N_("an XML file"),
    "rtf": N_("a text document (RTF)"),
    "pdf": N_("a PDF"),
    "picture": N_("a picture"),
    "archive": N_("an archive (ZIP)"),
    "unknown": N_("something else"),
}
SIDES = {"workbook": N_("the workbook"), "sheet": N_("the shared copy")}


def sentence(error: CjmError, language: str) -> str:
    """Return what a person is told of a failure."""
    if isinstance(error, NotAWorkbookError):
        return _not_a_workbook(error, language)
    if isinstance(error, FleetFileError):
        file = str(error.facts["file"])
        return "\n".join(problem_in_file(file, each, language) for each in error.problems)
    if isinstance(error, HalfWrittenError) and type(error.why).__name__ in _ADVISES:
        return f"{_said(error, language)} {sentence(error.why, language)}"
    return _said(error, language)


def sentence_in_excel(error: CjmError, language: str) -> str:
    """Return what a person is told of a failure in a message box of Excel."""
    said = _IN_EXCEL.get(type(error).__name__)
    return say(language, said, **_facts(error, language)) if said else sentence(error, language)


def _said(error: CjmError, language: str) -> str:
    return say(language, _SENTENCES[type(error).__name__], **_facts(error, language))


def _facts(error: CjmError, language: str) -> dict[str, object]:
    facts = dict(error.facts)
    if isinstance(error, MassDeletionError):
        facts["side"] = say(language, SIDES[str(facts["side"])])
    return facts


def _not_a_workbook(error: NotAWorkbookError, language: str) -> str:
    """Return what a person is told of a file of another kind: which, and what to do with it."""
    kind = str(error.facts["kind"])
    what, then = _KINDS.get(kind) or (_OTHER_KINDS[kind], _NAME_ANOTHER)
    said = say(
        language,
        _SENTENCES["NotAWorkbookError"],
        file=error.facts["file"],
        kind=say(language, what),
    )
    return f"{said} {say(language, then)}"


def kinds() -> frozenset[str]:
    """Return the names of the failures that have a sentence."""
    return frozenset(_SENTENCES)
