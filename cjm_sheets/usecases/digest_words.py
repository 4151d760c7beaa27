"""Decides in which sentences a digest is told, before anything makes Markdown or a page of them."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from cjm_sheets.fleet.digest import About, Digest, Totals, totals
from cjm_sheets.ports.journal import Clashed
from cjm_sheets.words import counts, moments
from cjm_sheets.words.catalogue import count, say
from cjm_sheets.words.mark import N_, NN_

SHOWN = 30
"""So many pairs are told one by one, of the others their number: some programs for mail cut off
what is longer than 100 kB."""
_CONFLICTS = NN_("{n} conflict to settle.", "{n} conflicts to settle.")
_GONE = NN_("{n} finding is gone.", "{n} findings are gone.")
_LATE = NN_("{n} map is due for review.", "{n} maps are due for review.")
_SOON = NN_(
    "{n} map is to be reviewed before the next digest.",
    "{n} maps are to be reviewed before the next digest.",
)
_LINES = 5
"""So many findings, conflicts or maps of a pair are told one by one."""
_LONGEST = 300  # signs of a sentence that came from elsewhere
_JOINERS = "\u200c\u200d"
"""Signs that steer how their neighbours are joined, and nothing else."""


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence about a pair, what kind of thing it is about, and what stands below it."""

    kind: str
    text: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What is told of a pair: what people call it, the name of its workbook, and points."""

    name: str
    workbook: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """A digest in sentences of a language; nothing in it is escaped yet."""

    title: str
    span: str
    summary: tuple[Point, ...]
    parts: tuple[Part, ...]
    more: str
    foot: tuple[str, ...]


def subject(made: Digest, language: str) -> str:
    """Return the title of a digest: the most urgent, in few words."""
    all_ = totals(made)
    told = [point.text.rstrip(".") for point in _to_do(all_, language)][:2]
    if not told:
        one, many = NN_("{n} pair has news", "{n} pairs have news")
        told = [count(language, one, many, len(made.told))]
    if not made.told:
        told = [say(language, N_("nothing new"))]
    return say(language, N_("Journey maps: {what}"), what=", ".join(told))


def telling(
    made: Digest, language: str, zone: tzinfo | None = None, *, is_mail: bool = False
) -> Telling:
    """Return a digest in sentences; times are those of where one is."""
    parts = tuple(_part(each, language, zone) for each in made.told[:SHOWN])
    left = len(made.told) - len(parts)
    one, many = NN_("… and {n} more pair.", "… and {n} more pairs.")
    return Telling(
        subject(made, language),
        _span(made, language, zone),
        tuple(_summary(made, language)),
        parts,
        count(language, one, many, left) if left else "",
        tuple(_foot(language)) if is_mail else (),
    )


def _span(made: Digest, language: str, zone: tzinfo | None) -> str:
    until = moments.shown(made.span.now, zone)
    if not made.span.since:
        return say(language, N_("The first digest, {until}."), until=until)
    since = moments.shown(made.span.since, zone)
    return say(language, N_("From {since} to {until}."), since=since, until=until)


def _foot(language: str) -> Iterator[str]:
    yield say(language, N_("How all pairs stand is told by: cjm-sheets fleet status"))
    yield say(
        language,
        N_("You get this mail because the fleet file names you under tell."),
    )


# ---- the summary -------------------------------------------------------------------------


def _summary(made: Digest, language: str) -> Iterator[Point]:
    """Yield what all pairs have together, the most urgent first."""
    all_ = totals(made)
    yield from _to_do(all_, language)
    if all_.errors or all_.warnings or all_.infos:
        found = counts.findings(language, all_.errors, all_.warnings, all_.infos)
        text = say(language, N_("New findings: {findings}."), findings=found)
        yield Point("finding", text)
    if all_.went:
        yield Point("good", count(language, *_GONE, all_.went))
    if all_.moved:
        words = {"pushed": all_.pushed, "pulled": all_.pulled}
        yield Point("moved", _moved(language, **words))
    one, many = NN_("Nothing to tell of {n} pair.", "Nothing to tell of {n} pairs.")
    if made.quiet:
        yield Point("quiet", count(language, one, many, made.quiet))


def _to_do(all_: Totals, language: str) -> Iterator[Point]:
    """Yield what somebody has to do something about."""
    if all_.failing:
        one, many = NN_("{n} pair keeps failing.", "{n} pairs keep failing.")
        yield Point("fails", count(language, one, many, all_.failing))
    if all_.conflicts:
        yield Point("conflict", count(language, *_CONFLICTS, all_.conflicts))
    if all_.late:
        yield Point("review", count(language, *_LATE, all_.late))
    if all_.behind:
        one, many = NN_("{n} pair is out of step for long.", "{n} pairs are out of step for long.")
        yield Point("behind", count(language, one, many, all_.behind))
    if all_.soon:
        yield Point("soon", count(language, *_SOON, all_.soon))


def _moved(language: str, *, pushed: int, pulled: int) -> str:
    words = N_("Values moved: {pushed} to the shared copy, {pulled} to the workbook.")
    return say(language, words, pushed=pushed, pulled=pulled)


# ---- one pair ----------------------------------------------------------------------------


def _part(about: About, language: str, zone: tzinfo | None) -> Part:
    entry, key = about.pair.entry, about.pair.key
    named = entry.name if not entry.is_pattern and entry.name != entry.workbook else ""
    return Part(one_line(named), one_line(key), tuple(_points(about, language, zone)))


def _points(about: About, language: str, zone: tzinfo | None) -> Iterator[Point]:
    """Yield what is told of a pair, the most urgent first."""
    at = about.standing
    if about.fails:
        one, many = NN_("It failed {n} time in a row.", "It failed {n} times in a row.")
        yield Point("fails", count(language, one, many, at.failures), _texts([at.said]))
    if about.conflicts:
        lines = [_clash(each, language) for each in about.clashes]
        text = count(language, *_CONFLICTS, about.conflicts)
        yield Point("conflict", text, _first(lines, about.conflicts, language))
    if about.news.came:
        new = about.came_by
        found = counts.findings(language, new["e"], new["w"], new["i"])
        lines = [" ".join(filter(None, (f"{e.rule} {e.place}:", e.message))) for e in about.came]
        text = say(language, N_("New findings: {findings}."), findings=found)
        yield Point("finding", text, _first(lines, len(about.news.came), language))
    yield from _reviews(about, language)
    if about.behind:
        since = moments.shown(at.synced, zone)
        one, many = NN_(
            "Not in step since {since}, for {n} day.", "Not in step since {since}, for {n} days."
        )
        text = count(language, one, many, about.behind, since=since)
        yield Point("behind", text, _texts([at.said] if at.waits else []))
    if about.went:
        yield Point("good", count(language, *_GONE, about.went))
    if about.news.pushed or about.news.pulled:
        text = _moved(language, pushed=about.news.pushed, pulled=about.news.pulled)
        yield Point("moved", text)


def _reviews(about: About, language: str) -> Iterator[Point]:
    late = [each for each in about.reviews if each.day <= about.today]
    soon = [each for each in about.reviews if each.day > about.today]
    for kind, words, found in (("review", _LATE, late), ("soon", _SOON, soon)):
        if found:
            lines = [f"{each.map}: {each.day}" if each.map else each.day for each in found]
            text = count(language, *words, len(found))
            yield Point(kind, text, _first(lines, len(found), language))


def _clash(each: Clashed, language: str) -> str:
    return say(
        language,
        N_("{place} {what}: {ours} in the workbook, {theirs} in the shared copy"),
        place=each.place,
        what=each.what,
        ours=each.ours,
        theirs=each.theirs,
    )


def _first(lines: Sequence[str], number: int, language: str) -> tuple[str, ...]:
    """Return the first lines of so many, and how many more there are."""
    shown = _texts(lines[:_LINES])
    left = number - len(shown)
    return (*shown, say(language, N_("… and {n} more"), n=left)) if left > 0 else shown


def _texts(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(text for each in lines if (text := one_line(each)))


def one_line(text: str) -> str:
    r"""Return a text that came from elsewhere as one line without signs that steer anything.

    >>> one_line("two\nlines \u202e and a turn")
    'two lines and a turn'
    """
    plain = "".join(" " if _steers(sign) else sign for sign in text)
    whole = " ".join(plain.split())
    return whole if len(whole) <= _LONGEST else f"{whole[: _LONGEST - 1]}…"


def _steers(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and sign not in _JOINERS
