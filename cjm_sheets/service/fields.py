"""Decides what a field mask means: which parts of an answer are sent, which of a thing change."""

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from cjm_sheets.service.refusals import Json, JsonValue, RefusedError

Mask: TypeAlias = Mapping[str, Any]
"""A tree of names; an empty tree means everything below."""

EVERYTHING: Mask = {}

_TOKEN = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*|\*|[(),./])")


def parse_mask(text: str) -> Mask:
    """Return the tree of a mask such as ``sheets(properties.title,data/rowData),namedRanges``.

    ``*`` stands for everything at its place. Raises ``RefusedError`` for text that is no mask.

    >>> parse_mask("a(b,c.d),e/f")
    {'a': {'b': {}, 'c': {'d': {}}}, 'e': {'f': {}}}
    """
    tokens = _tokens(text)
    tree, rest = _group(tokens, 0, text)
    if rest != len(tokens):
        raise _bad_mask(text)
    return _simplified(tree)


def _bad_mask(text: str) -> RefusedError:
    return RefusedError(f"Invalid field mask: {text}")


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    position = 0
    stripped = text.rstrip()
    while position < len(stripped):
        match = _TOKEN.match(stripped, position)
        if match is None:
            raise _bad_mask(text)
        tokens.append(match[1])
        position = match.end()
    return tokens


def _group(tokens: list[str], at: int, text: str) -> tuple[dict[str, Any], int]:
    tree: dict[str, Any] = {}
    while True:
        at = _path(tokens, at, tree, text)
        if at >= len(tokens) or tokens[at] != ",":
            return tree, at
        at += 1


def _path(tokens: list[str], at: int, tree: dict[str, Any], text: str) -> int:
    """Read one path into the tree; return where the next token stands."""
    node = tree
    while True:
        if at >= len(tokens) or tokens[at] in "(),./":
            raise _bad_mask(text)
        node = _entered(node, tokens[at])
        at += 1
        if at < len(tokens) and tokens[at] in "./":
            at += 1
            continue
        if at < len(tokens) and tokens[at] == "(":
            inner, at = _group(tokens, at + 1, text)
            if at >= len(tokens) or tokens[at] != ")":
                raise _bad_mask(text)
            _join(node, inner)
            return at + 1
        node["*"] = {}
        return at


def _entered(node: dict[str, Any], name: str) -> dict[str, Any]:
    child: dict[str, Any] = node.setdefault(name, {})
    return child


def _join(tree: dict[str, Any], other: Mapping[str, Any]) -> None:
    for name, child in other.items():
        _join(_entered(tree, name), child)


def _simplified(tree: Mapping[str, Any]) -> Mask:
    if "*" in tree:
        return EVERYTHING
    return {name: _simplified(child) for name, child in tree.items()}


def wants(mask: Mask, *path: str) -> bool:
    """Say whether the mask lets anything at the path through."""
    return below(mask, *path) is not None


def below(mask: Mask, *path: str) -> Mask | None:
    """Return the mask that holds below a path; None where the mask shuts it out."""
    for name in path:
        if not mask:
            return EVERYTHING
        if name not in mask:
            return None
        mask = mask[name]
    return mask


def select(value: JsonValue, mask: Mask) -> JsonValue:
    """Return the parts of a JSON value that the mask names; lists are entered."""
    if not mask:
        return value
    if isinstance(value, list):
        return [select(item, mask) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: select(value[name], child) for name, child in mask.items() if name in value}


def overlay(old: Json, new: Json, mask: Mask) -> Json:
    """Return ``old`` with the parts that the mask names taken from ``new``, absent ones removed."""
    if not mask:
        return new
    result = dict(old)
    for name, child in mask.items():
        if child and isinstance(old.get(name, {}), dict) and isinstance(new.get(name, {}), dict):
            part: Any = overlay(old.get(name, {}), new.get(name, {}), child)
            present = bool(part) or name in new
        else:
            part, present = new.get(name), name in new
        if present:
            result[name] = part
        else:
            result.pop(name, None)
    return result
