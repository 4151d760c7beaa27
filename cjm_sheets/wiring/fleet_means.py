"""Decides what a run of a fleet needs on any machine: a wish, hands, threads, claims."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cjm_sheets.errors import CjmError
from cjm_sheets.wiring.files import builder
from cjm_sheets.wiring.fleet_state import Metered, SharedState
from cjm_sheets.wiring.own import clock
from cjm_sheets.wiring.shared_copies import link_to

if TYPE_CHECKING:
    from cjm_sheets.ports.engine import Engine
    from cjm_sheets.ports.feed import Feed
    from cjm_sheets.usecases.run_fleet import Means


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


def threads(number: int) -> "Engine":
    """Return the engine that works on so many pairs at once."""
    from cjm_sheets.adapters.thread_engine import ThreadEngine

    return ThreadEngine(number)


def means_of(
    state: "SharedState",
    shared: "Metered",
    engine: "Engine",
    say: "Callable[[CjmError], str]",
    language: str,
) -> "Means":
    """Return what a run needs on this machine; `language` is that of whoever runs it."""
    from cjm_sheets.adapters.drawing_files import DrawingFiles
    from cjm_sheets.adapters.file_signs import FileSigns
    from cjm_sheets.adapters.gsheets.feed import DriveFeed
    from cjm_sheets.adapters.new_file import write_over
    from cjm_sheets.adapters.xlsx_file.doors import store_of
    from cjm_sheets.usecases.keep_pair import Hands
    from cjm_sheets.usecases.note_news import noting
    from cjm_sheets.usecases.run_fleet import Means
    from cjm_sheets.usecases.sync_map import Link

    hands = Hands(
        workbook=lambda path: store_of(Path(path), builder),
        link=link_to,
        around=lambda pair: shared.part(pair.entry).surroundings(),
        files=FileSigns(),
        clock=clock(),
        drawings=DrawingFiles(write_over),
        language=shared.fleet.language or language,
    )

    def feed(service: str) -> "Feed":
        return DriveFeed(shared.transport(Link(service)))

    remember = noting(state.journal, state.now)
    return Means(hands, state.standings, engine, feed, state.now, say, remember=remember)


def claims_kept(means: "Means") -> "AbstractContextManager[None]":
    """Keep the claims of this process for as long as it works."""
    from cjm_sheets.adapters.heartbeat import beating

    def renew() -> None:
        means.standings.renew(means.now() + means.lease)

    return beating(means.lease / 10, renew)
