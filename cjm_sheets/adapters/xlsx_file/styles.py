"""Decides which formats of cells show dates, and makes one that does from one that does not."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from cjm_sheets.adapters.xlsx_file import small_xml
from cjm_sheets.errors.workbook import CannotWriteSafelyError

_BUILT_IN = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_DAY_FORMAT = 14
"""The day as the reader's own country writes it."""

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)
_COUNT = re.compile(rb"""(<cellXfs\b[^>]*?\bcount\s*=\s*["'])[0-9]+""")
_FORMAT = re.compile(rb"""\snumFmtId\s*=\s*["'][0-9]*["']""")
_APPLIED = re.compile(rb"""\sapplyNumberFormat\s*=\s*["'][a-z0-9]*["']""")


@dataclass
class Styles:
    """The cell formats of a workbook; `xml` grows when a date needs one that is not there."""

    xml: bytes
    part: str
    file: str
    made: dict[int, int] = field(default_factory=dict)

    def for_date(self, style: bytes | None) -> bytes:
        """Return a format that is like this one but shows a day."""
        index = int(style or 0)
        if index < len(self._formats) and self._shows_date(self._formats[index]):
            return str(index).encode()
        if index not in self.made:
            self.made[index] = len(self._formats) + len(self.made)
            self._append(self._raw[index] if index < len(self._raw) else self._raw[0])
        return str(self.made[index]).encode()

    def formats(self) -> tuple[bytes, ...]:
        """Return the XML of each cell format, () if there are none."""
        return self._raw if b"</cellXfs>" in self.xml else ()

    def _append(self, raw: bytes) -> None:
        """Add a format that is like this one but shows a day."""
        end = self.xml.find(b"</cellXfs>")
        plain = _APPLIED.sub(b"", _FORMAT.sub(b"", raw))
        wanted = b'<xf numFmtId="%d" applyNumberFormat="1"' % _DAY_FORMAT
        added = plain.replace(b"<xf", wanted, 1)
        total = len(self._formats) + len(self.made)
        counted = _COUNT.sub(lambda found: found[1] + b"%d" % total, self.xml[:end])
        self.xml = counted + added + self.xml[end:]

    def _shows_date(self, number_format: int) -> bool:
        code = self._codes.get(number_format)
        if code is None:
            return number_format in _BUILT_IN
        return bool(_DATE_LETTERS.search(_QUOTED.sub("", code.partition(";")[0])))

    @cached_property
    def _tags(self) -> tuple[small_xml.Tag, ...]:
        return small_xml.tags(self.xml)

    @cached_property
    def _codes(self) -> dict[int, str]:
        """The custom number formats by number."""
        return {
            int(tag.attributes["numFmtId"]): tag.attributes.get("formatCode", "")
            for tag in self._tags
            if tag.name == "numFmt" and tag.attributes.get("numFmtId", "").isdigit()
        }

    @cached_property
    def _places(self) -> tuple[tuple[int, small_xml.Tag], ...]:
        """Where the formats of cells begin, and their tags."""
        begin = next((tag for tag in self._tags if tag.name == "cellXfs"), None)
        if begin is None or b"</cellXfs>" not in self.xml:
            raise CannotWriteSafelyError(self.file, self.part)
        end = self.xml.find(b"</cellXfs>")
        return tuple((t.at, t) for t in self._tags if t.name == "xf" and begin.at < t.at < end)

    @cached_property
    def _formats(self) -> tuple[int, ...]:
        """The number format of each cell format."""
        return tuple(int(tag.attributes.get("numFmtId", "0")) for _, tag in self._places)

    @cached_property
    def _raw(self) -> tuple[bytes, ...]:
        """The XML of each cell format, as the file has it."""
        edges = [at for at, _ in self._places] + [self.xml.find(b"</cellXfs>")]
        return tuple(self.xml[begin:end] for begin, end in pairwise(edges))
