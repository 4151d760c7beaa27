"""Decides how the budget of requests is kept for many machines: in Redis, by the server's clock."""

import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from cjm_sheets.adapters.fleet_redis.server import PREFIX, RedisServer
from cjm_sheets.errors.fleet import NoRedisError
from cjm_sheets.fleet.budget import (
    CALM,
    DEAD,
    LONGEST_HOLD,
    LOST,
    MINUTE,
    POLL,
    Limits,
    Payer,
    Waiting,
)
from cjm_sheets.ports.quota import COUNTING, Kind

# Numbers go out as text, since Redis would cut what comes after the point.
_NOW = """
local now = tonumber(ARGV[1])
if not now then
    local time = redis.call('TIME')
    now = time[1] + time[2] / 1000000
end
local function exact(number) return string.format('%.6f', number) end
"""
_KEPT = 3600  # seconds without a request after which nothing of a payer is kept

_ASK = f"""
{_NOW}
local id, part, parts = ARGV[2], ARGV[3], ARGV[4]
local limits = {{tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])}}
local queue, seen, asked, turn, hold = KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local levels = part == '' and 2 or 3

-- The answer was lost on its way, and we are asked once more.
if redis.call('ZSCORE', KEYS[1], id) then return '0' end

-- Forget what counts no more. What lies further ahead than anything can was noted before somebody
-- put the clock back.
for level = 1, levels do
    redis.call('ZREMRANGEBYSCORE', KEYS[level], '-inf', exact(now))
    redis.call('ZREMRANGEBYSCORE', KEYS[level], '(' .. exact(now + {LOST}), '+inf')
end
for _, range in ipairs({{{{'-inf', '(' .. exact(now - {DEAD})}},
                         {{'(' .. exact(now + {DEAD}), '+inf'}}}}) do
    for _, dead in ipairs(redis.call('ZRANGEBYSCORE', seen, range[1], range[2])) do
        redis.call('ZREM', queue, dead)
        redis.call('ZREM', seen, dead)
        redis.call('HDEL', asked, dead)
    end
end
local held = tonumber(redis.call('HGET', hold, 'until') or '0')
if held > now + {LONGEST_HOLD} then
    redis.call('DEL', hold)
    held = 0
end

-- Stand in the queue: where we stood, at its end if we did not.
if not redis.call('ZSCORE', queue, id) then
    redis.call('ZADD', queue, redis.call('INCR', turn), id)
    redis.call('HSET', asked, id, ARGV[7] .. ' ' .. part)
end
redis.call('ZADD', seen, exact(now), id)
for _, key in ipairs({{queue, seen, asked, turn}}) do redis.call('EXPIRE', key, {_KEPT}) end

if held > now then return exact(math.min(held - now, {DEAD / 2})) end

-- With so many places taken, this one is the next to come free.
local wait = nil
for level = 1, levels do
    local taken = redis.call('ZCARD', KEYS[level])
    if taken >= limits[level] then
        local rank = taken - limits[level]
        local free = tonumber(redis.call('ZRANGE', KEYS[level], rank, rank, 'WITHSCORES')[2]) - now
        wait = math.max(wait or free, free)
    end
end
if wait then
    -- Requests under way free their places at a moment that nobody knows yet.
    if wait < {MINUTE} then return exact(math.min(math.max(wait, 0.001), {DEAD / 2})) end
    return '{POLL}'
end

-- Somebody who came before us and could go now, too, goes first.
local place = redis.call('ZSCORE', queue, id)
for _, other in ipairs(redis.call('ZRANGEBYSCORE', queue, '-inf', '(' .. place)) do
    local most, its = string.match(redis.call('HGET', asked, other) or '0 ', '^(%d+) (.*)$')
    if its == '' then return '{POLL}' end
    local spent = redis.call('ZCOUNT', parts .. its, '(' .. exact(now), '+inf')
    if spent < tonumber(most) then return '{POLL}' end
end

redis.call('ZREM', queue, id)
redis.call('ZREM', seen, id)
redis.call('HDEL', asked, id)
for level = 1, levels do
    redis.call('ZADD', KEYS[level], exact(now + {LOST}), id)
    redis.call('EXPIRE', KEYS[level], {_KEPT})
end
return '0'
"""
_DONE = f"""
{_NOW}
for _, key in ipairs(KEYS) do redis.call('ZADD', key, 'XX', exact(now + {MINUTE}), ARGV[2]) end
"""
_REFUSED = f"""
{_NOW}
local named = tonumber(ARGV[2])
local held = redis.call('HMGET', KEYS[1], 'until', 'step')
local ends, step = tonumber(held[1] or '0'), tonumber(held[2] or '0')
-- Of several that left together, the first refusal spoke for all.
if ends > now then return end
if now - ends > {CALM} then step = 0 end
local length = math.min({LONGEST_HOLD}, named or 2 ^ step)
redis.call('HSET', KEYS[1], 'until', exact(now + length), 'step', step + 1)
redis.call('EXPIRE', KEYS[1], {_KEPT})
"""


