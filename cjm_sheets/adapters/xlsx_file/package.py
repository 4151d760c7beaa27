"""Decides which parts a workbook file has and whether they may be given to a parser at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from cjm_sheets.adapters.xlsx_file import kind_of_file, limits, small_xml
from cjm_sheets.adapters.xlsx_file.zip_directory import Directory, Entry, inflate, read_directory
from cjm_sheets.errors.workbook import (
    DamagedWorkbookError,
    ForeignEncodingError,
    NotAWorkbookError,
    UnsafeWorkbookError,
)

TYPES = "[Content_Types].xml"
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
_MARK = b"\xef\xbb\xbf"
_PROLOG = 400


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part: its id, the last word of its type, and the part it leads to."""

    id: str
    kind: str
    target: str


@dataclass(frozen=True)
class Package:
    """The guarded parts of a workbook file; names are found whatever their case."""

    file: str
    data: bytes
    directory: Directory
    _relations: dict[str, tuple[Relation, ...]] = field(default_factory=dict, compare=False)

    @cached_property
    def by_name(self) -> dict[str, Entry]:
        """The entries by their names in small letters."""
        return {entry.name.casefold(): entry for entry in self.directory.entries}

    @cached_property
    def content_types(self) -> dict[str, str]:
        """What the parts are that say so one by one, by their names in small letters."""
        return {
            tag.attributes.get("PartName", "").lstrip("/").casefold(): tag.attributes["ContentType"]
            for tag in self.tags(TYPES)
            if tag.name == "Override" and "ContentType" in tag.attributes
        }

    def has(self, name: str) -> bool:
        """Tell whether there is a part of this name."""
        return name.casefold() in self.by_name

    def part(self, name: str) -> bytes:
        """Return a part that a parser may see; raises if it is missing, broken or a trap."""
        entry = self.by_name.get(name.casefold())
        if entry is None:
            raise DamagedWorkbookError(self.file, name)
        content = inflate(self.data, entry, self.file)
        _refuse_encodings(content, name, self.file)
        _refuse_declarations(content, name, self.file)
        return content

    def tags(self, name: str) -> tuple[small_xml.Tag, ...]:
        """Return the tags of a small part."""
        entry = self.by_name.get(name.casefold())
        if entry is not None and entry.size > limits.SMALL_PART:
            raise UnsafeWorkbookError(self.file, name)
        try:
            return small_xml.tags(self.part(name))
        except ValueError:
            raise DamagedWorkbookError(self.file, name) from None

    def relations(self, name: str) -> tuple[Relation, ...]:
        """Return the relationships of a part to other parts; () if it has none."""
        if name not in self._relations:
            self._relations[name] = self._related(name)
        return self._relations[name]

    def _related(self, name: str) -> tuple[Relation, ...]:
        folder, _, last = name.rpartition("/")
        rels = f"{folder}/_rels/{last}.rels" if folder else f"_rels/{last}.rels"
        if not self.has(rels):
            return ()
        return tuple(
            Relation(tag.attributes.get("Id", ""), kind, resolved(folder, target))
            for tag in self.tags(rels)
            if tag.name == "Relationship" and tag.attributes.get("TargetMode") != "External"
            for kind in [tag.attributes.get("Type", "").rpartition("/")[2]]
            for target in [tag.attributes.get("Target", "")]
        )

    def related(self, name: str, kind: str) -> str:
        """Return the first part of a kind to which a part has a relationship, "" if none."""
        return next((r.target for r in self.relations(name) if r.kind == kind), "")

    def guard_others(self, seen: frozenset[str]) -> None:
        """Refuse traps in the XML parts that are not among those seen (names in small letters).

        Only what spreadsheet programs write themselves must be UTF-8: people's own XML lies beside.
        """
        for entry in self.directory.entries:
            if entry.name.endswith((".xml", ".rels")) and entry.name.casefold() not in seen:
                content = inflate(self.data, entry, self.file)
                if entry.name.startswith("xl/"):
                    _refuse_encodings(content, entry.name, self.file)
                _refuse_declarations(content, entry.name, self.file)


def open_package(data: bytes, file: str) -> Package:
    """Return the parts of a workbook file, after everything that can be seen without a parser."""
    if not data.startswith((kind_of_file.ZIP, b"PK\5\6")):
        raise NotAWorkbookError(file, kind_of_file.kind_of(data))
    package = measured(data, file)
    names = frozenset(entry.name for entry in package.directory.entries)
    kind = kind_of_file.kind_of_archive(names, _types(package))
    if kind is not None:
        raise NotAWorkbookError(file, kind)
    if not package.has(TYPES):
        raise DamagedWorkbookError(file, TYPES)
    package.part(TYPES)
    return package


def measured(data: bytes, file: str) -> Package:
    """Return the parts of an archive of any kind, none of which is larger than we dare to read."""
    package = Package(file, data, read_directory(data, file))
    _refuse_sizes(package)
    return package


def _types(package: Package) -> bytes:
    """Return the content types, "" if there are none."""
    entry = package.by_name.get(TYPES.casefold())
    return inflate(package.data, entry, package.file) if entry else b""


def _refuse_sizes(package: Package) -> None:
    """Refuse archives that would unpack to far more than a workbook is."""
    entries = package.directory.entries
    if len(entries) > limits.PARTS:
        raise UnsafeWorkbookError(package.file, "zip")
    total = 0
    for entry in entries:
        total += entry.size if entry.name.endswith((".xml", ".rels")) else 0
        swollen = entry.size > limits.SMALL_PART and entry.size > entry.packed * limits.RATIO
        if swollen or total > limits.UNPACKED:
            raise UnsafeWorkbookError(package.file, entry.name)


def _refuse_encodings(content: bytes, name: str, file: str) -> None:
    """Refuse what is not UTF-8: readers disagree on the rest, one reads UTF-16 as empty."""
    start = content[:_PROLOG]
    found = _ENCODING.match(start.removeprefix(_MARK))
    said = found[1].lower() if found else b"utf-8"
    if b"\0" in start or said not in {b"utf-8", b"utf8", b"us-ascii", b"ascii"}:
        raise ForeignEncodingError(file, name)


def _refuse_declarations(content: bytes, name: str, file: str) -> None:
    """Refuse document type declarations: no spreadsheet program writes one, only attackers do."""
    for start, narrow in _searched(content):
        if start in content or narrow in content:
            raise UnsafeWorkbookError(file, name)


def _searched(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Return the texts to look for, in the encodings in which the part may be."""
    if b"!" in content:  # a single byte is found ten times as fast
        yield b"<!DOCTYPE", b"<!ENTITY"
    if b"\0" in content[:_PROLOG]:
        for code in ("utf-16-le", "utf-16-be"):
            yield "<!DOCTYPE".encode(code), "<!ENTITY".encode(code)


def resolved(folder: str, target: str) -> str:
    """Return the name of the part that a relationship leads to."""
    if target.startswith("/"):
        return target.lstrip("/")
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)
