"""Whatever happens in between, each reader is told everything of his pairs, and nothing twice."""

import re
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise, takewhile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_sheets.adapters.fleet_sqlite.journal import SqliteJournal
from cjm_sheets.checks.finding import Finding, Severity
from cjm_sheets.errors.fleet import MailServerError, NotDeliveredError
from cjm_sheets.fleet.digest import Span, detailed, digest, period, readers_of, totals
from cjm_sheets.fleet.due import Pair
from cjm_sheets.fleet.news import compared, known_of, known_text, news_of, news_text, then, together
from cjm_sheets.fleet.settings import DAY, NEVER, Entry, Wish
from cjm_sheets.ports.journal import Clashed, Known, News, Noted, Review
from cjm_sheets.ports.mail import Letter
from cjm_sheets.ports.standings import Health, Standing
from cjm_sheets.usecases.note_news import marked, noting
from cjm_sheets.usecases.send_digest import Desk, Sender, Sent, make_digest, send_due, send_now

READERS = ("ann@x", "bob@x", "cat@x")
KEYS = ("a.xlsx", "b.xlsx")
TELL = {"a.xlsx": ("ann@x", "bob@x"), "b.xlsx": ("bob@x", "Cat@x")}
PAIRS = tuple(Pair(key, key, Entry(key, key, "new", Wish(tell=TELL[key]), None, 1)) for key in KEYS)


def known(names: frozenset[int]) -> Known:
    return Known({f"e{n}": Noted(f"R{n}", "It is wrong.", "Pains!A1") for n in sorted(names)})


# ---- what is new -------------------------------------------------------------------------

LOOKS = st.lists(st.frozensets(st.integers(1, 4)), min_size=2, max_size=6)


@given(LOOKS, st.data())
def test_news_of_many_looks_are_those_of_the_first_and_the_last(
    looks: list[frozenset[int]], data: st.DataObject
) -> None:
    steps = [
        replace(compared(known(one), known(two), is_new=False), pushed=1)
        for one, two in pairwise(looks)
    ]
    whole = together(("a", step) for step in steps)["a"]
    ends = compared(known(looks[0]), known(looks[-1]), is_new=False)
    assert (whole.came, whole.went, whole.pushed) == (ends.came, ends.went, len(steps))
    # However they are put together.
    cut = data.draw(st.integers(0, len(steps)))
    parts = [together(("a", step) for step in part) for part in (steps[:cut], steps[cut:])]
    assert then(*(part.get("a", News()) for part in parts)) == whole


def test_of_a_first_look_only_what_a_new_pair_has_is_new() -> None:
    assert compared(None, known(frozenset({1})), is_new=True) == News(came=frozenset({"e1"}))
    assert not compared(None, known(frozenset({1})), is_new=False)


@given(
    st.builds(
        Known,
        st.dictionaries(st.text(), st.builds(Noted, st.text(), st.text(), st.text())),
        st.lists(st.builds(Clashed, *[st.text()] * 4)).map(tuple),
        st.lists(st.builds(Review, st.text(), st.text())).map(tuple),
    ),
    st.builds(News, st.integers(0), st.integers(0), *[st.frozensets(st.text())] * 2),
)
def test_what_is_kept_comes_back(what: Known, news: News) -> None:
    assert known_of(known_text(what)) == what
    assert news_of(news_text(news, ticket="1")) == news


def finding(**changes: object) -> Finding:
    made = Finding("CJ001", Severity.ERROR, "M1", "Pains", "N1", "severity", "Pains!F7", "9",
                   "It is wrong.", "Mend it.", 7)  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_finding_is_the_same_one_where_its_row_moves_and_its_sentence_changes() -> None:
    (mark,) = marked([finding()])
    assert mark[0] == "e"
    moved = finding(cell="Pains!F8", line=8, message="Es ist falsch.", value="8")
    assert set(marked([moved])) == {mark}
    for other in ({"row": "N2"}, {"column": "reach"}, {"rule": "CJ002"}, {"map": "M2"}):
        assert mark not in marked([finding(**other)])
    nameless = marked([finding(row=""), finding(row=""), finding(row="", value="8")])
    assert len(nameless) == 3


# ---- who is told what --------------------------------------------------------------------


class DiedError(BaseException):
    """The process ends, at the worst moment."""


@dataclass
class Post:
    """A mail server that takes, refuses, is away, or takes and lets the process die."""

    refuses: frozenset[str] = frozenset()
    away: bool = False
    kills: bool = False
    taken: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter) -> None:
        if self.away:
            raise MailServerError("h:25", "away")
        if letter.to.casefold() in self.refuses:
            raise NotDeliveredError(letter.to, "550")
        self.taken.append(letter)
        if self.kills:
            raise DiedError

    def close(self) -> None:
        pass


