"""Decides in which line of a TOML text each key and value stands.

The standard library decides what the text says, and forgets where; here a syntax tree is asked
for nothing but the places. Only the shapes that fleet.toml has are told apart: keys of a table,
items of a list, and the tables of a list of tables, however they are written.
"""

from collections.abc import Iterator
from functools import cache

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

Path = tuple[str | int, ...]
"""How a place is named: keys, and from 0 the numbers of items, as in ("pair", 2, "tell", 0)."""


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_toml.language()))


def lines_of(text: str) -> dict[Path, int]:
    """Return the line, from 1, of each key, item and table of a text that is valid TOML."""
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    for node in _parser().parse(text.encode()).root_node.named_children:
        match node.type:
            case "pair":
                _note_pair(lines, (), node)
            case "table" | "table_array_element":
                _note_table(lines, counts, node)
            case _:
                pass  # a comment
    return lines


def _note_table(lines: dict[Path, int], counts: dict[Path, int], node: Node) -> None:
    """Note a table with a heading, and the keys in it."""
    children = node.named_children
    path: Path = ()
    *above, last = _keys(children[0])
    for key in above:
        path = _latest((*path, key), counts)
    path = (*path, last)
    if node.type == "table_array_element":
        counts[path] = counts.get(path, 0) + 1
        lines.setdefault(path, _line(node))
        path = _latest(path, counts)
    lines.setdefault(path, _line(node))
    for child in children[1:]:
        if child.type == "pair":
            _note_pair(lines, path, child)


def _latest(path: Path, counts: dict[Path, int]) -> Path:
    """Return the path itself, or, of a list of tables, that of its last table so far."""
    return (*path, counts[path] - 1) if path in counts else path


def _note_pair(lines: dict[Path, int], path: Path, node: Node) -> None:
    """Note a key and all that its value holds."""
    key, value = (child for child in node.named_children if child.type != "comment")
    for name in _keys(key):
        path = (*path, name)
        lines.setdefault(path, _line(key))
    _note_value(lines, path, value)


def _note_value(lines: dict[Path, int], path: Path, node: Node) -> None:
    children = [child for child in node.named_children if child.type != "comment"]
    if node.type == "inline_table":
        for child in children:
            _note_pair(lines, path, child)
    elif node.type == "array":
        for number, child in enumerate(children):
            lines.setdefault((*path, number), _line(child))
            _note_value(lines, (*path, number), child)


def _keys(node: Node) -> Iterator[str]:
    """Yield the parts of a key, a.b has two, without their quotes."""
    if node.type == "dotted_key":
        for child in node.named_children:
            yield from _keys(child)
    else:
        text = (node.text or b"").decode()
        yield text[1:-1] if node.type == "quoted_key" else text


def _line(node: Node) -> int:
    return node.start_point.row + 1
