"""Decides with what a fleet file is worked on, on this machine."""

import os
import platform
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cjm_sheets.errors import CjmError
from cjm_sheets.ports.observer import Note, silent
from cjm_sheets.ports.quota import Used
from cjm_sheets.wiring.cluster import on_cluster
from cjm_sheets.wiring.digest import desk_of
from cjm_sheets.wiring.files import workbooks_meant
from cjm_sheets.wiring.fleet_means import FleetWish, claims_kept, means_of, threads
from cjm_sheets.wiring.fleet_state import Metered, shared_state

if TYPE_CHECKING:
    from cjm_sheets.fleet.due import Pair
    from cjm_sheets.fleet.settings import Fleet
    from cjm_sheets.usecases.keep_pair import Kept
    from cjm_sheets.usecases.run_fleet import Means
    from cjm_sheets.usecases.schedule_fleet import Scheduled
    from cjm_sheets.usecases.send_digest import Desk
    from cjm_sheets.usecases.watch_fleet import Look, Wait


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
    then; `taken` gives what services were asked since it was called last. `name` tells the fleet
    from others on this machine, `folder` is where its state is kept, `secrets` gives what services
    were asked with so far; digests are made at the `desk`.
    """

    fleet: "Fleet"
    pairs: "tuple[Pair, ...]"
    unmeant: "tuple[CjmError, ...]"
    means: "Means"
    look: "Look"
    taken: Callable[[], Used]
    name: str
    folder: Path
    secrets: Callable[[], set[str]]
    desk: "Desk"


@contextmanager
def fleet_work(
    wish: FleetWish,
    say: "Callable[[CjmError], str]",
    tell: "Callable[[Kept], None]" = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
    note: Note = silent,
) -> "Iterator[FleetWork]":
    """Give a fleet that is ready to be worked on; pairs in hand stay ours as long as it lasts.

    Raises:
        NoSuchShardError: the fleet file has fewer shards.
        FleetFileError, InputError: see fleet_of.
    """
    from cjm_sheets.adapters import whereabouts
    from cjm_sheets.adapters.fleet_paths import pairs_of, state_folder
    from cjm_sheets.errors.fleet import NoSuchShardError

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
        state = shared_state(fleet, wish.file, home, folder, running)
        shared = Metered(wish.credentials, running, None, state.quota, fleet, note=note)
        means = means_of(state, shared, threads(wish.threads), say, wish.language)
        means = replace(means, stop=stop, tell=tell, note=note)
        if wish.scheduler:
            means = on_cluster(means, wish, fleet, folder, shared)
        running.enter_context(claims_kept(means))
        yield FleetWork(
            fleet, pairs, unmeant, means, look, shared.taken, fleet.redis or folder.name, folder,
            shared.secrets, desk_of(fleet, wish, state, folder),
        )  # fmt: skip


def file_wait(stop: threading.Event) -> "Wait":
    """Return what waits for files to change."""
    from cjm_sheets.adapters.file_watch import FileWatch

    return FileWatch(stop).wait


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