@dataclass
class Pending:
    """What a reader is to be told of a pair, reckoned from looks and not from steps."""

    before: frozenset[int] = frozenset()
    pushed: int = 0


class World:
    """A fleet with its journal, and what everybody is still to be told."""

    def __init__(self, folder: Path) -> None:
        self.post = Post()
        self.day = 0
        self.journal = SqliteJournal(folder / "journal.sqlite", "me")
        self.note = noting(self.journal, self.now)
        self.standings = {key: Standing(key) for key in KEYS}
        self.findings: dict[str, frozenset[int]] = dict.fromkeys(KEYS, frozenset())
        self.pending = {(to, key): Pending() for key in KEYS for to in self.readers(key)}
        self.period: dict[str, int] = {}
        self.died: dict[str, str] = {}
        self.marks: set[tuple[str, str]] = set()

    @staticmethod
    def readers(key: str) -> Iterator[str]:
        return (to.casefold() for to in TELL[key])

    def now(self) -> float:
        return 20_000.0 * DAY + self.day * DAY

    def desk(self) -> Desk:
        return Desk(
            self.journal, self.in_step, lambda: PAIRS,
            [to for key in KEYS for to in TELL[key]], "daily", "en", self.now,
            lambda: date(2026, 1, 1) + timedelta(days=self.day), "f", lambda: self.post,
            has_mail=True,
        )  # fmt: skip

    def in_step(self) -> dict[str, Standing]:
        return {key: replace(at, synced=self.now()) for key, at in self.standings.items()}

    def look(self, key: str, names: frozenset[int], pushed: int) -> None:
        """Keep a pair: findings stand there now, and values went to its shared copy."""
        self.note(self.standings[key], known(names), pushed, 0)
        self.standings[key] = replace(self.standings[key], synced=self.now())
        self.findings[key] = names
        for to in self.readers(key):
            self.pending[to, key].pushed += pushed

    def send(self, how: Callable[[Desk], Sent], post: Post) -> None:
        """Send digests, and see that each tells just what it is to tell."""
        self.post = post
        due = {to for to in READERS if self.period.setdefault(to, self.day) < self.day}
        due = due if how is send_due else set(READERS)
        sent = Sent()
        with suppress(DiedError):
            sent = how(self.desk())
        came = {letter.to.casefold(): letter for letter in post.taken}
        assert len(came) == len(post.taken)
        assert came.keys() <= due
        for to, letter in came.items():
            assert told(letter.text) == self.to_tell(to)
            if to in self.died:
                assert letter.mark == self.died[to]
            if post.kills:
                self.died[to] = letter.mark
                continue
            assert (to, letter.mark) not in self.marks
            self.marks.add((to, letter.mark))
        if post.kills:
            # Readers are told one after another: those with nothing to tell before the first mail.
            for to in takewhile(lambda to: not self.to_tell(to), sorted(due)):
                self.was_told(to)
        else:
            done = {to.casefold() for to in (*sent.sent, *sent.quiet)}
            assert set(came) <= done
            if not post.away:
                refused = {to for to in due if to in post.refuses and self.to_tell(to)}
                assert done == due - refused
            for to in done:
                self.was_told(to)

    def was_told(self, to: str) -> None:
        self.period[to] = self.day
        self.died.pop(to, None)
        for key in KEYS:
            if (to, key) in self.pending:
                self.pending[to, key] = Pending(self.findings[key])

    def to_tell(self, to: str) -> dict[str, tuple[frozenset[int], int, int]]:
        """Return findings that came, how many went, and how many values, of each pair with news."""
        found = {}
        for key in KEYS:
            if at := self.pending.get((to, key)):
                now = self.findings[key]
                news = (now - at.before, len(at.before - now), at.pushed)
                if any(news):
                    found[key] = news
        return found


def told(text: str) -> dict[str, tuple[frozenset[int], int, int]]:
    """Return what a digest tells of each pair, from its words alone."""
    found = {}
    for part in text.split("\n## `")[1:]:
        came = frozenset(
            int(n) for n in re.findall(r"^  - R(\d) Pains!A1: It is", part, re.MULTILINE)
        )
        went = sum(
            int(n) for n in re.findall(r"^- (\d+) findings? (?:is|are) gone", part, re.MULTILINE)
        )
        pushed = sum(int(n) for n in re.findall(r"^- Values moved: (\d+) to", part, re.MULTILINE))
        found[part.split("`")[0]] = (came, went, pushed)
    return found


STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("look"), st.sampled_from(KEYS), st.frozensets(st.integers(1, 4)),
            st.integers(0, 3),
        ),
        st.tuples(st.just("day")),
        st.tuples(
            st.sampled_from(["due", "now"]),
            st.one_of(
                st.builds(Post, refuses=st.frozensets(st.sampled_from(READERS))),
                st.builds(Post, away=st.just(True)),  # noqa: FBT003 - as hypothesis asks
                st.builds(Post, kills=st.just(True)),  # noqa: FBT003 - the same
            ),
        ),
    ),
    max_size=10,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(STEPS)
def test_nothing_is_lost_and_nothing_told_twice(steps: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        for kind, *words in steps:
            if kind == "look":
                world.look(*words)  # type: ignore[arg-type]
            elif kind == "day":
                world.day += 1
            else:
                assert isinstance(words[0], Post)
                post = replace(words[0], taken=[])
                world.send(send_due if kind == "due" else send_now, post)
        world.send(send_now, Post())
        assert all(world.to_tell(to) == {} for to in READERS)


@pytest.mark.parametrize(
    ("kind", "days", "sent"),
    [("daily", [0, 0, 1, 1, 2], [0, 0, 1, 0, 1]), ("weekly", [0, 3, 4, 10, 11], [0, 0, 1, 0, 1]),
     (NEVER, [0, 1, 40], [0, 0, 0])],
)  # fmt: skip
def test_a_digest_is_sent_in_its_time_and_not_before(
    tmp_path: Path, kind: str, days: list[int], sent: list[int]
) -> None:
    """The first day is a Thursday."""
    world, went = World(tmp_path), []
    for number, day in enumerate(days):
        world.day, world.post = day, Post()
        world.look("b.xlsx", frozenset({number % 4}), 1)
        send_due(replace(world.desk(), kind=kind))
        went.append(int("cat@x" in {letter.to.casefold() for letter in world.post.taken}))
    assert went == sent


def test_what_nobody_needs_any_more_is_forgotten(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.look("a.xlsx", frozenset(), 5)
    send_due(world.desk())
    world.day = 40
    send_due(replace(world.desk(), mail=lambda: Post(away=True)))
    assert list(world.journal.news(0, 9**9)), "nobody was told of it"
    assert send_due(world.desk()).sent
    world.day = 41
    send_due(world.desk())
    assert not list(world.journal.news(0, 9**9))


def test_where_no_run_has_a_mail_server_it_is_said_once_that_is_late(tmp_path: Path) -> None:
    world = World(tmp_path)
    said = []
    for day in range(4):
        world.day = day
        said.append(send_due(replace(world.desk(), has_mail=False)).waiting)
    assert said == [[], [], ["ann@x", "bob@x", "Cat@x"], ["ann@x", "bob@x", "Cat@x"]]


def test_who_began_earlier_and_comes_later_tells_nobody_again(tmp_path: Path) -> None:
    world, post, quicker = World(tmp_path), Post(), Post()
    world.look("a.xlsx", frozenset({1}), 1)

    def meanwhile() -> list[Pair]:
        """Another run begins after ours has closed its volume, and sends all."""
        if not quicker.taken:
            quicker.taken.append(Letter("", "", "", "", "", ""))
            world.look("a.xlsx", frozenset({1, 2}), 1)
            assert send_now(replace(world.desk(), mail=lambda: quicker)).sent == ["ann@x", "bob@x"]
        return [*PAIRS]

    sent = send_now(replace(world.desk(), mail=lambda: post, pairs=meanwhile))
    assert (sent.sent, sent.quiet, post.taken) == ([], [], [])
    assert sent.busy == ["ann@x", "bob@x", "Cat@x"]
    world.look("b.xlsx", frozenset({1}), 1)
    world.post = post
    assert send_now(world.desk()).sent == ["bob@x", "Cat@x"]


def test_a_watch_does_not_try_in_each_minute_what_failed(tmp_path: Path) -> None:
    world, post = World(tmp_path), Post(away=True)
    minute = 0
    world.look("a.xlsx", frozenset(), 1)
    send_due(world.desk())
    world.day = 1
    asked: list[int] = []

    def mail() -> Post:
        asked.append(minute)
        return post

    desk = replace(world.desk(), mail=mail, now=lambda: world.now() + minute * 60)
    sender = Sender(desk)
    for minute in range(40):
        post.away = minute < 25
        assert sender.send_due().sent == (["ann@x", "bob@x"] if minute == 30 else [])
    assert asked == [0, 15, 30]


# ---- what a digest tells -----------------------------------------------------------------

NOW, TODAY = 20_000.0 * DAY, date(2024, 10, 4)
SPAN = Span(NOW - DAY, NOW, TODAY, TODAY + timedelta(days=7))


def test_the_most_urgent_pair_comes_first_and_quiet_ones_are_a_number() -> None:
    at = {
        "fine": Standing("fine", synced=NOW),
        "failed once": Standing("failed once", synced=NOW, failures=1),
        "moved": Standing("moved", synced=NOW),
        "warned": Standing("warned", synced=NOW),
        "soon": Standing("soon", synced=NOW, health=Health(review="2024-10-11")),
        "later": Standing("later", synced=NOW, health=Health(review="2024-10-12")),
        "late": Standing("late", synced=NOW, health=Health(review="2024-10-04")),
        "behind": Standing("behind", synced=NOW - 3 * DAY),
        "wrong": Standing("wrong", synced=NOW),
        "clash": Standing("clash", synced=NOW, health=Health(conflicts=3)),
        "fails": Standing("fails", synced=NOW - 9 * DAY, failures=2, said="No."),
    }
    news = {
        "moved": News(2, 1),
        "warned": News(came=frozenset({"w1"})),
        "wrong": News(came=frozenset({"e1", "e2"}), went=frozenset({"w3"})),
        "of another fleet": News(7),
    }
    pairs = [Pair(key, key, PAIRS[0].entry) for key in (*at, "new")]
    made = digest(pairs, at, news, lambda _: {}, SPAN)
    order = ["fails", "clash", "wrong", "late", "behind", "warned", "soon", "moved"]
    assert [each.pair.key for each in made.told] == order
    assert made.quiet == 4
    all_ = totals(made)
    assert (all_.failing, all_.conflicts, all_.clashing, all_.behind) == (1, 3, 1, 1)
    assert (all_.errors, all_.warnings, all_.infos, all_.went) == (2, 1, 0, 1)
    assert (all_.late, all_.soon, all_.pushed, all_.pulled, all_.moved) == (1, 1, 2, 1, 1)
    assert made.told[4].behind == 3


def test_each_map_of_a_workbook_is_told_once_it_is_due() -> None:
    at = {"a.xlsx": Standing("a.xlsx", synced=NOW, health=Health(review="2024-10-01"))}
    reviews = (Review("One", "2024-10-01"), Review("Two", "2024-10-05"), Review("3", "2025-01-01"))
    made = digest(PAIRS, at, {}, lambda keys: {k: Known(reviews=reviews) for k in keys}, SPAN)
    (about,) = made.told
    assert about.reviews == reviews[:2]
    assert (totals(made).late, totals(made).soon) == (1, 1)


def test_details_are_asked_of_those_that_are_shown_alone() -> None:
    keys = [f"{n:05}" for n in range(10_000)]
    pairs = [Pair(key, key, PAIRS[0].entry) for key in keys]
    news = {key: News(came=frozenset({"e1", "w2"})) for key in keys}
    asked: list[str] = []

    def ask(wanted: Collection[str]) -> dict[str, Known]:
        asked.extend(wanted)
        found = {"w2": Noted("R2", "m", ""), "e1": Noted("R1", "m", ""), "i3": Noted("R3", "", "")}
        return {key: Known(found) for key in wanted}

    made = detailed(digest(pairs, {}, news, ask, SPAN), ask, 50)
    assert asked == keys[:50]
    assert [each.rule for each in made.told[0].came] == ["R1", "R2"]
    assert made.told[50].came == ()
    assert len(made.told) == 10_000


def test_looking_tells_nobody(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.look("a.xlsx", frozenset({1}), 1)
    world.day = 9
    world.look("b.xlsx", frozenset({2}), 1)
    assert [each.pair.key for each in make_digest(world.desk()).told] == ["b.xlsx"]
    assert len(make_digest(world.desk(), 20).told) == 2
    world.send(send_now, Post())
    assert make_digest(world.desk()).told == ()
    world.look("a.xlsx", frozenset({1, 3}), 0)
    (about,) = make_digest(world.desk()).told
    assert [each.rule for each in about.came] == ["R3"]


def test_readers_have_their_pairs_each_once() -> None:
    entry = replace(PAIRS[0].entry, wish=Wish(tell=("Ann@x", "ann@X", "bob@x")))
    found = readers_of([Pair("a", "a", entry), *PAIRS])
    assert {to: [pair.key for pair in pairs] for to, pairs in found.items()} == {
        "ann@x": ["a", "a.xlsx"], "bob@x": ["a", "a.xlsx", "b.xlsx"], "cat@x": ["b.xlsx"],
    }  # fmt: skip


@given(st.dates(date(2000, 1, 3), date(2100, 1, 1)))
def test_a_week_begins_on_monday(day: date) -> None:
    first = date.fromisoformat(period("weekly", day))
    assert first.weekday() == 0
    assert 0 <= (day - first).days < 7