class RedisQuota:
    """A budget that all machines share which ask one server; `spent` and `refusals` are ours.

    `waiting` is for tests; else the server's clock counts.
    """

    waits = True

    def __init__(
        self,
        server: RedisServer,
        payer: Payer,
        limits: dict[Kind, Limits],
        waiting: Waiting | None = None,
        counts: tuple[Counter[Kind], Counter[Kind]] | None = None,
    ) -> None:
        self._server = server
        self._payer = payer
        self._limits = limits
        self._now: Callable[[], str] = (lambda: repr(waiting.now())) if waiting else (lambda: "")
        self._sleep = waiting.sleep if waiting else time.sleep
        self.spent, self.refusals = counts or (Counter(), Counter())

    @contextmanager
    def passing(self, kind: Kind) -> Iterator[None]:
        """Wait until a request may leave; it is under way inside the block."""
        ticket = secrets.token_hex(8)
        while (seconds := self._ask(kind, ticket)) > 0:
            self._sleep(seconds)
        with COUNTING:
            self.spent[kind] += 1
        try:
            yield
        finally:
            # If that cannot be noted now, the place is kept for longer than it need be. What the
            # request brought must not be lost for it.
            with suppress(NoRedisError):
                self._server.run(_DONE, self._spent(kind), self._now(), ticket)

    def refused(self, kind: Kind, seconds: float | None) -> None:
        """Hold back all requests of a kind, for so many seconds if the service named a time."""
        with COUNTING:
            self.refusals[kind] += 1
        named = "" if seconds is None else repr(seconds)
        self._server.run(_REFUSED, [f"{self._base(kind)}:hold"], self._now(), named)

    def _ask(self, kind: Kind, ticket: str) -> float:
        """Return how long to wait before the next look, 0 if a place is ours."""
        payer, limits = self._payer, self._limits[kind]
        base, user = self._base(kind), self._user(kind)
        spent = self._spent(kind)
        return float(
            self._server.run(
                _ASK,
                [
                    *spent, *spent[1:2] * (3 - len(spent)),
                    f"{user}:queue", f"{user}:seen", f"{user}:asked", f"{base}:turn",
                    f"{base}:hold",
                ],
                self._now(), ticket, payer.part, f"{user}:part:",
                str(limits.project), str(limits.user), str(limits.part),
            )
        )  # fmt: skip

    def _base(self, kind: Kind) -> str:
        return f"{PREFIX}:quota:{{{kind} {self._payer.project}}}"

    def _user(self, kind: Kind) -> str:
        return f"{self._base(kind)}:user:{self._payer.user}"

    def _spent(self, kind: Kind) -> list[str]:
        """Return where places of ours are counted: for the project, the user, and the part."""
        user, part = self._user(kind), self._payer.part
        return [
            f"{self._base(kind)}:spent",
            f"{user}:spent",
            *([f"{user}:part:{part}"] * bool(part)),
        ]
