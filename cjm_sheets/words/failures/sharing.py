"""Decides what is said when a shared copy cannot be reached, used or kept in step."""

from cjm_sheets.words.mark import N_

SENTENCES = {
    "NotLinkedError": N_(
        "{workbook} has no shared copy yet. Say where: --to local, --to new, or --to ADDRESS."
    ),
    "BadLinkError": N_(
        "{target} is no shared copy. Give local, new, or the address of a Google spreadsheet."
    ),
    "OtherMapError": N_(
        "{title} holds another map: {other} of {common} rows with the same ids say something else."
        " Nothing was changed. Name the right spreadsheet, or make one with --to new."
    ),
    "NoSuchSpreadsheetError": N_(
        "The shared copy {spreadsheet} is gone, or it is not shared with you. The workbook is"
        " unchanged."
    ),
    "NotAllowedError": N_(
        "You may not change {spreadsheet} as {account}. Share it with this address, then try again."
        " What others write there can be taken over all the same, with --direction pull."
    ),
    "NotSharedWithError": N_(
        "{who} cannot be stopped: nobody of this address is let in, or it is the owner. Nothing was"
        " changed. See who is: cjm-sheets share WORKBOOK --list."
    ),
    "BadEmailError": N_("{text} is no e-mail address. Nothing was changed."),
    "UnreachableError": N_(
        "{service} does not answer ({reason}). Check the network and try again."
    ),
    "RefusedError": N_("The service refused ({status}: {reason}). Nothing was changed there."),
    "ColleaguesAtWorkError": N_(
        "{spreadsheet} was changed faster than it could be written. Nothing is lost: run the sync"
        " again in a quiet moment."
    ),
    "BrokenFormulasError": N_(
        "The shared copy {spreadsheet} was made and nothing is lost, but formulas in it show"
        " errors: {count} of them, beginning with {cells}. This is a fault of cjm-sheets: please"
        " report it with these cells."
    ),
    "MassDeletionError": N_(
        "{gone} of {before} rows of {table} are gone on one side ({side}). Nothing was changed. If"
        " that is what you want, add --allow-mass-delete; if not, undo it there."
    ),
}

IN_EXCEL = {
    "NotLinkedError": N_(
        "{workbook} has no shared copy yet. Make an empty spreadsheet in Google Sheets, paste its"
        " address into an empty cell outside the tables, select that cell, and sync again."
    ),
    "OtherMapError": N_(
        "{title} holds another map: {other} of {common} rows with the same ids say something else."
        " Nothing was changed. Paste the address of the right spreadsheet into an empty cell"
        " outside the tables, select that cell, and sync again."
    ),
    "NotAllowedError": N_(
        "You may not change {spreadsheet} as {account}. Share it with this address, then sync"
        " again."
    ),
    "MassDeletionError": N_(
        "{gone} of {before} rows of {table} are gone on one side ({side}). Nothing was changed."
        " Undo it there. If it is what you want, save and close the workbook, and type in a"
        " terminal: cjm-sheets sync FILE --allow-mass-delete"
    ),
}
"""What is said otherwise to somebody who sits before Excel and has no command to type."""
