"""Decides how the standings of a fleet are kept for many machines: in hashes of a Redis server.

Of each pair there is its standing as JSON, its shared copy, what the feed told of it (news, version
and own writes, which change while the pair is worked on), and who has claimed it until when.
"""

import json
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any, TypeVar

from cjm_sheets.adapters.fleet_redis.server import PREFIX, RedisServer
from cjm_sheets.ports.feed import Change
from cjm_sheets.ports.files import Sign
from cjm_sheets.ports.standings import Health, Hear, Standing

_PARTS = ("standings", "copies", "heard", "claims", "feeds", "moves")
_NAMES = "local standings, copies, heard, claims, feeds, moves = unpack(KEYS)\n"
_CLAIM = f"""{_NAMES}
local key, owner, ticket, now, ends = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]
redis.call('HSETNX', standings, key, ARGV[6])
redis.call('HSETNX', copies, key, ARGV[7])
redis.call('HSETNX', heard, key, ARGV[8])
local held = redis.call('HGET', claims, key)
if held then
    local till, _, whose = string.match(held, '^(%S+) (%S+) (%S+)$')
    -- With our own ticket: the answer was lost on its way, and we ask once more.
    if tonumber(till) > now and whose ~= ticket then return false end
end
redis.call('HSET', claims, key, ends .. ' ' .. owner .. ' ' .. ticket)
return {{redis.call('HGET', standings, key), redis.call('HGET', heard, key)}}
"""
_RENEW = f"""{_NAMES}
for place = 3, #ARGV do
    local held = redis.call('HGET', claims, ARGV[place])
    if held then
        local _, owner, ticket = string.match(held, '^(%S+) (%S+) (%S+)$')
        if owner == ARGV[1] then
            redis.call('HSET', claims, ARGV[place], ARGV[2] .. ' ' .. owner .. ' ' .. ticket)
        end
    end
end
"""
_PUT_BACK = f"""{_NAMES}
local key, copy, version, own = ARGV[1], ARGV[4], ARGV[5], ARGV[6]
local held = redis.call('HGET', claims, key)
if not held or string.match(held, '^%S+ (%S+)') ~= ARGV[2] then return end
local news, told, left = string.match(redis.call('HGET', heard, key), '^(%S+) (%S+) (%S+)$')
if redis.call('HGET', copies, key) == copy then
    -- The feed may have told of the shared copy while the pair was worked on.
    if told ~= version then own = '0' end
    version = told
else
    redis.call('HSET', copies, key, copy)
    redis.call('INCR', moves)
end
redis.call('HSET', standings, key, ARGV[3])
redis.call('HSET', heard, key, news .. ' ' .. version .. ' ' .. own)
redis.call('HDEL', claims, key)
"""
_SWAP = f"""{_NAMES}
if redis.call('HGET', standings, ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', standings, ARGV[1], ARGV[3])
return 1
"""
_TELL = f"""{_NAMES}
if redis.call('HGET', feeds, ARGV[1]) ~= ARGV[2] then return 1 end
-- All must still be as it was when it was worked out what the pairs know now.
if (redis.call('GET', moves) or '') ~= ARGV[4] then return 0 end
for place = 5, #ARGV, 3 do
    if redis.call('HGET', heard, ARGV[place]) ~= ARGV[place + 1] then return 0 end
end
for place = 5, #ARGV, 3 do redis.call('HSET', heard, ARGV[place], ARGV[place + 2]) end
redis.call('HSET', feeds, ARGV[1], ARGV[3])
return 1
"""
_LOSE = f"""{_NAMES}
redis.call('HDEL', feeds, ARGV[1])
local all = redis.call('HGETALL', copies)
for place = 1, #all, 2 do
    if string.match(all[place + 1], '^[^\\n]*') == ARGV[1] then
        local news = string.match(redis.call('HGET', heard, all[place]), '^%S+')
        local more = string.format('%d', tonumber(news) + 1)
        redis.call('HSET', heard, all[place], more .. ' -1 0')
    end
end
"""
_Made = TypeVar("_Made")


