"""Decides under which numbers the formats of one workbook stand in another one.

A format that the other workbook has already is used again, so that the same sheet may be written
into it any number of times.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cjm_sheets.adapters.xlsx_file import small_xml
from cjm_sheets.errors.workbook import CannotWriteSafelyError

_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles", "colors", "extLst",
)  # fmt: skip
_FIRST_OWN_NUMBER = 164
"""Number formats below this one are built into every program."""

_COUNT = re.compile(rb"""(\scount\s*=\s*["'])[0-9]+""")
_NUMBER_FORMAT = re.compile(rb"""\bnumFmtId\s*=\s*["']([0-9]+)["']""")
_CODE = re.compile(rb"""\bformatCode\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass(frozen=True, slots=True)
class Merged:
    """A grown style sheet, and the new number of each cell format and each conditional look."""

    xml: bytes
    formats: tuple[int, ...]
    looks: tuple[int, ...]


@dataclass
class _Section:
    """A list of a style sheet: where it lies (`start` to `end`), its entries and the new ones."""

    name: str
    start: int
    end: int
    entries: list[bytes]
    more: list[bytes] = field(default_factory=list)

    def number(self, entry: bytes) -> int:
        """Return the number of an entry, which is added if it is not there."""
        every = self.entries + self.more
        if entry in every:
            return every.index(entry)
        self.more.append(entry)
        return len(every)


def merge(styles: bytes, others: bytes, file: str, part: str) -> Merged:
    """Return a style sheet that has all formats of another one, too."""
    if not styles.rstrip().endswith(b"</styleSheet>"):
        raise CannotWriteSafelyError(file, part)
    try:
        ours = {name: _section(styles, name) for name in _ORDER[:-3]}
        theirs = {name: _section(others, name).entries for name in _ORDER[:-3]}
    except ValueError:
        raise CannotWriteSafelyError(file, part) from None
    for name in ("fonts", "fills", "borders", "cellXfs"):
        if not ours[name].entries:
            raise CannotWriteSafelyError(file, part)
    numbers = _numbers(ours["numFmts"], theirs["numFmts"])
    places = {
        kind: [ours[name].number(entry) for entry in theirs[name]]
        for kind, name in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"))
    }
    formats = [ours["cellXfs"].number(_moved(xf, numbers, places)) for xf in theirs["cellXfs"]]
    looks = [ours["dxfs"].number(_renumbered(look, numbers)) for look in theirs["dxfs"]]
    return Merged(_written(styles, list(ours.values())), tuple(formats), tuple(looks))


def with_looks(
    styles: bytes, looks: Sequence[bytes], file: str, part: str
) -> tuple[bytes, list[int]]:
    """Return a style sheet that has these conditional looks, and their numbers."""
    try:
        section = _section(styles, "dxfs")
    except ValueError:
        raise CannotWriteSafelyError(file, part) from None
    numbers = [section.number(look) for look in looks]
    return _written(styles, [section]), numbers


def _section(xml: bytes, name: str) -> _Section:
    """Return a list of a style sheet; where it is missing, an empty one in its place."""
    tags = small_xml.tags(xml)
    at = next((n for n, tag in enumerate(tags) if tag.name == name and tag.depth == 2), None)  # noqa: PLR2004 - right below the root
    if at is None:
        later = _ORDER[_ORDER.index(name) + 1 :]
        following = (tag.at for tag in tags if tag.depth == 2 and tag.name in later)  # noqa: PLR2004 - as above
        place = next(following, xml.rfind(b"</styleSheet>"))
        return _Section(name, place, place, [])
    start = tags[at].at
    opened = xml.index(b">", start) + 1
    if not xml.startswith(b"<" + name.encode(), start):
        raise ValueError(name)
    if xml[:opened].endswith(b"/>"):
        return _Section(name, start, opened, [])
    close = xml.index(b"</" + name.encode() + b">", start)
    inside = [tag.at for tag in tags[at + 1 :] if tag.depth == 3 and tag.at < close]  # noqa: PLR2004 - the entries
    entries = [xml[a:b].strip() for a, b in pairwise([*inside, close])]
    return _Section(name, start, close + len(name) + 3, entries)


def _numbers(ours: _Section, theirs: Sequence[bytes]) -> dict[int, int]:
    """Return the numbers of the other workbook's own number formats, which are added."""
    known: dict[bytes, int] = {}
    for entry in ours.entries:
        known.setdefault(_code(entry), _own_number(entry))
    found: dict[int, int] = {}
    for entry in theirs:
        code = _code(entry)
        if code not in known:
            number = max((_FIRST_OWN_NUMBER - 1, *known.values())) + 1
            known[code] = number
            ours.more.append(b'<numFmt numFmtId="%d" formatCode="%s"/>' % (number, code))
        found[_own_number(entry)] = known[code]
    return found


def _own_number(entry: bytes) -> int:
    number = _NUMBER_FORMAT.search(entry)
    return int(number[1]) if number else 0


def _code(entry: bytes) -> bytes:
    code = _CODE.search(entry)
    return (code[1] if code[1] is not None else code[2]) if code else b""


def _moved(xf: bytes, numbers: dict[int, int], places: dict[str, list[int]]) -> bytes:
    """Return a cell format that names what it consists of by the numbers in our style sheet."""
    for kind, found in places.items():
        pattern = re.compile(rb"""\b%s\s*=\s*["']([0-9]+)["']""" % kind.encode())
        said = b'%s="%%d"' % kind.encode()
        xf = pattern.sub(lambda m: said % found[int(m[1])], xf)  # noqa: B023 - used up in this turn
    return _renumbered(xf, numbers)


def _renumbered(entry: bytes, numbers: dict[int, int]) -> bytes:
    """Return an entry with its number format under our number."""
    return _NUMBER_FORMAT.sub(lambda m: b'numFmtId="%d"' % numbers.get(int(m[1]), int(m[1])), entry)


def _written(xml: bytes, sections: list[_Section]) -> bytes:
    """Return the style sheet with all that was added, everything else byte for byte as it was."""
    for section in sorted(sections, key=lambda of: (of.start, _ORDER.index(of.name)), reverse=True):
        if not section.more:
            continue
        name, count = section.name.encode(), len(section.entries) + len(section.more)
        more = b"".join(section.more)
        if section.entries:
            old = xml[section.start : section.end]
            opened = old.index(b">") + 1
            head = _COUNT.sub(lambda m, n=count: m[1] + b"%d" % n, old[:opened])  # type: ignore[misc] # n is bound now
            close = old.rindex(b"</")
            new = head + old[opened:close] + more + old[close:]
        else:
            new = b'<%s count="%d">%s</%s>' % (name, count, more, name)
        xml = xml[: section.start] + new + xml[section.end :]
    return xml
