"""Decides what a fleet.toml says: typed data, or all that is wrong with it, line by line."""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from cjm_sheets.errors.fleet import FleetFileError, FleetProblem
from cjm_sheets.fleet.lines import lines_of
from cjm_sheets.fleet.problems import Problems
from cjm_sheets.fleet.settings import (
    DIGESTS,
    DIRECTIONS,
    LOCAL,
    NEVER,
    NEW,
    REMEMBERED,
    Entry,
    Fleet,
    Wish,
    has_wildcard,
)
from cjm_sheets.fleet.values import Values
from cjm_sheets.words.languages import LANGUAGES

MOST_SHARDS = 10_000
_WISH = ("every", "direction", "tell", "fail_on", "wall_map", "shared_drive", "quota_share")
FLEET_KEYS = ("shards", "redis", "digest", "language", *_WISH)
ENTRY_KEYS = ("name", "workbook", "shared_copy", *_WISH, "shard")
_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def read_fleet(text: str, file: str, rules: Collection[str]) -> Fleet:
    """Return what a text asks for; `file` is what errors call it, `rules` the ids of all checks.

    Raises:
        FleetFileError: something in it is wrong; it names every problem with its line.
    """
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FleetFileError(file, (_not_toml(error, text),)) from error
    problems = Problems(lines_of(text))
    fleet = _fleet(content, problems, rules)
    if problems.found:
        raise FleetFileError(file, problems.in_order())
    return fleet


def _not_toml(error: Exception, text: str) -> FleetProblem:
    """Return what is wrong with a text that is no TOML, and where."""
    last = max(1, len(text.splitlines()))
    if isinstance(error, RecursionError):
        return FleetProblem(1, "deep", {})
    said = str(error)
    at = _AT.search(said)
    line = int(at[1]) if at and at[1] else last
    return FleetProblem(line, "toml", {"reason": _AT.sub("", said)})


def _fleet(content: Mapping[str, Any], problems: Problems, rules: Collection[str]) -> Fleet:
    Values(content, (), problems).refuse_others(("fleet", "pair"))
    table = content.get("fleet", {})
    if not isinstance(table, dict):
        problems.add(("fleet",), "table", key="fleet")
        table = {}
    values = Values(table, ("fleet",), problems)
    values.refuse_others(FLEET_KEYS)
    shards = values.whole("shards", 1, MOST_SHARDS)
    share = values.share("quota_share", 1.0)
    default = _wish(values, Wish(), rules)
    entries = _entries(content.get("pair", []), default, shards, problems, rules)
    digest = values.choice("digest", NEVER, DIGESTS)
    if digest != NEVER and not any(entry.wish.tell for entry in entries):
        values.wrong("digest", "nobody", value=digest)
    language = values.choice("language", "", LANGUAGES) if values.has("language") else ""
    return Fleet(entries, share, shards, values.text("redis"), digest, language)


def _wish(values: Values, default: Wish, rules: Collection[str]) -> Wish:
    """Return how a pair is kept in step; the share of the quota is read beside."""
    return Wish(
        every=values.every("every", default.every),
        direction=values.choice("direction", default.direction, DIRECTIONS),
        tell=values.emails("tell", default.tell),
        fail_on=values.fail_on("fail_on", default.fail_on, rules),
        wall_map=values.yes_no("wall_map", default=default.wall_map),
        shared_drive=values.yes_no("shared_drive", default=default.shared_drive),
    )


def _entries(
    tables: object, default: Wish, shards: int, problems: Problems, rules: Collection[str]
) -> tuple[Entry, ...]:
    """Return the entries; that one says the same as another is a problem, too."""
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        problems.add(("pair",), "pairs")
        return ()
    if not tables:
        problems.add((), "no_pairs")
    entries = []
    lines: dict[tuple[str, str], int] = {}
    for number, table in enumerate(tables):
        values = Values(table, ("pair", number), problems)
        entry = _entry(values, default, problems.line(("pair", number)), shards, rules)
        entries.append(entry)
        for key, value in (("name", entry.name), ("workbook", entry.workbook)):
            if value and values.has(key):
                first = lines.setdefault((key, value), entry.line)
                if first != entry.line:
                    values.wrong(key, "twice", value=value, first=first)
    return tuple(entries)


def _entry(values: Values, default: Wish, line: int, shards: int, rules: Collection[str]) -> Entry:
    values.refuse_others(ENTRY_KEYS)
    if not values.has("workbook"):
        values.wrong("workbook", "missing")
    workbook = values.text("workbook")
    shared_copy = values.shared_copy("shared_copy")
    one_copy = shared_copy not in {REMEMBERED, NEW, LOCAL}
    if one_copy and (has_wildcard(workbook) or workbook.endswith(("/", "\\"))):
        values.wrong("shared_copy", "one_copy", workbook=workbook)
    wish = _wish(values, default, rules)
    share = values.share("quota_share", 1.0)
    return Entry(
        name=values.text("name", workbook),
        workbook=workbook,
        shared_copy=shared_copy,
        wish=replace(wish, quota_share=share),
        shard=values.whole("shard", 1, shards) if values.has("shard") else None,
        line=line,
    )
