"""Decides what the notes on the cells of a sheet say, whoever wrote them."""

from xml.parsers import expat

from cjm_sheets.adapters.xlsx_file import limits
from cjm_sheets.adapters.xlsx_file.package import Package
from cjm_sheets.errors.workbook import DamagedWorkbookError, UnsafeWorkbookError
from cjm_sheets.tables import a1


def notes(package: Package, sheet: str) -> dict[tuple[int, int], str]:
    """Return the notes of the sheet in a part, by line and column; how they look is left out."""
    part = package.related(sheet, "comments")
    if not part or not package.has(part):
        return {}
    if package.by_name[part.casefold()].size > limits.SMALL_PART:
        raise UnsafeWorkbookError(package.file, part)
    try:
        return _read(package.part(part))
    except (expat.ExpatError, ValueError, LookupError):
        raise DamagedWorkbookError(package.file, part) from None


def _read(xml: bytes) -> dict[tuple[int, int], str]:
    """Return the notes of a part; ExpatError or ValueError if nobody can say."""
    found: dict[tuple[int, int], str] = {}
    place: tuple[int, int] | None = None
    said: list[str] = []
    open_tags: list[str] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal place
        tag = name.rpartition(" ")[2]
        open_tags.append(tag)
        if tag == "comment":
            place = a1.parse_cell(attributes.get("ref", ""))
            said.clear()

    def end(_name: str) -> None:
        if open_tags.pop() == "comment" and place is not None and "".join(said).strip():
            found[place] = "".join(said)

    def text(data: str) -> None:
        # How a word sounds (rPh) stands beside the words themselves.
        if open_tags[-1] == "t" and "rPh" not in open_tags[-3:]:
            said.append(data)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.Parse(xml, True)  # noqa: FBT003 - expat takes it by position only
    return found
