"""Decides what is told of how a workbook stands to its shared copy, without changing either."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from cjm_sheets.errors import BusyError
from cjm_sheets.errors.workbook import OnlyReadError
from cjm_sheets.merge.remembered import remembered
from cjm_sheets.model.past import Run
from cjm_sheets.ports.history import History
from cjm_sheets.ports.store import Store
from cjm_sheets.sync.steps import Options
from cjm_sheets.usecases.known_link import Known, address_of, known
from cjm_sheets.usecases.sync_map import LOCAL, Link, Surroundings, Synced, sync_map
from cjm_sheets.words.catalogue import count, say
from cjm_sheets.words.mark import N_, NN_


@dataclass(frozen=True)
class Status:
    """How one workbook stands to its shared copy; `would` is None if nobody asked the network.

    `last` is the last run that changed something, None if none is known.
    """

    workbook: str
    link: Link | None
    generation: int = 0
    address: str = ""
    busy: bool = False
    conflicts: int = 0
    last: Run | None = None
    would: Synced | None = None

    def document(self) -> dict[str, Any]:
        """Return this as a JSON-able document."""
        plan = self.would.plan if self.would else None
        return {
            "workbook": self.workbook,
            "linked": self.link is not None,
            "service": self.link.service if self.link else None,
            "spreadsheet": {"id": self.link.spreadsheet, "url": self.address}
            if self.link
            else None,
            "generation": self.generation,
            "busy": self.busy,
            "push": len(plan.pushed) if plan else None,
            "pull": len(plan.pulled) if plan else None,
            "restored": len(plan.restored) if plan else None,
            "conflicts": self.conflicts,
            "last": _last(self.last),
        }

    def lines(self, language: str, zone: tzinfo | None = None) -> list[str]:
        """Return this in sentences, with the time as it was where one is."""
        if self.link is None:
            return [
                say(language, N_("No shared copy yet. Make one with: cjm-sheets sync --to new"))
            ]
        told = [_where(self, language)]
        if self.last is not None:
            when = f"{self.last.when.astimezone(zone):%Y-%m-%d %H:%M}"
            told.append(
                say(
                    language,
                    N_("Last change: {when}, run {run}, generation {generation}."),
                    when=when,
                    run=self.last.name,
                    generation=self.generation,
                )
            )
            # Where nothing is left to do, what it did not note at its end has been made good.
            if not self.last.finished and not (self.would and self.would.plan.writes_nothing):
                told.append(say(language, N_("That run broke off. Sync again: nothing is lost.")))
        if self.would is not None:
            told += _would(self.would, language)
        if self.conflicts:
            one, many = NN_("{n} conflict to settle.", "{n} conflicts to settle.")
            told.append(count(language, one, many, self.conflicts))
        if self.busy:
            told.append(
                say(language, N_("The workbook is open in a program, or takes no changes."))
            )
        return told


def link_status(workbook: Store, history: History, around: Surroundings | None) -> Status:
    """Return how a workbook stands; without surroundings nobody asks the network.

    Raises what a sync raises that cannot plan.
    """
    here = known(workbook)
    base = here.base
    if not base.is_linked:
        return Status(here.name, None, busy=_is_busy(workbook))
    link = Link(base.service, base.spreadsheet)
    would = sync_map(here, None, Options(), around, dry_run=True) if around else None
    clashes = (
        len(would.plan.conflicts) if would else sum(p.kind == "conflict" for p in base.pending)
    )
    return Status(
        here.name,
        link,
        base.generation,
        would.shared_copy if would else address_of(link),
        _is_busy(workbook),
        clashes,
        _last_run(here, link, history),
        would,
    )


def _is_busy(workbook: Store) -> bool:
    """Tell whether a workbook takes no changes now."""
    try:
        workbook.refuse_if_busy()
    except (BusyError, OnlyReadError):
        return True
    return False


def _last_run(workbook: Known, link: Link, history: History) -> Run | None:
    """Return the last sync that changed something, as far as this machine or the workbook knows."""
    runs: Sequence[Run] = (
        *remembered(workbook.base),
        *history.runs(link.service, link.spreadsheet),
    )
    return max(
        (run for run in runs if run.kind in {"sync", "first"}),
        key=lambda run: (run.when, run.number),
        default=None,
    )


def _last(run: Run | None) -> dict[str, Any] | None:
    """Return the last run as a JSON-able document."""
    if run is None:
        return None
    return {
        "run": run.number or None,
        "key": run.key,
        "time": run.when.isoformat(),
        "who": run.who,
        "finished": run.finished,
    }


def _where(status: Status, language: str) -> str:
    """Return where the shared copy is."""
    if status.link and status.link.service == LOCAL:
        return say(language, N_("Shared copy: on this machine; see it with cjm-sheets serve"))
    return say(language, N_("Shared copy: {address}"), address=status.address)


def _would(would: Synced, language: str) -> list[str]:
    """Return what a sync would change."""
    plan = would.plan
    told = []
    for number, (one, many) in (
        (
            len(plan.pushed),
            NN_("{n} change waits for the shared copy.", "{n} changes wait for the shared copy."),
        ),
        (
            len(plan.pulled),
            NN_("{n} change waits for the workbook.", "{n} changes wait for the workbook."),
        ),
        (
            len(plan.restored),
            NN_(
                "{n} row was deleted on one side and edited on the other; it comes back.",
                "{n} rows were deleted on one side and edited on the other; they come back.",
            ),
        ),
    ):
        if number:
            told.append(count(language, one, many, number))
    if plan.writes_nothing and not plan.conflicts:
        told.append(say(language, N_("Both sides say the same.")))
    return told
