"""Decides how another program sets faults, quota and clock over HTTP, and reads what happened."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, fields, replace
from http import HTTPStatus
from typing import Any, TypeAlias

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cjm_sheets.service.faults import (
    Broken,
    Busy,
    Cut,
    Delay,
    Edit,
    Expired,
    Fault,
    Faults,
    Forbidden,
    FrontEnd,
    Missing,
    On,
    Trash,
    Truncated,
)
from cjm_sheets.service.quota import KINDS, Budget, Quota
from cjm_sheets.service.refusals import Json, RefusedError

_FAULTS = (
    Broken,
    Busy,
    Cut,
    Delay,
    Edit,
    Expired,
    Forbidden,
    FrontEnd,
    Missing,
    Trash,
    Truncated,
)
_MOST_SECONDS = 10_000_000
_BY_NAME: dict[str, type[Fault]] = {kind.__name__: kind for kind in _FAULTS}
_TYPES: dict[str, tuple[type, ...]] = {
    "advance": (int, float),
    "after": (bool,),
    "chance": (int, float),
    "code": (int,),
    "edit": (list,),
    "file_id": (str,),
    "nth": (int,),
    "project": (int, type(None)),
    "retry_after": (int, type(None)),
    "route": (str,),
    "seconds": (int, float),
    "share": (int, float),
    "speed": (int, float),
    "times": (int, type(None)),
    "user": (int, type(None)),
}
_Answering: TypeAlias = Callable[[Json], Json]


def routes(faults: Faults, quota: Quota) -> list[Route]:
    """Return the routes under ``/control``."""
    desk = _Desk(faults, quota)
    table: dict[tuple[str, str], _Answering] = {
        ("POST", "faults"): desk.add,
        ("GET", "faults"): desk.plan,
        ("DELETE", "faults"): desk.clear,
        ("GET", "quota"): desk.counted,
        ("PUT", "quota"): desk.limit,
        ("DELETE", "quota"): desk.reset,
        ("GET", "clock"): desk.time,
        ("PUT", "clock"): desk.set_time,
    }
    return [
        Route(f"/control/{name}", _endpoint(answer), methods=[method])
        for (method, name), answer in table.items()
    ]


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the controls set and read; ValueError says what is wrong with a body."""

    faults: Faults
    quota: Quota

    def add(self, body: Json) -> Json:
        on, do = _point(body.get("on", {})), body.get("do")
        if body.keys() - {"on", "do"} or not isinstance(do, list) or not do:
            message = "A plan has a point, 'on', and a list of faults, 'do'."
            raise ValueError(message)
        self.faults.add(on, *(_fault(one) for one in do))
        return self.plan({})

    def plan(self, _: Json) -> Json:
        fired = [
            {"call": one.call, "route": one.route, "fault": named(one.fault), "error": one.error}
            for one in self.faults.fired
        ]
        waiting = [asdict(on) for on in self.faults.waiting]
        return {"calls": self.faults.calls, "waiting": waiting, "fired": fired}

    def clear(self, _: Json) -> Json:
        self.faults.clear()
        return self.plan({})

    def counted(self, _: Json) -> Json:
        return {kind: asdict(self.quota.tally(kind)) for kind in KINDS}

    def limit(self, body: Json) -> Json:
        _only(body, KINDS)
        given = {kind: Budget(**_checked(body[kind], ("project", "user"))) for kind in body}
        self.quota.budgets = replace(self.quota.budgets, **given)
        return asdict(self.quota.budgets)

    def reset(self, _: Json) -> Json:
        self.quota.reset()
        return self.counted({})

    def time(self, _: Json) -> Json:
        return {"now": self.quota.clock.now(), "speed": self.quota.clock.speed}

    def set_time(self, body: Json) -> Json:
        given = _checked(body, ("speed", "advance"))
        if not all(0 <= value <= _MOST_SECONDS for value in given.values()):
            message = f"speed and advance lie between 0 and {_MOST_SECONDS}."
            raise ValueError(message)
        if "speed" in given:
            self.quota.clock.run(given["speed"])
        self.quota.clock.advance(given.get("advance", 0))
        return self.time({})


def named(fault: Fault) -> Json:
    """Return a fault as JSON, its name under ``kind``."""
    parts = {field.name: getattr(fault, field.name) for field in fields(fault)}
    if callable(parts.get("edit")):
        parts["edit"] = []
    return {"kind": type(fault).__name__} | parts


def _endpoint(answering: _Answering) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            text = await request.body()
            body = json.loads(text) if text else {}
            if not isinstance(body, dict):
                message = "An object is needed."
                raise ValueError(message)  # noqa: TRY004, TRY301  answered below, with the others
            return JSONResponse(answering(body))
        except ValueError as error:
            return JSONResponse(RefusedError(str(error)).body(), HTTPStatus.BAD_REQUEST)

    return endpoint


def _point(source: Any) -> On:  # noqa: ANN401  JSON of any kind
    if isinstance(source, str):
        return On(source)
    inner = source.get("since") if isinstance(source, dict) else None
    plain = {name: part for name, part in source.items() if name != "since"} if inner else source
    return On(
        **_checked(plain, ("route", "nth", "times", "chance")),
        since=_point(inner) if inner else None,
    )


def _fault(source: Any) -> Fault:  # noqa: ANN401  JSON of any kind
    kind = source.get("kind") if isinstance(source, dict) else None
    if kind not in _BY_NAME:
        message = f"There is no fault {kind!r}; there are {', '.join(_BY_NAME)}."
        raise ValueError(message)
    made = _BY_NAME[kind]
    names = tuple(field.name for field in fields(made))
    given = _checked({name: part for name, part in source.items() if name != "kind"}, names)
    if made is Edit and "edit" not in given:
        message = "An Edit needs 'edit', the requests of a batchUpdate."
        raise ValueError(message)
    return made(**given)


def _checked(source: Any, names: tuple[str, ...]) -> Json:  # noqa: ANN401  JSON of any kind
    """Return an object whose fields are known and of the right type; ValueError otherwise."""
    _only(source, names)
    for name, value in source.items():
        if type(value) not in _TYPES[name]:
            message = f"{name} cannot be {json.dumps(value)}."
            raise ValueError(message)
    checked: Json = source
    return checked


def _only(source: Any, names: tuple[str, ...]) -> None:  # noqa: ANN401  JSON of any kind
    if not isinstance(source, dict):
        message = f"An object is needed, not {json.dumps(source)}."
        raise ValueError(message)  # noqa: TRY004  the caller's JSON, not our type
    for name in source:
        if name not in names:
            message = f"There is no {name}; there are {', '.join(names)}."
            raise ValueError(message)
