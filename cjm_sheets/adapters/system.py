"""Decides what time it is, what chance draws and who asks, from the machine it runs on."""

import getpass
import secrets
from datetime import UTC, date, datetime


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the moment, in universal time."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the day where the machine is."""
        return datetime.now().astimezone().date()


class SystemChance:
    """The machine's source of chance."""

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to limit - 1."""
        return secrets.randbelow(limit)


def login_name() -> str:
    """Return the name under which the program runs, "" if the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
