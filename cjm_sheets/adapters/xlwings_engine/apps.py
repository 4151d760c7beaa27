"""Decides what the program that holds workbooks open answers to xlwings, when it is no program."""

import os
from collections.abc import Callable, Iterator
from typing import Any

from xlwings import base_classes

from cjm_sheets.adapters.xlwings_engine.books import Book, Books
from cjm_sheets.adapters.xlwings_engine.ranges import Range
from cjm_sheets.adapters.xlwings_engine.refusing import RefusedByProgramError
from cjm_sheets.ports.open_books import BookFiles

NAME = "cjm-sheets"


class App(base_classes.App):
    """Holds workbooks open, and keeps what a macro shows to people.

    `alerts` has the message boxes (text, title), `said` what stood in the status bar, oldest first.
    """

    # Told anew, since the base class has properties of these names.
    pid = 0
    visible = False
    screen_updating = display_alerts = enable_events = interactive = True
    calculation = "automatic"
    cut_copy_mode: bool | str = False

    def __init__(self, engine: Any, files: BookFiles, pid: int) -> None:
        self.engine, self.files, self.pid = engine, files, pid
        self.open_books: list[Book] = []
        self.made = 0
        self.user = NAME
        self.alerts: list[tuple[str, str]] = []
        self.said: list[str] = []
        self.macros: dict[str, Callable[..., Any]] = {}
        self.refusal: RefusedByProgramError | None = None
        self._selection: Range | None = None
        self._status: str | bool = False

    def refuse(self) -> None:
        """Raise what somebody at the screen makes Excel raise: a cell in which they type."""
        if self.refusal is not None:
            raise self.refusal

    @property
    def api(self) -> "App":
        """The thing itself."""
        return self

    @property
    def version(self) -> str:
        """A version that can all that is asked for."""
        return "16.0"

    @property
    def hwnd(self) -> int:
        """No window."""
        return 0

    @property
    def path(self) -> str:
        """No program lies anywhere."""
        return ""

    startup_path = path

    @property
    def books(self) -> Books:
        """The open workbooks."""
        return Books(self)

    @property
    def selection(self) -> Range | None:
        """The selected cells: those of the file until somebody selects others."""
        if not self.open_books:
            return None
        front = self.books.active.sheets.active
        chosen = self._selection
        if chosen is not None and chosen.sheet.model is front.model:
            return chosen
        return _selected(front)

    @selection.setter
    def selection(self, value: Range) -> None:
        self._selection = value
        value.sheet.activate()

    def activate(self, steal_focus: bool = False) -> None:  # noqa: FBT001, FBT002 - as xlwings passes it
        """Come to the front; nothing is shown here."""
        del steal_focus
        self.engine.apps.in_front(self)

    @property
    def status_bar(self) -> str | bool:
        """What stands at the lower edge, False for what the program says itself."""
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self._status = value
        if isinstance(value, str):
            self.said.append(value)

    def alert(
        self,
        prompt: str,
        title: str | None,
        buttons: str | None,
        mode: str | None,
        callback: str | None,
    ) -> str:
        """Keep a message box, and answer as one who says OK."""
        del mode, callback
        self.alerts.append((prompt, title or ""))
        return "yes" if buttons in {"yes_no", "yes_no_cancel"} else "ok"

    def run(self, macro: str, args: list[Any]) -> Any:
        """Call a macro that was put into `macros` under its name; KeyError if there is none."""
        return self.macros[macro.rpartition("!")[2]](*args)

    def calculate(self) -> None:
        """Do nothing: results are those that the file had, or that were shown."""

    def quit(self) -> None:
        """Close all workbooks."""
        for book in list(self.open_books):
            book.close()
        self.engine.apps.forget(self)

    def kill(self) -> None:
        """Close all workbooks."""
        self.quit()


def _selected(front: Any) -> Range:
    """Return what is selected on a sheet according to its file."""
    chosen = front.model.looks_like.sheet_view.selection
    said = str(chosen[-1].sqref or "A1").split()[0] if chosen else "A1"
    found: Range = front.range(said)
    return found


class Apps(base_classes.Apps):
    """The programs that run, the one in front first."""

    def __init__(self, engine: Any, files: BookFiles) -> None:
        self._engine, self._files = engine, files
        self._running: list[App] = []
        self._started = 0

    def keys(self) -> list[int]:
        """Return the numbers of the programs."""
        return [app.pid for app in self._running]

    def add(
        self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None
    ) -> App:
        """Start one."""
        del spec, xl, visible
        self._started += 1
        app = App(self._engine, self._files, os.getpid() * 1_000 + self._started)
        self._running.insert(0, app)
        if add_book:
            app.books.add()
        return app

    def in_front(self, app: App) -> None:
        """Bring one to the front."""
        self._running.sort(key=lambda each: each is not app)

    def forget(self, app: App) -> None:
        """Leave one out that ended."""
        if app in self._running:
            self._running.remove(app)

    @staticmethod
    def cleanup() -> None:
        """Do nothing: no program is left behind."""

    def __iter__(self) -> Iterator[App]:
        return iter(list(self._running))

    def __len__(self) -> int:
        return len(self._running)

    def __getitem__(self, pid: int) -> App:
        return next(app for app in self._running if app.pid == pid)
