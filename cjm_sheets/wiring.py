"""Decides which adapter serves what a person typed; the only place that knows them all.

Imports are late on purpose: a check must not pay for the network, nor --help for a reader.
"""

import os
import platform
import re
import secrets
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cjm_sheets.errors import (
    BadLinkError,
    CjmError,
    FileExistsAlreadyError,
    NotSignedInError,
    OwnFolderError,
    UnreachableError,
)
from cjm_sheets.ports.clock import Chance, Clock
from cjm_sheets.ports.quota import KINDS
from cjm_sheets.ports.store import Snapshot, Store

if TYPE_CHECKING:
    from cjm_sheets.adapters.gsheets.transport import Endpoint, Transport
    from cjm_sheets.adapters.whereabouts import Service
    from cjm_sheets.fleet.budget import Limits, Payer
    from cjm_sheets.fleet.due import Due, Pair
    from cjm_sheets.fleet.settings import Entry, Fleet
    from cjm_sheets.ports.accounts import Accounts
    from cjm_sheets.ports.builder import Builder
    from cjm_sheets.ports.engine import Engine
    from cjm_sheets.ports.excel import AddinFolder, Excel
    from cjm_sheets.ports.feed import Feed
    from cjm_sheets.ports.history import History
    from cjm_sheets.ports.permissions import Permissions
    from cjm_sheets.ports.quota import Kind, Quota
    from cjm_sheets.ports.sheets import SheetStore
    from cjm_sheets.ports.standings import Standings
    from cjm_sheets.ports.workbooks import Spreadsheet, Workbooks
    from cjm_sheets.usecases.at_a_click import Desk
    from cjm_sheets.usecases.demonstrate import Scene
    from cjm_sheets.usecases.excel_addin import Installed
    from cjm_sheets.usecases.keep_pair import Kept
    from cjm_sheets.usecases.new_map import Wish
    from cjm_sheets.usecases.run_fleet import Means
    from cjm_sheets.usecases.schedule_fleet import Scheduled
    from cjm_sheets.usecases.sync_map import Link, Opened, Surroundings
    from cjm_sheets.usecases.undo_run import Notebook
    from cjm_sheets.usecases.watch_fleet import Look, Wait

_ADDRESS = re.compile(r"/spreadsheets/d/([A-Za-z0-9_-]+)")
_ID = re.compile(r"[A-Za-z0-9_-]{20,}")
_GOOGLE_HOSTS = frozenset({"docs.google.com", "sheets.google.com"})
GOOGLE, LOCAL = "google", "local"
_PATIENCE = 30.0  # seconds that a sync waits for another one to be done with the local service


_notes: ContextVar[list[str]] = ContextVar("notes", default=[])  # noqa: B039 - replaced by `notes`


@contextmanager
def notes() -> "Iterator[list[str]]":
    """Give the notes of all workbooks written meanwhile, as they come."""
    heard: list[str] = []
    before = _notes.set(heard)
    try:
        yield heard
    finally:
        _notes.reset(before)


def workbook_file(path: str) -> "SheetStore":
    """Return the store of a closed workbook file of any kind that we read."""
    from cjm_sheets.adapters.xlsx_file.doors import store_of
    from cjm_sheets.ports.noted import Noted

    return Noted(store_of(Path(path), _builder), _notes.get().append)


def workbooks_meant(name: str) -> tuple[str, ...]:
    """Return the workbook files that a name, pattern or folder stands for; raises InputError."""
    from cjm_sheets.adapters.workbook_paths import meant

    return meant(name)


def without_locks(names: Sequence[str]) -> tuple[str, ...]:
    """Return file names without those of lock files, unless there are no others."""
    from cjm_sheets.adapters.workbook_paths import without_locks as without

    return without(names)


def foreign_workbook(path: str) -> "Store":
    """Return the store of a file that nobody vouches for; it is read apart, and only read."""
    from cjm_sheets.adapters.xlsx_file.apart import ForeignFile

    return ForeignFile(Path(path))


def open_headless(path: str) -> Any:  # noqa: ANN401 - xlwings tells no types
    """Return a workbook file as an open `xlwings.Book`, without Excel; raises InputError."""
    from cjm_sheets.adapters.xlsx_file.open_books import OpenXlsx
    from cjm_sheets.adapters.xlwings_engine.engine import open_book

    return open_book(path, OpenXlsx())


def open_workbook(book: Any) -> "SheetStore":  # noqa: ANN401 - as above
    """Return the store of a workbook that is open, an `xlwings.Book` of whichever program."""
    from cjm_sheets.adapters.live_excel.store import LiveWorkbook
    from cjm_sheets.ports.noted import Noted

    return Noted(LiveWorkbook(book), _notes.get().append)


