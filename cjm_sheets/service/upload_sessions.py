"""Decides how long files that come in pieces are waited for: a few at a time, in memory."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from cjm_sheets.service.refusals import Json

_MOST_SESSIONS = 8
MOST_BYTES = 64 << 20


@dataclass(slots=True)
class Session:
    """A file on its way: what its metadata said, where it goes, and what has come of it."""

    body: Json
    query: list[tuple[str, str]]
    file_id: str
    kind: str
    content: bytearray = field(default_factory=bytearray)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Uploads:
    """The files on their way to a service; the oldest is given up when there are too many."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sessions: OrderedDict[str, Session] = OrderedDict()

    def start(self, session: Session) -> str:
        """Wait for a file; return the id that its pieces come with."""
        identity = secrets.token_urlsafe(24)
        with self._lock:
            self._sessions[identity] = session
            while len(self._sessions) > _MOST_SESSIONS:
                self._sessions.popitem(last=False)
        return identity

    def find(self, identity: str) -> Session | None:
        """Return the file that pieces of this id belong to, None if none is waited for."""
        with self._lock:
            return self._sessions.get(identity)

    def end(self, identity: str) -> None:
        """Wait no longer for a file."""
        with self._lock:
            self._sessions.pop(identity, None)


def header(headers: Mapping[str, str], name: str) -> str:
    """Return a header of a call without its parameters, in lower case."""
    return headers.get(name, "").partition(";")[0].strip().lower()
