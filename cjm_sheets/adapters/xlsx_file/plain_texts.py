"""Decides which texts a plainly written table of shared strings holds; ValueError if it is not.

What the usual programs write, taken by one search over the whole part. Whatever might be understood
in two ways is left to the other reader (see grids).
"""

import re
from collections.abc import Sequence

_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>\s*)?<sst(?:\s[^<>]*)?(/?)>")
_END = re.compile(rb"</sst>\s*")
_PLAIN = re.compile(r"<si><t>([^<]*)</t></si>")
_KEEPS_BLANKS = ' xml:space="preserve"'
_ITEM = re.compile(r"<si>(.*?)</si>|<si/>", re.DOTALL)
_RUN = re.compile(
    rf"(?:<r>(?:<rPr>(?:<[^<>]*>)*?</rPr>)?)?<t({_KEEPS_BLANKS})?(?:>([^<]*)</t>|/>)(?:</r>)?"
)
_SPOKEN = re.compile(r"<rPh(?:\s[^<>]*)?>.*?</rPh>|<phoneticPr[^<>]*/>", re.DOTALL)
_REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|(lt|gt|amp|quot|apos));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PRINTABLE, _SURROGATES, _LAST = 0x20, range(0xD800, 0xE000), 0xFFFD
_AROUND = len("<si><t></t></si>")


def texts(xml: bytes) -> Sequence[str | None]:
    """Return the shared strings of a part in their order, None for empty ones.

    Raises ValueError if the part is not plain.
    """
    root = _ROOT.match(xml)
    if root is None or xml.find(b"\r", root.end()) >= 0:
        raise ValueError("sst")
    if root[1]:
        return []
    end = xml.rfind(b"</sst>")
    if end < 0 or not _END.fullmatch(xml, end):
        raise ValueError("sst")
    found = _items(xml[root.end() : end].decode())
    return [text or None for text in found] if "" in found else found


def _items(body: str) -> list[str]:
    """Return the texts of the items that fill a part."""
    alike = body.replace(f"<t{_KEEPS_BLANKS}>", "<t>")
    found = _PLAIN.findall(alike)
    whole = sum(map(len, found)) + _AROUND * len(found) == len(alike)
    if not whole or _cut(found):
        return [_item(each) for each in _contents(body)]
    return list(map(told, found)) if "&" in body or "_x" in body else found


def _cut(found: Sequence[str]) -> bool:
    """Tell whether blanks surround a text: what counts then is whether it says to keep them."""
    return list(map(str.strip, found)) != found


def _contents(body: str) -> list[str]:
    """Return what lies in each item; nothing may lie between them."""
    if "<!" in body:
        raise ValueError("<!")
    found, done = [], 0
    for item in _ITEM.finditer(body):
        if item.start() != done:
            raise ValueError(item[0])
        done = item.end()
        found.append(item[1] or "")
    if body[done:].strip():
        raise ValueError(body[done:])
    return found


def _item(content: str) -> str:
    """Return the text of an item: one text, or several with formats of their own."""
    if "<rPh" in content or "<phoneticPr" in content:
        content = _SPOKEN.sub("", content)
    said, done = [], 0
    for run in _RUN.finditer(content):
        text = run[2] or ""
        if run.start() != done or (text != text.strip() and not run[1]):
            raise ValueError(content)
        done = run.end()
        said.append(told(text))
    if done != len(content):
        raise ValueError(content)
    return "".join(said)


def told(text: str) -> str:
    r"""Return what the content of a tag says; ValueError if it names characters in an odd way.

    >>> told("A1&lt;&quot;x&#233;&quot; _x0041_ _x005F_x0041_")
    'A1<"xé" A _x0041_'
    """
    if "&" in text:
        if _REFERENCE.sub("", text).count("&"):
            raise ValueError(text)
        text = _REFERENCE.sub(_referred, text)
    return _ESCAPED.sub(lambda found: chr(_fit(int(found[1], 16), 0)), text)


def _referred(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    return chr(_fit(int(found[1]) if found[1] else int(found[2], 16), _PRINTABLE))


def _fit(code: int, least: int) -> int:
    """Return the number of a character on which all readers agree."""
    if not least <= code <= _LAST or code in _SURROGATES:
        raise ValueError(code)
    return code
