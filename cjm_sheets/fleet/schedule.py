"""Decides how cron, systemd, Windows and GitHub are told to run a fleet again and again.

Pure text: what is written where, and by which commands it is taken up, comes out; nothing is run.
A program is told the longest interval of its own that is no longer than the one asked for, so that
no pair waits longer than its file says.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from shlex import quote
from xml.sax.saxutils import escape

KINDS = ("cron", "systemd", "windows", "github")

MINUTE, HOUR, DAY = 60, 3600, 86_400
_WITHIN_HOUR = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30)
_WITHIN_DAY = (1, 2, 3, 4, 6, 8, 12)
_BACKSLASH = "\\"
_GITHUB_SHORTEST = 5
"""Minutes; GitHub starts nothing more often."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is run: the command with its words, for a fleet file, every so many seconds.

    `file` is the path of the fleet file as the scheduler needs it: whole, but for GitHub within the
    repository. `name` has letters, digits and hyphens. `offset` (0 up to 1) spreads the jobs of
    many machines over their interval.
    """

    command: tuple[str, ...]
    file: str
    name: str
    every: int
    offset: float = 0


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is written for a scheduler.

    `files` maps names to contents. `steps` are the commands that take them up, each a tuple of
    words in which `{name}` stands for where the file of that name was put.
    """

    files: Mapping[str, bytes]
    steps: tuple[tuple[str, ...], ...] = field(default=())


def interval(every: int) -> tuple[str, int]:
    """Return the longest regular interval that is no longer: minutes, hours or days, how many.

    >>> interval(3600), interval(5400), interval(45), interval(50_000), interval(600_000)
    (('hours', 1), ('hours', 1), ('minutes', 1), ('hours', 12), ('days', 1))
    """
    if every >= DAY:
        return "days", 1
    if every >= HOUR:
        return "hours", max(n for n in _WITHIN_DAY if n * HOUR <= every)
    return "minutes", max([n for n in _WITHIN_HOUR if n * MINUTE <= every], default=1)


def schedule(kind: str, job: Job) -> Schedule:
    """Return what one of KINDS is told."""
    return {"cron": _cron, "systemd": _systemd, "windows": _windows, "github": _github}[kind](job)


# ---- cron --------------------------------------------------------------------------------


def _cron(job: Job) -> Schedule:
    # cron ends a command at a bare percent sign.
    command = " ".join(map(quote, _words(job))).replace("%", r"\%")
    line = f"{_five(job, 1)} {command}\n"
    return Schedule({f"{job.name}.cron": f"{_begin(job)}\n{line}{_end(job)}\n".encode()})


def in_table(table: str, job: Job) -> str:
    """Return a table of cron with the job in it: in place of the one it has, else at its end.

    Lines of others stay as they are.
    """
    block = _cron(job).files[f"{job.name}.cron"].decode()
    lines = table.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    bare = [line.rstrip("\n") for line in lines]
    if _begin(job) in bare and _end(job) in bare[bare.index(_begin(job)) :]:
        first = bare.index(_begin(job))
        last = bare.index(_end(job), first)
        return "".join([*lines[:first], block, *lines[last + 1 :]])
    return "".join([*lines, block])


def _begin(job: Job) -> str:
    return f"# cjm-sheets {job.name}: begin"


def _end(job: Job) -> str:
    return f"# cjm-sheets {job.name}: end"


def _five(job: Job, shortest: int) -> str:
    """Return the five fields of a time of cron; `shortest` is in minutes."""
    unit, many = interval(max(job.every, shortest * MINUTE))
    minute = int(job.offset * 60)
    match unit:
        case "minutes":
            first = int(job.offset * many)
            minutes = "*" if many == 1 else ",".join(map(str, range(first, 60, many)))
            return f"{minutes} * * * *"
        case "hours":
            first = int(job.offset * many)
            hours = "*" if many == 1 else ",".join(map(str, range(first, 24, many)))
            return f"{minute} {hours} * * *"
    return f"{minute} {int(job.offset * 24)} * * *"


# ---- systemd -----------------------------------------------------------------------------

_SERVICE = """\
[Unit]
Description=cjm-sheets: keep the journey maps of {name} in step
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart={command}
# Ends with 1 if there is something to look at, such as a conflict; that is no failure.
SuccessExitStatus=1
# The pair in hand is finished first.
TimeoutStopSec=120
"""
_TIMER = """\
[Unit]
Description=cjm-sheets: run {name} every so often

[Timer]
OnBootSec=2min
OnUnitActiveSec={every}
RandomizedDelaySec={spread}

[Install]
WantedBy=timers.target
"""


def _systemd(job: Job) -> Schedule:
    unit = f"cjm-sheets-{job.name}"
    command = " ".join(map(_as_systemd_word, _words(job)))
    every = f"{max(job.every, MINUTE)}s"
    spread = f"{max(1, job.every // 10)}s"
    files = {
        f"{unit}.service": _SERVICE.format(name=job.name, command=command).encode(),
        f"{unit}.timer": _TIMER.format(name=job.name, every=every, spread=spread).encode(),
    }
    steps = (
        ("systemctl", "--user", "link", f"{{{unit}.service}}", f"{{{unit}.timer}}"),
        ("systemctl", "--user", "enable", "--now", f"{unit}.timer"),
    )
    return Schedule(files, steps)


