"""Decides what goes into the gettext catalogues, and whether the committed ones are up to date.

    python scripts/make_catalogues.py [labels] [hints] [messages]
    python scripts/make_catalogues.py --check [labels] [hints] [messages]

The first form collects every label, hint and sentence from the package, keeps the translations that
are there, drops those that nothing uses any more, and compiles the result. A new text has an empty
translation until somebody writes it into the .po file and runs the first form again. The second
form changes nothing and leaves with exit code 1 after one line for each problem.
"""

import argparse
import ast
import io
import string
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cjm_sheets.tables.hints import HINTS  # noqa: E402 - run by path: the path comes first
from cjm_sheets.tables.lists import LIST_LABELS, LISTS, LISTS_KEY, LISTS_LABEL  # noqa: E402 - same
from cjm_sheets.tables.schema import TABLES  # noqa: E402 - same
from cjm_sheets.templates.titles import MAP_CONTEXT, MAP_LABEL  # noqa: E402 - same
from cjm_sheets.words.languages import LANGUAGES  # noqa: E402 - same

PACKAGE = ROOT / "cjm_sheets"
LOCALE = PACKAGE / "words" / "locale"
DOMAINS = ("labels", "hints", "messages")
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")

Id = str | tuple[str, str]
"""A text, or the two English forms of a text that names a number."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One text to translate: context is empty for sentences; files are relative to the project."""

    context: str
    text: str
    plural: str = ""
    files: tuple[str, ...] = ()

    @property
    def id(self) -> Id:
        """The text as gettext knows it."""
        return (self.text, self.plural) if self.plural else self.text


# ---- collecting -------------------------------------------------------------------


def collect(domain: str) -> list[Entry]:
    """Return what the package has to say in a domain, sorted."""
    found = {"labels": labels, "hints": hints, "messages": messages}[domain]()
    return sorted(found)


def labels() -> Iterator[Entry]:
    """Yield the titles of sheets, the names of columns, and the values of lists."""
    schema, lists = ("cjm_sheets/tables/schema.py",), ("cjm_sheets/tables/lists.py",)
    for table in TABLES:
        yield Entry(table.key, table.label, files=schema)
        for column in table.columns:
            yield Entry(f"{table.key}.{column.key}", column.label, files=schema)
    yield Entry(LISTS_KEY, LISTS_LABEL, files=lists)
    yield Entry(MAP_CONTEXT, MAP_LABEL, files=("cjm_sheets/templates/titles.py",))
    for name, values in LISTS.items():
        yield Entry(f"list.{name}", LIST_LABELS[name], files=lists)
        for key, value in values.items():
            yield Entry(f"list.{name}.{key}", value, files=lists)


def hints() -> Iterator[Entry]:
    """Yield what the columns ask for."""
    for context, text in HINTS.items():
        yield Entry(context, text, files=("cjm_sheets/tables/hints.py",))


def messages(package: Path = PACKAGE) -> Iterator[Entry]:
    """Yield the sentences that the modules of a package mark or say, each with all its files."""
    files: dict[tuple[str, str], set[str]] = defaultdict(set)
    for module in sorted(package.rglob("*.py")):
        for text, plural in marked(module.read_text("utf-8")):
            files[text, plural].add(module.relative_to(package.parent).as_posix())
    for (text, plural), where in files.items():
        yield Entry("", text, plural, tuple(sorted(where)))


def marked(source: str) -> Iterator[tuple[str, str]]:
    """Yield text and plural (or "") of each N_, NN_, _, say and count call with literal texts.

    The syntax tree is read, not the stream of words that Babel's own extractor reads: that one
    glues the two texts of `say(lang, "a" if x else "b")` together.
    """
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        found = [list(_literals(argument)) for argument in _arguments(name, node.args)]
        if len(found) == 1:
            yield from ((text, "") for text in found[0])
        elif found:
            yield from zip(*found, strict=False)


def _arguments(name: str, given: list[ast.expr]) -> list[ast.expr]:
    """Return those arguments of a call that hold texts: one, or the two forms of a plural."""
    if name in {"N_", "_"}:
        return given[:1]
    if name == "say":  # say(language, text) or words.say(text)
        return given[:2][-1:]
    if name == "NN_":
        return given[:2]
    if name == "count":  # count(language, one, many, number) or words.count(one, many, number)
        one = len(given) - 3
        return given[one : one + 2] if one >= 0 else []
    return []


def _literals(node: ast.expr) -> Iterator[str]:
    """Yield the text of a literal, or those of both branches of a choice between literals."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


# ---- catalogues -------------------------------------------------------------------


TWO_FORMS = (2, "(n != 1)")
PLURALS = {
    "lv": (3, "(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2)"),
    "ru": (
        3,
        "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)",
    ),
}
"""How many forms a language has, and which number takes which of them.

