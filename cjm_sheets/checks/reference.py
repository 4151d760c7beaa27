"""Decides what the page of a rule says, made from its docstring and its data."""

from dataclasses import dataclass

from cjm_sheets.checks.registry import Rule
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

PARTS = ("Why", "Fires", "Silent")
"""The parts of a rule's docstring, each a paragraph or a line that begins with its name."""

_TITLES = {
    "Why": N_("Why"),
    "Fires": N_("Fires"),
    "Silent": N_("Silent"),
}
_SEVERITIES = {
    "error": N_("error: the map cannot be read or scored as written"),
    "warning": N_("warning: an expert would send it back"),
    "info": N_("info: worth knowing"),
}
_ANY = N_("any sheet")
_FACTS = (N_("Severity"), N_("Sheet"), N_("Reads"), N_("Says"), N_("How to mend it"))


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's page: title, facts (name, text) and parts (name, text), in a language.

    The parts come from the docstring and are in English.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str], ...]


def page(of: Rule, language: str) -> Page:
    """Return the page of a rule."""
    severity = say(language, _SEVERITIES[of.severity.value])
    texts = (severity, of.table or say(language, _ANY), ", ".join(of.reads))
    sentences = (say(language, of.message), say(language, of.fix))
    names = (say(language, name) for name in _FACTS)
    return Page(
        title=f"{of.id}: {say(language, of.summary)}",
        facts=tuple(zip(names, (*texts, *sentences), strict=True)),
        parts=tuple(
            (say(language, _TITLES[name]), text[:1].upper() + text[1:])
            for name, text in parts(of.text).items()
        ),
    )


def parts(docstring: str) -> dict[str, str]:
    r"""Return the parts of a rule's docstring, each on one line.

    >>> parts("CJ999: nothing.\n\n    Why: it\n    is so.\n    Fires: never.\n    Silent: always.")
    {'Why': 'it is so.', 'Fires': 'never.', 'Silent': 'always.'}
    """
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in docstring.splitlines()[1:]:
        name, colon, rest = line.strip().partition(":")
        if colon and name in PARTS:
            current = found.setdefault(name, [])
            line = rest  # noqa: PLW2901 - the name is not part of the text
        current.append(line.strip())
    return {name: " ".join(" ".join(lines).split()) for name, lines in found.items()}


def as_text(shown: Page) -> str:
    """Return a page as plain text."""
    lines = [shown.title, ""]
    lines += [f"{name}: {text}" for name, text in shown.facts]
    for name, text in shown.parts:
        lines += ["", f"{name}: {text}"]
    return "\n".join(lines) + "\n"


def as_markdown(shown: Page) -> str:
    """Return a page as Markdown."""
    lines = [f"# {shown.title}", ""]
    lines += [f"- **{name}**: {text}" for name, text in shown.facts]
    for name, text in shown.parts:
        lines += ["", f"## {name}", "", text]
    return "\n".join(lines) + "\n"