def _as_systemd_word(word: str) -> str:
    r"""Return a word as systemd reads it: percent, dollar, quotes and backslashes are its own.

    >>> print(_as_systemd_word('50% of "maps"'))
    "50%% of \"maps\""
    """
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        word = word.replace(sign, written)
    return f'"{word}"'


# ---- Windows -----------------------------------------------------------------------------

_TASK = """\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{about}</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition>
        <Interval>{every}</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>2026-01-01T00:{minute:02}:00</StartBoundary>
      <Enabled>true</Enabled>
    </TimeTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>
    <ExecutionTimeLimit>PT12H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{command}</Command>
      <Arguments>{arguments}</Arguments>
    </Exec>
  </Actions>
</Task>
"""


def _windows(job: Job) -> Schedule:
    words = _words(job)
    name = f"cjm-sheets-{job.name}.xml"
    task = _TASK.format(
        about=escape(f"cjm-sheets: keep the journey maps of {job.name} in step"),
        every=f"PT{max(1, job.every // MINUTE)}M",
        minute=int(job.offset * 60),
        command=escape(words[0]),
        arguments=escape(" ".join(map(_as_windows_word, words[1:]))),
    )
    step = ("schtasks", "/Create", "/F", "/TN", rf"cjm-sheets\{job.name}", "/XML", f"{{{name}}}")
    return Schedule({name: task.encode("utf-16")}, (step,))


def _as_windows_word(word: str) -> str:
    r"""Return a word as programs of Windows read it: backslashes count double before a quote.

    >>> print(_as_windows_word(r"C:\my maps\fleet.toml"), _as_windows_word("--quiet"))
    "C:\my maps\fleet.toml" --quiet
    """
    said = re.sub(r'(\\*)"', r'\1\1\\"', word)
    if word and not re.search(r"[ \t]", word):
        return said
    return f'"{said}{said[len(said.rstrip(_BACKSLASH)) :]}"'


# ---- GitHub ------------------------------------------------------------------------------

_WORKFLOW = """\
# Made by cjm-sheets fleet schedule --as github. Before it runs, give the repository the secret
# CJM_SHEETS_KEY: the content of a key file of Google's (docs/sync.md says how to get one).
name: Keep journey maps in step

on:
  schedule:
    - cron: "{five}"
  workflow_dispatch:

concurrency:
  group: cjm-sheets-{name}
  cancel-in-progress: false

permissions:
  contents: write

jobs:
  sync:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    env:
      CJM_SHEETS_HOME: ${{{{ github.workspace }}}}/.cjm-sheets
      CJM_SHEETS_CREDENTIALS: ${{{{ github.workspace }}}}/.cjm-sheets-key.json
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      # What was agreed last: without it every map is read in full.
      - uses: actions/cache@v4
        with:
          path: .cjm-sheets
          key: cjm-sheets-{name}-${{{{ github.run_id }}}}
          restore-keys: cjm-sheets-{name}-
      - run: python -m pip install --disable-pip-version-check cjm-sheets
      - name: Sync
        env:
          KEY: ${{{{ secrets.CJM_SHEETS_KEY }}}}
          # Only for a digest by mail (docs/fleet.md); empty without secrets of these names.
          CJM_SHEETS_SMTP: ${{{{ secrets.CJM_SHEETS_SMTP }}}}
          CJM_SHEETS_MAIL_FROM: ${{{{ secrets.CJM_SHEETS_MAIL_FROM }}}}
          FLEET: {file}
        run: |
          umask 077
          printf '%s' "$KEY" > "$CJM_SHEETS_CREDENTIALS"
          trap 'rm -f "$CJM_SHEETS_CREDENTIALS"' EXIT
          cjm-sheets fleet run "$FLEET" --quiet || [ "$?" -eq 1 ]
      - name: Keep what changed in the workbooks
        run: |
          git config user.name "cjm-sheets"
          git config user.email "cjm-sheets@users.noreply.github.com"
          git add -u
          git diff --cached --quiet || {{ git commit -m "Sync the journey maps" && git push; }}
"""


def _github(job: Job) -> Schedule:
    text = _WORKFLOW.format(
        five=_five(job, _GITHUB_SHORTEST), name=job.name, file=_as_yaml(job.file)
    )
    return Schedule({f".github/workflows/cjm-sheets-{job.name}.yml": text.encode()})


def _as_yaml(text: str) -> str:
    """Return a text as YAML reads it, and GitHub after it, whatever signs it has."""
    plain = text.replace("${{", "${{ '${{' }}")
    return "'" + plain.replace("'", "''") + "'"


def _words(job: Job) -> tuple[str, ...]:
    return (*job.command, "fleet", "run", job.file, "--quiet")
