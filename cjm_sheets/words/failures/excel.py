"""Decides what is said when a workbook that is open in Excel fails us."""

from cjm_sheets.words.mark import N_

SENTENCES = {
    "NoExcelError": N_(
        "No Excel answers on this machine. Start it and close its dialogues, or name with --folder"
        " where the add-in is to go."
    ),
    "SheetProtectedError": N_(
        "The sheet {sheet} of {file} is protected. Unprotect it under Review, then try again."
    ),
    "OnlyReadByExcelError": N_(
        "{file} is open for reading only. Close it wherever else it is open, or save it under"
        " another name, then try again."
    ),
    "ExcelRefusedError": N_(
        "Excel did not let {place} of {file} be changed ({reason}). Everything is as it was."
    ),
    "HalfWrittenError": N_(
        "Excel stopped us halfway, and these sheets of {file} could not be put back as they were:"
        " {sheets}. Press the same button again, which writes them anew, or close the workbook"
        " without saving it."
    ),
    "ChangedInExcelError": N_(
        "Somebody typed into {file} while we worked. Nothing of ours was written; try again."
    ),
    "ExcelBusyError": N_(
        "Excel is busy with {file}. Finish the cell with Enter or Esc, close open windows, then try"
        " again."
    ),
    "WorkbookClosedError": N_("The workbook was closed meanwhile. Open it and try again."),
}