class RedisStandings:
    """The standings of the fleet of a name; `owner` names who claims with it."""

    def __init__(self, server: RedisServer, fleet: str, owner: str) -> None:
        self._server = server
        self._owner = owner
        self._keys = [f"{PREFIX}:fleet:{{{fleet}}}:{part}" for part in _PARTS]
        self._ours: set[str] = set()
        self._lock = threading.Lock()

    def all(self) -> dict[str, Standing]:
        """Return all standings by the keys of their pairs."""
        standings, _, heard, *_ = self._keys
        with self._server.asking() as client, client.pipeline() as together:
            together.hgetall(standings)
            together.hgetall(heard)
            texts, told = together.execute()
        return {key: _standing(text, told[key]) for key, text in texts.items()}

    def claim(self, key: str, now: float, until: float) -> Standing | None:
        """Take a pair for us until a moment; None if somebody else has it."""
        new = Standing(key)
        ticket = secrets.token_hex(8)
        words = (_text(new), _copy(new), _heard(new))
        got = self._run(_CLAIM, key, self._owner, ticket, repr(now), repr(until), *words)
        if got is None:
            return None
        with self._lock:
            self._ours.add(key)
        return _standing(*got)

    def renew(self, until: float) -> None:
        """Keep all pairs that are ours until a later moment.

        A claim of which we never heard that it worked is not renewed, and others get the pair.
        """
        with self._lock:
            ours = sorted(self._ours)
        if ours:
            self._run(_RENEW, self._owner, repr(until), *ours)

    def put_back(self, standing: Standing) -> None:
        """Keep how a pair of ours stands now, and let others have it."""
        with self._lock:
            self._ours.discard(standing.key)
        self._run(
            _PUT_BACK, standing.key, self._owner, _text(standing), _copy(standing),
            str(standing.version), str(standing.own),
        )  # fmt: skip

    def look_again(self, key: str, agreed: Sign) -> None:
        """Keep another sign of the same content of a workbook."""
        while True:
            with self._server.asking() as client:
                text = client.hget(self._keys[0], key)
            before = _standing(str(text), _heard(Standing(key))) if text else Standing(key)
            if text is None or before.agreed.stamp != agreed.stamp:
                return
            if self._run(_SWAP, key, str(text), _text(replace(before, agreed=agreed))):
                return

    def place(self, service: str) -> str:
        """Return the place in the feed of a service that is to be read next, "" for none."""
        with self._server.asking() as client:
            return str(client.hget(self._keys[4], service) or "")

    def begin(self, service: str, place: str) -> None:
        """Keep a first place in the feed of a service, unless there is one."""
        with self._server.asking() as client:
            client.hsetnx(self._keys[4], service, place)

    def tell(self, service: str, places: tuple[str, str], told: Sequence[Change], to: Hear) -> None:
        """Pass on what the feed told between two places, unless somebody did already."""
        if places[0] == places[1] and not told:
            return
        while True:
            moves, changed = self._changed(service, told, to)
            if self._run(_TELL, service, *places, moves, *changed):
                return

    def lose_place(self, service: str) -> None:
        """Forget the place in a feed, which nobody can go on from; all its pairs have news."""
        self._run(_LOSE, service)

    def _changed(self, service: str, told: Sequence[Change], to: Hear) -> tuple[str, list[str]]:
        """Return how often pairs moved; of each pair its key, what it knew, what it knows."""
        standings, copies, heard, _, _, moves = self._keys
        with self._server.asking() as client, client.pipeline() as together:
            together.get(moves)
            together.hgetall(copies)
            together.hgetall(heard)
            together.hgetall(standings)
            moved, of_copies, before, texts = together.execute()
        by_copy: dict[str, list[str]] = {}
        for key, copy in of_copies.items():
            by_copy.setdefault(copy, []).append(key)
        now: dict[str, Standing] = {}
        for change in told:
            for key in by_copy.get(f"{service}\n{change.spreadsheet}", ()):
                now[key] = to(now.get(key) or _standing(texts[key], before[key]), change)
        changed = [word for key, at in now.items() for word in (key, before[key], _heard(at))]
        return str(moved or ""), changed

    def _run(self, script: str, *words: str) -> Any:  # noqa: ANN401 - what the script returns
        return self._server.run(script, self._keys, *words)


def _copy(of: Standing) -> str:
    return f"{of.service}\n{of.spreadsheet}"


def _heard(of: Standing) -> str:
    """Return what the feed told of a pair, which changes while it is worked on."""
    return f"{of.news} {of.version} {of.own}"


def _text(of: Standing) -> str:
    """Return all else that is kept of a pair."""
    return json.dumps(asdict(replace(of, news=0, version=-1, own=0)), separators=(",", ":"))


def _standing(text: str, heard: str) -> Standing:
    """Return a standing from both."""
    content = json.loads(text)
    news, version, own = map(int, heard.split())
    for name, made in (("agreed", Sign), ("failed", Sign), ("health", Health)):
        content[name] = _made(made, content.get(name, {}))
    return replace(_made(Standing, content), news=news, version=version, own=own)


def _made(kind: Callable[..., _Made], content: Mapping[str, Any]) -> _Made:
    """Return a thing from what is kept of it; other versions may have kept more or less."""
    known = {each.name for each in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in content.items() if name in known})
