"""Decides how the schedulers of this machine are spoken to: crontab, systemctl and schtasks."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from cjm_sheets.errors.fleet import NoSchedulerError, SchedulerRefusedError

_PATIENCE = 60
"""Seconds that a scheduler may take to answer."""

_NO_TABLE = 1
"""What crontab -l ends with where nobody has a table yet."""


class MachinesSchedulers:
    """The schedulers of this machine."""

    def __init__(self, write: Callable[[Path, bytes], None]) -> None:
        """Take what writes a file in one step, over an older one."""
        self._write = write

    def write(self, folder: str, files: Mapping[str, bytes]) -> dict[str, str]:
        """Write files into a folder, over older ones; return the whole path of each."""
        places = {name: Path(folder).resolve() / name for name in files}
        for name, path in places.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._write(path, files[name])
        return {name: str(path) for name, path in places.items()}

    @staticmethod
    def run(words: tuple[str, ...]) -> None:
        """Run a command of a scheduler."""
        _ran(words)

    @staticmethod
    def change_table(change: Callable[[str], str]) -> None:
        """Change the table of cron; crontab itself refuses one that it cannot read."""
        there = _ran(("crontab", "-l"), but_for=_NO_TABLE)
        table = there.stdout if there.returncode == 0 else ""
        _ran(("crontab", "-"), table=change(table))


def _ran(
    words: tuple[str, ...], *, table: str | None = None, but_for: int = 0
) -> subprocess.CompletedProcess[str]:
    try:
        done = subprocess.run(  # noqa: S603 - a command of our own, no shell between
            words, input=table, capture_output=True, text=True, check=False, timeout=_PATIENCE
        )
    except FileNotFoundError as missing:
        raise NoSchedulerError(words[0]) from missing
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SchedulerRefusedError(words[0], str(error)) from error
    if done.returncode not in {0, but_for}:
        raise SchedulerRefusedError(words[0], (done.stderr or done.stdout).strip())
    return done
