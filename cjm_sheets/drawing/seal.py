"""Decides how a page is known as a drawing of ours that nobody changed since."""

import re
from hashlib import sha256
from html import escape, unescape

_HEAD = '<meta charset="utf-8">\n'
_SEAL = re.compile(
    r'<meta name="generator" content="cjm-sheets; ([^"\n]*); ([0-9a-f]{64})">\n', re.ASCII
)


def sealed(page: str, workbook: str) -> str:
    """Return a page that says of which workbook it is, and what it said when it was drawn."""
    before, head, after = page.partition(_HEAD)
    return f"{before}{head}{_seal(page, workbook)}{after}"


def is_ours(page: str, workbook: str) -> bool:
    r"""Tell whether a page is a drawing of a workbook of this name, as it was drawn.

    >>> page = sealed('<meta charset="utf-8">\n<title>Map</title>', "map.xlsx")
    >>> is_ours(page, "map.xlsx"), is_ours(page, "other.xlsx"), is_ours(page + "!", "map.xlsx")
    (True, False, False)
    """
    found = _SEAL.search(page)
    if found is None or unescape(found[1]) != _name(workbook):
        return False
    bare = page[: found.start()] + page[found.end() :]
    return sealed(bare, workbook) == page


def _name(workbook: str) -> str:
    """Return the name of a file as a line of text can hold it."""
    return " ".join(workbook.encode("utf-8", "replace").decode().split())


def _seal(page: str, workbook: str) -> str:
    name = _name(workbook)
    digest = sha256(f"{name}\n{page}".encode("utf-8", "surrogatepass")).hexdigest()
    return f'<meta name="generator" content="cjm-sheets; {escape(name)}; {digest}">\n'
