"""Decides what is new of a pair: looks that follow one another become what came and what went."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple

from cjm_sheets.ports.journal import Clashed, Known, News, Noted, Review


def then(first: News, second: News) -> News:
    """Return what happened in two stretches of time that follow one another, told as one.

    A finding that came and went again is none that came, and none that went.

    >>> then(News(1, came=frozenset({"e1", "w2"})), News(2, went=frozenset({"w2"}))).came
    frozenset({'e1'})
    """
    return News(
        first.pushed + second.pushed,
        first.pulled + second.pulled,
        (first.came - second.went) | (second.came - first.went),
        (first.went - second.came) | (second.went - first.came),
    )


def together(noted: Iterable[tuple[str, News]]) -> dict[str, News]:
    """Return what happened to each pair, from what was noted in the order of time."""
    told: dict[str, News] = {}
    for key, news in noted:
        told[key] = then(told.get(key, News()), news)
    return told


def compared(before: Known | None, now: Known, *, is_new: bool) -> News:
    """Return which findings came and went between two looks at a pair.

    Before the first look nothing is known. A pair that is new had no findings then; of another one
    nobody can say which of them are new.
    """
    if before is None:
        return News(came=frozenset(now.findings)) if is_new else News()
    return News(
        came=frozenset(now.findings.keys() - before.findings.keys()),
        went=frozenset(before.findings.keys() - now.findings.keys()),
    )


# ---- as it lies in a file or on a server -------------------------------------------------


def known_text(known: Known) -> str:
    """Return what is known of a pair as text."""
    return _packed(
        {
            "findings": {mark: astuple(noted) for mark, noted in known.findings.items()},
            "clashes": [astuple(each) for each in known.clashes],
            "reviews": [astuple(each) for each in known.reviews],
        }
    )


def known_of(text: str) -> Known:
    """Return what is known of a pair from its text."""
    content = json.loads(text)
    return Known(
        {mark: Noted(*noted) for mark, noted in content["findings"].items()},
        tuple(Clashed(*each) for each in content["clashes"]),
        tuple(Review(*each) for each in content["reviews"]),
    )


def news_text(news: News, **more: str) -> str:
    """Return what happened to a pair as text, and what an adapter keeps beside it."""
    content = {
        "pushed": news.pushed,
        "pulled": news.pulled,
        "came": sorted(news.came),
        "went": sorted(news.went),
    }
    return _packed({**content, **more})


def news_of(text: str | None) -> News:
    """Return what happened to a pair from its text; None is that nothing did."""
    if not text:
        return News()
    content = json.loads(text)
    return News(
        content["pushed"],
        content["pulled"],
        frozenset(content["came"]),
        frozenset(content["went"]),
    )


def _packed(content: Mapping[str, object]) -> str:
    return json.dumps(content, separators=(",", ":"))
