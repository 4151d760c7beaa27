"""Decides what belongs to this machine and its user: time, chance, diary, language."""

import os
from typing import TYPE_CHECKING

from cjm_sheets.ports.clock import Chance, Clock

if TYPE_CHECKING:
    from cjm_sheets.ports.history import History
    from cjm_sheets.usecases.undo_run import Notebook


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


def system_language() -> str:
    """Return the language of whoever sits at this machine."""
    from cjm_sheets.words.languages import first_known

    names = ("CJM_SHEETS_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    return first_known(os.environ.get(name) for name in names)
