"""Decides the sentence for each failure: what is wrong, where, and what to do."""

from cjm_sheets.errors import (
    CjmError,
    FleetFileError,
    HalfWrittenError,
    MassDeletionError,
    NotAWorkbookError,
)
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.fleet_file import problem_in_file
from cjm_sheets.words.mark import N_

_SENTENCES = {
    "UnknownRuleError": N_("There is no rule {rule}. Every finding shows the id of its rule."),
    "UnknownRowError": N_("{workbook} has no pain {row}. Ids stand in the first column of Pains."),
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
    "NoSchedulerError": N_(
        "There is no {program} on this machine. Leave out --install, and take what is written to"
        " the machine that has it."
    ),
    "SchedulerRefusedError": N_("{program} did not take that up ({reason})."),
    "UnknownPictureError": N_("Cannot draw {file}: end the name in .html or .svg."),
    "UnknownTableError": N_("There is no table {name}. There are: {known}."),
    "UnknownMacroError": N_("There is no macro {name}. There are: {known}."),
    "NothingToExplainError": N_(
        "There is neither a pain nor a finding at {cell}. Put the cursor on a row of Pains, on a"
        " finding, or on a marked cell."
    ),
    "NoSuchCellError": N_("{workbook} has no cell {cell}. Name one such as Pains!A5."),
    "NoSuchRowError": N_("{sheet} has no row {row}."),
    "NoSuchColumnError": N_("{sheet} has no column {column}. It has: {known}."),
    "ComputedColumnError": N_("{column} of {sheet} is calculated, and cannot be written."),
    "CannotTakeError": N_("{sheet} {row}: {column} cannot take {value}. It takes: {takes}."),
    "NothingToDrawError": N_(
        "{file} is an empathy map: it has no order of events, so there is no map sheet to draw."
    ),
    "UnknownTemplateError": N_("There is no template {name}. There are: {known}."),
    "OtherMapError": N_(
        "{title} holds another map: {other} of {common} rows with the same ids say something else."
        " Nothing was changed. Name the right spreadsheet, or make one with --to new."
    ),
    "OwnFolderError": N_("{folder} cannot be used ({reason}). Check the folder and the disk."),
    "NotLinkedError": N_(
        "{workbook} has no shared copy yet. Say where: --to local, --to new, or --to ADDRESS."
    ),
    "BadLinkError": N_(
        "{target} is no shared copy. Give local, new, or the address of a Google spreadsheet."
    ),
    "OpenToOthersError": N_(
        "On {host} other machines could read along: give --tls-cert and --tls-key, or"
        " --behind-proxy https://NAME."
    ),
    "WithoutNameError": N_(
        "{host} names every network. Give the name under which people reach this machine."
    ),
    "BadProxyError": N_("{address} is no address of a proxy. Give one such as https://NAME."),
    "BadCertificateError": N_("The certificate {file} cannot be used ({reason})."),
    "NoClientError": N_(
        "There is no OAuth client in {looked_in}. Make one of the kind Desktop app in the Google"
        " Cloud console, and name its file with --client."
    ),
    "NoKeyError": N_("{file} holds no key of a service account. Nothing was kept."),
    "SignInFailedError": N_("Signing in did not work ({reason}). Nothing was kept; try again."),
    "NotRevokedError": N_(
        "{file} is deleted, but Google could not be told. Take the access back yourself at"
        " myaccount.google.com/permissions."
    ),
    "NotSharedWithError": N_(
        "{who} cannot be stopped: nobody of this address is let in, or it is the owner. Nothing was"
        " changed. See who is: cjm-sheets share WORKBOOK --list."
    ),
    "BadEmailError": N_("{text} is no e-mail address. Nothing was changed."),
    "NoSuchRunError": N_(
        "There is no run {run}. Numbers and keys of runs are told by: cjm-sheets history WORKBOOK."
    ),
    "OtherWorkbookError": N_(
        "Run {run} was one of {other}, which has another shared copy than {workbook}. Name the"
        " workbook after the run."
    ),
    "NoSuchFileError": N_("There is no file {file}. Check the name and the folder."),
    "IsAFolderError": N_("{file} is a folder. Name the workbook in it."),
    "NoWorkbookInFolderError": N_(
        "There is no workbook in the folder {folder}. Name a workbook, or another folder."
    ),
    "FileNotReadableError": N_("{file} cannot be read ({reason}). Check who may open it."),
    "NotAWorkbookError": N_("{file} is no .xlsx workbook but {kind}."),
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
    "ReadingBrokeOffError": N_(
        "Reading {file} broke off ({reason}). Open it in Excel, save it anew, then try again."
    ),
    "NoSuchShardError": N_(
        "There is no shard {shard}: the fleet file deals the pairs into {most}. Give another number"
        " or change shards in [fleet]."
    ),
    "NoRedisNamedError": N_(
        "{file} keeps the state of the fleet in Redis, but no server is named. Set"
        " CJM_SHEETS_REDIS, such as redis://:PASSWORD@HOST:6379/0."
    ),
    "NotInstalledError": N_(
        'Packages are missing for this. They come with: pip install "cjm-sheets[{extra}]".'
    ),
    "CannotLogError": N_(
        "The log {file} cannot be written ({reason}). Name another file with --log."
    ),
    "NotOurDrawingError": N_(
        "{file} stays as it is: it is not a drawing of {workbook}, or somebody changed it. Move it"
        " away, and the next sync draws the map there."
    ),
    "CannotListenError": N_(
        "Nothing can be answered at {address} ({reason}). Name another port with --metrics-port."
    ),
    "UnforeseenError": N_(
        "Something went wrong that cjm-sheets did not foresee ({kind}, {place}). Please report it;"
        " nothing is lost."
    ),
    "OnlyReadError": N_(
        "{file} was left as it is, because files of this kind are only read. Save it as .xlsx to"
        " write into it."
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
    "MassDeletionError": N_(
        "{gone} of {before} rows of {table} are gone on one side ({side}). Nothing was changed. If"
        " that is what you want, add --allow-mass-delete; if not, undo it there."
    ),
    "UnreachableError": N_(
        "{service} does not answer ({reason}). Check the network and try again."
    ),
    "NoRedisError": N_(
        "Redis at {server} cannot be used ({reason}). Check that it runs, and the address in"
        " CJM_SHEETS_REDIS; then run it again: nothing is lost."
    ),
    "NoMailServerNamedError": N_(
        "No mail server is named. Set CJM_SHEETS_SMTP, such as smtp://USER:PASSWORD@HOST:587, and"
        " CJM_SHEETS_MAIL_FROM."
    ),
    "NoSenderError": N_(
        "CJM_SHEETS_MAIL_FROM has to be the e-mail address that digests come from. Nothing was"
        " sent."
    ),
    "NobodyToTellError": N_(
        '{file} names nobody to send a digest to. Write tell = ["NAME@HOST"] below [fleet] or'
        " [[pair]]."
    ),
    "MailServerError": N_(
        "The mail server {server} cannot be used ({reason}). Check CJM_SHEETS_SMTP; what was not"
        " sent is kept for the next try."
    ),
    "PlainPasswordError": N_(
        "The mail server {server} offers no encryption, and a password is not sent without. Name"
        " one with STARTTLS, or write smtps:// in CJM_SHEETS_SMTP."
    ),
    "NotDeliveredError": N_(
        "The digest for {address} was not taken ({reason}). It is kept for the next try."
    ),
    "LocalCopyElsewhereError": N_(
        "Its shared copy is kept by one machine for itself, where the workers of a cluster do not"
        " see it. Run the fleet there without --engine dask, or share the map through Google."
    ),
    "NoClusterError": N_(
        "The Dask scheduler at {scheduler} cannot be used ({reason}). Start it and its workers, or"
        " run the fleet without --engine dask."
    ),
    "NotSharedStateError": N_(
        "The worker {worker} does not see the state of the fleet in {folder}. Let all workers share"
        ' it over Redis: write redis = "NAME" in [fleet].'
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
    "NoSuchSpreadsheetError": N_(
        "The shared copy {spreadsheet} is gone, or it is not shared with you. The workbook is"
        " unchanged."
    ),
    "NotAllowedError": N_(
        "You may not change {spreadsheet} as {account}. Share it with this address, then try again."
        " What others write there can be taken over all the same, with --direction pull."
    ),
    "NotSignedInError": N_(
        "Not signed in, or not any more. Looked in: {looked_in}. Sign in with: cjm-sheets auth"
        " login. Or name a key file with --credentials."
    ),
    "OpenElsewhereError": N_("{file} is open in a spreadsheet program. Close it and try again."),
    "ChangedMeanwhileError": N_(
        "{file} was saved by somebody while we worked. Nothing was changed; try again."
    ),
    "ChangedInExcelError": N_(
        "Somebody typed into {file} while we worked. Nothing of ours was written; try again."
    ),
    "ExcelBusyError": N_(
        "Excel is busy with {file}. Finish the cell with Enter or Esc, close open windows, then try"
        " again."
    ),
    "WorkbookClosedError": N_("The workbook was closed meanwhile. Open it and try again."),
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
    "CannotReplaceError": N_(
        "{file} cannot be written ({reason}). The file is as it was. Check the folder and the disk."
    ),
}


_IN_EXCEL = {
    "NotLinkedError": N_(
        "{workbook} has no shared copy yet. Make an empty spreadsheet in Google Sheets, paste its"
        " address into an empty cell outside the tables, select that cell, and sync again."
    ),
    "DamagedBaseError": N_(
        "What {file} remembers of its last sync is damaged, even where its shared copy is. Nothing"
        " was changed. Paste the address of the shared copy into an empty cell outside the tables,"
        " select that cell, and sync again. Nothing will be deleted; cells that differ will be"
        " shown as conflicts."
    ),
    "OtherMapError": N_(
        "{title} holds another map: {other} of {common} rows with the same ids say something else."
        " Nothing was changed. Paste the address of the right spreadsheet into an empty cell"
        " outside the tables, select that cell, and sync again."
    ),
    "MassDeletionError": N_(
        "{gone} of {before} rows of {table} are gone on one side ({side}). Nothing was changed."
        " Undo it there. If it is what you want, save and close the workbook, and type in a"
        " terminal: cjm-sheets sync FILE --allow-mass-delete"
    ),
    "NotAllowedError": N_(
        "You may not change {spreadsheet} as {account}. Share it with this address, then sync"
        " again."
    ),
    "NotSignedInError": N_(
        "Not signed in, or not any more. Looked in: {looked_in}. Type in a terminal: cjm-sheets"
        " auth login; then sync again."
    ),
}
"""What is said otherwise to somebody who sits before Excel and has no command to type."""

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
