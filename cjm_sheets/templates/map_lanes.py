"""Decides which lanes each kind of map has, and what stands in them at each step."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cjm_sheets.templates import looks
from cjm_sheets.templates import map_words as words
from cjm_sheets.templates.live import Live, either, sentence, text
from cjm_sheets.templates.map_hung import Hung, more, nth
from cjm_sheets.templates.map_lists import Listed, Lists
from cjm_sheets.templates.map_rows import Rows
from cjm_sheets.templates.map_shape import Spine
from cjm_sheets.templates.plan import Style
from cjm_sheets.words.catalogue import say

CURVE = "curve"
_OF_KIND = {
    "current": "channel action thought curve emotion why reach moment_of_truth pains highs ideas",
    "future": "channel action curve emotion expectation need resolves moment_of_truth ideas",
    "blueprint": "channel action curve emotion moment_of_truth frontstage backstage support"
    " technology failure_point pains",
    "day": "time place curve emotion with_brand unmet_need",
}
_HUNG = {
    "pains": ("Pains", 3),
    "highs": ("Highs", 2),
    "ideas": ("Opportunities", 2),
    "frontstage": ("Blueprint", 1),
    "backstage": ("Blueprint", 1),
    "support": ("Blueprint", 1),
    "technology": ("Blueprint", 1),
    "failure_point": ("Blueprint", 1),
}
"""Lanes of rows that hang on steps: their table, and the most of them that a step shows."""

_WAITING = 2
"""Rows of such a lane on a map without steps."""

_TEXT = Style(valign="top", align="left", indent=1, wrap=True, line="#FFFFFF")
_QUIET = replace(_TEXT, size=9, color=looks.QUIET)
_CENTRED = replace(_TEXT, align="center", indent=0, valign="vcenter")
_STYLES: Mapping[str, Style] = {
    "channel": replace(_QUIET, valign="vcenter"),
    "time": replace(_TEXT, bold=True, valign="vcenter"),
    "place": replace(_QUIET, valign="vcenter"),
    "thought": replace(_TEXT, italic=True, color="#3C4B58"),
    "why": replace(_TEXT, size=9, color="#4A5763"),
    "emotion": replace(_CENTRED, size=13, bold=True, number='"+"0;"−"0;0'),
    "reach": replace(_CENTRED, number="0%", align="left", indent=1, size=9),
    "moment_of_truth": replace(_CENTRED, size=9, bold=True, color=looks.COMPUTED_INK),
    "score": replace(_CENTRED, number="0", size=9, bold=True, align="left", indent=1),
}
_WAITING_HEIGHTS = {
    "channel": 24.0, "emotion": 26.0, "reach": 30.0, "moment_of_truth": 30.0, "score": 17.0,
    "time": 24.0, "place": 24.0, "with_brand": 30.0,
}  # fmt: skip
_WAITING_TEXT = 52.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a lane: its cells from left to right, and what it asks while there is no step.

    `kind` says which colours it takes on; `title` is "" for further lines of the same lane.
    """

    kind: str
    title: str
    asks: str
    cells: tuple[Live, ...]
    style: Style
    waiting: float
    """Its height in points on a map without steps."""


@dataclass(frozen=True)
class Way:
    """What the lanes of a tier are made from: the place of the step in each column."""

    lists: Lists
    spine: Spine
    places: Listed
    hung: Mapping[str, Hung]
    growing: bool

    @property
    def rows(self) -> Rows:
        """The tables."""
        return self.lists.rows

    @cached_property
    def _found(self) -> dict[tuple[str, int], Listed]:
        return {}

    def nth(self, table: str, n: int) -> Listed:
        """Return the places of the n-th rows of a table that hang on the steps."""
        if (table, n) not in self._found:
            self._found[table, n] = nth(self.lists, self.hung[table], self.places, n)
        return self._found[table, n]


def lanes_of(kind: str, map_type: str, tables: Sequence[str]) -> tuple[str, ...]:
    """Return the lanes of a kind of map from top to bottom, those without a table left out."""
    wanted = _OF_KIND.get(kind if map_type != "day" else "day", _OF_KIND["current"]).split()
    return tuple(lane for lane in wanted if lane not in _HUNG or _HUNG[lane][0] in tables)


