"""The programs of this machine that run others at their time."""

from collections.abc import Callable, Mapping
from typing import Protocol


class Schedulers(Protocol):
    """Takes up what was written for a scheduler."""

    def write(self, folder: str, files: Mapping[str, bytes]) -> Mapping[str, str]:
        """Write files into a folder, over older ones; return the whole path of each.

        Raises:
            CannotReplaceError
        """

    def run(self, words: tuple[str, ...]) -> None:
        """Run a command of a scheduler.

        Raises:
            NoSchedulerError: the command is not on this machine.
            SchedulerRefusedError: it failed; the error has what it said.
        """

    def change_table(self, change: Callable[[str], str]) -> None:
        """Change the table of cron.

        Raises:
            NoSchedulerError, SchedulerRefusedError: the same; the table is as it was.
        """
