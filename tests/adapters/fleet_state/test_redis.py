"""What is told of a Redis server that cannot be used, and what a lost answer does: no harm."""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from cjm_sheets.adapters.fleet_redis.quota import RedisQuota
from cjm_sheets.adapters.fleet_redis.server import RedisServer
from cjm_sheets.adapters.fleet_redis.standings import RedisStandings
from cjm_sheets.errors.fleet import NoRedisError
from cjm_sheets.fleet.budget import Limits, Payer
from cjm_sheets.fleet.due import hear
from cjm_sheets.ports.feed import Change
from cjm_sheets.ports.files import Sign
from cjm_sheets.ports.quota import KINDS
from cjm_sheets.ports.standings import Standing
from cjm_sheets.words.failures import sentence
from tests.redis_server import PASSWORD, Running, running_redis

FEW = dict.fromkeys(KINDS, Limits(2, 2, 2))


class Twice(RedisServer):
    """A server whose answers are lost on their way once each, so that it is asked once more."""

    def run(self, script: str, keys: Sequence[str], *words: str) -> Any:
        super().run(script, keys, *words)
        return super().run(script, keys, *words)


def told(address: str) -> str:
    with pytest.raises(NoRedisError) as failed:
        RedisServer(address).now()
    assert PASSWORD not in str(failed.value)
    assert failed.value.exit_code == 4
    return sentence(failed.value, "en")


def test_one_sentence_for_each_server_that_cannot_be_used(redis: Running) -> None:
    with running_redis() as gone:
        pass
    begun = time.monotonic()
    assert told(gone.address).startswith(f"Redis at 127.0.0.1:{gone.port}/0 cannot be used (")
    assert time.monotonic() - begun < 30
    wrong = redis.address.replace(PASSWORD, f"{PASSWORD}x")
    assert "invalid username-password pair" in told(wrong)
    assert "Authentication required" in told(f"redis://127.0.0.1:{redis.port}/0")
    assert "redis://:PASSWORD@HOST" in told(f"http://:{PASSWORD}@127.0.0.1/0")
    assert "redis://:PASSWORD@HOST" in told(f"redis://:{PASSWORD}@127.0.0.1:port/0")


def test_the_clock_is_that_of_the_server(redis: Running) -> None:
    server = RedisServer(redis.address)
    with redis.client as client:
        seconds, _ = client.time()
    assert 0 <= server.now() - int(seconds) < 5
    server.close()


def test_answers_that_are_lost_do_no_harm(redis: Running) -> None:
    redis.empty()
    server, other = Twice(redis.address), RedisServer(redis.address)
    mine, others = (RedisStandings(each, "f", name) for each, name in ((server, "a"), (other, "b")))
    mine.begin("google", "1")
    claimed = mine.claim("x", 0, 9)
    assert claimed == Standing("x")
    assert others.claim("x", 0, 9) is None
    mine.renew(20)
    assert others.claim("x", 10, 30) is None
    put = replace(claimed, service="google", spreadsheet="s", agreed=Sign(1, 2, "h"), version=4)
    mine.put_back(put)
    mine.tell("google", ("1", "2"), (Change("s", 5),), hear)
    mine.look_again("x", Sign(1, 3, "h"))
    now = others.all()["x"]
    assert (now.news, now.version, now.agreed) == (1, 5, Sign(1, 3, "h"))
    quota = RedisQuota(server, Payer("p", "mia"), FEW)
    begun = time.monotonic()
    for _ in range(2):
        with quota.passing("reads"):
            pass
    assert time.monotonic() - begun < 5  # each took one place, not two
    for each in (server, other):
        each.close()


def test_a_claim_of_which_nobody_heard_is_not_kept_for_ever(redis: Running) -> None:
    redis.empty()
    server = RedisServer(redis.address)
    unheard, mine = RedisStandings(server, "f", "a"), RedisStandings(server, "f", "a")
    assert unheard.claim("x", 0, 9) is not None
    assert mine.claim("y", 0, 9) is not None
    mine.renew(100)
    other = RedisStandings(server, "f", "b")
    assert other.claim("x", 10, 20) is not None
    assert other.claim("y", 10, 20) is None
    server.close()


def test_names_that_are_no_text_and_fleets_beside_each_other(redis: Running) -> None:
    redis.empty()
    server = RedisServer(redis.address)
    one, two = (RedisStandings(server, name, "a") for name in ("one", "two"))
    key = "maps/\udcff ā\n.xlsx"
    assert one.claim(key, 0, 9) is not None
    one.put_back(Standing(key, said="\udcff"))
    assert one.all() == {key: Standing(key, said="\udcff")}
    assert two.all() == {}
    server.close()


def test_what_another_version_kept_is_read(redis: Running) -> None:
    redis.empty()
    server = RedisServer(redis.address)
    standings = RedisStandings(server, "f", "a")
    assert standings.claim("x", 0, 9) is not None
    with redis.client as client:
        (name,) = (key for key in client.scan_iter() if key.endswith(":standings"))
        client.hset(name, "x", '{"key":"x","synced":7,"moons":2,"health":{"conflicts":3,"suns":1}}')
    read = standings.all()["x"]
    assert (read.synced, read.health.conflicts, read.agreed) == (7, 3, Sign())
    server.close()
