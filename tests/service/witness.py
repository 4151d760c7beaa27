"""Stands in the service during tests and holds every JSON answer against Google's description."""

import gzip
import json
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.service.discovery import problems

_LISTED = ("/v4/", "/drive/", "/upload/")


@dataclass
class Notes:
    """What a witness saw: how many answers in JSON, and what was wrong with them."""

    seen: int = 0
    wrong: list[str] = field(default_factory=list)

    def clear(self) -> None:
        """Begin anew."""
        self.seen = 0
        self.wrong.clear()


@dataclass
class Witness:
    """Middleware that lets everything through and takes notes."""

    app: ASGIApp
    notes: Notes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(_LISTED):
            await self.app(scope, receive, send)
            return
        start: Message = {}
        content = bytearray()

        async def heard(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                content.extend(message.get("body", b""))
            await send(message)

        await self.app(scope, receive, heard)
        self._look(scope, start, bytes(content))

    def _look(self, scope: Scope, start: Message, content: bytes) -> None:
        headers = Headers(raw=start["headers"])
        verb, path, status = scope["method"], scope["path"], start["status"]
        if headers.get("content-encoding") == "gzip":
            content = gzip.decompress(content)
        if headers.get("content-type", "").startswith("application/json"):
            answer = json.loads(content)
            wrong = problems(verb, path, answer) if status < 400 else error_problems(path, answer)
            self.notes.wrong += wrong
            self.notes.seen += 1


def error_problems(path: str, answer: Any) -> list[str]:
    """Return what is wrong with an error, which no document describes; [] if nothing."""
    if not isinstance(answer, dict) or answer.keys() != {"error"}:
        return [f"{path}: an error is an object with one field"]
    error = answer["error"]
    wrong = [] if isinstance(error.get("code"), int) and error.get("message") else ["code, message"]
    listed = error.get("errors", [])
    if "status" not in error and not listed:
        wrong.append("neither a status nor reasons")
    for entry in listed:
        if not {"message", "domain", "reason"} <= entry.keys():
            wrong.append(f"a reason without its parts: {entry}")
        if ("location" in entry) != ("locationType" in entry):
            wrong.append(f"half a place: {entry}")
    return [f"{path}: {problem}" for problem in wrong]
