"""The Excel of this machine as far as an add-in needs it: its folder, and the Python it starts."""

from collections.abc import Mapping
from typing import Protocol


class Excel(Protocol):
    """Asked by whoever installs the add-in."""

    def start_folder(self) -> str:
        """Return the folder from which Excel loads add-ins when it starts.

        Raises:
            NoExcelError: there is no Excel on this machine, or it does not answer.
        """

    def python_settings(self) -> Mapping[str, str]:
        """Return the settings by which the VBA finds the Python that runs now."""

    def remember_python(self) -> str:
        """Tell workbooks with a button which Python to start, unless somebody told them before.

        Returns the file that was written for it, "" if none was.

        Raises:
            CannotReplaceError
        """

    def let_start_python(self) -> None:
        """Allow Excel to start programs, where that takes more than a setting.

        Raises:
            CannotReplaceError
        """


class AddinFolder(Protocol):
    """Where the add-in lies."""

    @property
    def path(self) -> str:
        """The file of the add-in, which may not be there."""

    def read(self) -> bytes | None:
        """Return the file, None if there is none.

        Raises:
            FileNotReadableError
        """

    def put(self, content: bytes) -> None:
        """Write the file, over an older one.

        Raises:
            CannotReplaceError: Excel has it open, or the folder does not take it.
        """

    def take(self) -> None:
        """Remove the file.

        Raises:
            CannotReplaceError: the same.
        """
