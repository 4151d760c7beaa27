"""Decides how planned faults come about: around a call, in order, before it and after it."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cjm_sheets.service.fault_answers import answer_of, failed_edit
from cjm_sheets.service.faults import Cut, Delay, Edit, Fault, Faults, Trash, Truncated
from cjm_sheets.service.refusals import Json, RefusedError
from cjm_sheets.service.requests.batch import run_batch
from cjm_sheets.service.store_sqlite import Store

HangUp = Callable[[Scope, bool], None]
"""Closes the connection of a call, after what was sent has left (True) or at once (False)."""


@dataclass(frozen=True, slots=True)
class Interference:
    """Middleware that carries out a plan of faults."""

    app: ASGIApp
    faults: Faults
    store: Store
    hang_up: HangUp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a call meet what is planned for it."""
        if scope["type"] != "http" or not _is_counted(scope):
            await self.app(scope, receive, send)
            return
        due = self.faults.due(scope["method"], scope["path"])
        if not due:
            await self.app(scope, receive, send)
            return
        call = _Call(self, scope, receive, send)
        answer = await call.before([fault for fault in due if not _is_after(fault)])
        if answer is None:
            await call.through([fault for fault in due if _is_after(fault)])
        elif isinstance(answer, Response):
            await answer(scope, receive, send)
        else:
            await call.cut(gently=False)


def _is_counted(scope: Scope) -> bool:
    is_stranger = Headers(scope=scope).get("x-faults", "").lower() == "none"
    return not is_stranger and not scope["path"].startswith("/control/")


def _is_after(fault: Fault) -> bool:
    return isinstance(fault, Truncated) or bool(getattr(fault, "after", False))


@dataclass(slots=True)
class _Call:
    """One call that meets faults; ``messages`` are its answer, once it has one."""

    plan: Interference
    scope: Scope
    receive: Receive
    send: Send
    messages: list[Message] = field(default_factory=list)

    async def before(self, faults: list[Fault]) -> Response | Cut | None:
        """Carry out what comes first; return what takes the place of the call, if anything."""
        for fault in faults:
            if isinstance(fault, Cut):
                return fault
            problem = await self._event(fault)
            answer = failed_edit(problem) if problem else self._answer(fault)
            if answer is not None:
                return answer
        return None

    async def through(self, faults: list[Fault]) -> None:
        """Let the call be carried out, do what comes after, and send what is left of its answer."""
        if not faults:
            await self.plan.app(self.scope, self.receive, self.send)
            return
        await self.plan.app(self.scope, self.receive, self._keep)
        for fault in faults:
            await self._event(fault)
            answer = self._answer(fault)
            if isinstance(fault, Cut):
                await self.cut(gently=False)
                return
            if isinstance(fault, Truncated):
                await self._send_part(fault.share)
                return
            if answer is not None:
                await answer(self.scope, self.receive, self.send)
                return
        for message in self.messages:
            await self.send(message)

    async def cut(self, *, gently: bool) -> None:
        """Close the connection, and wait until it is closed: nothing can be sent after that."""
        self.plan.hang_up(self.scope, gently)
        while (await self.receive())["type"] != "http.disconnect":
            pass

    def _answer(self, fault: Fault) -> Response | None:
        return answer_of(fault, self.scope["method"], self.scope["path"])

    async def _keep(self, message: Message) -> None:
        self.messages.append(message)

    async def _send_part(self, share: float) -> None:
        start, *rest = self.messages
        body = b"".join(message.get("body", b"") for message in rest)
        await self.send(start)
        part = body[: int(len(body) * share)]
        await self.send({"type": "http.response.body", "body": part, "more_body": True})
        await self.cut(gently=True)

    async def _event(self, fault: Fault) -> str:
        """Carry out what a fault does beside the call; return why it could not, "" if it could."""
        if isinstance(fault, Delay):
            await asyncio.sleep(fault.seconds)
        if not isinstance(fault, Edit | Trash):
            return ""
        try:
            await run_in_threadpool(_edit, self.plan.store, fault, self._file_id())
        except Exception as error:  # noqa: BLE001  a test's own function may raise anything
            said = error.message if isinstance(error, RefusedError) else repr(error)
            self.plan.faults.failed(fault, said)
            return said
        return ""

    def _file_id(self) -> str:
        """Return the id of the spreadsheet that the call is about, or has just made."""
        parts = self.scope["path"].split("/")
        for name, following in pairwise(parts):
            if name in {"spreadsheets", "files"}:
                return str(following).split(":", maxsplit=1)[0]
        body = b"".join(message.get("body", b"") for message in self.messages)
        made: Json = json.loads(body) if body.startswith(b"{") else {}
        return str(made.get("spreadsheetId") or made.get("id") or "")


def _edit(store: Store, fault: Edit | Trash, file_id: str) -> None:
    if isinstance(fault, Trash):
        with store.editing(file_id) as draft:
            draft.file["trashed"] = True
    elif callable(fault.edit):
        fault.edit(store)
    else:
        with store.editing(fault.file_id or file_id) as draft:
            draft.book.by_another = True
            run_batch(draft.book, list(fault.edit))
