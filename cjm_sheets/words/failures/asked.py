"""Decides what is said when a request names what is not there, or what does not fit."""

from cjm_sheets.words.mark import N_

SENTENCES = {
    "UnknownRuleError": N_("There is no rule {rule}. Every finding shows the id of its rule."),
    "UnknownRowError": N_("{workbook} has no pain {row}. Ids stand in the first column of Pains."),
    "NoSuchMapError": N_("There is no map {map}. Ids stand in the first column of Maps."),
    "FileExistsAlreadyError": N_(
        "{file} is there already and was left as it is. Choose another name, or move it away."
    ),
    "UnknownEndingError": N_(
        "Cannot make {file}: end the name in .xlsx, or in .xlsm for a workbook with a button."
    ),
    "NotAModuleNameError": N_(
        "With macros, {file} needs another name: a letter first, then letters, digits and _, and"
        " no word that Python uses itself."
    ),
    "UnknownPictureError": N_("Cannot draw {file}: end the name in .html or .svg."),
    "UnknownTableError": N_("There is no table {name}. There are: {known}."),
    "NoSuchRowError": N_("{sheet} has no row {row}."),
    "NoSuchColumnError": N_("{sheet} has no column {column}. It has: {known}."),
    "ComputedColumnError": N_("{column} of {sheet} is calculated, and cannot be written."),
    "CannotTakeError": N_("{sheet} {row}: {column} cannot take {value}. It takes: {takes}."),
    "NothingToDrawError": N_(
        "{file} is an empathy map: it has no order of events, so there is no map sheet to draw."
    ),
    "UnknownTemplateError": N_("There is no template {name}. There are: {known}."),
    "NoSuchRunError": N_(
        "There is no run {run}. Numbers and keys of runs are told by: cjm-sheets history WORKBOOK."
    ),
    "OtherWorkbookError": N_(
        "Run {run} was one of {other}, which has another shared copy than {workbook}. Name the"
        " workbook after the run."
    ),
    "UnknownMacroError": N_("There is no macro {name}. There are: {known}."),
    "NothingToExplainError": N_(
        "There is neither a pain nor a finding at {cell}. Put the cursor on a row of Pains, on a"
        " finding, or on a marked cell."
    ),
    "NoSuchCellError": N_("{workbook} has no cell {cell}. Name one such as Pains!A5."),
    "NotOurDrawingError": N_(
        "{file} stays as it is: it is not a drawing of {workbook}, or somebody changed it. Move it"
        " away, and the next sync draws the map there."
    ),
}
