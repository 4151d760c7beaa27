"""Decides how a moment is written: for people where they are, and for programs."""

from datetime import UTC, datetime, tzinfo


def shown(seconds: float, zone: tzinfo | None = None) -> str:
    """Return a moment (seconds since 1970) to the minute; None is the zone of this machine.

    >>> shown(86_399, UTC)
    '1970-01-01 23:59'
    """
    return f"{datetime.fromtimestamp(seconds, UTC).astimezone(zone):%Y-%m-%d %H:%M}"


def iso(seconds: float) -> str | None:
    """Return a moment (seconds since 1970) by ISO 8601 in UTC, None for 0, which is never.

    >>> iso(0), iso(1.5)
    (None, '1970-01-01T00:00:01.500000+00:00')
    """
    return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds else None
