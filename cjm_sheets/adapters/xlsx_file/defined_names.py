"""Decides how the names of a workbook are read and written: of cells, of print areas, of sheets."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cjm_sheets.adapters.xlsx_file import texts
from cjm_sheets.tables import a1
from cjm_sheets.templates import titles

_NAME = re.compile(rb"<definedName\b([^>]*)>([^<]*)</definedName>")
_ATTRIBUTE = re.compile(rb"""\b(name|localSheetId)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LOCAL = re.compile(rb"""(\slocalSheetId\s*=\s*["'])([0-9]+)""")
_SHOWN = re.compile(rb"""(\s(?:activeTab|firstSheet)\s*=\s*["'])([0-9]+)""")
_EMPTY = re.compile(rb"<definedNames>\s*</definedNames>|<definedNames\s*/>")
_BEFORE = (b"externalReferences", b"functionGroups", b"sheets")


@dataclass(frozen=True, slots=True)
class Name:
    """A name for cells; `sheet` is the place among all sheets of the one that it belongs to."""

    name: str
    sheet: int | None
    text: str


def names(xml: bytes) -> Iterator[Name]:
    """Yield the names that the main part of a workbook defines."""
    for found in _NAME.finditer(xml):
        name, sheet = _key(found[1])
        yield Name(name, sheet, texts.unescape(found[2]))


def made_sheets(xml: bytes) -> dict[str, str]:
    """Return the titles of the sheets that the program made, by what they are.

    Names that belong to one sheet do not count: the copy that somebody keeps of a sheet has them.
    """
    whole = (of for of in names(xml) if of.sheet is None)
    places = ((of.name, of.text) for of in whole if "#REF" not in of.text)
    return titles.roles({name: a1.split_place(place)[0] for name, place in places})


def put_names(xml: bytes, wanted: Iterable[Name]) -> bytes:
    """Return the main part with these names, each in place of the one that it was before."""
    new = {(name.name.casefold(), name.sheet): name for name in wanted}

    def replaced(found: re.Match[bytes]) -> bytes:
        name, sheet = _key(found[1])
        better = new.pop((name.casefold(), sheet), None)
        if better is None or better.text == texts.unescape(found[2]):
            return found[0]
        return _written(better)

    xml = _NAME.sub(replaced, xml)
    more = b"".join(map(_written, new.values()))
    if not more:
        return xml
    if b"</definedNames>" in xml:
        return xml.replace(b"</definedNames>", more + b"</definedNames>", 1)
    for before in _BEFORE:
        end = re.search(rb"</%s>|<%s\s*/>" % (before, before), xml)
        if end:
            whole = b"<definedNames>" + more + b"</definedNames>"
            return xml[: end.end()] + whole + xml[end.end() :]
    raise ValueError(_BEFORE)


def without_names(xml: bytes, gone: Iterable[str]) -> bytes:
    """Return the main part without these names of the whole workbook."""
    plain = {name.casefold() for name in gone}

    def kept(found: re.Match[bytes]) -> bytes:
        name, sheet = _key(found[1])
        return b"" if sheet is None and name.casefold() in plain else found[0]

    return _EMPTY.sub(b"", _NAME.sub(kept, xml)) if plain else xml


def moved_behind(xml: bytes, at: int) -> bytes:
    """Return the main part after a sheet was put in at a place: all that counts sheets follows."""

    def later(found: re.Match[bytes]) -> bytes:
        number = int(found[2])
        return found[1] + b"%d" % (number + (number >= at))

    head, mark, rest = xml.partition(b"<sheets>")
    return _SHOWN.sub(later, head) + mark + _LOCAL.sub(later, rest)


def _key(attributes: bytes) -> tuple[str, int | None]:
    found = {a[1]: a[2] if a[2] is not None else a[3] for a in _ATTRIBUTE.finditer(attributes)}
    local = found.get(b"localSheetId")
    return texts.unescape(found.get(b"name", b"")), None if local is None else int(local)


def _written(of: Name) -> bytes:
    local = b"" if of.sheet is None else b' localSheetId="%d"' % of.sheet
    name = texts.attribute(of.name)
    return b'<definedName name="%s"%s>%s</definedName>' % (name, local, texts.escape(of.text))


def texts_of(places: Mapping[str, str]) -> Iterator[Name]:
    """Yield names for the whole workbook."""
    for name, place in places.items():
        yield Name(name, None, place)