Not left to Babel: the translations stand in this order, and Babel 2.19 counts Latvian in another.
"""


class Dateless(Catalog):
    """A catalogue with only the header lines that programs need: equal texts give equal files."""

    @property
    def num_plurals(self) -> int:
        """The number of plural forms."""
        return PLURALS.get(str(self.locale), TWO_FORMS)[0]

    @property
    def plural_expr(self) -> str:
        """The expression that picks a form."""
        return PLURALS.get(str(self.locale), TWO_FORMS)[1]

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The lines of the header."""
        return [
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        """Refuse other lines: none are read into it."""
        raise AttributeError(headers)


def place(locale: Path, language: str, domain: str) -> Path:
    """Return where the .po file of a language and a domain lies."""
    return locale / language / "LC_MESSAGES" / f"{domain}.po"


def updated(entries: Iterable[Entry], language: str, old: Path) -> Catalog:
    """Return a catalogue of the entries with the translations that an old .po file has for them."""
    known: dict[tuple[str | None, Id], Message] = {}
    if old.exists():
        read = read_po(io.BytesIO(old.read_bytes()), locale=language, ignore_obsolete=True)
        known = {(m.context, _frozen(m.id)): m for m in read}
    new = Dateless(
        locale=language,
        fuzzy=False,
        header_comment="# Written by scripts/make_catalogues.py: translations are kept.",
    )
    for entry in entries:
        same = known.get((entry.context or None, entry.id))
        new.add(
            entry.id,
            same.string if same else None,
            locations=[(file, 0) for file in entry.files],
            flags=same.flags if same else (),
            user_comments=same.user_comments if same else (),
            context=entry.context or None,
        )
    return new


def _frozen(text: str | list[str] | tuple[str, ...]) -> Id:
    return text if isinstance(text, str) else (text[0], text[1])


def as_po(catalog: Catalog) -> bytes:
    """Return the text form of a catalogue: one line a text, files without line numbers."""
    out = io.BytesIO()
    write_po(out, catalog, width=0, include_lineno=False, ignore_obsolete=True)
    return out.getvalue().rstrip() + b"\n"


def as_mo(catalog: Catalog) -> bytes:
    """Return the compiled form of a catalogue."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def update(domains: Iterable[str], locale: Path = LOCALE) -> None:
    """Write the catalogues of some domains, in all languages but English."""
    for domain in domains:
        entries = collect(domain)
        for language in TRANSLATED:
            po = place(locale, language, domain)
            catalog = updated(entries, language, po)
            po.parent.mkdir(parents=True, exist_ok=True)
            po.write_bytes(as_po(catalog))
            po.with_suffix(".mo").write_bytes(as_mo(catalog))


# ---- checking ---------------------------------------------------------------------


def problems(domains: Iterable[str], locale: Path = LOCALE) -> list[str]:
    """Return one line for each thing that is wrong with the catalogues of some domains."""
    return [
        line
        for domain in domains
        for entries in [collect(domain)]
        for language in TRANSLATED
        for line in catalogue_problems(entries, language, place(locale, language, domain))
    ]


def catalogue_problems(entries: list[Entry], language: str, po: Path) -> Iterator[str]:
    """Yield what is wrong with one .po file and its .mo file, beside these entries."""
    name = f"{language}/{po.stem}"
    catalog = updated(entries, language, po)
    if not po.exists() or po.read_bytes() != as_po(catalog):
        yield f"{name}: out of date with the source; run scripts/make_catalogues.py"
    mo = po.with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != as_mo(catalog):
        yield f"{name}: the .mo file is stale; run scripts/make_catalogues.py"
    for message in catalog:
        if message.id:
            yield from (
                f"{name}: {wrong}" for wrong in message_problems(message, catalog.num_plurals)
            )


def message_problems(message: Message, forms: int) -> Iterator[str]:
    """Yield what is wrong with one translation into a language with so many plural forms."""
    one, *rest = (message.id,) if isinstance(message.id, str) else message.id
    many = rest[0] if rest else one
    where = f"[{message.context}] {one!r}" if message.context else repr(one)
    said = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    if message.fuzzy:
        yield f"{where} is marked fuzzy"
    if len(said) != (forms if rest else 1) or not all(text.strip() for text in said):
        yield f"{where} is not translated"
        return
    for index, text in enumerate(said):
        # With two forms the first is for exactly one; with three (Latvian, Russian) it is also
        # for 21, 31 and so on, and has to name the number.
        only_for_one = index == 0 and forms == 2  # noqa: PLR2004 - said in the comment above
        allowed = {fields(many), fields(one)} if only_for_one else {fields(many)}
        if fields(text) not in allowed:
            yield f"{where}: the placeholders differ in {text!r}"


def fields(text: str) -> frozenset[tuple[str, str | None, str | None]] | None:
    """Return the placeholders of a text: name, format, conversion; None if braces are broken."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return None
    return frozenset(
        (name, spec, conversion) for _, name, spec, conversion in parts if name is not None
    )


def main(arguments: list[str] | None = None) -> int:
    """Update or check the catalogues of the domains named (all of them, if none is); exit code."""
    parser = argparse.ArgumentParser(description="Collect, compile and check the translations.")
    parser.add_argument("domains", nargs="*", metavar="DOMAIN", help=", ".join(DOMAINS))
    parser.add_argument("--check", action="store_true", help="change nothing, list the problems")
    wish = parser.parse_args(arguments)
    unknown = set(wish.domains) - set(DOMAINS)
    if unknown:
        parser.error(f"no such domain: {', '.join(sorted(unknown))}")
    domains = wish.domains or DOMAINS
    if not wish.check:
        update(domains)
    found = problems(domains)
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found and wish.check else 0


if __name__ == "__main__":
    sys.exit(main())
