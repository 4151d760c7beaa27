"""Decides the sentence for each failure: what is wrong, where, and what to do."""

from cjm_sheets.errors import CjmError
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_SENTENCES = {
    "UnknownRuleError": N_("There is no rule {rule}. Every finding shows the id of its rule."),
    "UnknownRowError": N_("{workbook} has no pain {row}. Ids stand in the first column of Pains."),
    "FileExistsAlreadyError": N_(
        "{file} is there already and was left as it is. Choose another name, or move it away."
    ),
    "UnknownPictureError": N_("Cannot draw {file}: end the name in .html or .svg."),
    "UnknownTemplateError": N_("There is no template {name}. There are: {known}."),
    "NotLinkedError": N_(
        "{workbook} has no shared copy yet. Say where: --to local, --to new, or --to ADDRESS."
    ),
    "BadLinkError": N_(
        "{target} is no shared copy. Give local, new, or the address of a Google spreadsheet."
    ),
    "NoSuchFileError": N_("There is no file {file}. Check the name and the folder."),
    "IsAFolderError": N_("{file} is a folder. Name the workbook in it."),
    "FileNotReadableError": N_("{file} cannot be read ({reason}). Check who may open it."),
    "NotAWorkbookError": N_(
        "{file} is no Excel workbook: {kind}. Open it in your spreadsheet program and save it as"
        " .xlsx."
    ),
    "DamagedWorkbookError": N_(
        "{file} is damaged ({place}). Open it in Excel, let it repair the file, and save it."
    ),
    "TruncatedWorkbookError": N_(
        "{file} ends too early, as after a broken download or copy. Get it once more."
    ),
    "ForeignEncodingError": N_(
        "A part of {file} is not written in UTF-8 ({place}). Save it once in Excel, then try again."
    ),
    "TextTooLongError": N_(
        "{place} of {file} would get {length} characters; a cell holds {most}. Shorten the text."
    ),
    "NoSuchMapError": N_("There is no map {map}. Ids stand in the first column of Maps."),
    "UnsafeWorkbookError": N_(
        "{file} was not opened: it would need far more memory or time than any map ({place})."
    ),
    "NoTablesError": N_(
        "{file} holds no journey map; its sheets are {sheets}. Make one with: cjm-sheets new"
    ),
    "MissingColumnError": N_(
        "Sheet {sheet} has no column {column}. Give the column its name back, then try again."
    ),
    "DamagedBaseError": N_(
        "What {file} remembers of its last sync is damaged. Nothing was changed. Delete the hidden"
        " sheet _cjm to start again: cells that differ will be shown as conflicts."
    ),
    "NoRoomError": N_(
        "Rows cannot be added to {sheet}: something stands below the table in row {line} of {file}."
        " Move it further down."
    ),
    "CannotWriteSafelyError": N_(
        "{file} was left as it is, because {place} cannot be changed without risk. Save it once in"
        " Excel, then try again."
    ),
    "MassDeletionError": N_(
        "{gone} of {before} rows of {table} are gone on one side ({side}). Nothing was changed. If"
        " that is what you want, add --allow-mass-delete; if not, undo it there."
    ),
    "UnreachableError": N_(
        "{service} does not answer ({reason}). Check the network and try again."
    ),
    "RefusedError": N_("The service refused ({status}: {reason}). Nothing was changed there."),
    "NoSuchSpreadsheetError": N_(
        "The shared copy {spreadsheet} is gone, or it is not shared with you. The workbook is"
        " unchanged."
    ),
    "NotAllowedError": N_(
        "You may not change {spreadsheet} as {account}. Share it with this address, then try again."
    ),
    "NotSignedInError": N_(
        "Not signed in, or not any more. Looked in: {looked_in}. Set CJM_SHEETS_CREDENTIALS to a"
        " key file."
    ),
    "FormulaFailedError": N_("The formula in {cell} of the shared copy shows {shows}."),
    "KeepsChangingError": N_(
        "The shared copy was edited before each of {attempts} attempts. Try again in a minute."
    ),
    "OpenElsewhereError": N_("{file} is open in a spreadsheet program. Close it and try again."),
    "ChangedMeanwhileError": N_(
        "{file} was saved by somebody while we worked. Nothing was changed; try again."
    ),
    "CannotReplaceError": N_(
        "{file} cannot be written ({reason}). The file is as it was. Check the folder and the disk."
    ),
}


def sentence(error: CjmError, language: str) -> str:
    """Return what a person is told of a failure."""
    return say(language, _SENTENCES[type(error).__name__], **error.facts)


def kinds() -> frozenset[str]:
    """Return the names of the failures that have a sentence."""
    return frozenset(_SENTENCES)
