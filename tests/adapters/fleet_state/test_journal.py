"""What happened is kept until every reader was told, and a reader is told by one at a time."""

import threading
from pathlib import Path

import pytest

from cjm_sheets.fleet.news import together
from cjm_sheets.ports.journal import Clashed, Journal, Known, News, Note, Noted, Reader, Review
from tests.adapters.fleet_state.shared import Shared

FULL = Known(
    {"e1": Noted("CJ001", "Ā: it says “x\ny”.", "Pains!F7"), "w2": Noted("CJ002", "", "")},
    (Clashed("Pains!F7", "P3 Severity", "“4”", "“5”"),),
    (Review("Map ū", "2026-03-01"),),
)
FOREVER = 10**9


def adding(news: News, known: Known = FULL) -> Note:
    """Return what notes news after what there is."""
    return lambda _, so_far: (known, together((("", so_far), ("", news)))[""])


def told(journal: Journal, after: int = 0, until: int = FOREVER, day: int = 0) -> dict[str, News]:
    return together(journal.news(after, until, day))


def test_what_was_noted_comes_back(shared: Shared) -> None:
    journal = shared.journal()
    assert told(journal) == {}
    assert journal.known(["a"]) == journal.known([]) == {}
    journal.note("maps/a b\nā.xlsx", 7, adding(News(1, 2, frozenset({"e1"}), frozenset({"w9"}))))
    journal.note("b", 7, adding(News()))
    other = shared.journal("other")
    assert other.known(["maps/a b\nā.xlsx", "b", "c"]) == {"maps/a b\nā.xlsx": FULL, "b": FULL}
    assert told(other) == {"maps/a b\nā.xlsx": News(1, 2, frozenset({"e1"}), frozenset({"w9"}))}
    if not shared.is_redis:
        assert (Path(shared.place) / "journal.sqlite").stat().st_mode & 0o077 == 0


def test_a_note_knows_what_was_known_and_noted_before(shared: Shared) -> None:
    journal = shared.journal()
    seen: list[tuple[Known | None, News]] = []

    def to(was: Known | None, so_far: News) -> tuple[Known, News]:
        seen.append((was, so_far))
        return FULL, News(so_far.pushed + 1)

    journal.note("a", 7, to)
    journal.note("a", 7, to)
    journal.note("a", 8, to)
    journal.close()
    journal.note("a", 8, to)
    assert seen == [(None, News()), (FULL, News(1)), (FULL, News()), (FULL, News())]
    assert told(journal) == {"a": News(4)}


def test_volumes_and_days_part_what_happened(shared: Shared) -> None:
    journal = shared.journal()
    assert journal.close() < journal.close()
    first = journal.close()
    journal.note("a", 7, adding(News(1)))
    journal.note("a", 9, adding(News(10)))
    second = journal.close()
    journal.note("a", 9, adding(News(100)))
    third = journal.close()
    assert first < second < third
    assert told(journal, first, second) == {"a": News(11)}
    assert told(journal, second, third) == told(journal, second) == {"a": News(100)}
    assert told(journal, third) == {}
    assert told(journal, day=8) == {"a": News(110)}
    keys = [key for key, _ in journal.news(0, FOREVER)]
    assert keys == ["a", "a", "a"]


def test_what_nobody_was_told_is_not_forgotten(shared: Shared) -> None:
    journal = shared.journal()
    journal.note("a", 7, adding(News(1)))
    first = journal.close()
    journal.note("a", 7, adding(News(10)))
    journal.note("a", 9, adding(News(100)))
    second = journal.close()
    journal.forget(9, first - 1)
    assert told(journal) == {"a": News(111)}
    journal.forget(9, first)
    assert told(journal)["a"].pushed in {110, 111}  # one that keeps days whole may keep more
    assert told(journal, first, second) == {"a": News(110)}
    journal.forget(9, second)
    assert told(journal) == {"a": News(100)}
    assert journal.known(["a"])


def test_a_reader_is_told_by_one_and_once_a_period(shared: Shared) -> None:
    mine, other = shared.journal("me"), shared.journal("other")
    assert mine.take("ā@b", "2026-03-02", 100, 200) is None  # nobody knows him
    mine.meet(["ā@b", "c@d"], "2026-03-01")
    mine.meet(["ā@b"], "2026-03-09")
    assert mine.readers() == {
        "ā@b": Reader("ā@b", period="2026-03-01"), "c@d": Reader("c@d", period="2026-03-01"),
    }  # fmt: skip
    assert mine.take("ā@b", "2026-03-01", 100, 200) is None
    reader = mine.take("ā@b", "2026-03-02", 100, 200)
    assert reader == Reader("ā@b", period="2026-03-01")
    assert other.take("ā@b", "2026-03-02", 199, 300) is None
    assert mine.take("ā@b", "2026-03-02", 150, 300) is None
    assert other.take("c@d", "2026-03-02", 150, 300)
    mine.told(Reader("ā@b", 7, 150.5, "2026-03-02"))
    assert other.take("ā@b", "2026-03-02", 300, 400) is None
    assert other.take("ā@b", "2026-03-03", 150, 400) == Reader("ā@b", 7, 150.5, "2026-03-02")
    assert mine.take("c@d", "9999", 150, 400) is None
    other.leave("c@d")
    mine.leave("ā@b")  # it is none of ours
    assert mine.take("c@d", "9999", 150, 400)
    assert mine.take("ā@b", "9999", 150, 400) is None


def test_a_reader_of_the_dead_is_taken_up_and_nothing_is_told_anew(shared: Shared) -> None:
    dead, other = shared.journal("dead"), shared.journal("other")
    dead.meet(["a"], "")
    assert dead.take("a", "9999", 100, 200)
    assert other.take("a", "9999", 200, 300)
    other.told(Reader("a", 9, 250, "2026-03-02"))
    dead.told(Reader("a", 7, 150, "2026-03-01"))  # it was only slow: its mail was taken, too
    assert dead.readers()["a"] == Reader("a", 9, 250, "2026-03-02")


def test_notes_of_many_at_once_are_all_kept(shared: Shared) -> None:
    def work(number: int) -> None:
        journal = shared.journal(f"w{number}")
        for _ in range(5):
            journal.note("a", 7, adding(News(1)))
            journal.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert told(shared.journal()) == {"a": News(30)}


def test_one_of_many_gets_a_reader(shared: Shared) -> None:
    shared.journal().meet(["a"], "")
    got: list[int] = []

    def work(number: int) -> None:
        if shared.journal(f"w{number}").take("a", "9999", 0, 100) is not None:
            got.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(got) == 1


def test_an_answer_that_is_lost_counts_nothing_twice(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server did it, and the client asks once more, as it does after a broken connection."""
    if not shared.is_redis:
        pytest.skip("A file does not lose answers.")
    from cjm_sheets.adapters.fleet_redis.server import RedisServer  # noqa: PLC0415 - as above

    once = RedisServer.run

    def twice(self: RedisServer, script: str, keys: list[str], *words: str) -> object:
        once(self, script, keys, *words)
        return once(self, script, keys, *words)

    monkeypatch.setattr(RedisServer, "run", twice)
    journal = shared.journal()
    journal.note("a", 7, adding(News(1)))
    journal.note("a", 7, adding(News(1)))
    assert told(journal) == {"a": News(2)}
    journal.meet(["r"], "")
    assert journal.take("r", "9999", 0, 100) == Reader("r")
    journal.told(Reader("r", 3, 5.0, "2026-03-01"))
    assert journal.readers()["r"] == Reader("r", 3, 5.0, "2026-03-01")
