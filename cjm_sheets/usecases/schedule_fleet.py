"""Decides what happens when a fleet is to run by itself: what is written, taken up and told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from cjm_sheets.fleet.schedule import Job, in_table, interval, schedule
from cjm_sheets.fleet.settings import HOUR, Fleet, drawn
from cjm_sheets.ports.schedulers import Schedulers
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_PARTS = 10_000
_EVERY = {
    ("minutes", 1): N_("every minute"),
    ("hours", 1): N_("every hour"),
    ("days", 1): N_("every day"),
}
_EVERY_MANY = {"minutes": N_("every {n} minutes"), "hours": N_("every {n} hours")}
_RUNS = N_("From now on, {scheduler} runs the fleet {often}.")
_WOULD = N_("{scheduler} will run the fleet {often} once you do this:")
_CRON = N_("Type crontab -e and add the lines of {file}.")
_GITHUB = N_("Commit {file}, and give the repository the secret that its first lines name.")
_WROTE = N_("Wrote {file}.")
_NAMES = {"cron": "cron", "systemd": "systemd", "windows": "Windows", "github": "GitHub"}


@dataclass(frozen=True, slots=True)
class Scheduled:
    """What was written, whether it was taken up, and what a person is told."""

    files: tuple[str, ...]
    installed: bool
    told: tuple[str, ...]


def job_for(fleet: Fleet, file: str, command: Sequence[str], machine: str) -> Job:
    """Return what is to be run for a fleet: as often as the pair that is synced most often.

    `machine` is any name of this one; it spreads machines over the interval.
    """
    every = min((entry.wish.every for entry in fleet.entries), default=HOUR)
    name = re.sub(r"[^A-Za-z0-9]+", "-", PurePath(file).stem).strip("-").lower() or "fleet"
    return Job(tuple(command), file, name, every, drawn(f"{machine} {file}", _PARTS) / _PARTS)


def schedule_fleet(  # noqa: PLR0913 - what, where and how is asked for one by one
    kind: str, job: Job, around: Schedulers, folder: str, language: str, *, install: bool
) -> Scheduled:
    """Write into a folder what a scheduler is told and, if that is asked for, let it take that up.

    Without `install`, or where a scheduler takes nothing from a machine, it is told what to do.

    Raises:
        CannotReplaceError, NoSchedulerError, SchedulerRefusedError
    """
    made = schedule(kind, job)
    scheduler, often = _NAMES[kind], _often(job.every, language)
    runs = say(language, _RUNS, scheduler=scheduler, often=often)
    if install and kind == "cron":
        around.change_table(lambda table: in_table(table, job))
        return Scheduled((), installed=True, told=(runs,))
    written = around.write(folder, made.files)
    steps = [tuple(written.get(word[1:-1], word) for word in step) for step in made.steps]
    wrote = [say(language, _WROTE, file=path) for path in written.values()]
    if install and steps:
        for step in steps:
            around.run(step)
        return Scheduled((*written.values(),), installed=True, told=(*wrote, runs))
    would = say(language, _WOULD, scheduler=scheduler, often=often)
    todo = [" ".join(step) for step in steps] or [_by_hand(kind, (*written.values(),), language)]
    return Scheduled((*written.values(),), installed=False, told=(*wrote, would, *todo))


def _by_hand(kind: str, files: Sequence[str], language: str) -> str:
    return say(language, _CRON if kind == "cron" else _GITHUB, file=files[0])


def _often(every: int, language: str) -> str:
    unit, many = interval(every)
    if (unit, many) in _EVERY:
        return say(language, _EVERY[unit, many])
    return say(language, _EVERY_MANY[unit], n=many)
