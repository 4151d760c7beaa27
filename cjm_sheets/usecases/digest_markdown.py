"""Decides how a digest becomes Markdown, which reads as plain text as well."""

import re
from datetime import tzinfo

from cjm_sheets.fleet.digest import Digest
from cjm_sheets.usecases.digest_words import one_line, telling

_SIGNS = re.compile(r"([\\`*<>\[\]|~&]|(?<![^\W_])_|_(?![^\W_])|^[#+=-])")
"""What Markdown would take for something else, wherever it does."""
_NUMBER = re.compile(r"^(\d+)([.)])")
"""What would begin a numbered list."""
_TICKS = re.compile("`+")


def as_markdown(
    made: Digest, language: str, zone: tzinfo | None = None, *, is_mail: bool = False
) -> str:
    """Return a digest as Markdown that reads as plain text, too."""
    told = telling(made, language, zone, is_mail=is_mail)
    lines = [f"# {plain(told.title)}", "", plain(told.span), ""]
    lines += [f"- {plain(point.text)}" for point in told.summary]
    for part in told.parts:
        heading = (
            f"{plain(part.name)} ({code(part.workbook)})" if part.name else code(part.workbook)
        )
        lines += ["", f"## {heading}", ""]
        for point in part.points:
            lines.append(f"- {plain(point.text)}")
            lines += [f"  - {plain(each)}" for each in point.below]
    if told.more:
        lines += ["", plain(told.more)]
    if told.foot:
        lines += ["", "---", ""]
        lines += [f"{plain(each)}  " for each in told.foot]
    return "\n".join(lines).rstrip() + "\n"


def plain(text: str) -> str:
    r"""Return a text so that Markdown shows it as it is.

    >>> print(plain("*CJ035* <b> of de_vacuum _so_"))
    \*CJ035\* \<b\> of de_vacuum \_so\_
    """
    return _NUMBER.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", one_line(text)))


def code(text: str) -> str:
    """Return a name so that Markdown shows it as it is, set apart from sentences.

    >>> code("maps/de_1.xlsx"), code("odd`name")
    ('`maps/de_1.xlsx`', '``odd`name``')
    """
    longest = max((len(ticks) for ticks in _TICKS.findall(text)), default=0)
    fence, space = "`" * (longest + 1), " " * (text[:1] == "`" or text[-1:] == "`")
    return f"{fence}{space}{text}{space}{fence}"
