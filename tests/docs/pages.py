"""Knows alone how a page of the documentation shows commands, programs and what people type."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TYPED = re.compile(r"^<!-- typed into (.+?) -->\n\n((?:\|.*\n)+)", re.MULTILINE)
_CODE = re.compile(r"\s+# exit code (\d)$")


@dataclass(frozen=True)
class Command:
    """A command line of a page, the exit code it must have, and what is shown below it."""

    line: str
    code: int
    output: str


@dataclass(frozen=True)
class Program:
    """A piece of Python on a page."""

    source: str


@dataclass(frozen=True)
class Typing:
    """Rows that a reader is asked to type into a sheet: a dict a row, by column label."""

    sheet: str
    rows: tuple[dict[str, str], ...]


Step = Command | Program | Typing


def steps(text: str) -> list[Step]:
    """Return what a reader of a page does, in order."""
    found: list[tuple[int, Step]] = []
    for fence in _FENCE.finditer(text):
        if fence[1] == "console":
            found += ((fence.start(), command) for command in commands(fence[2]))
        elif fence[1] == "python":
            found.append((fence.start(), Program(fence[2])))
    found += ((table.start(), typing(table[1], table[2])) for table in _TYPED.finditer(text))
    return [step for _, step in sorted(found, key=lambda each: each[0])]


def commands(block: str) -> Iterator[Command]:
    """Yield the commands of a console block; text before the first one is no output of any."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, output = part.partition("\n")
        code = _CODE.search(line)
        yield Command(_CODE.sub("", line).strip(), int(code[1]) if code else 0, output)


def typing(sheet: str, table: str) -> Typing:
    """Return the rows of a Markdown table."""
    lines = [[cell.strip() for cell in line.strip("|\n ").split("|")] for line in table.split("\n")]
    head, _, *rows = [line for line in lines if any(line)]
    return Typing(sheet, tuple(dict(zip(head, row, strict=True)) for row in rows))


def languages_of_blocks(text: str) -> set[str]:
    """Return the names that the fenced blocks of a page carry."""
    return {fence[1] for fence in _FENCE.finditer(text)}


def local_links(text: str) -> set[str]:
    """Return the files, with or without a place in them, that a page links to or shows."""
    plain = _FENCE.sub("", text)
    links = re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"|href=\"([^\"]+)\"", plain)
    named = {next(filter(None, link)) for link in links}
    return {link for link in named if not re.match(r"https?:|mailto:", link)}


def anchors(text: str) -> set[str]:
    """Return the places of a page that links can name, as GitHub makes them from headings."""
    heads = re.findall(r"^#+ (.+)$", _FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
