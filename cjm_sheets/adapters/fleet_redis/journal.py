"""Decides how it is kept for many machines what happened to pairs, and who was told: in Redis.

What happened on a day lies in a hash of its own, by volume and pair. Beside it stands, of each day,
the last volume that has something of it: older days need not be looked at.
"""

import secrets
from collections.abc import Collection, Iterable
from typing import Any

from cjm_sheets.adapters.fleet_redis.server import PREFIX, RedisServer
from cjm_sheets.fleet.news import known_of, known_text, news_of, news_text
from cjm_sheets.ports.journal import Known, News, Note, Reader

_PARTS = ("volume", "known", "days", "readers", "taken")
_NOTE = """
local volumes, known, days, news = unpack(KEYS)
local key, day, volume, place, ticket = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local there = redis.call('HGET', news, place)
-- With our own ticket: the answer was lost on its way, and we ask once more.
if there and string.find(there, ticket, 1, true) then return 1 end
if (redis.call('GET', volumes) or '1') ~= volume then return 0 end
if (redis.call('HGET', known, key) or '') ~= ARGV[6] then return 0 end
if (there or '') ~= ARGV[7] then return 0 end
redis.call('HSET', known, key, ARGV[8])
if ARGV[9] ~= '' then
    redis.call('HSET', news, place, ARGV[9])
    redis.call('HSET', days, day, volume)
end
return 1
"""
_TAKE = """
local readers, taken = unpack(KEYS)
local address, owner, ticket, period, now = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local reader = redis.call('HGET', readers, address)
if not reader or string.match(reader, '^%S+ %S+ (%S*)$') >= period then return false end
local held = redis.call('HGET', taken, address)
if held then
    local till, _, whose = string.match(held, '^(%S+) (%S+) (%S+)$')
    if tonumber(till) > now and whose ~= ticket then return false end
end
redis.call('HSET', taken, address, ARGV[6] .. ' ' .. owner .. ' ' .. ticket)
return reader
"""
_LEAVE = """
local readers, taken = unpack(KEYS)
local held = redis.call('HGET', taken, ARGV[1])
if held and string.match(held, '^%S+ (%S+)') == ARGV[2] then
    redis.call('HDEL', taken, ARGV[1])
end
"""
_TOLD = f"""
local reader = redis.call('HGET', KEYS[1], ARGV[1])
if reader then
    local told, at, period = string.match(reader, '^(%S+) (%S+) (%S*)$')
    if tonumber(ARGV[3]) > tonumber(told) then told = ARGV[3] end
    if tonumber(ARGV[4]) > tonumber(at) then at = ARGV[4] end
    if ARGV[5] > period then period = ARGV[5] end
    redis.call('HSET', KEYS[1], ARGV[1], told .. ' ' .. at .. ' ' .. period)
end
{_LEAVE}
"""
_FORGET = """
local days, news, day = KEYS[1], KEYS[2], ARGV[1]
local last = redis.call('HGET', days, day)
if last and tonumber(last) <= tonumber(ARGV[2]) then
    redis.call('DEL', news)
    redis.call('HDEL', days, day)
end
"""


class RedisJournal:
    """The journal of the fleet of a name; `owner` names who takes readers with it."""

    def __init__(self, server: RedisServer, fleet: str, owner: str) -> None:
        self._server = server
        self._owner = owner
        self._under = f"{PREFIX}:fleet:{{{fleet}}}:journal"
        volume, known, days, readers, taken = (f"{self._under}:{part}" for part in _PARTS)
        self._volume, self._known, self._days = volume, known, days
        self._readers, self._taken = readers, taken

    def note(self, key: str, day: int, to: Note) -> None:
        """Note what happened to a pair on a day (days since 1970)."""
        ticket = secrets.token_hex(8)
        keys = [self._volume, self._known, self._days, self._news(day)]
        while True:
            with self._server.asking() as client:
                volume = str(client.get(self._volume) or "1")
                place = f"{volume} {key}"
                text = str(client.hget(self._known, key) or "")
                there = str(client.hget(self._news(day), place) or "")
            known, news = to(known_of(text) if text else None, news_of(there))
            noted = news_text(news, ticket=ticket) if news != news_of(there) else ""
            now = known_text(known)
            if now == text and not noted:
                return
            words = (key, str(day), volume, place, ticket, text, there, now, noted)
            if int(self._server.run(_NOTE, keys, *words)):
                return

    def close(self) -> int:
        """Close the volume that is open; return its number, which is higher each time."""
        with self._server.asking() as client:
            client.setnx(self._volume, 1)
            # Asked twice where an answer was lost, it leaves out a number, and nothing else.
            return int(client.incr(self._volume)) - 1

    def news(self, told: int, until: int, first_day: int = 0) -> Iterable[tuple[str, News]]:
        """Return what is noted in some volumes from a day on, in the order of time."""
        days = {int(day): int(last) for day, last in self._all(self._days).items()}
        found = []
        for day in (day for day, last in days.items() if last > told and day >= first_day):
            for place, text in self._all(self._news(day)).items():
                volume, key = place.split(" ", 1)
                if told < int(volume) <= until:
                    found.append((int(volume), day, key, text))
        return [(key, news_of(text)) for _, _, key, text in sorted(found)]

    def known(self, keys: Collection[str]) -> dict[str, Known]:
        """Return what the last look at some pairs gave."""
        if not keys:
            return {}
        asked = list(keys)
        with self._server.asking() as client:
            texts = client.hmget(self._known, asked)
        pairs = zip(asked, texts, strict=True)
        return {key: known_of(str(text)) for key, text in pairs if text}

    def readers(self) -> dict[str, Reader]:
        """Return all readers by their addresses."""
        found = self._all(self._readers)
        return {address: _reader(address, text) for address, text in found.items()}

    def meet(self, addresses: Iterable[str], period: str) -> None:
        """Keep readers whom nobody knew yet, as such that had the digest of a period."""
        with self._server.asking() as client:
            for address in addresses:
                client.hsetnx(self._readers, address, f"0 0 {period}")

    def take(self, address: str, period: str, now: float, until: float) -> Reader | None:
        """Take a reader until a moment; None if somebody has him, or he had the digest."""
        words = (address, self._owner, secrets.token_hex(8), period, repr(now), repr(until))
        got = self._run(_TAKE, *words)
        return None if got is None else _reader(address, str(got))

    def told(self, reader: Reader) -> None:
        """Keep what a reader of ours was told, and let others have him."""
        words = (str(reader.told), repr(float(reader.at)), reader.period)
        self._run(_TOLD, reader.address, self._owner, *words)

    def leave(self, address: str) -> None:
        """Let others have a reader who was not told."""
        self._run(_LEAVE, address, self._owner)

    def forget(self, before_day: int, told: int) -> None:
        """Forget what happened before a day, as far as it is in volumes up to one."""
        with self._server.asking() as client:
            days = [int(day) for day in client.hkeys(self._days)]
        for day in days:
            if day < before_day:
                self._server.run(_FORGET, [self._days, self._news(day)], str(day), str(told))

    def _news(self, day: int) -> str:
        return f"{self._under}:news:{day}"

    def _all(self, name: str) -> dict[str, str]:
        with self._server.asking() as client:
            return {str(key): str(text) for key, text in client.hgetall(name).items()}

    def _run(self, script: str, *words: str) -> Any:  # noqa: ANN401 - what the script returns
        return self._server.run(script, [self._readers, self._taken], *words)


def _reader(address: str, text: str) -> Reader:
    told, at, period = text.split(" ")
    return Reader(address, int(told), float(at), period)