def lines(way: Way, lane: str) -> Iterator[Line]:
    """Yield the lines of a lane from top to bottom."""
    if lane not in _HUNG:
        yield _line(lane, [_own(way, lane, place) for place in _each(way.places)])
        return
    table, _ = _HUNG[lane]
    last = _most(way, lane)
    beyond = more(way.lists, way.hung[table], way.places, last) if last > 1 else None
    for n in range(1, last + 1):
        found = _each(way.nth(table, n))
        said = [_of_row(way, lane, at) for at in found]
        if beyond is not None and n == last:
            said = [_with_rest(way.rows, *pair) for pair in zip(said, _each(beyond), strict=True)]
        yield _line(lane, said, n)
        if lane == "pains":
            scores = tuple(_score(way.rows, at) for at in found)
            yield Line("score", "", "", scores, _STYLES["score"], _WAITING_HEIGHTS["score"])


def _most(way: Way, lane: str) -> int:
    """Return how many rows of a lane a step shows at most, 1 at least."""
    table, limit = _HUNG[lane]
    if way.growing:
        return min(_WAITING, limit)
    return max(1, min(limit, way.hung[table].most(way.places.values)))


def _each(listed: Listed) -> list[Live]:
    return [listed.at(index) for index in range(len(listed.values))]


def _line(lane: str, cells: Sequence[Live], n: int = 1) -> Line:
    of, first = words.LANES[lane], n == 1
    return Line(
        lane,
        of.title if first else "",
        of.asks if first else "",
        tuple(cells),
        _STYLES.get(lane, _TEXT),
        _WAITING_HEIGHTS.get(lane, _WAITING_TEXT),
    )


def _own(way: Way, lane: str, place: Live) -> Live:
    """Return what a lane shows of a step itself."""
    table, rows = way.spine.table, way.rows
    if lane == "emotion":
        return rows.mood(table, way.spine.mood, place)
    if lane == "reach":
        return rows.share(table, lane, place)
    if lane == "moment_of_truth":
        word = text(say(rows.language, words.MOMENT))
        return either(rows.is_yes(table, lane, place), word, text(""))
    return rows.words(table, lane, place)


def _of_row(way: Way, lane: str, at: Live) -> Live:
    """Return what a lane shows of a row that hangs on a step."""
    table, _ = _HUNG[lane]
    if lane == "failure_point":
        return _failure(way.rows, at)
    if lane == "pains":
        return _pain(way, at)
    return way.rows.words(table, lane if table == "Blueprint" else way.hung[table].key, at)


def _with_rest(rows: Rows, said: Live, beyond: Live) -> Live:
    """Return words with how many rows of the step are not shown."""
    rest = sentence(say(rows.language, words.MORE), {"text": said, "n": beyond})
    return either(Live(f"{beyond.formula}>0", beyond.value != 0), rest, said)


def _failure(rows: Rows, at: Live) -> Live:
    """Return how a step recovers, or that it can fail."""
    recovery = rows.words("Blueprint", "recovery", at)
    fails = text(say(rows.language, words.FAILS))
    named = either(rows.is_yes("Blueprint", "failure_point", at), fails, text(""))
    return either(Live(f'{recovery.formula}=""', recovery.value == ""), named, recovery)


def _pain(way: Way, at: Live) -> Live:
    """Return the words of a pain; with a score also its rank in the workbook, and the trust."""
    rows, ranks = way.rows, way.hung["Pains"].ranks
    said, grade = rows.words("Pains", "pain", at), rows.words("Pains", "grade", at)
    known = ranks.values[at.value - 2] if isinstance(at.value, int) else ""
    rank = Live(f"INDEX({ranks.range},{at.formula}-1)", known)
    scored = sentence(say(rows.language, words.PAIN), {"rank": rank, "pain": said, "grade": grade})
    score = rows.score("Pains", "evidenced", at)
    return either(Live(f"ISNUMBER({score.formula})", score.value != ""), scored, said)


def _score(rows: Rows, at: Live) -> Live:
    """Return the score of a pain, or that it has none."""
    score = rows.score("Pains", "evidenced", at)
    none = text(say(rows.language, words.UNSCORED))
    said = either(Live(f'{score.formula}=""', score.value == ""), none, score)
    return either(Live(f'{at.formula}=""', at.value == ""), text(""), said)
