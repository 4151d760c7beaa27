"""Decides how the small XML parts of a workbook are read: tags with attributes, nothing else.

Documents with a DTD never get here (the guard refuses them), so nothing can be expanded.
"""

from dataclasses import dataclass
from xml.parsers import expat


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening tag without namespaces; `depth` is 1 for the root, `at` its first byte."""

    name: str
    attributes: dict[str, str]
    depth: int
    at: int


def tags(content: bytes) -> tuple[Tag, ...]:
    """Return the tags of a part in their order; ValueError if it is not well-formed."""
    parser = expat.ParserCreate(namespace_separator=" ")
    found: list[Tag] = []
    depth = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        plain = {
            key.rpartition(" ")[2] if " " in key else key: value
            for key, value in attributes.items()
        }
        found.append(Tag(name.rpartition(" ")[2], plain, depth, parser.CurrentByteIndex))

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat takes it by position only
    except (expat.ExpatError, ValueError, LookupError) as broken:
        raise ValueError(str(broken)) from None
    return tuple(found)


def is_well_formed(content: bytes, *, whole: bool = True) -> bool:
    """Tell whether a part of any size can be read at all; one that is cut out may lack prefixes."""
    try:
        expat.ParserCreate(namespace_separator=" " if whole else None).Parse(content, True)  # noqa: FBT003 - as above
    except (expat.ExpatError, ValueError, LookupError):
        return False
    return True