def calling_workbook() -> Any:  # noqa: ANN401 - as above
    """Return the open workbook from which a macro was called, an `xlwings.Book`."""
    from cjm_sheets.adapters.live_excel.desk import calling

    return calling()


def press(name: str, book: Any, to: str = "") -> "tuple[str, ...]":  # noqa: ANN401 - as above
    """Do in an open workbook what the button of a macro does; return what is said of it.

    Raises:
        CjmError: it could not be done, for a reason that a person can mend.
    """
    from cjm_sheets.usecases.at_a_click import press as pressed

    with desk_of(book, to) as desk:
        return pressed(name, desk)


@contextmanager
def desk_of(book: Any, to: str = "") -> "Iterator[Desk]":  # noqa: ANN401 - as above
    """Give all that a button in an open workbook needs, which is read for its language.

    Raises:
        CjmError: it cannot be read, for a reason that a person can mend.
    """
    from cjm_sheets.adapters.live_excel import desk
    from cjm_sheets.adapters.live_excel.store import LiveWorkbook
    from cjm_sheets.ports.noted import Noted
    from cjm_sheets.usecases.at_a_click import Desk, Selected
    from cjm_sheets.words.catalogue import say

    live = LiveWorkbook(book)
    language = live.read().language
    target = link_to(to) if to else None
    with desk.status_bar(book) as show:
        yield Desk(
            Noted(live, _notes.get().append),
            language,
            live.at_once,
            clock(),
            chance(),
            Selected(*desk.cursor(book)),
            lambda text: show(f"cjm-sheets: {say(language, text)}"),
            sharing,
            link_to,
            target,
        )


