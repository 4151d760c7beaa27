"""Decides what is said when a workbook file cannot be read or written."""

from cjm_sheets.words.mark import N_

SENTENCES = {
    "NoSuchFileError": N_("There is no file {file}. Check the name and the folder."),
    "IsAFolderError": N_("{file} is a folder. Name the workbook in it."),
    "NoWorkbookInFolderError": N_(
        "There is no workbook in the folder {folder}. Name a workbook, or another folder."
    ),
    "FileNotReadableError": N_("{file} cannot be read ({reason}). Check who may open it."),
    "NotAWorkbookError": N_("{file} is no .xlsx workbook but {kind}."),
    "TruncatedWorkbookError": N_(
        "{file} ends too early, as after a broken download or copy. Get it once more."
    ),
    "ForeignEncodingError": N_(
        "A part of {file} is not written in UTF-8 ({place}). Save it once in Excel, then try again."
    ),
    "DamagedWorkbookError": N_(
        "{file} is damaged ({place}). Open it in Excel, let it repair the file, and save it."
    ),
    "UnsafeWorkbookError": N_(
        "{file} was not opened: it would need far more memory or time than any map ({place})."
    ),
    "ReadingBrokeOffError": N_(
        "Reading {file} broke off ({reason}). Open it in Excel, save it anew, then try again."
    ),
    "NoTablesError": N_(
        "{file} holds no journey map; its sheets are {sheets}. Make one with: cjm-sheets new"
    ),
    "MissingColumnError": N_(
        "Sheet {sheet} has no column {column}. Give the column its name back, then try again."
    ),
    "DamagedBaseError": N_(
        "What {file} remembers of its last sync is damaged, even where its shared copy is. Nothing"
        " was changed. Name it: cjm-sheets sync FILE --to URL. Nothing will be deleted; cells that"
        " differ will be shown as conflicts."
    ),
    "OnlyReadError": N_(
        "{file} was left as it is, because files of this kind are only read. Save it as .xlsx to"
        " write into it."
    ),
    "NoRoomError": N_(
        "Rows cannot be added to {sheet}: something stands below the table in row {line} of {file}."
        " Move it further down."
    ),
    "SheetInTheWayError": N_(
        "{file} has a sheet or a table {sheet} that somebody else made. Nothing was changed."
        " Rename it, then try again."
    ),
    "CannotWriteSafelyError": N_(
        "{file} was left as it is, because {place} cannot be changed without risk. Save it once in"
        " Excel, then try again."
    ),
    "TextTooLongError": N_(
        "{place} of {file} would get {length} characters; a cell holds {most}. Shorten the text."
    ),
    "OpenElsewhereError": N_("{file} is open in a spreadsheet program. Close it and try again."),
    "ChangedMeanwhileError": N_(
        "{file} was saved by somebody while we worked. Nothing was changed; try again."
    ),
    "CannotReplaceError": N_(
        "{file} cannot be written ({reason}). The file is as it was. Check the folder and the disk."
    ),
}

IN_EXCEL = {
    "DamagedBaseError": N_(
        "What {file} remembers of its last sync is damaged, even where its shared copy is. Nothing"
        " was changed. Paste the address of the shared copy into an empty cell outside the tables,"
        " select that cell, and sync again. Nothing will be deleted; cells that differ will be"
        " shown as conflicts."
    ),
}
"""What is said otherwise to somebody who sits before Excel and has no command to type."""
