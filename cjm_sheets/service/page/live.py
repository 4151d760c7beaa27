"""Decides how open pages hear of changes: server-sent events, one stream a page."""

import asyncio
import json
import threading
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from cjm_sheets.service.page.watched import Stored

_PULSE = 15.0
"""Seconds after which a stream says that it is alive; proxies cut silent ones."""
_WAITING = 100
"""Events that a slow page may be behind; it reads the newest state anyway."""
MOST_STREAMS = 200
_GONE = "gone"


@dataclass(eq=False, slots=True)
class _Listener:
    loop: asyncio.AbstractEventLoop
    events: asyncio.Queue[str] = field(default_factory=lambda: asyncio.Queue(_WAITING))

    def put(self, event: str) -> None:
        """Hand over an event, in the listener's own thread."""
        if not self.events.full():
            self.events.put_nowait(event)


class Live:
    """All open streams, by spreadsheet. Changes come from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: dict[str, set[_Listener]] = defaultdict(set)
        self._closed = False

    @property
    def is_full(self) -> bool:
        """Tell whether no further stream can be opened."""
        with self._lock:
            return sum(map(len, self._listeners.values())) >= MOST_STREAMS

    def tell(self, stored: Stored) -> None:
        """Tell all pages of a spreadsheet that it has changed."""
        who = stored.who
        said = {"who": who.name, "window": who.window, "person": who.is_person}
        kind = "changed" if stored.new is not None else _GONE
        self._send(stored.file_id, f"event: {kind}\ndata: {json.dumps(said)}\n\n")

    def close(self) -> None:
        """End all streams, so that the service can stop."""
        self._closed = True
        for file_id in list(self._listeners):
            self._send(file_id, "")

    def _send(self, file_id: str, event: str) -> None:
        with self._lock:
            listeners = list(self._listeners.get(file_id, ()))
        for listener in listeners:
            if not listener.loop.is_closed():
                listener.loop.call_soon_threadsafe(listener.put, event)

    async def stream(self, file_id: str, allowed: Callable[[], bool]) -> AsyncIterator[str]:
        """Yield the events of a spreadsheet, and a sign of life where there is none for long.

        It ends when the listener is not ``allowed`` to hear any more, such as by a revoked link.
        """
        listener = _Listener(asyncio.get_running_loop())
        with self._lock:
            self._listeners[file_id].add(listener)
        try:
            yield "retry: 1000\nevent: hello\ndata: {}\n\n"
            while not self._closed:
                try:
                    event = await asyncio.wait_for(listener.events.get(), _PULSE)
                except TimeoutError:
                    event = ": alive\n\n"
                if not event or not allowed():
                    return
                yield event
        finally:
            with self._lock:
                self._listeners[file_id].discard(listener)
                if not self._listeners[file_id]:
                    del self._listeners[file_id]