def system_language() -> str:
    """Return the language of whoever sits at this machine."""
    from cjm_sheets.words.languages import first_known

    names = ("CJM_SHEETS_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    return first_known(os.environ.get(name) for name in names)


def tell_in_excel(app: Any, text: str, *, bad: bool = False) -> None:  # noqa: ANN401 - as above
    """Show a message box of the program that holds a workbook open."""
    from cjm_sheets.adapters.live_excel.desk import tell

    tell(app, text, bad=bad)


@contextmanager
def held_open(path: str, at: str = "") -> "Iterator[Any]":
    """Give a workbook file as an open `xlwings.Book`, without Excel; save it if nothing failed.

    `at` is the cell under the cursor, such as Pains!A5.

    Raises:
        NoSuchCellError: there is no such cell.
        CannotWriteSafelyError, ChangedMeanwhileError, OpenElsewhereError
    """
    from cjm_sheets.adapters.live_excel.desk import put_cursor
    from cjm_sheets.errors import NoSuchCellError
    from cjm_sheets.tables.a1 import split_place

    workbook_file(path).refuse_if_busy()
    book = open_headless(path)
    try:
        if at:
            try:
                put_cursor(book, *split_place(at))
            except Exception as refused:
                raise NoSuchCellError(at, path) from refused
        yield book
        book.save()
    finally:
        book.app.quit()


def _builder() -> "Builder":
    """Return what makes sheets and workbooks from their plans."""
    from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder

    return XlsxBuilder()


def clock() -> Clock:
    """Return the machine's clock."""
    from cjm_sheets.adapters.system import SystemClock

    return SystemClock()


def chance() -> Chance:
    """Return the machine's source of chance."""
    from cjm_sheets.adapters.system import SystemChance

    return SystemChance()


def history() -> "History":
    """Return the diary of runs of this user, without making a folder for it."""
    from cjm_sheets.adapters.history_sqlite import SqliteHistory
    from cjm_sheets.adapters.whereabouts import home

    return SqliteHistory(home() / "history.sqlite")


def notebook() -> "Notebook":
    """Return what is needed to note a run of this user."""
    from cjm_sheets.adapters.history_sqlite import SqliteHistory
    from cjm_sheets.adapters.whereabouts import made_home
    from cjm_sheets.usecases.undo_run import Notebook

    kept = SqliteHistory(made_home() / "history.sqlite")
    return Notebook(kept, clock(), chance(), login())


def login() -> str:
    """Return the name under which the program runs, "" if the system knows none."""
    from cjm_sheets.adapters.system import login_name

    return login_name()


def link_to(target: str) -> "Link":
    """Return the shared copy that a person means by local, new, an address or an id.

    Raises:
        BadLinkError: it is none of these.
    """
    from cjm_sheets.usecases.sync_map import Link

    elsewhere = os.environ.get("CJM_SHEETS_ENDPOINT", "").rstrip("/")
    if target == LOCAL:
        return Link(LOCAL)
    if target == "new":
        return Link(elsewhere or GOOGLE)
    found = _ADDRESS.search(target)
    if found:
        parts = urlsplit(target if "://" in target else f"https://{target}")
        google = parts.hostname in _GOOGLE_HOSTS
        return Link(GOOGLE if google else f"{parts.scheme}://{parts.netloc}", found[1])
    if _ID.fullmatch(target):
        return Link(elsewhere or GOOGLE, target)
    raise BadLinkError(target)


@contextmanager
def sharing(credentials: str = "", *, local: "Service | None" = None) -> "Iterator[Surroundings]":
    """Give what a sync needs; a local service that was started for it stops at the end.

    `local` is a service that runs on this machine already, if one is known.
    """
    with ExitStack() as running:
        yield _Sharing(credentials, running, local).surroundings()


@contextmanager
def permissions_of(link: "Link", credentials: str = "") -> "Iterator[tuple[str, Permissions]]":
    """Give the address of a shared copy, and who may open it."""
    from cjm_sheets.adapters.gsheets.permissions import DrivePermissions
    from cjm_sheets.adapters.gsheets.store import SharedCopy
    from cjm_sheets.adapters.gsheets.transport import Transport

    with ExitStack() as running:
        transport = Transport(_Sharing(credentials, running, None).endpoint(link))
        address = SharedCopy(transport, link.spreadsheet).name
        yield address, DrivePermissions(transport, link.spreadsheet)


@dataclass
class _Sharing:
    """Opens and makes shared copies at the services that links name.

    A service of this machine that is needed is started once, whatever it is needed for.
    """

    credentials: str
    running: ExitStack
    local: "Service | None"

    def open(self, link: "Link") -> "Opened":
        """Return a shared copy that is there."""
        from cjm_sheets.adapters.gsheets.store import SharedCopy
        from cjm_sheets.usecases.sync_map import Opened

        transport = self.transport(link)
        copy = SharedCopy(transport, link.spreadsheet)
        account = transport.endpoint.account
        return Opened(link, copy, lambda: transport.traffic, account)

    def make(self, link: "Link", like: Snapshot) -> "Opened":
        """Return a new shared copy, named like the workbook and in its language."""
        from cjm_sheets.adapters.gsheets.store import create
        from cjm_sheets.usecases.sync_map import Link, Opened

        transport = self.transport(link)
        copy = create(transport, Path(like.title).stem, like.language, link.key)
        made = Link(link.service, copy.spreadsheet)
        return Opened(made, copy, lambda: transport.traffic, transport.endpoint.account)

    def find(self, link: "Link", like: Snapshot) -> "Opened | None":
        """Return the shared copy that was made under the key of a link, None if none was."""
        from cjm_sheets.adapters.gsheets.store import find
        from cjm_sheets.usecases.sync_map import Link, Opened

        transport = self.transport(link)
        copy = find(transport, Path(like.title).stem, like.language, link.key)
        if copy is None:
            return None
        made = Link(link.service, copy.spreadsheet)
        return Opened(made, copy, lambda: transport.traffic, transport.endpoint.account)

    def sign_in(self, link: "Link") -> None:
        """Raise what an asking would raise for want of credentials."""
        self.endpoint(link)

    def transport(self, link: "Link") -> "Transport":
        """Return a way to the service that a link names."""
        from cjm_sheets.adapters.gsheets.transport import Transport

        return Transport(self.endpoint(link))

    def surroundings(self) -> "Surroundings":
        """Return what a sync needs."""
        from cjm_sheets.adapters import whereabouts
        from cjm_sheets.adapters.history_sqlite import SqliteHistory
        from cjm_sheets.usecases.sync_map import Surroundings

        return Surroundings(
            open=self.open,
            make=self.make,
            history=SqliteHistory(whereabouts.made_home() / "history.sqlite"),
            clock=clock(),
            chance=chance(),
            login=login(),
            find=self.find,
            sign_in=self.sign_in,
        )

    def endpoint(self, link: "Link") -> "Endpoint":
        """Return the service that a link names, signed in."""
        from cjm_sheets.adapters import whereabouts
        from cjm_sheets.adapters.gsheets.transport import Endpoint

        if link.service == LOCAL:
            if self.local is None:
                self.local = self.running.enter_context(local_service())
            return Endpoint(self.local.url, self.local.token)
        if link.service != GOOGLE:
            return Endpoint(link.service, _token_for(link.service))
        from cjm_sheets.adapters.gsheets.sign_in import google_endpoint

        named = self.credentials or os.environ.get("CJM_SHEETS_CREDENTIALS", "")
        return google_endpoint(named, whereabouts.home())


def accounts(named: str = "", *, offline: bool = False) -> "Accounts":
    """Return who is signed in to Google; `named` is a key file that somebody names."""
    from cjm_sheets.adapters import whereabouts
    from cjm_sheets.adapters.gsheets.accounts import GoogleAccounts

    if offline:
        # Else Google's library asks the network whether this is one of Google's machines.
        os.environ["NO_GCE_CHECK"] = "true"
    return GoogleAccounts(whereabouts.home(), named or os.environ.get("CJM_SHEETS_CREDENTIALS", ""))


def _token_for(service: str) -> str:
    """Return the token for a service, if it is the one that the surroundings name.

    A workbook can name any address; a token that is sent to whom the workbook names is given away.

    Raises:
        NotSignedInError: the token in the surroundings is for another service.
    """
    if os.environ.get("CJM_SHEETS_ENDPOINT", "").rstrip("/") != service:
        raise NotSignedInError(f"CJM_SHEETS_ENDPOINT ({service})")  # noqa: TRY003 - where to look
    return os.environ.get("CJM_SHEETS_TOKEN", "")


@contextmanager
def local_service() -> "Iterator[Service]":
    """Give the service of this machine: the one that runs, else one for as long as it is needed."""
    from cjm_sheets.adapters.whereabouts import Service, announced, only_service, service_folder

    folder = service_folder()
    there = announced(folder)
    # Another sync that runs its own service is soon done; one that serves stays.
    with only_service(folder, 0 if there else _PATIENCE) as ours:
        if not ours:
            there = there or announced(folder)
            if there is None:
                raise UnreachableError(LOCAL, "busy")
            yield there
            return
        from cjm_sheets.service.running import RunningService, Setting

        setting = Setting(workbooks=workbooks(), builder=_builder())
        with RunningService(folder, setting=setting) as service:
            yield Service(service.url, service.token)


def workbooks() -> "Workbooks":
    """Return what reads and writes workbook files for the service; loaded when first used."""
    from cjm_sheets.ports.workbooks import Workbooks

    def read(data: bytes, file: str) -> "Spreadsheet":
        from cjm_sheets.adapters.xlsx_file.as_spreadsheet import spreadsheet

        return spreadsheet(data, file)

    def build(book: "Spreadsheet") -> bytes:
        from cjm_sheets.adapters.xlsx_export.book import build

        return build(book)

    def convert(workbook: bytes, kind: str) -> bytes | None:
        from cjm_sheets.adapters.xlsx_export.office import convert

        return convert(workbook, kind)

    return Workbooks(read, build, convert)


@dataclass(frozen=True, slots=True)
class Serving:
    """How a service is to run, as it was typed; see the options of serve."""

    folder: Path | None = None
    port: int = 0
    token: str = ""
    host: str = "127.0.0.1"
    certificate: str = ""
    key: str = ""
    proxy: str = ""
    controls: bool = False


def serve(wish: Serving, ready: Callable[[str, str], None]) -> None:
    """Run the service until it is told to stop; ready gets address and token once it listens.

    Raises:
        UnreachableError: another service has this folder, or the port is taken.
        OpenToOthersError, WithoutNameError, BadProxyError, BadCertificateError
    """
    from cjm_sheets.adapters.whereabouts import Service, announce, only_service, service_folder
    from cjm_sheets.service.entrance import Entrance
    from cjm_sheets.service.running import Setting, new_token
    from cjm_sheets.service.running import serve as run
    from cjm_sheets.service.trials import NO_TRIALS, controlled

    entrance = Entrance(wish.host, wish.certificate, wish.key, wish.proxy)
    entrance.check()
    place = wish.folder or service_folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = wish.token or new_token()

    def listening(url: str) -> None:
        announce(place, Service(url, secret))
        ready(entrance.public_address(urlsplit(url).port or wish.port), secret)

    with only_service(place) as ours:
        if not ours:
            raise UnreachableError(str(place), "another service runs there")
        try:
            trials = controlled() if wish.controls else NO_TRIALS
            setting = Setting(entrance, workbooks(), _builder(), trials)
            run(place, wish.port, secret, listening, setting)
        except OSError as error:
            raise UnreachableError(
                f"{wish.host}:{wish.port}", error.strerror or str(error)
            ) from error


def starters() -> tuple[tuple[str, str, str], ...]:
    """Return name, kind of map and language of each sample that there is."""
    from cjm_sheets.adapters.starter_files import StarterFiles

    return StarterFiles().known()


def new_workbook(path: str, wish: "Wish", *, macros: bool = False) -> str:
    """Make a workbook file, and the module beside it that Excel runs; return the module's path.

    There is a module, and else "", if `macros` asks for one or the name ends in .xlsm. Either all
    files are made or none; what is there already stays as it is.

    Raises:
        FileExistsAlreadyError, CannotReplaceError, UnknownTemplateError, UnknownEndingError,
        NotAModuleNameError
    """
    from cjm_sheets.adapters.new_file import write_new
    from cjm_sheets.adapters.starter_files import StarterFiles
    from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
    from cjm_sheets.adapters.xlwings_files import standalone_project
    from cjm_sheets.usecases.new_map import new_map
    from cjm_sheets.usecases.ways_in import way_in

    way = way_in(path, wish.language, macros=macros)
    target, beside = Path(path), Path(path).with_suffix(".py")
    for file in (target, beside) if way.module else (target,):
        if file.exists():
            raise FileExistsAlreadyError(str(file))
    builder = XlsxBuilder(standalone_project() if way.button else b"")
    now = datetime.now().astimezone()
    made = new_map(wish, StarterFiles(), builder, now, button=way.button)
    if not way.module:
        write_new(target, made)
        return ""
    write_new(beside, way.module.encode())
    try:
        write_new(target, made)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return str(beside)


def install_addin(language: str, folder: str = "") -> "Installed":
    """Put the add-in for Excel, in a language, into a folder or into Excel's start folder.

    Raises:
        NoExcelError, CannotReplaceError
    """
    from cjm_sheets.adapters.excel_addin.package import addin
    from cjm_sheets.usecases.excel_addin import install

    excel, place = _excel(folder)
    return install(excel, place, addin, language, here=not folder)


def remove_addin(folder: str = "") -> str:
    """Remove the add-in; return its path, "" if there was none.

    Raises:
        NoExcelError, FileNotReadableError, CannotReplaceError
    """
    from cjm_sheets.usecases.excel_addin import remove

    return remove(_excel(folder)[1])


def addin_there(folder: str = "") -> tuple[str, bool | None]:
    """Return where the add-in is or would be, and whether it is fresh, None if it is not there.

    Raises:
        NoExcelError, FileNotReadableError
    """
    from cjm_sheets.adapters.excel_addin.package import addin
    from cjm_sheets.usecases.excel_addin import fresh

    excel, place = _excel(folder)
    return place.path, fresh(excel, place, addin)


def _excel(folder: str) -> "tuple[Excel, AddinFolder]":
    from cjm_sheets.adapters.excel_program import ExcelProgram, StartFolder
    from cjm_sheets.adapters.new_file import write_over

    excel = ExcelProgram()
    return excel, StartFolder(folder or excel.start_folder(), write_over)


def write_drawing(path: str, content: str) -> None:
    """Write a drawing; an older one is replaced."""
    from cjm_sheets.adapters.new_file import write_over

    write_over(Path(path), content.encode())


@contextmanager
def demonstration(folder: str, spoken: str, tell: Callable[[str], None]) -> "Iterator[Scene]":
    """Give a scene in a folder: a sample workbook, a service, and a colleague who uses gspread.

    Raises:
        FileExistsAlreadyError: the folder has a sample workbook from before.
    """
    from cjm_sheets.adapters.colleague_gspread import GspreadColleague
    from cjm_sheets.ports.colleague import Colleague
    from cjm_sheets.usecases.demonstrate import Scene
    from cjm_sheets.usecases.new_map import Wish

    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OwnFolderError(folder, error.strerror or str(error)) from error
    workbook, picture = place / "vacuum.xlsx", place / "vacuum.html"
    new_workbook(str(workbook), Wish(language=spoken, starter="vacuum"))
    with local_service() as service, sharing(local=service) as around:

        def colleague(link: "Link") -> Colleague:
            return GspreadColleague(service.url, service.token, link.spreadsheet)

        yield Scene(
            workbook=workbook_file(str(workbook)),
            picture=str(picture),
            put_picture=lambda drawing: write_drawing(str(picture), drawing),
            around=around,
            colleague=colleague,
            language=spoken,
            tell=tell,
        )


def fleet_of(path: str) -> "Fleet":
    """Return what a fleet file asks for.

    Raises:
        FleetFileError: something in it is wrong.
        NoSuchFileError, IsAFolderError, FileNotReadableError
    """
    from cjm_sheets.adapters.text_file import read_text

    return check_fleet(read_text(path), path)


def check_fleet(text: str, path: str) -> "Fleet":
    """Return what the text of a fleet file asks for; raises FleetFileError."""
    from cjm_sheets.checks.catalogue import all_rules
    from cjm_sheets.fleet.reading import read_fleet

    return read_fleet(text, path, {rule.id for rule in all_rules()})


def new_fleet_file(path: str, text: str) -> None:
    """Write a fleet file that is not there yet; raises FileExistsAlreadyError if it is."""
    from cjm_sheets.adapters.new_file import write_new

    write_new(Path(path), text.encode())


@dataclass(frozen=True)
class FleetWork:
    """A fleet file that is ready to be worked on: its pairs, and what a run needs.

    `unmeant` tells why names in the file stand for no workbook; `look` gives both as they are by
    then; `spent` and `refused` count the
    requests of this process by what Google counts apart.
    """

    fleet: "Fleet"
    pairs: "tuple[Pair, ...]"
    unmeant: "tuple[CjmError, ...]"
    means: "Means"
    look: "Look"
    spent: "Counter[Kind]"
    refused: "Counter[Kind]"


@dataclass(frozen=True, slots=True)
class FleetWish:
    """How a fleet is to be worked on, as it was typed; a shard of 0 means all pairs.

    `scheduler`: the address of a Dask scheduler, "" for threads of our own. `language`: the one in
    which workers elsewhere say what failed.
    """

    file: str
    credentials: str = ""
    threads: int = 8
    shard: int = 0
    scheduler: str = ""
    language: str = "en"


@contextmanager
def fleet_work(
    wish: FleetWish,
    say: "Callable[[CjmError], str]",
    tell: "Callable[[Kept], None]" = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> "Iterator[FleetWork]":
    """Give a fleet that is ready to be worked on; pairs in hand stay ours as long as it lasts.

    Raises:
        NoSuchShardError: the fleet file has fewer shards.
        FleetFileError, InputError: see fleet_of.
    """
    from cjm_sheets.adapters import whereabouts
    from cjm_sheets.adapters.fleet_paths import pairs_of, state_folder
    from cjm_sheets.errors import NoSuchShardError

    fleet = fleet_of(wish.file)
    if wish.shard > fleet.shards:
        raise NoSuchShardError(wish.shard, fleet.shards)

    def look() -> "tuple[tuple[Pair, ...], tuple[CjmError, ...]]":
        return pairs_of(fleet, wish.file, workbooks_meant, wish.shard)

    pairs, unmeant = look()
    home = whereabouts.made_home()
    folder = state_folder(home, wish.file)
    whereabouts.make_private(folder)
    with ExitStack() as running:
        state = _shared_state(fleet, wish.file, home, folder, running)
        shared = _Metered(wish.credentials, running, None, state.quota, fleet)
        means = _means(state, shared, _threads(wish.threads), say)
        means = replace(means, stop=stop, tell=tell)
        if wish.scheduler:
            means = _on_cluster(means, wish, fleet, folder, shared)
        running.enter_context(_claims_kept(means))
        yield FleetWork(fleet, pairs, unmeant, means, look, shared.spent, shared.refused)


def _threads(number: int) -> "Engine":
    from cjm_sheets.adapters.thread_engine import ThreadEngine

    return ThreadEngine(number)


def _means(
    state: "_SharedState", shared: "_Metered", engine: "Engine", say: "Callable[[CjmError], str]"
) -> "Means":
    """Return what a run needs on this machine."""
    from cjm_sheets.adapters.file_signs import FileSigns
    from cjm_sheets.adapters.gsheets.feed import DriveFeed
    from cjm_sheets.adapters.xlsx_file.doors import store_of
    from cjm_sheets.usecases.keep_pair import Hands
    from cjm_sheets.usecases.run_fleet import Means
    from cjm_sheets.usecases.sync_map import Link

    hands = Hands(
        workbook=lambda path: store_of(Path(path), _builder),
        link=link_to,
        around=lambda pair: shared.part(pair.entry).surroundings(),
        files=FileSigns(),
        clock=clock(),
    )

    def feed(service: str) -> "Feed":
        return DriveFeed(shared.transport(Link(service)))

    return Means(hands, state.standings, engine, feed, state.now, say)


def _claims_kept(means: "Means") -> "AbstractContextManager[None]":
    """Keep the claims of this process for as long as it works."""
    from cjm_sheets.adapters.heartbeat import beating

    def renew() -> None:
        means.standings.renew(means.now() + means.lease)

    return beating(means.lease / 10, renew)


_CLUSTER_LEASE = 30.0
"""Seconds after which others take up a pair of a worker that died. A sync bears that another one
goes on beside it, so that one that only was away for so long does no harm."""


def _on_cluster(
    means: "Means", wish: FleetWish, fleet: "Fleet", folder: Path, shared: "_Metered"
) -> "Means":
    """Return means with which the workers of a Dask scheduler keep the pairs.

    Raises:
        NotInstalledError
    """
    from cjm_sheets.adapters.fleet_paths import mark
    from cjm_sheets.errors import NotInstalledError

    try:
        from cjm_sheets.adapters.dask_engine import DaskEngine
    except ModuleNotFoundError as missing:
        raise NotInstalledError("cluster") from missing

    def heard(kept: "Kept") -> None:
        shared.spent.update(kept.spent)
        shared.refused.update(kept.refused)
        means.tell(kept)

    site = Site(
        folder=os.path.dirname(os.path.abspath(wish.file)),  # noqa: PTH100, PTH120 - as keys are made
        state=str(folder),
        mark="" if fleet.redis else mark(folder),
        credentials=wish.credentials,
        language=wish.language,
        fleet=replace(fleet, entries=()),
    )
    engine = DaskEngine(wish.scheduler, _CLUSTER_LEASE + 1)
    elsewhere = KeptElsewhere(site, secrets.token_hex(8))
    return replace(means, engine=engine, lease=_CLUSTER_LEASE, keep=elsewhere, tell=heard)


@dataclass(frozen=True)
class Site:
    """A fleet as workers on other machines need to know it; it holds no secret.

    `folder`: where the fleet file lies, `state` where its state is. `mark` is what stands in there,
    "" if the state is in Redis. `fleet` names no pairs: those come one by one.
    """

    folder: str
    state: str
    mark: str
    credentials: str
    language: str
    fleet: "Fleet"


@dataclass(frozen=True)
class KeptElsewhere:
    """Keeps pairs on whichever machine it is called; `run` tells one run from another."""

    site: Site
    run: str

    def __call__(self, due: "Due") -> "Kept | None":
        """Keep a pair; see usecases.run_fleet.keeper.

        Raises:
            NotSharedStateError: this machine does not see the state of the fleet.
            NoRedisNamedError, NoRedisError, NotInstalledError
        """
        with _at_desks:
            key = repr(self.site)
            if key not in _desks:
                _desks[key] = _Desk(self.site)
        folder = os.environ.get("CJM_SHEETS_FLEET_FOLDER") or self.site.folder
        path = os.path.normpath(os.path.join(folder, due.pair.key))  # noqa: PTH118 - as keys are made
        kept = _desks[key].keeper(self.run)(replace(due, pair=replace(due.pair, path=path)))
        return _desks[key].counted(kept) if kept else None


_desks: "dict[str, _Desk]" = {}
_at_desks = threading.Lock()
"""What a worker has built for each fleet; it is there as long as the process."""
_MOST_RUNS = 8


class _Desk:
    """What a worker of a cluster needs for a fleet, built once on its own machine."""

    def __init__(self, site: Site) -> None:
        from cjm_sheets.adapters.fleet_paths import marked
        from cjm_sheets.errors import NotSharedStateError
        from cjm_sheets.words.failures import sentence

        folder = Path(site.state)
        if site.mark and marked(folder) != site.mark:
            import platform

            raise NotSharedStateError(platform.node(), site.state)
        running = ExitStack()
        state = _shared_state(site.fleet, site.folder, folder.parent.parent, folder, running)
        self._metered = _Metered(site.credentials, running, None, state.quota, site.fleet)
        means = _means(state, self._metered, _threads(1), lambda at: sentence(at, site.language))
        self._means = replace(means, lease=_CLUSTER_LEASE)
        self._runs: dict[str, Callable[[Due], Kept | None]] = {}
        self._lock = threading.Lock()
        running.enter_context(_claims_kept(self._means))

    def keeper(self, run: str) -> "Callable[[Due], Kept | None]":
        """Return what keeps the pairs of a run; it learns in its course which services tell."""
        from cjm_sheets.usecases.run_fleet import keeper

        with self._lock:
            if run not in self._runs:
                for old in [*self._runs][: 1 - _MOST_RUNS]:
                    del self._runs[old]
                self._runs[run] = keeper(self._means)
            return self._runs[run]

    def counted(self, kept: "Kept") -> "Kept":
        """Return what became of a pair, with the requests that were not told of yet."""
        with self._lock:
            spent, refused = dict(self._metered.spent), dict(self._metered.refused)
            self._metered.spent.subtract(spent)
            self._metered.refused.subtract(refused)
        return replace(kept, spent=spent, refused=refused)


Counts = tuple["Counter[Kind]", "Counter[Kind]"]


@dataclass(frozen=True, slots=True)
class _SharedState:
    """What all share who work on a fleet: standings, the budget, and the time they go by."""

    standings: "Standings"
    now: Callable[[], float]
    quota: "Callable[[Payer, dict[Kind, Limits], Counts], Quota]"


def _shared_state(
    fleet: "Fleet", file: str, home: Path, folder: Path, running: ExitStack
) -> "_SharedState":
    """Return what is shared: by the processes of this machine, or by many machines over Redis.

    Raises:
        NoRedisNamedError, NoRedisError, NotInstalledError
    """
    from cjm_sheets.errors import NoRedisNamedError, NotInstalledError

    owner = secrets.token_hex(8)
    if not fleet.redis:
        from cjm_sheets.adapters.fleet_sqlite.quota import SqliteQuota
        from cjm_sheets.adapters.fleet_sqlite.standings import SqliteStandings

        quota_file = home / "quota.sqlite"
        return _SharedState(
            SqliteStandings(folder / "fleet.sqlite", owner),
            time.time,
            lambda payer, limits, counts: SqliteQuota(quota_file, payer, limits, counts=counts),
        )
    address = os.environ.get("CJM_SHEETS_REDIS", "")
    if not address:
        raise NoRedisNamedError(file)
    try:
        from cjm_sheets.adapters.fleet_redis.quota import RedisQuota
        from cjm_sheets.adapters.fleet_redis.server import RedisServer
        from cjm_sheets.adapters.fleet_redis.standings import RedisStandings
    except ModuleNotFoundError as missing:
        raise NotInstalledError("redis") from missing
    server = RedisServer(address)
    running.callback(server.close)
    return _SharedState(
        RedisStandings(server, fleet.redis, owner),
        server.now,
        lambda payer, limits, counts: RedisQuota(server, payer, limits, counts=counts),
    )


def file_wait(stop: threading.Event) -> "Wait":
    """Return what waits for files to change."""
    from cjm_sheets.adapters.file_watch import FileWatch

    return FileWatch(stop).wait


_NO_LIMIT = 10**9


@dataclass
class _Metered(_Sharing):
    """Opens shared copies for many pairs at once, within the budget of whoever is asked with.

    Credentials are looked up once for each service, so that a token serves all pairs.
    """

    quota: "Callable[[Payer, dict[Kind, Limits], Counts], Quota]"
    fleet: "Fleet"
    entry: "Entry | None" = None
    spent: "Counter[Kind]" = field(default_factory=Counter)
    refused: "Counter[Kind]" = field(default_factory=Counter)
    endpoints: "dict[str, Endpoint]" = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def part(self, entry: "Entry") -> "_Metered":
        """Return the same for the pairs of an entry, which may have a share of its own."""
        return replace(self, entry=entry)

    def transport(self, link: "Link") -> "Transport":
        """Return a way on which no request leaves that the budget does not let pass."""
        from cjm_sheets.adapters.gsheets.payer import payer
        from cjm_sheets.adapters.gsheets.transport import Transport
        from cjm_sheets.fleet.budget import Payer

        endpoint = self.endpoint(link)
        part = self.entry.workbook if self.entry and self.entry.wish.quota_share < 1 else ""
        paying = Payer(*payer(endpoint), part)
        counts = (self.spent, self.refused)
        quota = self.quota(paying, self._limits(link.service), counts)
        return Transport(endpoint, quota)

    def endpoint(self, link: "Link") -> "Endpoint":
        """Return the service that a link names, signed in once for all."""
        with self.lock:
            if link.service not in self.endpoints:
                self.endpoints[link.service] = super().endpoint(link)
            return self.endpoints[link.service]

    def _limits(self, service: str) -> "dict[Kind, Limits]":
        """Return how much may be asked of a service; ours on this machine bears anything."""
        from cjm_sheets.fleet.budget import Limits
        from cjm_sheets.fleet.cost import limits_of

        if service == LOCAL:
            return dict.fromkeys(KINDS, Limits(_NO_LIMIT, _NO_LIMIT, _NO_LIMIT))
        share = self.entry.wish.quota_share if self.entry else 1.0
        return {
            kind: Limits(*limits)
            for kind, limits in limits_of(self.fleet.quota_share, share).items()
        }


def schedule_fleet(
    path: str, kind: str, folder: str, language: str, *, install: bool
) -> "Scheduled":
    """Write what a scheduler needs to run a fleet, and let it take that up if asked.

    GitHub finds the fleet file by its path from the folder, which is the top of the repository.

    Raises:
        FleetFileError, FileNotReadableError, CannotReplaceError, NoSchedulerError,
        SchedulerRefusedError
    """
    from cjm_sheets.adapters.new_file import write_over
    from cjm_sheets.adapters.schedulers import MachinesSchedulers
    from cjm_sheets.usecases import schedule_fleet as use

    whole = Path(path).resolve()
    place = Path(folder).resolve() if folder else whole.parent
    file = os.path.relpath(whole, place) if kind == "github" else str(whole)
    job = use.job_for(fleet_of(path), file, (sys.executable, "-m", "cjm_sheets"), platform.node())
    around = MachinesSchedulers(write_over)
    return use.schedule_fleet(kind, job, around, str(place), language, install=install)
